/// A question of the lab sheet, e.g. `Q1`.
public struct QuestionID: Sendable, Hashable, Codable, RawRepresentable, Comparable, CustomStringConvertible {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }

    /// The health of the cluster under all questions; no question of the sheet, and before all of them.
    public static let prerequisites = QuestionID("H0")

    /// In the order of the sheet: `Q2` before `Q10`.
    public static func < (left: QuestionID, right: QuestionID) -> Bool {
        (left.number, left.rawValue) < (right.number, right.rawValue)
    }

    private var number: Int { Int(rawValue.drop { !$0.isNumber }) ?? Int.max }
}

/// One thing that can be right or wrong within a question, e.g. `Q1.monitor-interval`. Stable: rubrics, marks
/// and stored results refer to it.
public struct CheckID: Sendable, Hashable, Codable, RawRepresentable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    public var rawValue: String
    public init(stringLiteral value: String) { rawValue = value }
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }

    /// The question it belongs to: what stands before the first dot.
    public var question: QuestionID { QuestionID(String(rawValue.prefix { $0 != "." })) }
}

/// One computer of a student, by the exercise's own name for it, e.g. `web1`. The machine's real name comes from the
/// machine, never from here.
public struct MachineID: Sendable, Hashable, Codable, RawRepresentable, CodingKeyRepresentable, Comparable,
    CustomStringConvertible
{
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }

    public var codingKey: any CodingKey { rawValue.codingKey }
    public init?(codingKey: some CodingKey) { rawValue = codingKey.stringValue }

    /// In the order of their names; an exercise's own order is that of its `machines`.
    public static func < (left: MachineID, right: MachineID) -> Bool { left.rawValue < right.rawValue }
}
