import GraderCore

/// Reads the XML of `crm_mon`: `<crm_mon>` of `--as-xml` (Pacemaker 1.1 and 2.0) and `<pacemaker-result>` of
/// `--output-as=xml` (2.0.3 on); schemas `crm_mon.rng` and `api/crm_mon-2.*.rng`.
public enum ClusterStatusReader {
    /// Never fails: what could be read is there, and `problems` says what could not.
    public static func read(_ bytes: [UInt8]) -> ClusterStatus {
        var status = ClusterStatus()
        let (root, problems) = XMLTree.read(bytes, named: "the output of crm_mon")
        status.problems = problems
        guard let root else { return status }
        guard root.name == "crm_mon" || root.name == "pacemaker-result" else {
            status.problems.append("the output of crm_mon begins with <\(root.name.excerpt)>")
            return status
        }
        for part in root.children {
            switch part.name {
            case "summary": readSummary(part, into: &status)
            case "nodes": status.nodes = part.children(named: "node").map { $0.statusNode }
            case "resources": readResources(part, within: .init(), into: &status)
            case "node_history": readHistory(part, into: &status)
            case "failures": status.failures = part.children(named: "failure").map { $0.statusFailure }
            case "bans":
                status.bans = part.children(named: "ban").map { ban in
                    .init(
                        id: ban["id"] ?? "", resource: ban["resource"] ?? "", node: ban["node"] ?? "",
                        weight: ban["weight"].flatMap { Score($0) })
                }
            // crm_mon reports its own failure so: not connected to the cluster, for example.
            case "status": readResult(part, into: &status)
            default: continue
            }
        }
        return status
    }

    /// The same for text.
    public static func read(_ text: String) -> ClusterStatus { read(Array(text.utf8)) }

    private static func readSummary(_ summary: XMLTree, into status: inout ClusterStatus) {
        for item in summary.children {
            switch item.name {
            case "stack": status.stack = item["type"]
            case "current_dc":
                guard item["present"] != "false" else { continue }
                status.dc = item["name"]
                status.pacemakerVersion = item["version"].flatMap { $0.isEmpty ? nil : $0 }
                status.hasQuorum = item["with_quorum"].flatMap { ClusterBoolean.parse($0) }
            case "last_update": status.lastUpdate = item["time"]
            case "last_change": status.lastChange = item["time"].flatMap { $0.isEmpty ? nil : $0 }
            case "nodes_configured": status.nodesConfigured = item["number"].flatMap { Int($0) }
            case "resources_configured": status.resourcesConfigured = item["number"].flatMap { Int($0) }
            case "cluster_options": status.options = item.attributes
            default: continue
            }
        }
    }

    private static func readResult(_ result: XMLTree, into status: inout ClusterStatus) {
        guard let code = result["code"], code != "0" else { return }
        let reasons = result.firstDescendant("errors")?.children.count ?? 0
        status.problems.append(
            "crm_mon ended with \(code.excerpt): \((result["message"] ?? "no message").excerpt)"
                + (reasons > 0 ? " (\(reasons) errors)" : ""))
    }

    /// What encloses a resource.
    private struct Enclosure {
        var group: String?
        var clone: String?
        var bundle: String?
    }

    /// The tree's depth is bounded, so the recursion is.
    private static func readResources(
        _ part: XMLTree, within outer: Enclosure, into status: inout ClusterStatus
    ) {
        for element in part.children {
            var enclosure = outer
            switch element.name {
            case "resource":
                var resource = element.statusResource
                resource.group = outer.group
                resource.clone = outer.clone
                resource.bundle = outer.bundle
                status.resources.append(resource)
                continue
            case "group": enclosure.group = element["id"]?.withoutInstance
            case "clone": enclosure.clone = element["id"]
            case "bundle": enclosure.bundle = element["id"]
            case "replica": break
            default: continue
            }
            readResources(element, within: enclosure, into: &status)
        }
    }

    private static func readHistory(_ part: XMLTree, into status: inout ClusterStatus) {
        for node in part.children(named: "node") {
            for resource in node.children(named: "resource_history") {
                var history = ClusterStatus.ResourceHistory(
                    node: node["name"] ?? "", resource: resource["id"]?.withoutInstance ?? "",
                    failCount: resource["fail-count"].flatMap { Score($0) } ?? .zero)
                if let threshold = resource["migration-threshold"].flatMap({ Score($0) }),
                    !threshold.isInfinite
                {
                    history.migrationThreshold = threshold.value
                }
                history.lastFailure = resource["last-failure"]
                status.history.append(history)
            }
        }
    }
}

extension XMLTree {
    private func flag(_ attribute: String, default value: Bool = false) -> Bool {
        self[attribute].flatMap { ClusterBoolean.parse($0) } ?? value
    }

    fileprivate var statusNode: ClusterStatus.Node {
        var node = ClusterStatus.Node(name: self["name"] ?? "")
        node.id = self["id"]
        node.isOnline = flag("online")
        node.isStandby = flag("standby")
        node.isStandbyOnFail = flag("standby_onfail")
        node.isInMaintenance = flag("maintenance")
        node.isPending = flag("pending")
        node.isUnclean = flag("unclean")
        node.isShuttingDown = flag("shutdown")
        node.isDC = flag("is_dc")
        node.type = self["type"]
        node.resourcesRunning = self["resources_running"].flatMap { Int($0) }
        return node
    }

    fileprivate var statusResource: ClusterStatus.Resource {
        var resource = ClusterStatus.Resource(
            id: (self["id"] ?? "").withoutInstance, agent: (self["resource_agent"] ?? "").withSingleColons,
            role: self["role"] ?? "")
        resource.targetRole = self["target_role"]
        resource.isActive = flag("active")
        resource.isManaged = flag("managed", default: true)
        resource.isFailed = flag("failed")
        resource.isFailureIgnored = flag("failure_ignored")
        resource.isBlocked = flag("blocked")
        resource.isOrphaned = flag("orphaned")
        resource.nodes = children(named: "node").compactMap { $0["name"] }
        resource.pending = self["pending"]
        return resource
    }

    fileprivate var statusFailure: ClusterStatus.Failure {
        var failure = ClusterStatus.Failure(
            operationKey: self["op_key"] ?? self["id"] ?? "", node: self["node"] ?? "")
        failure.task = self["task"]
        // Milliseconds without a unit, unlike everything in the configuration.
        failure.interval = self["interval"].flatMap { Int64($0) }.map { .milliseconds($0) }
        failure.exitCode = self["exitcode"].flatMap { Int($0) }
        failure.exitStatus = self["exitstatus"]
        failure.exitReason = self["exitreason"].flatMap { $0.isEmpty || $0 == "none" ? nil : $0 }
        failure.status = self["status"]
        failure.callID = self["call"].flatMap { Int($0) }
        failure.lastResultChange = self["last-rc-change"]
        failure.executionTime = self["exec"].flatMap { Int64($0) }.map { .milliseconds($0) }
        return failure
    }
}

extension String {
    /// Without a clone's instance number: `Web:0` is an instance of `Web`.
    var withoutInstance: String {
        guard let colon = lastIndex(of: ":") else { return self }
        let number = self[index(after: colon)...]
        return !number.isEmpty && number.utf8.allSatisfy(\.isASCIIDigit) ? String(self[..<colon]) : self
    }

    /// `ocf::heartbeat:IPaddr2`, as before Pacemaker 2.1, is `ocf:heartbeat:IPaddr2`.
    var withSingleColons: String { split(separator: ":").joined(separator: ":") }
}
