import GraderCore

/// What Pacemaker's own scheduler is asked about a CIB that was collected: where everything runs once a node is away (in
/// standby), and once it is back. `crm_simulate(8)` answers on the student's node; nothing of the cluster is touched.
public struct SchedulerQuestion: Sendable, Equatable {
    /// The CIBs that it is asked about, in the order in which they are sent.
    public enum Subject: String, Sendable, CaseIterable {
        /// As it was collected.
        case asFound = "as-found"
        /// The configuration without what passes or holds resources still: nothing has run or failed, no node is in
        /// standby, nothing is stopped, unmanaged or prefers to stay. What is left to decide are the constraints.
        case constraints
        /// As it was collected, with one resource failed as often as it may on one node.
        case failing
    }

    /// Failures that are made up: the recurring operation that reports them, and their count. `crm_simulate --op-inject`
    /// makes up one only: it sets the count to 1 whatever it was.
    public struct Failure: Sendable, Hashable {
        public var resource: String
        /// Its recurring monitor's.
        public var interval: Duration
        public var node: String
        public var count: Int

        public init(resource: String, interval: Duration, node: String, count: Int) {
            (self.resource, self.interval) = (resource, interval)
            (self.node, self.count) = (node, count)
        }

        /// As in the names of the attributes that count (`fail-count-serviceWeb#monitor_60000`).
        var operation: String { "\(resource)#monitor_\(interval.wholeMilliseconds)" }
    }

    /// The two nodes' names in the cluster; the first is the one that goes away in the cluster as it is.
    public let nodes: [String]
    /// The CIBs, each on lines of its own behind one with its subject.
    public let text: String

    /// - Parameters:
    ///   - cib: what `cibadmin --query` printed.
    ///   - subjects: what is asked about.
    /// - Returns: nil where the CIB cannot be read whole, or is longer than a node should be made to read.
    public init?(
        _ cib: [UInt8], nodes: [String], failure: Failure? = nil, about subjects: [Subject] = Subject.allCases
    ) {
        let (root, problems) = XMLTree.read(cib, named: LocalizedText(fr: "la CIB", en: "the CIB"))
        let collected = String(decoding: cib, as: UTF8.self)
        guard let root = root?.unvalidated, problems.isEmpty, root.name == "cib", nodes.count == 2,
            !collected.contains(Self.heading)
        else { return nil }
        self.nodes = nodes
        let texts: [(Subject, String?)] = [
            (.asFound, root.withStandbyOff(of: [nodes[0]]).text),
            (.constraints, root.withConstraintsAlone(online: nodes).withStandbyOff(of: nodes).text),
            (.failing, failure.map { root.with($0).text }),
        ]
        text = texts.filter { subjects.contains($0.0) }.compactMap { subject, text in
            text.map { "\(Self.heading)\(subject.rawValue)\n\($0)" }
        }
        .joined(separator: "\n")
        guard text.utf8.count <= RemoteCommand.inputLimit / 2 else { return nil }
    }

    private static let heading = "# bascule: "

    /// The command that asks, its standard input apart.
    ///
    /// As root crm_simulate writes a shadow file beside the cluster's own CIB, and leaves it there when it is killed.
    /// So it runs in a mount namespace of its own, with an empty file system in memory over that folder, which goes with
    /// its last process whatever ends that. Printed text is asked for, of all releases: Pacemaker 2.0 knows no
    /// `--output-as`, and the XML of 3.0.0 leaves out what becomes of the cluster.
    public var arguments: [String] {
        ["unshare", "--mount", "--propagation", "private", "sh", "-c", Self.script, "sh"] + nodes
    }

    private static let script = #"""
        folder=/var/lib/pacemaker/cib
        mount -t tmpfs -o size=16m,mode=700,nosuid,nodev,noexec bascule "$folder" && cd "$folder" || exit 1
        export CIB_shadow_dir="$folder"
        ulimit -t 3
        awk '/^# bascule: / { file = $3; next } { print >file }'
        echo "# nodes $1 $2"
        ask() {
            echo "# $1 $2"
            shift 2
            crm_simulate --simulate "$@" 2>/dev/null
        }
        go() {
            standby="id=\"bascule-standby-$2\" name=\"standby\" value="
            sed "s/$standby\"off\"/$standby\"on\"/" "$1" >away
            ask "$1" "away-$2" --xml-file away --save-output moved
            sed "s/$standby\"on\"/$standby\"off\"/" moved >back
            ask "$1" "back-$2" --xml-file back
        }
        [ ! -s as-found ] || go as-found 1
        [ ! -s constraints ] || { go constraints 1; go constraints 2; }
        [ ! -s failing ] || ask failing fails --xml-file failing
        """#
}
