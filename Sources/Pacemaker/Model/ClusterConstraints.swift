import GraderCore

extension ClusterConfiguration {
    /// Where a resource may or should run (`rsc_location`).
    public struct LocationConstraint: Sendable, Equatable {
        public var id: String
        /// The resource or tag; nil where `resourcePattern` or `sets` name the resources.
        public var resource: String?
        /// A POSIX extended regular expression for resource ids.
        public var resourcePattern: String?
        public var role: String?
        /// The node's name and the score for it; nil where rules decide.
        public var node: String?
        public var score: Score?
        /// `always`, `never`, `exclusive` (`resource-discovery`).
        public var discovery: String?
        public var rules: [Rule] = []
        public var sets: [ResourceSet] = []
    }

    /// Which resources run together (`rsc_colocation`).
    public struct ColocationConstraint: Sendable, Equatable {
        public var id: String
        public var score: Score?
        /// The dependent resource; nil where `sets` name the resources.
        public var resource: String?
        public var resourceRole: String?
        public var with: String?
        public var withRole: String?
        public var nodeAttribute: String?
        public var sets: [ResourceSet] = []
    }

    /// What starts before what (`rsc_order`).
    public struct OrderConstraint: Sendable, Equatable {
        public var id: String
        /// `Mandatory`, `Optional`, `Serialize`; nil where none is given (which is Mandatory) or a score is.
        public var kind: String?
        /// The older form: 0 is Optional, anything above Mandatory.
        public var score: Score?
        /// nil where `sets` name the resources.
        public var first: String?
        public var firstAction: String?
        public var then: String?
        public var thenAction: String?
        public var symmetrical: Bool?
        public var sets: [ResourceSet] = []
    }

    /// What a resource does without its ticket (`rsc_ticket`).
    public struct TicketConstraint: Sendable, Equatable {
        public var id: String
        public var ticket: String
        public var resource: String?
        public var resourceRole: String?
        public var lossPolicy: String?
        public var sets: [ResourceSet] = []
    }

    /// A set of resources in a constraint (Pacemaker Explained, "Resource Sets").
    public struct ResourceSet: Sendable, Equatable {
        public var resources: [String]
        /// False, or nil for true, the default.
        public var sequential: Bool?
        /// False, or nil for true, the default; for orders.
        public var requireAll: Bool?
        public var role: String?
        public var action: String?
        /// For colocations and locations.
        public var score: Score?
    }

    /// A rule (Pacemaker Explained, "Rules"): expressions joined by one operator.
    public struct Rule: Sendable, Equatable {
        /// How the expressions are joined; `and` is the default.
        public enum Operator: String, Sendable { case and, or }

        public var role: String?
        /// nil where `scoreAttribute` names a node attribute that holds it, and in rules that guard values.
        public var score: Score?
        public var scoreAttribute: String?
        public var booleanOperator: Operator = .and
        public var expressions: [Expression] = []
        /// The rule elsewhere that this one stands for; set only where it was not found.
        public var reference: String?
    }

    /// One expression of a rule.
    public indirect enum Expression: Sendable, Equatable {
        /// A comparison of a node attribute; `#uname` is the node's name.
        case attribute(AttributeExpression)
        case date(DateExpression)
        /// A rule within the rule.
        case rule(Rule)
        /// Anything else (`rsc_expression`, `op_expression`): its words.
        case other([String])
    }

    /// `attribute operation value`.
    public struct AttributeExpression: Sendable, Equatable {
        public var attribute: String
        /// `lt`, `gt`, `lte`, `gte`, `eq`, `ne`, `defined`, `not_defined`.
        public var operation: String
        public var value: String?
        /// `string`, `integer`, `number`, `version`.
        public var type: String?
        /// `literal`, `param`, `meta`.
        public var valueSource: String?
    }

    /// A comparison of the time: `date lt "2026-11-22 14:57:27Z"`.
    public struct DateExpression: Sendable, Equatable {
        /// `lt`, `gt`, `in_range`, `date_spec`.
        public var operation: String
        public var start: String?
        public var end: String?
        /// Fields of the `duration` or `date_spec` inside.
        public var fields: [String: String] = [:]
    }
}
