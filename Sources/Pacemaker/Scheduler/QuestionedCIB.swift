import GraderCore

// The CIBs that the scheduler is asked about, made of the one that was collected.
extension XMLTree {
    /// As XML, the attributes in the order of their names.
    var text: String {
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

    /// Not validated once more, which takes each simulation three times as long: the cluster itself did. Older schemas
    /// stay, of which the scheduler makes a newer one first.
    var unvalidated: XMLTree {
        guard let schema = self["validate-with"], schema.hasPrefix("pacemaker-"),
            // bounded: of a text
            let major = schema.dropFirst("pacemaker-".count).split(separator: ".").first.flatMap({ Int($0) }),
            major >= 3
        else { return self }
        var cib = self
        cib.attributes["validate-with"] = "none"
        return cib
    }

    func with(_ failure: SchedulerQuestion.Failure) -> XMLTree {
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
    func withStandbyOff(of nodes: [String]) -> XMLTree {
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

    func withConstraintsAlone(online: [String]) -> XMLTree {
        let weights = scoreAttributes
        var cib = mapped { element in
            if element.name == "nvpair", let name = element["name"], Self.held.contains(name) { return nil }
            return Self.weighing.contains(element.name)
                ? element.withTenfoldScore : element.withTenfoldAttributes(named: weights)
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

    /// The nodes' attributes that hold scores.
    private var scoreAttributes: Set<String> {
        children.reduce(into: Set([self["score-attribute"]].compactMap(\.self))) {
            $0.formUnion($1.scoreAttributes)
        }
    }

    private static let tenfold = "-tenfold"

    private var withTenfoldScore: XMLTree {
        var element = self
        element.attributes["score"] = tenfold(of: "score") ?? element["score"]
        element.attributes["score-attribute"] = self["score-attribute"].map { $0 + Self.tenfold }
        return element
    }

    /// With another attribute of ten times its value beside each that holds a score: rules may compare it as it is.
    private func withTenfoldAttributes(named weights: Set<String>) -> XMLTree {
        guard name == "instance_attributes", !weights.isEmpty else { return self }
        var element = self
        element.children += children.compactMap { pair in
            guard let name = pair["name"], weights.contains(name) else { return nil }
            return .pair(
                name + Self.tenfold, pair.tenfold(of: "value") ?? pair["value"] ?? "",
                id: (pair["id"] ?? name) + Self.tenfold)
        }
        return element
    }

    /// Ten times a finite score, finite as before; nil where there is none.
    private func tenfold(of attribute: String) -> String? {
        guard let score = score(attribute), !score.isInfinite else { return nil }
        return String(min(max(score.value * 10, -999_999), 999_999))
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
