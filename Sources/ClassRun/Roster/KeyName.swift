import GraderCore

extension LocalizedText {
    /// The name of a key or a word of a file, in a message: the same in every language.
    static func key(_ name: some CustomStringConvertible) -> LocalizedText {
        LocalizedText(verbatim: name.description)
    }

    /// Nothing, where a sentence has nothing to add.
    static let nothing = LocalizedText(verbatim: "")
}
