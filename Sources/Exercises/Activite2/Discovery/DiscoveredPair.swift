import GraderCore
import LinuxFacts

/// Two machines of one cluster.
struct DiscoveredPair: Sendable {
    let primary: DiscoveredNode
    let secondary: DiscoveredNode
    /// The virtual IP to grade by; nil where neither the CIB nor the other pairs say one.
    var vip: IPAddress?
    /// Whether it is the other pairs' habit, and not this one's CIB, that says so.
    var isVIPInferred = false
    /// Sentences for the teacher.
    var doubts: [LocalizedText] = []

    var nodes: [DiscoveredNode] { [primary, secondary] }
    var clusterName: String? { primary.corosync.clusterName ?? secondary.corosync.clusterName }

    /// The one with the lower number in its name is the primary, as the lab sheet calls them; else the one with the
    /// lower address.
    init(_ one: DiscoveredNode, _ two: DiscoveredNode) {
        func number(_ node: DiscoveredNode) -> Int? {
            // bounded: of a text
            Int(node.machine.label.reversed().prefix { $0.isNumber }.reversed().map(String.init).joined())
        }
        let isSwapped =
            if let first = number(one), let second = number(two), first != second {
                first > second
            } else {
                two.address < one.address
            }
        (primary, secondary) = isSwapped ? (two, one) : (one, two)
        var virtualIPs: [IPAddress] = []
        for address in nodes.compactMap(\.virtualIPs).flatMap(\.self) where !virtualIPs.contains(address) {
            virtualIPs.append(address)
        }
        // Clients are in the nodes' own network; an address elsewhere is a leftover or a mistake to be graded.
        let networks = primary.addresses
        let near = virtualIPs.filter { address in networks.contains { $0.contains(address) } }
        let far = virtualIPs.filter { !near.contains($0) }
        vip = near.first
        if near.count > 1 { doubts.append(DiscoveredPairTexts.severalVirtualIPs(near)) }
        if !far.isEmpty { doubts.append(DiscoveredPairTexts.virtualIPsElsewhere(far)) }
        if nodes.allSatisfy({ $0.virtualIPs == nil }) { doubts.append(DiscoveredPairTexts.noCIB) }
        let names = nodes.map { $0.corosync.clusterName }
        if Set(names).count > 1 { doubts.append(DiscoveredPairTexts.differentClusterNames(names)) }
        let members = nodes.map(\.corosync.nodes.count).max() ?? 2
        if members > 2 { doubts.append(DiscoveredPairTexts.moreThanTwoNodes(members)) }
    }

    // MARK: In the roster

    /// Names that many clusters have: the sample configuration's, and what sheets use.
    private static let commonNames: Set<String> = [
        "debian", "hacluster", "cluster", "mycluster", "lacluster",
    ]

    var lab: DiscoveredLab {
        var lab = DiscoveredLab(
            machines: [(.serv1, primary.machine), (.serv2, secondary.machine)],
            ownID: "pair-\(primary.address)".replacing(":", with: "-"),
            summary: DiscoveredPairTexts.virtualIP(vip, isInferred: isVIPInferred))
        lab.name = clusterName
        lab.suggestedID = clusterName.flatMap { Self.commonNames.contains($0.lowercased()) ? nil : $0 }
        lab.rosterLines = vipLine + [dnsLine]
        lab.doubts = doubts
        lab.lack = vip == nil ? DiscoveredPairTexts.noVirtualIP : nil
        return lab
    }

    private var vipLine: [RosterLine] {
        guard let vip else { return [] }
        let prefix = nodes.flatMap(\.addresses).first { $0.address != vip && $0.contains(vip) }?.prefixLength
        return [
            RosterLine(
                "vip", "\(vip)/\(prefix ?? 24)",
                comment: isVIPInferred ? DiscoveredPairTexts.inferredVIP : nil)
        ]
    }

    /// The name server that the nodes themselves use and, in their own domain, the site's usual name.
    private var dnsLine: RosterLine {
        let said = nodes.first { $0.nameServer != nil && $0.searchDomain != nil }
        guard let server = said?.nameServer, let domain = said?.searchDomain,
            nodes.flatMap(\.addresses).contains(where: { $0.contains(server) }),
            domain.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) })
        else { return RosterLine("dns", "none", comment: DiscoveredPairTexts.noNameServer) }
        let name = domain.hasSuffix(".") ? String(domain.dropLast()) : domain
        return RosterLine(
            "dns", "{server: \(server), names: [\"www.\(name)\"]}",
            comment: DiscoveredPairTexts.siteNameGuessed)
    }
}

extension [DiscoveredPair] {
    /// A pair that has no virtual IP yet gets the one it should have where most that have one keep the same distance
    /// from their primary's address: somebody who copied a neighbour's does not change what the others agree on.
    mutating func inferVirtualIPs() {
        let known = compactMap { pair in pair.vip.map { (pair.primary.address, $0) } }
        let distances = Dictionary(grouping: known) { $0.1.number &- $0.0.number }
        guard
            let (distance, those) = distances.first(where: { $0.value.count * 2 > known.count }),
            those.count >= 2
        else { return }
        for index in indices where self[index].vip == nil {
            let base = self[index].primary.address
            self[index].vip = IPAddress(base.family, base.number &+ distance)
            self[index].isVIPInferred = true
        }
    }

    /// Notes on what two pairs, or a pair and another machine, cannot both have.
    mutating func compare(with machines: [DiscoveredNode]) {
        flag(\.hostKey, machines, DiscoveredPairTexts.sameHostKey)
        flag(\.machineID, machines, DiscoveredPairTexts.sameMachineID)
        func others(_ index: Int, _ isSame: (DiscoveredPair) -> Bool) -> [IPAddress] {
            indices.filter { $0 != index && isSame(self[$0]) }.map { self[$0].primary.address }
        }
        for index in indices {
            let pair = self[index]
            if let vip = pair.vip, !pair.isVIPInferred {
                let same = others(index) { $0.vip == vip && !$0.isVIPInferred }
                if !same.isEmpty { self[index].doubts.append(DiscoveredPairTexts.sameVirtualIP(vip, same)) }
            }
            if let name = pair.clusterName {
                let same = others(index) { $0.clusterName == name }
                if !same.isEmpty { self[index].doubts.append(DiscoveredPairTexts.sameClusterName(same)) }
            }
        }
    }

    /// Notes on pairs one of whose machines shares a value with another machine.
    private mutating func flag(
        _ value: KeyPath<DiscoveredNode, String?>, _ machines: [DiscoveredNode],
        _ sentence: (IPAddress, [IPAddress]) -> LocalizedText
    ) {
        let all = flatMap(\.nodes) + machines
        let owners = Dictionary(grouping: all.filter { $0[keyPath: value] != nil }) { $0[keyPath: value] }
        for index in indices {
            for node in self[index].nodes {
                guard let own = node[keyPath: value], let same = owners[own], same.count > 1 else { continue }
                let others = same.map(\.address).filter { $0 != node.address }
                self[index].doubts.append(sentence(node.address, others))
            }
        }
    }
}

extension InterfaceAddresses.Address {
    fileprivate func contains(_ other: IPAddress) -> Bool {
        address.isInSameNetwork(as: other, prefixLength: prefixLength)
    }
}
