import Foundation
import GraderCore

/// What is wrong, said on standard error.
enum Inputs {
    /// A remark of the library's, in the language that the environment asks for.
    @Sendable static func complain(_ text: LocalizedText) { complain(text[TerminalLanguage.current]) }

    static func complain(_ text: String) {
        FileHandle.standardError.say(text + "\n")
    }
}
