/// Why something could not be written to or read from the reports folder: one sentence that names the path.
public struct StoreFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var message: String
    public init(_ message: String) { self.message = message }
    public var description: String { message }
}
