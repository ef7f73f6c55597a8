/// What somebody can say instead, for a message.
enum ChoiceOfWords {
    /// `a, b or c`
    static func text(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}
