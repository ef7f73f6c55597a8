import GraderCore

/// A cluster's configuration: what `crm configure show` prints and the `configuration` section of the CIB holds,
/// in one shape (Pacemaker Explained). References are resolved, spellings are not: a name or value is kept as the
/// student wrote it, scores and times are typed.
///
/// Everything is in the order of the source. Ids are unique in a CIB; where a hostile source repeats one, both
/// entries are there.
public struct ClusterConfiguration: Sendable, Equatable {
    public var nodes: [Node] = []
    /// All primitives, those inside groups, clones and bundles too.
    public var primitives: [Primitive] = []
    public var groups: [Group] = []
    public var clones: [Clone] = []
    public var bundles: [Bundle] = []
    public var templates: [Primitive] = []
    public var locations: [LocationConstraint] = []
    public var colocations: [ColocationConstraint] = []
    public var orders: [OrderConstraint] = []
    public var tickets: [TicketConstraint] = []
    /// Cluster options; of several sets with the same name the one that Pacemaker would use.
    public var properties: [String: String] = [:]
    public var resourceDefaults: [String: String] = [:]
    public var operationDefaults: [String: String] = [:]
    public var fencing: [FencingLevel] = []
    public var tags: [Tag] = []
    /// Access control and alerts, by id; kept to be shown, nothing judges them.
    public var acl: [String: Opaque] = [:]
    public var alerts: [String: Opaque] = [:]
    /// How many sets of name-value pairs hold only while a rule does. Their values are in none of the dictionaries here,
    /// but in the `conditional` of what they belong to.
    public var ruled = 0
    /// Those of cluster options and defaults.
    public var conditional: [ConditionalSet] = []
    /// Lines or elements that were not understood.
    public var unknown: [String] = []
    /// Sentences about what was read only in part.
    public var problems: [LocalizedText] = []

    public init() {}

    /// A cluster node.
    public struct Node: Sendable, Equatable {
        /// The name (`uname`).
        public var name: String
        public var id: String?
        /// `remote`, `ping`; nil for a full member (`member`, earlier `normal`).
        public var type: String?
        /// Permanent attributes.
        public var attributes: [String: String] = [:]
        /// Attributes until the node's next reboot; nil where the source does not hold them, as `crm configure show`.
        public var transientAttributes: [String: String]?
        public var utilization: [String: String] = [:]
        public var conditional: [ConditionalSet] = []
        public var description: String?

        /// An attribute of either lifetime; the one until the next reboot counts first.
        func value(of attribute: String) -> String? {
            transientAttributes?[attribute] ?? attributes[attribute]
        }

        /// Whether an attribute that is not here is none.
        var areAttributesKnown: Bool { transientAttributes != nil }

        /// The permanent `standby` attribute; nil where there is none (or no boolean).
        public var standby: Bool? { attributes["standby"].flatMap { ClusterBoolean.parse($0) } }
        /// The permanent `maintenance` attribute.
        public var maintenance: Bool? { attributes["maintenance"].flatMap { ClusterBoolean.parse($0) } }
    }

    /// A primitive resource, or a resource template (`rsc_template`).
    public struct Primitive: Sendable, Equatable {
        public var id: String
        /// `ocf`, `lsb`, `systemd`, `service`, `stonith`, …; nil where a template decides.
        public var `class`: String?
        /// Of `ocf` only: `heartbeat`, `pacemaker`, …
        public var provider: String?
        /// The agent's name, `IPaddr2`.
        public var type: String?
        /// The id of the template it is made from.
        public var template: String?
        public var params: [String: String] = [:]
        public var meta: [String: String] = [:]
        public var utilization: [String: String] = [:]
        public var ops: [Operation] = []
        public var conditional: [ConditionalSet] = []
        public var description: String?

        /// `ocf:heartbeat:IPaddr2`, `lsb:apache2`.
        public var agent: String { [self.class, provider, type].compactMap(\.self).joined(separator: ":") }
    }

    /// An operation as configured (`op`).
    public struct Operation: Sendable, Equatable {
        public var name: String
        /// Zero where none is given; nil where the text is no time specification.
        public var interval: Duration? = .zero
        /// The operation's own attribute; nil where none is given or it is no time specification.
        /// See `ClusterConfiguration.effectiveTimeout(of:primitive:)`.
        public var timeout: Duration?
        public var role: String?
        /// Further attributes of the operation: `on-fail`, `enabled`, `start-delay`, …; also `interval` and
        /// `timeout` where they are no time specification.
        public var attrs: [String: String] = [:]
        /// Instance attributes handed to the agent: `OCF_CHECK_LEVEL`, …
        public var params: [String: String] = [:]
        public var meta: [String: String] = [:]
        /// Sets among `params` and `meta` that a rule guards; their values are not in the dictionaries.
        public var conditional: [ConditionalSet] = []
    }

    /// A group: its members start in order, on one node.
    public struct Group: Sendable, Equatable {
        public var id: String
        public var members: [String]
        public var params: [String: String] = [:]
        public var meta: [String: String] = [:]
        public var utilization: [String: String] = [:]
        public var conditional: [ConditionalSet] = []
        public var description: String?
    }

    /// A clone of a primitive or group.
    public struct Clone: Sendable, Equatable {
        public var id: String
        /// The primitive or group that is cloned; several only in a broken source.
        public var members: [String]
        /// Whether instances can be promoted (`ms`, `master`, or `promotable=true`).
        public var isPromotable = false
        public var params: [String: String] = [:]
        public var meta: [String: String] = [:]
        public var conditional: [ConditionalSet] = []
        public var description: String?
    }

    /// A container bundle: what it runs, and the rest as it is written.
    public struct Bundle: Sendable, Equatable {
        public var id: String
        /// `docker`, `podman`, `rkt`.
        public var container: String?
        public var members: [String] = []
        public var meta: [String: String] = [:]
        /// The container's own words, network, storage and their mappings; nothing judges them.
        public var parts: [Opaque] = []
        public var conditional: [ConditionalSet] = []
        public var description: String?
    }

    /// One level of the fencing topology.
    public struct FencingLevel: Sendable, Equatable {
        /// The node's name, or `pattern:…`, or `attribute=value`.
        public var target: String
        public var index: Int
        public var devices: [String]
    }

    /// A tag and the ids it stands for.
    public struct Tag: Sendable, Equatable {
        public var id: String
        public var members: [String]
    }

    /// Something kept without understanding it: its kind and its words.
    public struct Opaque: Sendable, Equatable {
        public var kind: String
        public var words: [String]
    }
}
