import GraderCore

/// A CIB as `cibadmin -Q` prints it: the configuration, its version, and the status section, which no
/// `crm configure show` has.
public struct ClusterInformationBase: Sendable, Equatable, Codable {
    public var configuration = ClusterConfiguration()
    /// nil where the document has none.
    public var version: CIBVersion?
    public var haveQuorum: Bool?
    /// The node id of the designated coordinator; nil without one.
    public var dcUUID: String?
    /// As printed, `Thu Jul 21 11:43:32 2016`, in the node's own time zone.
    public var lastWritten: String?
    /// `3.16.2`; decides which features all nodes honour (`crm_feature_set`).
    public var featureSet: String?
    /// The schema, `pacemaker-3.9`.
    public var validateWith: String?
    public var nodeStates: [NodeState] = []
    /// Sentences about what was read only in part; those about the configuration are in it.
    public var problems: [String] = []

    public init() {}

    /// `admin_epoch.epoch.num_updates`, the order in which CIBs replace one another.
    public struct CIBVersion: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
        public var adminEpoch: Int
        public var epoch: Int
        public var numUpdates: Int

        public init(adminEpoch: Int, epoch: Int, numUpdates: Int) {
            self.adminEpoch = adminEpoch
            self.epoch = epoch
            self.numUpdates = numUpdates
        }

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
    public struct NodeState: Sendable, Equatable, Codable {
        public var id: String
        public var name: String
        /// In the Corosync membership. A time stamp since feature set 3.18, read as true.
        public var inMembership: Bool?
        /// The controller answers (`crmd`).
        public var controllerOnline: Bool?
        /// `member`, `down`, `pending`, … (`join`).
        public var join: String?
        /// `member`, `down`.
        public var expected: String?
        /// Attributes until the node's next reboot: `standby`, `fail-count-…`, `last-failure-…`, `shutdown`, ….
        public var transientAttributes: [String: String] = [:]
        /// The history of resource operations (`lrm_rsc_op`).
        public var operations: [OperationRecord] = []

        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }

        /// `standby` until the next reboot.
        public var transientStandby: Bool? {
            transientAttributes["standby"].flatMap { ClusterBoolean.parse($0) }
        }

        /// Failures counted by operation: `fail-count-WebSite#monitor_10000` (Pacemaker 1.1.17 on; before, without
        /// the operation).
        public var failCounts: [FailCount] {
            transientAttributes.compactMap { FailCount(attribute: $0.key, value: $0.value) }
                .sorted { ($0.resource, $0.operation ?? "") < ($1.resource, $1.operation ?? "") }
        }

        /// The failures of a resource, added up as Pacemaker does; zero where none is recorded.
        public func failCount(of resource: String) -> Score {
            failCounts.filter { $0.resource == resource }.reduce(Score.zero) { $0 + $1.count }
        }
    }

    /// A transient attribute that counts failures.
    public struct FailCount: Sendable, Equatable, Codable {
        /// Without the instance number of an anonymous clone.
        public var resource: String
        public var operation: String?
        /// nil where the key carries no interval.
        public var interval: Duration?
        /// May be infinite: a failed start (`start-failure-is-fatal`).
        public var count: Score

        /// nil where the attribute counts no failures.
        public init?(attribute: String, value: String) {
            let prefix = "fail-count-"
            guard attribute.hasPrefix(prefix), let count = Score(value) else { return nil }
            self.count = count
            let rest = attribute.dropFirst(prefix.count)
            let parts = rest.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            resource = String(parts[0])
            guard parts.count == 2 else { return }
            if let underscore = parts[1].lastIndex(of: "_"),
                let milliseconds = Int64(parts[1][parts[1].index(after: underscore)...])
            {
                operation = String(parts[1][..<underscore])
                interval = .milliseconds(milliseconds)
            } else {
                operation = String(parts[1])
            }
        }
    }

    /// One executed operation (`lrm_rsc_op`).
    public struct OperationRecord: Sendable, Equatable, Codable {
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
        public var executionTime: Duration?
        public var queueTime: Duration?
        /// Seconds since 1970 by the node's clock; when the result was first this one.
        public var lastResultChange: Int?
        /// The agent's own words.
        public var exitReason: String?
        /// `class:provider:type` of the resource when it was run.
        public var agent: String
        /// Whether it is kept as the last failure (`…_last_failure_0`).
        public var isLastFailure: Bool

        /// Whether it has been sent and no result is known.
        public var isPending: Bool { status == -1 || returnCode == 193 }
    }
}
