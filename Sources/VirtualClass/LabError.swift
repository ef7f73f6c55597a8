/// Why the virtual class could not do what was asked: one sentence that says who, what, and what to do next.
public struct LabError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The sentence, in English, ready to be printed.
    public let message: String

    public init(_ message: String) { self.message = message }

    /// The sentence itself, so that an error printed by anybody reads well.
    public var description: String { message }
}
