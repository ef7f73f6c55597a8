import GraderCore

extension ClusterConfiguration {
    /// Where a resource may or should run (`rsc_location`).
    public struct LocationConstraint: Sendable, Equatable, Codable {
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

        public init(id: String, resource: String? = nil, node: String? = nil, score: Score? = nil) {
            self.id = id
            self.resource = resource
            self.node = node
            self.score = score
        }
    }

    /// Which resources run together (`rsc_colocation`).
    public struct ColocationConstraint: Sendable, Equatable, Codable {
        public var id: String
        public var score: Score?
        /// The dependent resource; nil where `sets` name the resources.
        public var resource: String?
        public var resourceRole: String?
        public var with: String?
        public var withRole: String?
        public var nodeAttribute: String?
        public var sets: [ResourceSet] = []

        public init(id: String, score: Score? = nil, resource: String? = nil, with: String? = nil) {
            self.id = id
            self.score = score
            self.resource = resource
            self.with = with
        }
    }

    /// What starts before what (`rsc_order`).
    public struct OrderConstraint: Sendable, Equatable, Codable {
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

        public init(
            id: String, kind: String? = nil, score: Score? = nil, first: String? = nil, then: String? = nil
        ) {
            self.id = id
            self.kind = kind
            self.score = score
            self.first = first
            self.then = then
        }
    }

    /// What a resource does without its ticket (`rsc_ticket`).
    public struct TicketConstraint: Sendable, Equatable, Codable {
        public var id: String
        public var ticket: String
        public var resource: String?
        public var resourceRole: String?
        public var lossPolicy: String?
        public var sets: [ResourceSet] = []

        public init(id: String, ticket: String, resource: String? = nil) {
            self.id = id
            self.ticket = ticket
            self.resource = resource
        }
    }

    /// A set of resources in a constraint (Pacemaker Explained, "Resource Sets").
    public struct ResourceSet: Sendable, Equatable, Codable {
        public var resources: [String]
        /// False, or nil for true, the default.
        public var sequential: Bool?
        /// False, or nil for true, the default; for orders.
        public var requireAll: Bool?
        public var role: String?
        public var action: String?
        /// For colocations and locations.
        public var score: Score?

        public init(
            resources: [String], sequential: Bool? = nil, requireAll: Bool? = nil, role: String? = nil,
            action: String? = nil, score: Score? = nil
        ) {
            self.resources = resources
            self.sequential = sequential
            self.requireAll = requireAll
            self.role = role
            self.action = action
            self.score = score
        }
    }

    /// A rule (Pacemaker Explained, "Rules"): expressions joined by one operator.
    public struct Rule: Sendable, Equatable, Codable {
        /// How the expressions are joined; `and` is the default.
        public enum Operator: String, Sendable, Codable { case and, or }

        public var role: String?
        /// nil where `scoreAttribute` names a node attribute that holds it, and in rules that guard values.
        public var score: Score?
        public var scoreAttribute: String?
        public var booleanOperator: Operator = .and
        public var expressions: [Expression] = []
        /// The rule elsewhere that this one stands for; set only where it was not found.
        public var reference: String?

        public init(score: Score? = nil, expressions: [Expression] = []) {
            self.score = score
            self.expressions = expressions
        }
    }

    /// One expression of a rule.
    public indirect enum Expression: Sendable, Equatable, Codable {
        /// A comparison of a node attribute; `#uname` is the node's name.
        case attribute(AttributeExpression)
        case date(DateExpression)
        /// A rule within the rule.
        case rule(Rule)
        /// Anything else (`rsc_expression`, `op_expression`): its words.
        case other([String])
    }

    /// `attribute operation value`.
    public struct AttributeExpression: Sendable, Equatable, Codable {
        public var attribute: String
        /// `lt`, `gt`, `lte`, `gte`, `eq`, `ne`, `defined`, `not_defined`.
        public var operation: String
        public var value: String?
        /// `string`, `integer`, `number`, `version`.
        public var type: String?
        /// `literal`, `param`, `meta`.
        public var valueSource: String?

        public init(
            attribute: String, operation: String, value: String? = nil, type: String? = nil,
            valueSource: String? = nil
        ) {
            self.attribute = attribute
            self.operation = operation
            self.value = value
            self.type = type
            self.valueSource = valueSource
        }
    }

    /// A comparison of the time: `date lt "2026-11-22 14:57:27Z"`.
    public struct DateExpression: Sendable, Equatable, Codable {
        /// `lt`, `gt`, `in_range`, `date_spec`.
        public var operation: String
        public var start: String?
        public var end: String?
        /// Fields of the `duration` or `date_spec` inside.
        public var fields: [String: String]

        public init(
            operation: String, start: String? = nil, end: String? = nil, fields: [String: String] = [:]
        ) {
            self.operation = operation
            self.start = start
            self.end = end
            self.fields = fields
        }
    }
}
