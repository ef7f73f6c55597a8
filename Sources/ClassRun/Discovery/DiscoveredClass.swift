import GraderCore

/// The machines of a subnet, put together into pairs, with what is doubtful about them. Pure.
public struct DiscoveredClass: Sendable {
    /// Two machines of one cluster.
    public struct Pair: Sendable, Hashable {
        public var primary: DiscoveredHost
        public var secondary: DiscoveredHost
        /// The virtual IP to grade by; nil where neither the CIB nor the other pairs say one.
        public var vip: IPAddress?
        /// Whether it is the other pairs' habit, and not this one's CIB, that says so.
        public var isVIPInferred = false
        /// Sentences for the teacher.
        public var doubts: [LocalizedText] = []

        public var clusterName: String? { primary.corosync.clusterName ?? secondary.corosync.clusterName }
        public var hosts: [DiscoveredHost] { [primary, secondary] }
    }

    public var pairs: [Pair] = []
    /// Nodes whose partner did not answer, each with what is known.
    public var loneNodes: [(host: DiscoveredHost, doubt: LocalizedText)] = []
    /// Machines that answer on SSH and are no cluster's nodes: name servers, printers, the teacher's own.
    public var others: [DiscoveredHost] = []
    /// Machines that could not be logged in to.
    public var refused: [DiscoveredHost] = []
    /// Addresses where a machine answered beside its own: virtual IPs, which another machine may hold tomorrow.
    public var secondAddresses: [IPAddress] = []

    /// Whether nobody answered at all.
    public var isEmpty: Bool { pairs.isEmpty && loneNodes.isEmpty && others.isEmpty && refused.isEmpty }

    public init(_ found: [DiscoveredHost]) {
        let hosts = DiscoveredClass.machines(found.sorted { $0.address < $1.address })
        let own = Set(hosts.map(\.address))
        secondAddresses = found.map(\.address).filter { !own.contains($0) }
        // Where two pairs fight over one virtual IP nobody may answer at it for long: it is no machine.
        let virtual = Set(hosts.flatMap { $0.virtualIPs ?? [] })
        refused = hosts.filter { $0.failure != nil && !virtual.contains($0.address) }
        others = hosts.filter { $0.failure == nil && !$0.isClustered }
        var left = hosts.filter { $0.failure == nil && $0.isClustered }
        while !left.isEmpty {
            let host = left.removeFirst()
            let partners = left.indices.filter { DiscoveredClass.areMembers(host, left[$0]) }
            guard let partner = partners.first else {
                loneNodes.append((host, DiscoveredClass.loneDoubt(host)))
                continue
            }
            pairs.append(DiscoveredClass.pair(host, left[partner]))
            for index in partners.reversed() { left.remove(at: index) }
        }
        inferVirtualIPs()
        compareAll()
    }

    /// A machine that answers at several addresses (its own and a virtual IP that it holds) is one: the address that
    /// corosync knows it by counts.
    private static func machines(_ hosts: [DiscoveredHost]) -> [DiscoveredHost] {
        var kept: [DiscoveredHost] = []
        for host in hosts {
            let ring = Set(host.corosync.nodes.flatMap(\.ringAddresses))
            let own = Set(host.addresses.map(\.address))
            let same = kept.firstIndex { other in
                other.failure == nil && host.failure == nil && own.contains(other.address)
                    && other.addresses.map(\.address).contains(host.address)
                    && other.machineID == host.machineID && other.hostKey == host.hostKey
            }
            guard let same else {
                kept.append(host)
                continue
            }
            if ring.contains(host.address.description), !ring.contains(kept[same].address.description) {
                kept[same] = host
            }
        }
        return kept
    }

    /// Whether each stands in the other's node list: by ring address, or by name where both say the same cluster.
    private static func areMembers(_ one: DiscoveredHost, _ two: DiscoveredHost) -> Bool {
        func lists(_ host: DiscoveredHost, _ member: DiscoveredHost) -> Bool {
            let addresses = Set(member.addresses.map(\.address.description) + [member.address.description])
            return host.corosync.nodes.contains { node in
                node.ringAddresses.contains { addresses.contains($0) }
                    || (node.ringAddresses.allSatisfy { IPAddress($0) == nil }
                        && host.corosync.clusterName == member.corosync.clusterName
                        && [member.nodeName, member.hostName].contains(node.name))
            }
        }
        return lists(one, two) && lists(two, one)
    }

    /// The one with the lower number in its name is the primary, as the lab sheet calls them; else the one with the
    /// lower address.
    private static func pair(_ one: DiscoveredHost, _ two: DiscoveredHost) -> Pair {
        func number(_ host: DiscoveredHost) -> Int? {
            Int(host.label.reversed().prefix { $0.isNumber }.reversed().map(String.init).joined())
        }
        let isSwapped =
            if let first = number(one), let second = number(two), first != second {
                first > second
            } else {
                two.address < one.address
            }
        var pair = Pair(primary: isSwapped ? two : one, secondary: isSwapped ? one : two)
        let virtualIPs = pair.hosts.compactMap(\.virtualIPs).flatMap(\.self).uniqued()
        // Clients are in the nodes' own network; an address elsewhere is a leftover or a mistake to be graded.
        let (near, far) = virtualIPs.partitioned { address in
            pair.primary.addresses.contains {
                address.isInSameNetwork(as: $0.address, prefixLength: $0.prefixLength)
            }
        }
        pair.vip = near.first
        if near.count > 1 { pair.doubts.append(DiscoveryTexts.severalVirtualIPs(near)) }
        if !far.isEmpty { pair.doubts.append(DiscoveryTexts.virtualIPsElsewhere(far)) }
        if pair.hosts.allSatisfy({ $0.virtualIPs == nil }) { pair.doubts.append(DiscoveryTexts.noCIB) }
        let names = pair.hosts.map { $0.corosync.clusterName }
        if names[0] != names[1] { pair.doubts.append(DiscoveryTexts.differentClusterNames(names)) }
        let members = pair.hosts.map(\.corosync.nodes.count).max() ?? 2
        if members > 2 { pair.doubts.append(DiscoveryTexts.moreThanTwoNodes(members)) }
        return pair
    }

    private static func loneDoubt(_ host: DiscoveredHost) -> LocalizedText {
        let own = Set(host.addresses.map(\.address.description) + [host.address.description])
        let partners = host.corosync.nodes.flatMap(\.ringAddresses).filter { !own.contains($0) }
        return partners.isEmpty ? DiscoveryTexts.namesNoOtherNode : DiscoveryTexts.partnerMissing(partners)
    }

    // MARK: Across the pairs

    /// A pair that has no virtual IP yet gets the one it should have where most that have one keep the same distance
    /// from their primary's address: somebody who copied a neighbour's does not change what the others agree on.
    private mutating func inferVirtualIPs() {
        let known = pairs.compactMap { pair in pair.vip.map { (pair.primary.address, $0) } }
        let distances = Dictionary(grouping: known) { $0.1.number &- $0.0.number }
        guard
            let (distance, those) = distances.first(where: { $0.value.count * 2 > known.count }),
            those.count >= 2
        else { return }
        for index in pairs.indices where pairs[index].vip == nil {
            let base = pairs[index].primary.address
            pairs[index].vip = IPAddress(base.family, base.number &+ distance)
            pairs[index].isVIPInferred = true
        }
    }

    private mutating func compareAll() {
        flag(\.hostKey, DiscoveryTexts.sameHostKey)
        flag(\.machineID, DiscoveryTexts.sameMachineID)
        func others(_ index: Int, _ isSame: (Pair) -> Bool) -> [IPAddress] {
            pairs.indices.filter { $0 != index && isSame(pairs[$0]) }.map { pairs[$0].primary.address }
        }
        for index in pairs.indices {
            let pair = pairs[index]
            if let vip = pair.vip, !pair.isVIPInferred {
                let same = others(index) { $0.vip == vip && !$0.isVIPInferred }
                if !same.isEmpty { pairs[index].doubts.append(DiscoveryTexts.sameVirtualIP(vip, same)) }
            }
            if let name = pair.clusterName {
                let same = others(index) { $0.clusterName == name }
                if !same.isEmpty { pairs[index].doubts.append(DiscoveryTexts.sameClusterName(same)) }
            }
        }
    }

    /// Notes on pairs one of whose machines shares a value with another machine.
    private mutating func flag(
        _ value: KeyPath<DiscoveredHost, String?>, _ sentence: (IPAddress, [IPAddress]) -> LocalizedText
    ) {
        let all = pairs.flatMap(\.hosts) + loneNodes.map(\.host) + others
        let owners = Dictionary(grouping: all.filter { $0[keyPath: value] != nil }) { $0[keyPath: value] }
        for index in pairs.indices {
            for host in pairs[index].hosts {
                guard let own = host[keyPath: value], let same = owners[own], same.count > 1 else { continue }
                let others = same.map(\.address).filter { $0 != host.address }
                pairs[index].doubts.append(sentence(host.address, others))
            }
        }
    }
}

extension Sequence where Element: Hashable {
    fileprivate func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }

    fileprivate func partitioned(_ belongs: (Element) -> Bool) -> (those: [Element], others: [Element]) {
        (filter(belongs), filter { !belongs($0) })
    }
}
