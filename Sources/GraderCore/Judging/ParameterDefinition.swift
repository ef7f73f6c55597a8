/// A value that a rubric may set for a question.
public struct ParameterDefinition: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable { case duration, durations, number, text, texts, flag }
    public var name: String
    public var kind: Kind
    public init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }
}
