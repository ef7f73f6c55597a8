import GraderCore

/// Reads the XML of `crm_mon`: `<crm_mon>` of `--as-xml` (Pacemaker 1.1 and 2.0) and `<pacemaker-result>` of
/// `--output-as=xml` (2.0.3 on); schemas `crm_mon.rng` and `api/crm_mon-2.*.rng`.
public enum ClusterStatusReader {
    /// What is to be judged: nothing of a document that was not read whole, for what it lacks would seem not to run.
    /// Never fails: `problems` says why there is nothing.
    public static func read(_ bytes: [UInt8]) -> ClusterStatus {
        let status = readPart(of: bytes)
        return status.problems.isEmpty ? status : status.unread
    }

    /// Never fails: what could be read is there, and `problems` says what could not.
    static func readPart(of bytes: [UInt8]) -> ClusterStatus {
        var status = ClusterStatus()
        let (root, problems) = XMLTree.read(
            bytes, named: LocalizedText(fr: "la sortie de crm_mon", en: "the output of crm_mon"))
        status.problems = problems
        guard let root else { return status }
        guard root.name == "crm_mon" || root.name == "pacemaker-result" else {
            status.problems.append(
                LocalizedText(
                    fr: "la sortie de crm_mon commence par <\(root.name.excerpt)>",
                    en: "the output of crm_mon begins with <\(root.name.excerpt)>"))
            return status
        }
        for part in root.children {
            switch part.name {
            case "summary": readSummary(part, into: &status)
            case "nodes":
                let nodes = part.children(named: "node")
                status.nodes = nodes.map { $0.statusNode }
                // With `-n` the resources stand inside their node.
                for node in nodes { readResources(node, within: (nil, nil, nil), into: &status) }
            case "resources": readResources(part, within: (nil, nil, nil), into: &status)
            case "node_history": readHistory(part, into: &status)
            case "failures": status.failures = part.children(named: "failure").map { $0.statusFailure }
            case "bans":
                status.bans = part.children(named: "ban").map { ban in
                    .init(
                        id: ban["id"] ?? "", resource: ban["resource"] ?? "", node: ban["node"] ?? "",
                        weight: ban.score("weight"))
                }
            // crm_mon reports its own failure so: not connected to the cluster, for example.
            case "status": readResult(part, into: &status)
            default: continue
            }
        }
        // With `-n` one that runs on two nodes stands below both.
        var known: Set<ClusterStatus.Resource> = []
        status.resources = status.resources.filter { known.insert($0).inserted }
        status.bound()
        return status
    }

    private static func readSummary(_ summary: XMLTree, into status: inout ClusterStatus) {
        for item in summary.children {
            switch item.name {
            case "stack": status.stack = item["type"]
            case "current_dc":
                guard item["present"] != "false" else { continue }
                status.dc = item["name"]
                status.pacemakerVersion = item["version"].flatMap { $0.isEmpty ? nil : $0 }
                status.hasQuorum = item.flag("with_quorum")
            case "last_update": status.lastUpdate = item["time"]
            case "last_change": status.lastChange = item["time"].flatMap { $0.isEmpty ? nil : $0 }
            case "nodes_configured": status.nodesConfigured = item.number("number")
            case "resources_configured": status.resourcesConfigured = item.number("number")
            case "cluster_options": status.options = item.attributes
            default: continue
            }
        }
    }

    private static func readResult(_ result: XMLTree, into status: inout ClusterStatus) {
        guard let code = result["code"], code != "0", status.problems.count < ParsingLimits.problems else {
            return
        }
        let reasons = result.firstDescendant("errors")?.children.count ?? 0
        let message =
            result["message"].map { LocalizedText(verbatim: $0.excerpt) }
            ?? LocalizedText(fr: "sans message", en: "no message")
        let count =
            reasons > 0
            ? LocalizedText(fr: " (\(reasons) erreurs)", en: " (\(reasons) errors)")
            : LocalizedText(verbatim: "")
        status.problems.append(
            LocalizedText(
                fr: "crm_mon s'est terminé avec \(code.excerpt) : \(message)\(count)",
                en: "crm_mon ended with \(code.excerpt): \(message)\(count)"))
    }

    /// The tree's depth is bounded, so the recursion is.
    private static func readResources(
        _ part: XMLTree, within outer: Enclosure, into status: inout ClusterStatus
    ) {
        for element in part.children {
            var enclosure = outer
            switch element.name {
            case "resource":
                status.resources.append(element.statusResource(in: outer))
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
                status.history.append(
                    .init(
                        node: node["name"] ?? "", resource: resource["id"] ?? "",
                        failCount: resource["fail-count"],
                        migrationThreshold: resource["migration-threshold"],
                        lastFailure: resource["last-failure"]))
            }
        }
    }
}

/// What a resource is in.
private typealias Enclosure = (group: String?, clone: String?, bundle: String?)

extension XMLTree {
    fileprivate var statusNode: ClusterStatus.Node {
        .init(
            name: self["name"] ?? "", id: self["id"], isOnline: isSet("online"),
            isStandby: isSet("standby"), isStandbyOnFail: isSet("standby_onfail"),
            isInMaintenance: isSet("maintenance"), isPending: isSet("pending"),
            isUnclean: isSet("unclean"), isShuttingDown: isSet("shutdown"), isDC: isSet("is_dc"),
            type: self["type"], resourcesRunning: number("resources_running"))
    }

    fileprivate func statusResource(in outer: Enclosure) -> ClusterStatus.Resource {
        .init(
            id: (self["id"] ?? "").withoutInstance, agent: (self["resource_agent"] ?? "").withSingleColons,
            role: self["role"] ?? "", targetRole: self["target_role"], isActive: isSet("active"),
            isManaged: flag("managed") ?? true, isFailed: isSet("failed"),
            isFailureIgnored: isSet("failure_ignored"), isBlocked: isSet("blocked"),
            isOrphaned: isSet("orphaned"), nodes: children(named: "node").compactMap { $0["name"] },
            group: outer.group, clone: outer.clone, bundle: outer.bundle, pending: self["pending"])
    }

    fileprivate var statusFailure: ClusterStatus.Failure {
        .init(
            operationKey: self["op_key"] ?? self["id"] ?? "", node: self["node"] ?? "", task: self["task"],
            // Milliseconds without a unit, unlike everything in the configuration.
            interval: milliseconds("interval"), exitCode: number("exitcode"), exitStatus: self["exitstatus"],
            exitReason: self["exitreason"].flatMap { $0.isEmpty || $0 == "none" ? nil : $0 },
            status: self["status"], callID: number("call"), lastResultChange: self["last-rc-change"],
            executionTime: milliseconds("exec"))
    }

    private func isSet(_ attribute: String) -> Bool { flag(attribute) ?? false }
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
