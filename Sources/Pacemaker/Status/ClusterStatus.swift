import GraderCore

/// What the cluster is doing, as `crm_mon` says: nodes, resources and where they run, failures.
public struct ClusterStatus: Sendable, Equatable {
    /// Pacemaker's own version, `2.1.5-a3f44794f94`; nil without a designated coordinator.
    public var pacemakerVersion: String?
    /// The designated coordinator's name; nil without one.
    public var dc: String?
    public var hasQuorum: Bool?
    public var stack: String?
    /// The node's own clock and format.
    public var lastUpdate: String?
    public var lastChange: String?
    public var nodesConfigured: Int?
    /// Instances: those of a clone each for itself.
    public var resourcesConfigured: Int?
    /// `stonith-enabled`, `no-quorum-policy`, `maintenance-mode`, … with the defaults filled in.
    public var options: [String: String] = [:]
    public var nodes: [Node] = []
    /// Every instance, in the order printed. An id occurs several times where a clone has several instances.
    public var resources: [Resource] = []
    public var failures: [Failure] = []
    public var history: [ResourceHistory] = []
    /// Constraints that keep a resource off a node (`bans`).
    public var bans: [Ban] = []
    /// Lines of the printed form that were not understood, verbatim.
    public var unknown: [String] = []
    /// Sentences about what was read only in part.
    public var problems: [LocalizedText] = []

    public init() {}

    /// A node's state.
    public struct Node: Sendable, Equatable {
        public var name: String
        public var id: String?
        public var isOnline = false
        public var isStandby = false
        /// Put on standby by a failure with `on-fail=standby`.
        public var isStandbyOnFail = false
        public var isInMaintenance = false
        /// Joining: up, not yet a member of the cluster's work.
        public var isPending = false
        /// Lost, and not known to be down: its resources cannot be started elsewhere with fencing enabled.
        public var isUnclean = false
        public var isShuttingDown = false
        public var isDC = false
        /// `member`, `remote`, …
        public var type: String?
        public var resourcesRunning: Int?
    }

    /// One instance of a primitive.
    public struct Resource: Sendable, Hashable {
        /// Without the instance number of a unique clone.
        public var id: String
        /// `ocf:heartbeat:IPaddr2`: with one colon, as since Pacemaker 2.1.
        public var agent: String
        /// `Started`, `Stopped`, `Promoted` (`Master`), `Unpromoted` (`Slave`), `Starting`, `Stopping`, …
        public var role: String
        public var targetRole: String?
        public var isActive = false
        public var isManaged = true
        public var isFailed = false
        public var isFailureIgnored = false
        /// Waiting for something that a person has to do, such as a failed stop without fencing.
        public var isBlocked = false
        /// Running, and no longer in the configuration.
        public var isOrphaned = false
        /// Names of the nodes it runs on; more than one is *active on two nodes* at once.
        public var nodes: [String] = []
        public var group: String?
        public var clone: String?
        public var bundle: String?
        /// An operation under way, `Starting`.
        public var pending: String?
    }

    /// A failed action.
    public struct Failure: Sendable, Equatable {
        /// `WebSite_monitor_10000`.
        public var operationKey: String
        public var node: String
        public var task: String?
        public var interval: Duration?
        public var exitCode: Int?
        public var exitStatus: String?
        /// The agent's own words; nil where it gave none.
        public var exitReason: String?
        /// `complete`, `Timed Out`, `Error`, …
        public var status: String?
        public var callID: Int?
        public var lastResultChange: String?
        public var executionTime: Duration?

        /// The resource's id: the key without task and interval. Ids may hold underscores themselves.
        public var resource: String {
            let parts = operationKey.split(separator: "_", omittingEmptySubsequences: false)
            guard parts.count > 2, let last = parts.last, Int(last) != nil else { return operationKey }
            // migrate_to and migrate_from are tasks with an underscore.
            let isMigration = parts.count > 3 && parts[parts.count - 3] == "migrate"
            return parts.dropLast(isMigration ? 3 : 2).joined(separator: "_")
        }
    }

    /// What is remembered of a resource on a node (`node_history`).
    public struct ResourceHistory: Sendable, Equatable {
        public var node: String
        public var resource: String
        public var failCount = Score.zero
        /// nil where the limit is infinite or not printed.
        public var migrationThreshold: Int?
        public var lastFailure: String?

        /// From what is printed.
        init(
            node: String, resource: String, failCount: String?, migrationThreshold: String?,
            lastFailure: String?
        ) {
            self.node = node
            self.resource = resource.withoutInstance
            self.failCount = failCount.flatMap { Score($0) } ?? .zero
            let threshold = migrationThreshold.flatMap { Score($0) }
            self.migrationThreshold = threshold?.isInfinite == false ? threshold?.value : nil
            self.lastFailure = lastFailure
        }
    }

    /// A constraint with score -INFINITY.
    public struct Ban: Sendable, Equatable {
        public var id: String
        public var resource: String
        public var node: String
        public var weight: Score?
    }

    /// The node of that name; nil where `crm_mon` does not list it.
    public func node(_ name: String) -> Node? { nodes.first { $0.name.isSameNode(as: name) } }

    /// All instances of the primitive.
    public func instances(of resource: String) -> [Resource] { resources.filter { $0.id == resource } }

    /// Names of the nodes where the primitive is active, without repetition, in the order printed.
    public func activeNodes(of resource: String) -> [String] {
        var known: Set<String> = []
        return instances(of: resource).filter(\.isActive).flatMap(\.nodes)
            .filter { known.insert($0).inserted }
    }
}
