/// Which of an exercise's drills: the name it has there, in evidence and on the command line (`power-loss`). Lower-case
/// letters, digits and hyphens, since it becomes part of folders' and units' names.
public struct DrillKind: RawRepresentable, Sendable, Hashable, Codable, CodingKeyRepresentable,
    ExpressibleByStringLiteral
{
    public let rawValue: String

    /// nil where the name may not be one.
    public init?(rawValue: String) {
        guard DrillLock.isIdentifier(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    public init(stringLiteral name: String) {
        precondition(DrillLock.isIdentifier(name), "\(name) cannot be a drill's name")
        rawValue = name
    }
}
