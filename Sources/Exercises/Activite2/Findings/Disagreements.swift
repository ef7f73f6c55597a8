import GraderCore
import LinuxFacts
import Pacemaker

/// What one node's tools say and the other's deny. A pair in order says the same thing everywhere; where it does not,
/// a node is cut off, or somebody has replaced a command. Either way the reader of a report has to know.
extension Findings {
    /// A sentence for each source that contradicts another, in a fixed order; empty where all agree.
    var disagreements: [LocalizedText] {
        ([cibsDisagree] + storedDisagree + [
            shownDisagrees, statusesDisagree, unknownRunning, addressDisagrees,
        ])
        .compactMap(\.self)
    }

    /// At most so many names in a sentence.
    private static let named = 6

    /// A configuration, and what printed it where.
    private typealias Told = (tool: String, node: MachineID, configuration: ClusterConfiguration)

    private func disagree(_ one: Told, _ other: Told) -> LocalizedText? {
        // What one of them hides (crmsh does) is no other value.
        let names = Self.differing(
            one.configuration.leavingOut(hiddenIn: other.configuration),
            other.configuration.leavingOut(hiddenIn: one.configuration))
        guard !names.isEmpty else { return nil }
        return DisagreementTexts.sources(
            one.tool, label(one.node), other.tool, label(other.node), Self.list(names))
    }

    private func wholeCIB(_ role: MachineID) -> Told? {
        cibs[role].flatMap { $0.isWhole ? ("cibadmin", role, $0.configuration) : nil }
    }

    /// The two CIBs: one configuration, replicated.
    private var cibsDisagree: LocalizedText? {
        guard let one = wholeCIB(.serv1), let other = wholeCIB(.serv2) else { return nil }
        return disagree(one, other)
    }

    /// What `cibadmin` prints on a node, against what Pacemaker keeps on that node's disk.
    private var storedDisagree: [LocalizedText?] {
        MachineID.pair.map { role in
            guard let live = wholeCIB(role), let file = stored[role], file.isWhole else { return nil }
            return disagree(live, ("/var/lib/pacemaker/cib/cib.xml", role, file.configuration))
        }
    }

    /// Where what a node's own tools say is not what stands on its disk, what runs is not what is configured, or `crm` and
    /// `cibadmin` differ on one node: no mistake in a configuration does that.
    func ownDisagreements(_ role: MachineID) -> [LocalizedText] {
        guard let live = wholeCIB(role) else { return [] }
        let printed = shown.flatMap { shown -> LocalizedText? in
            guard shown.node == role, shown.configuration.unknown.isEmpty,
                shown.configuration.problems.isEmpty
            else { return nil }
            return disagree(("crm configure show", role, shown.configuration), live)
        }
        let stored = zip(MachineID.pair, storedDisagree).first { $0.0 == role }?.1
        return [stored, printed, unknownRunning(on: role)].compactMap(\.self)
    }

    /// What `crm` prints for people, against the CIB of the other node, or else of the same.
    private var shownDisagrees: LocalizedText? {
        guard let shown, shown.configuration.unknown.isEmpty, shown.configuration.problems.isEmpty else {
            return nil
        }
        let told = ("crm configure show", shown.node, shown.configuration)
        return [shown.node.peer, shown.node].lazy.compactMap { wholeCIB($0).flatMap { disagree(told, $0) } }
            .first
    }

    /// Where the two `crm_mon` see each resource.
    private var statusesDisagree: LocalizedText? {
        guard statuses.count == MachineID.pair.count else { return nil }
        var known: Set<String> = []
        let ids = MachineID.pair.flatMap { statuses[$0]?.resources.map(\.id) ?? [] }
            .filter { known.insert($0).inserted }
        let differing = ids.filter { viewsDiffer(on: $0) }
        guard !differing.isEmpty else { return nil }
        return DisagreementTexts.sources(
            "crm_mon", label(.serv1), "crm_mon", label(.serv2), Self.list(differing))
    }

    /// What `crm_mon` sees running that the configuration on the same node does not have. What was only just deleted
    /// is marked as an orphan.
    private var unknownRunning: LocalizedText? {
        MachineID.pair.lazy.compactMap { unknownRunning(on: $0) }.first
    }

    private func unknownRunning(on role: MachineID) -> LocalizedText? {
        guard let status = statuses[role], let cib = cibs[role], cib.isWhole else { return nil }
        let configured = Set(cib.configuration.primitives.map(\.id))
        let unknown = status.resources.filter {
            $0.isActive && !$0.isOrphaned && !configured.contains($0.id)
        }.map(\.id)
        guard !unknown.isEmpty else { return nil }
        return DisagreementTexts.sources(
            "crm_mon", label(role), "cibadmin", label(role), Self.list(Set(unknown).sorted()))
    }

    /// The virtual IP: where the cluster runs it, and which interfaces have it.
    private var addressDisagrees: LocalizedText? {
        guard let address = virtualIP.found?.address ?? lab.vip,
            // Which primitive has the roster's address cannot be told where that is hidden.
            virtualIP.found?.isAddressHidden != true,
            interfaces.count == MachineID.pair.count, !statuses.isEmpty
        else { return nil }
        let ids = virtualIPIDs(of: address)
        guard !ids.contains(where: { viewsDiffer(on: $0) }) else { return nil }
        let active = Set(statuses.values.flatMap { status in ids.flatMap { status.activeNodes(of: $0) } })
        let named = holders(of: address).map { names[$0] }
        // Whose address it is cannot be told where the cluster's name for a node is not known.
        guard !named.contains(nil) else { return nil }
        let holding = Set(named.compactMap(\.self))
        guard active != holding else { return nil }
        return DisagreementTexts.address(address.description, crmMon: active.sorted(), ip: holding.sorted())
    }

    /// The primitives that any source says carry the address.
    private func virtualIPIDs(of address: IPAddress) -> [String] {
        var ids: [String] = []
        for source in configurations {
            // By whatever agent: IPaddr moves the address as well as IPaddr2.
            for primitive in source.configuration.primitives where !ids.contains(primitive.id) {
                let given = source.configuration.effectiveParameter("ip", of: primitive)
                if given.flatMap({ IPAddress($0) }) == address { ids.append(primitive.id) }
            }
        }
        return ids
    }

    /// Ids of what is configured otherwise, or only in one of them. Values that the cluster writes by itself
    /// (properties, attributes of nodes) are left out, and so is what crmsh prints in its own way.
    private static func differing(_ one: ClusterConfiguration, _ other: ClusterConfiguration) -> [String] {
        func entries(_ configuration: ClusterConfiguration) -> [String: [String]] {
            var entries: [String: [String]] = [:]
            func pairs(_ values: [String: String]) -> [String] {
                values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            }
            for primitive in configuration.primitives {
                let params = pairs(primitive.params) + ["meta"] + pairs(primitive.meta)
                let operations = primitive.ops.map {
                    "\($0.name) \(String(describing: $0.interval)) \(String(describing: $0.timeout))"
                }
                entries[primitive.id] = [configuration.agent(of: primitive)] + params + operations.sorted()
            }
            for group in configuration.groups {
                entries[group.id] = group.members + ["meta"] + pairs(group.meta)
            }
            for clone in configuration.clones { entries[clone.id] = clone.members }
            for location in configuration.locations {
                entries[location.id] = [
                    location.resource ?? "", location.node ?? "", location.score?.description ?? "",
                ]
            }
            for constraint in configuration.colocations {
                entries[constraint.id] = [constraint.resource ?? "", constraint.with ?? ""]
            }
            for constraint in configuration.orders {
                entries[constraint.id] = [constraint.first ?? "", constraint.then ?? ""]
            }
            return entries
        }
        let (left, right) = (entries(one), entries(other))
        return Set(left.keys).union(right.keys).filter { left[$0] != right[$0] }.sorted()
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(named).map(\.excerpt).joined(separator: ", ") + (names.count > named ? ", …" : "")
    }
}

extension ClusterInformationBase {
    /// Read without a gap: what is missing in it is not there.
    fileprivate var isWhole: Bool {
        problems.isEmpty && configuration.problems.isEmpty && configuration.unknown.isEmpty
    }
}

private enum DisagreementTexts {
    static func sources(
        _ tool: String, _ node: String, _ otherTool: String, _ otherNode: String, _ names: String
    ) -> LocalizedText {
        LocalizedText(
            fr:
                "« \(tool) » sur \(node) et « \(otherTool) » sur \(otherNode) ne disent pas la même chose de : \(names).",
            en: "“\(tool)” on \(node) and “\(otherTool)” on \(otherNode) do not say the same of: \(names).")
    }

    static func address(_ address: String, crmMon: [String], ip: [String]) -> LocalizedText {
        let (cluster, system) = (crmMon.joined(separator: ", "), ip.joined(separator: ", "))
        return LocalizedText(
            fr: """
                « crm_mon » voit \(address) sur \(crmMon.isEmpty ? "aucun nœud" : cluster), \
                « ip addr » sur \(ip.isEmpty ? "aucun nœud" : system).
                """,
            en: """
                “crm_mon” sees \(address) on \(crmMon.isEmpty ? "no node" : cluster), \
                “ip addr” on \(ip.isEmpty ? "no node" : system).
                """)
    }
}
