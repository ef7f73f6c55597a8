/// Why the virtual class could not do what was asked: one sentence that says who, what, and what to do next.
public struct LabError: Error, Sendable, Equatable, CustomStringConvertible {
    public let message: String

    public init(_ message: String) { self.message = message }

    public var description: String { message }
}

func require(_ isSo: Bool, _ sentence: @autoclosure () -> String) throws(LabError) {
    if !isSo { throw LabError(sentence()) }
}
