import GraderCore

/// Two machines whose corosync.conf name one another are a student's pair.
struct PairDiscovery: Discovery {
    var questions: KeyValuePairs<String, RemoteCommand> { DiscoveredNode.questions }

    func find(_ hosts: [AskedHost]) -> DiscoveredLabs { find(hosts.map { DiscoveredNode($0) }) }

    func text(_ sentence: DiscoverySentence) -> LocalizedText { DiscoveredPairTexts.text(sentence) }

    func find(_ answering: [DiscoveredNode]) -> DiscoveredLabs {
        let nodes = machines(answering.sorted { $0.address < $1.address })
        let own = Set(nodes.map(\.address))
        // Where two pairs fight over one virtual IP nobody may answer at it for long: it is no machine.
        let virtual = Set(nodes.flatMap { $0.virtualIPs ?? [] })
        let others = nodes.filter { $0.failure == nil && !$0.isClustered }
        var pairs: [DiscoveredPair] = []
        var lone: [DiscoveredNode] = []
        var left = nodes.filter { $0.failure == nil && $0.isClustered }
        while !left.isEmpty {
            let node = left.removeFirst()
            let partners = left.indices.filter { areMembers(node, left[$0]) }
            guard let partner = partners.first else {
                lone.append(node)
                continue
            }
            pairs.append(DiscoveredPair(node, left[partner]))
            for index in partners.reversed() { left.remove(at: index) }
        }
        pairs.inferVirtualIPs()
        pairs.compare(with: lone + others)

        var found = DiscoveredLabs()
        found.labs = pairs.map(\.lab)
        found.loneMachines = lone.map { ($0.machine, loneDoubt($0)) }
        found.others = others.map { ($0.machine, DiscoveredPairTexts.inNoCluster($0.address)) }
        found.refused = nodes.filter { !virtual.contains($0.address) }.compactMap { node in
            node.failure.map { (node.machine, $0) }
        }
        found.secondAddresses = answering.map(\.address).filter { !own.contains($0) }
        return found
    }

    /// A machine that answers at several addresses (its own and a virtual IP that it holds) is one: the address that
    /// corosync knows it by counts.
    private func machines(_ nodes: [DiscoveredNode]) -> [DiscoveredNode] {
        var kept: [DiscoveredNode] = []
        for node in nodes {
            let ring = Set(node.corosync.nodes.flatMap(\.ringAddresses))
            let own = Set(node.addresses.map(\.address))
            let same = kept.firstIndex { other in
                other.failure == nil && node.failure == nil && own.contains(other.address)
                    && other.addresses.map(\.address).contains(node.address)
                    && other.machineID == node.machineID && other.hostKey == node.hostKey
            }
            guard let same else {
                kept.append(node)
                continue
            }
            if ring.contains(node.address.description), !ring.contains(kept[same].address.description) {
                kept[same] = node
            }
        }
        return kept
    }

    /// Whether each stands in the other's node list: by ring address, or by name where both say the same cluster.
    private func areMembers(_ one: DiscoveredNode, _ two: DiscoveredNode) -> Bool {
        func lists(_ node: DiscoveredNode, _ member: DiscoveredNode) -> Bool {
            let addresses = Set(member.addresses.map(\.address.description) + [member.address.description])
            return node.corosync.nodes.contains { entry in
                entry.ringAddresses.contains { addresses.contains($0) }
                    || (entry.ringAddresses.allSatisfy { IPAddress($0) == nil }
                        && node.corosync.clusterName == member.corosync.clusterName
                        && [member.nodeName, member.hostName].contains(entry.name))
            }
        }
        return lists(one, two) && lists(two, one)
    }

    private func loneDoubt(_ node: DiscoveredNode) -> LocalizedText {
        let own = Set(node.addresses.map(\.address.description) + [node.address.description])
        let partners = node.corosync.nodes.flatMap(\.ringAddresses).filter { !own.contains($0) }
        return partners.isEmpty
            ? DiscoveredPairTexts.namesNoOtherNode : DiscoveredPairTexts.partnerMissing(partners)
    }
}
