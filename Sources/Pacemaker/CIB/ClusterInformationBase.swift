import GraderCore

/// A CIB as `cibadmin -Q` prints it: the configuration, its version, and the status section, which no
/// `crm configure show` has.
public struct ClusterInformationBase: Sendable, Equatable {
    public var configuration = ClusterConfiguration()
    /// nil where the document has none.
    public var version: CIBVersion?
    /// Whether a coordinator has written it (`dc-uuid`); Pacemaker takes that off a CIB that it reads from disk.
    public var hasCoordinator = false
    public var nodeStates: [NodeState] = []
    /// Sentences about what was read only in part; those about the configuration are in it.
    public var problems: [LocalizedText] = []

    /// `admin_epoch.epoch.num_updates`, the order in which CIBs replace one another.
    public struct CIBVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
        public var adminEpoch: Int
        public var epoch: Int
        public var numUpdates: Int

        /// Same configuration, whatever happened to the status since: `num_updates` counts status changes and
        /// starts again with each `epoch`.
        public func isSameConfiguration(as other: CIBVersion) -> Bool {
            adminEpoch == other.adminEpoch && epoch == other.epoch
        }

        public static func < (left: CIBVersion, right: CIBVersion) -> Bool {
            (left.adminEpoch, left.epoch, left.numUpdates)
                < (right.adminEpoch, right.epoch, right.numUpdates)
        }

        public var description: String { "\(adminEpoch).\(epoch).\(numUpdates)" }
    }

    /// What the cluster knows about one node since that node (re)started (`node_state`).
    public struct NodeState: Sendable, Equatable {
        public var name: String
        /// The controller answers (`crmd`).
        public var controllerOnline: Bool?
        /// `member`, `pending`, `down` (`join`).
        public var join: String?
        /// Attributes until the node's next reboot: `standby`, `fail-count-…`, `last-failure-…`, `shutdown`, ….
        public var transientAttributes: [String: String] = [:]
        /// The history of resource operations (`lrm_rsc_op`).
        public var operations: [OperationRecord] = []

        /// `standby` until the next reboot.
        public var transientStandby: Bool? {
            transientAttributes["standby"].flatMap { ClusterBoolean.parse($0) }
        }

        /// Failures counted by operation: `fail-count-WebSite#monitor_10000` (Pacemaker 1.1.17 on; before, without
        /// the operation). A count may be infinite: a failed start (`start-failure-is-fatal`).
        public var failCounts: [(resource: String, count: Score)] {
            let prefix = "fail-count-"
            return transientAttributes.sorted { $0.key < $1.key }.compactMap { key, value in
                guard key.hasPrefix(prefix), let count = Score(value) else { return nil }
                return (String(key.dropFirst(prefix.count).prefix { $0 != "#" }), count)
            }
        }
    }

    /// One executed operation (`lrm_rsc_op`).
    public struct OperationRecord: Sendable, Equatable {
        public var node: String
        public var resource: String
        /// `start`, `stop`, `monitor`, `migrate_to`, ….
        public var operation: String
        public var interval: Duration
        /// The agent's result (OCF return code): 0 ok, 7 not running, 193 still pending.
        public var returnCode: Int?
        /// -1 pending, 0 done, 1 cancelled, 2 time-out, 3 not supported, 4 error, ….
        public var status: Int?
        public var callID: Int?

        /// Whether it has been sent and no result is known.
        public var isPending: Bool { status == -1 || returnCode == 193 }
    }
}
