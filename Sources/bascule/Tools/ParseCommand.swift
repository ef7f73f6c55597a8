import ArgumentParser
import Exercises
import Foundation
import GraderCore
import Reports

struct ParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Prints as JSON what is understood of something that a machine printed.",
        discussion: """
            \(Catalog.readers.map { "\($0.name): \($0.forms)" }.joined(separator: ". ")). What is not understood is \
            kept verbatim under "unknown"; what was read only in part is under "problems" and on standard error.
            Exit status: 0 something was understood; 65 it cannot be read, or nothing of it was understood.
            """)

    @Argument(
        help: ArgumentHelp("What was printed: \(Catalog.readers.map(\.name).joined(separator: ", "))."),
        transform: { name in
            guard let reader = Catalog.readers.first(where: { $0.name == name }) else {
                throw ValidationError(
                    "\(name) is none of \(Catalog.readers.map(\.name).joined(separator: ", "))")
            }
            return reader
        })
    var subject: PrintedReader

    @Argument(help: "The file; standard input where none is given, or for -.")
    var file: String?

    @Option(name: .long, help: "Language of this program's own lines: fr or en (default: by LANG).")
    var lang: Language?

    private var language: Language { lang ?? TerminalLanguage.current }

    func run() throws {
        let bytes: [UInt8]
        do {
            bytes = try BoundedInput.read(file, atMost: ParsingLimits.bytes)
        } catch {
            complain([error.sentence(language)])
            throw Exit.badInput
        }
        let reading = subject.read(bytes)
        print(try reading.facts.json())
        complain(reading.problems)
        guard !reading.isUnderstood else { return }
        complain([
            language == .french
                ? "\(name): rien n'y ressemble à ce qu'affiche « \(subject.command) » ; est-ce le bon fichier ?"
                : "\(name): nothing in it is what \"\(subject.command)\" prints; is it the right file?"
        ])
        throw Exit.badInput
    }

    private var name: String { BoundedInput.name(of: file, language) }

    /// Sentences with the file's name before them, harmless to a terminal.
    private func complain(_ sentences: [String]) {
        for sentence in sentences {
            let text = sentence.hasPrefix(name) ? sentence : "\(name): \(sentence)"
            Inputs.complain(SafeText.line(text, limit: 1000, language: language))
        }
    }
}
