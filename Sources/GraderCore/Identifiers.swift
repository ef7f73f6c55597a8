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

/// The two servers of a pair, by what the roster calls them. Their real names come from the cluster.
public enum NodeRole: String, Sendable, Hashable, Codable, CodingKeyRepresentable, CaseIterable, Comparable {
    case primary = "serv1"
    case secondary = "serv2"

    public var peer: NodeRole { self == .primary ? .secondary : .primary }

    public static func < (left: NodeRole, right: NodeRole) -> Bool { left == .primary && right == .secondary }
}
