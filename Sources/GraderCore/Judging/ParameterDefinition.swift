/// A value that a rubric may set for a question.
public struct ParameterDefinition: Sendable, Hashable {
    /// How it is written in a rubric: `10s`, a list of those, a number, a text, a list of texts, `true` or `false`.
    public enum Kind: String, Sendable, Hashable { case duration, durations, number, text, texts, flag }
    public var name: String
    public var kind: Kind
    public init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }
}
