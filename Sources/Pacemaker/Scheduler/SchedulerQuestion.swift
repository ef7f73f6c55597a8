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
        fileprivate var operation: String { "\(resource)#monitor_\(Int64(interval / .milliseconds(1)))" }
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
        let (root, problems) = XMLTree.read(cib, named: "the CIB")
        let collected = String(decoding: cib, as: UTF8.self)
        guard let root, problems.isEmpty, root.name == "cib", nodes.count == 2,
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
        ulimit -t 10
        awk '/^# bascule: / { file = $3; next } { print >file }'
        echo "# nodes $1 $2"
        ask() {
            echo "# $1 $2"
            shift 2
            timeout -k 1 3 crm_simulate --simulate "$@" 2>/dev/null | sed -n '/^Revised [Cc]luster [Ss]tatus/,$p'
        }
        for cib in as-found constraints; do
            [ -s "$cib" ] || continue
            for node in $(grep -o 'id="bascule-standby-[12]"' "$cib" | tr -dc '12\n'); do
                standby="id=\"bascule-standby-$node\" name=\"standby\" value="
                sed "s/$standby\"off\"/$standby\"on\"/" "$cib" >away
                ask "$cib" "away-$node" --xml-file away --save-output moved
                sed "s/$standby\"on\"/$standby\"off\"/" moved >back
                ask "$cib" "back-$node" --xml-file back
            done
        done
        [ ! -s failing ] || ask failing fails --xml-file failing
        """#
}

extension XMLTree {
    /// As XML, the attributes in the order of their names.
    fileprivate var text: String {
        var text = ""
        write(into: &text)
        return text
    }

    private func write(into text: inout String) {
        text += "<\(name)"
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            text += " \(name)=\"\(value.escapedForXML)\""
        }
        guard !children.isEmpty else { return text += "/>" }
        text += ">"
        for child in children { child.write(into: &text) }
        text += "</\(name)>"
    }

    fileprivate func with(_ failure: SchedulerQuestion.Failure) -> XMLTree {
        mapped { element in
            guard element.name == "node_state", element["uname"]?.isSameNode(as: failure.node) == true else {
                return element
            }
            var element = element
            let operation = failure.operation
            let count = XMLTree.pair("fail-count-\(operation)", "\(failure.count)", id: "bascule-count")
            let when = XMLTree.pair("last-failure-\(operation)", "1", id: "bascule-when")
            element.children.removeAll { $0.name == "transient_attributes" }
            element.children.append(
                .transientAttributes(
                    of: element["id"] ?? "",
                    self.transientPairs(of: element).filter { !$0.tells(of: operation) } + [count, when]))
            return element
        }
    }

    /// With an attribute of each of these nodes that the script turns on and off: standby until the next reboot, which
    /// counts before the permanent one. A node that is simulated to be down loses its other attributes with it.
    fileprivate func withStandbyOff(of nodes: [String]) -> XMLTree {
        mapped { element in
            guard element.name == "node_state",
                let number = nodes.firstIndex(where: { element["uname"]?.isSameNode(as: $0) == true })
            else { return element }
            var element = element
            let kept = self.transientPairs(of: element).filter { $0["name"] != "standby" }
            element.children.removeAll { $0.name == "transient_attributes" }
            element.children.append(
                .transientAttributes(
                    of: element["id"] ?? "",
                    kept + [.pair("standby", "off", id: "bascule-standby-\(number + 1)")]))
            return element
        }
    }

    fileprivate func withConstraintsAlone(online: [String]) -> XMLTree {
        var cib = mapped { element in
            if element.name == "nvpair", let name = element["name"], Self.held.contains(name) { return nil }
            return Self.weighing.contains(element.name) ? element.withTenfoldScore : element
        }
        cib.attributes["have-quorum"] = "1"
        guard let configuration = cib.children.firstIndex(where: { $0.name == "configuration" }) else {
            return cib
        }
        let states = (cib.first("status")?.children ?? []).filter { $0.name == "node_state" }
        let nodes = cib.children[configuration].first("nodes")?.children ?? []
        let members = nodes.filter { node in online.contains { node["uname"]?.isSameNode(as: $0) == true } }
        cib.attributes["dc-uuid"] = members.first?["id"]
        cib.children[configuration].put(
            "cluster_property_set", into: "crm_config",
            ["stonith-enabled": "false", "no-quorum-policy": "ignore", "startup-fencing": "false"])
        // A hair of stickiness, less than any preference: without, what prefers nothing is spread over the nodes.
        cib.children[configuration].put(
            "meta_attributes", into: "rsc_defaults", ["resource-stickiness": "1"])
        cib.children.removeAll { $0.name == "status" }
        cib.children.append(
            XMLTree(
                name: "status", attributes: [:],
                children: members.map { member in
                    let state = states.first { $0["id"] == member["id"] }
                    return .onlineState(of: member, state.map { transientPairs(of: $0) } ?? [])
                }))
        return cib
    }

    /// What holds resources still, or says that they are stopped or have failed: not the constraints' doing.
    private static let held: Set<String> = [
        "standby", "maintenance", "maintenance-mode", "target-role", "is-managed", "is-managed-default",
        "resource-stickiness", "default-resource-stickiness", "requires", "stop-all-resources",
        "stonith-enabled", "no-quorum-policy", "startup-fencing", "shutdown-lock", "priority-fencing-delay",
        "shutdown", "terminate",
    ]

    private func transientPairs(of state: XMLTree) -> [XMLTree] {
        state.children(named: "transient_attributes").flatMap { attributes in
            attributes.children(named: "instance_attributes").flatMap { Array($0.children(named: "nvpair")) }
        }
    }

    private func tells(of operation: String) -> Bool {
        self["name"] == "fail-count-\(operation)" || self["name"] == "last-failure-\(operation)"
    }

    private static func onlineState(of node: XMLTree, _ transient: [XMLTree]) -> XMLTree {
        let (id, name) = (node["id"] ?? "", node["uname"] ?? "")
        let failures = ["fail-count-", "last-failure-"]
        let kept = transient.filter { pair in
            !held.contains(pair["name"] ?? "")
                && !failures.contains { pair["name"]?.hasPrefix($0) == true }
        }
        return XMLTree(
            name: "node_state",
            attributes: [
                "id": id, "uname": name, "in_ccm": "true", "crmd": "online", "join": "member",
                "expected": "member", "crm-debug-origin": "bascule",
            ], children: [.transientAttributes(of: id, kept)])
    }

    private static func transientAttributes(of id: String, _ pairs: [XMLTree]) -> XMLTree {
        XMLTree(
            name: "transient_attributes", attributes: ["id": id],
            children: [
                XMLTree(
                    name: "instance_attributes", attributes: ["id": "status-\(id)"], children: pairs)
            ])
    }

    private static func pair(_ name: String, _ value: String, id: String) -> XMLTree {
        XMLTree(name: "nvpair", attributes: ["id": id, "name": name, "value": value])
    }

    /// Of `configuration`: name-value pairs before all others in a section.
    private mutating func put(_ set: String, into section: String, _ values: [String: String]) {
        let set = XMLTree(
            name: set, attributes: ["id": "bascule-\(section)", "score": "1000000"],
            children: values.sorted { $0.key < $1.key }.map {
                .pair($0.key, $0.value, id: "bascule-\($0.key)")
            })
        if let index = children.firstIndex(where: { $0.name == section }) {
            children[index].children.insert(set, at: 0)
        } else {
            children.append(XMLTree(name: section, attributes: [:], children: [set]))
        }
    }

    /// Where the scores stand that say where resources run.
    private static let weighing: Set<String> = ["rsc_location", "rsc_colocation", "rule", "resource_set"]

    private var withTenfoldScore: XMLTree {
        guard let score = score("score"), !score.isInfinite else { return self }
        var element = self
        // Finite as before, whatever it is.
        element.attributes["score"] = String(min(max(score.value * 10, -999_999), 999_999))
        return element
    }

    /// Every element as the function makes it, from the outside in; without those that it gives nothing for.
    private func mapped(_ change: (XMLTree) -> XMLTree?) -> XMLTree {
        var element = self
        element.children = children.compactMap { change($0).map { $0.mapped(change) } }
        return element
    }
}

extension String {
    fileprivate var escapedForXML: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "\n", "\r", "\t": text += "&#\(scalar.value);"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
