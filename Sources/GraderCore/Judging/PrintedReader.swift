/// Reads one kind of thing that machines print (`bascule parse`).
public struct PrintedReader: Sendable {
    /// What was understood of a text.
    public struct Reading: Sendable {
        public var facts: FactsValue
        /// Sentences: what was read only in part.
        public var problems: [LocalizedText]
        /// Whether anything was.
        public var isUnderstood: Bool

        public init(facts: FactsValue, problems: [LocalizedText], isUnderstood: Bool) {
            self.facts = facts
            self.problems = problems
            self.isUnderstood = isUnderstood
        }
    }

    /// By which it is asked for: one word.
    public var name: String
    /// The command that prints it.
    public var command: String
    /// What may be given to it, for the help: `` `ip addr`, as text or as JSON ``.
    public var forms: LocalizedText
    /// Never fails, whatever the bytes.
    public var read: @Sendable ([UInt8]) -> Reading

    public init(
        _ name: String, command: String, forms: LocalizedText, read: @escaping @Sendable ([UInt8]) -> Reading
    ) {
        self.name = name
        self.command = command
        self.forms = forms
        self.read = read
    }
}
