import GraderCore
import LinuxFacts
import Pacemaker

/// The virtual IP's primitive as the pair's configuration has it.
struct FoundVirtualIP: Sendable, Hashable {
    /// The resource's id; the student chose it.
    var id: String
    /// Its `ip` parameter, where it is an address.
    var address: IPAddress?
    /// Whether the only source hides the address.
    var isAddressHidden = false
    /// The first group that holds it.
    var group: String?
}

/// One readable configuration and where it comes from.
struct ConfigurationSource: Sendable {
    var probe: ProbeID
    var configuration: ClusterConfiguration
    /// False for `crm configure show`, which is text made for people, and for a file on disk that is older than what
    /// `cibadmin` says: they may confirm, not convict.
    var isCIB: Bool
    /// Whether all of it could be read; what is not in the rest is not denied.
    var isWhole: Bool
    /// What the configuration may come to as rules that guard values hold or not, itself first.
    var possibilities: [ClusterConfiguration]

    init(
        probe: ProbeID, configuration: ClusterConfiguration, isCIB: Bool, problems: [LocalizedText] = []
    ) {
        self.probe = probe
        self.configuration = configuration
        self.isCIB = isCIB
        isWhole = problems.isEmpty && configuration.problems.isEmpty
        possibilities = configuration.possibilities
    }
}

extension Findings {
    func readConfigurations() -> [ConfigurationSource] {
        let live = MachineID.pair.compactMap { role in
            cibs[role].map { cib in
                ConfigurationSource(
                    probe: ProbeID(role, ClusterProbe.cib), configuration: cib.configuration, isCIB: true,
                    problems: cib.problems)
            }
        }
        let files = MachineID.pair.compactMap { role in
            stored[role].map { file in
                ConfigurationSource(
                    probe: ProbeID(role, ClusterProbe.cibFile), configuration: file.configuration,
                    isCIB: isUpToDate(file, on: role), problems: file.problems)
            }
        }
        let printed = shown.map { shown in
            ConfigurationSource(
                probe: ProbeID(shown.node, ClusterProbe.crmShow), configuration: shown.configuration,
                isCIB: false)
        }
        return live + files + [printed].compactMap(\.self)
    }

    /// Whether a CIB that could be read whole has no primitive of this id: what one node denies is not proved by
    /// another.
    func isDenied(_ primitive: String) -> Bool {
        let files = stored.filter { isUpToDate($0.value, on: $0.key) }
        return (Array(cibs.values) + Array(files.values)).contains {
            $0.problems.isEmpty && $0.configuration.problems.isEmpty
                && $0.configuration.primitive(primitive) == nil
        }
    }

    /// Whether a node's file is not older than what `cibadmin` said there: Pacemaker writes it a moment after a change.
    private func isUpToDate(_ file: ClusterInformationBase, on role: MachineID) -> Bool {
        guard let version = file.version, let live = cibs[role]?.version else { return false }
        return version >= live || version.isSameConfiguration(as: live)
    }

    /// The primitive that is meant: whatever gives an interface the roster's address, or else an address in the lab's
    /// network, or else any address; the sheet's agent before others.
    var virtualIP: Lookup<FoundVirtualIP> { best(virtualIPs, id: \.id) }

    /// One that a source claims and a CIB denies, where there is no other.
    var contestedVirtualIP: FoundVirtualIP? { virtualIP.found == nil ? virtualIPs.first : nil }

    func findVirtualIPs() -> [FoundVirtualIP] {
        let wanted = lab.vip
        let prefixLength = lab.vipPrefixLength ?? 24
        return ranked { configuration, primitive, group in
            guard configuration.bringsUpAddress(primitive) else { return nil }
            // Where rules decide between several: the one that is up, or else the roster's.
            let given = configuration.possibleParameters("ip", of: primitive).compactMap { IPAddress($0) }
            let address =
                given.first { !holders(of: $0).isEmpty } ?? given.first { $0 == wanted } ?? given.first
            var claim = configuration.isVirtualIP(primitive) ? 0 : 1
            if address == nil || wanted == nil {
                claim += 4
            } else if let address, let wanted, address != wanted {
                claim += address.isInSameNetwork(as: wanted, prefixLength: prefixLength) ? 2 : 4
            }
            return (
                claim,
                FoundVirtualIP(
                    id: primitive.id, address: address,
                    isAddressHidden: configuration.effectiveParameter("ip", of: primitive)
                        == ClusterConfiguration.hiddenValue, group: group)
            )
        }
    }

    /// Where a client that is sent there finds what the virtual IP stands for, wherever that is: its own address, the
    /// roster's where the student's differs (which Q1 says), and those that the cluster always has on the same node, as
    /// an IPv6 address beside it, as far as they are up there.
    func findSharedAddresses() -> Set<IPAddress> {
        let vip = virtualIP.found
        var shared = Set([vip?.address, lab.vip].compactMap(\.self))
        let others = Set(virtualIPs.map(\.id).filter { $0 != vip?.id })
        guard let vip, !others.isEmpty,
            let together = agreed({ $0.primitives(with: vip.id).intersection(others) })
        else { return shared }
        let companions = virtualIPs.filter { together.contains($0.id) }.compactMap(\.address)
        let places = vip.address.map { holders(of: $0) } ?? []
        // One that is stopped, or failed to start, leads nowhere, whatever the configuration says.
        shared.formUnion(companions.filter { places.isEmpty || holders(of: $0) == places })
        return shared
    }

    /// The nodes on which an interface holds the address; only nodes whose `ip addr` could be read count.
    func holders(of address: IPAddress) -> [MachineID] {
        MachineID.pair.filter { interfaces[$0]?.holder(of: address) != nil }
    }
}

extension ClusterConfiguration {
    /// Whether the primitive's agent is the lab sheet's.
    func isVirtualIP(_ primitive: Primitive) -> Bool { agent(of: primitive) == "ocf:heartbeat:IPaddr2" }

    /// Whether the primitive gives an interface an address, by whatever agent: IPaddr2, its forerunner IPaddr, or one of
    /// somebody's own. The resource agents that take an `ip` and only do something beside an address are no such thing,
    /// nor is a fence device, whose `ip` is that of what it switches off through.
    func bringsUpAddress(_ primitive: Primitive) -> Bool {
        let agent = agent(of: primitive)
        if agent.hasPrefix("stonith:") { return false }
        let name = agent.split(separator: ":").last.map(String.init) ?? agent
        if ["IPaddr2", "IPaddr"].contains(name) { return true }
        let besideAnAddress: Set<String> = [
            "portblock", "SendArp", "IPsrcaddr", "ping", "pingd", "dnsupdate", "corosync-qnetd", "ifspeed",
            "aws-vpc-route53",
        ]
        guard !besideAnAddress.contains(name) else { return false }
        return possibleParameters("ip", of: primitive).contains { IPAddress($0) != nil }
    }

    /// Whether the primitive's agent runs a web server of this kind, in any of the ways Pacemaker knows.
    func isWebServer(_ primitive: Primitive, _ server: WebFacts.Server) -> Bool {
        let words = agent(of: primitive).split(separator: ":").map(String.init)
        guard let resourceClass = words.first, var name = words.last, words.count >= 2 else { return false }
        if name.hasSuffix(".service") { name.removeLast(".service".count) }
        let services: Set<String> = server == .apache ? ["apache2", "apache", "httpd"] : ["nginx"]
        return switch resourceClass {
        case "ocf": words == ["ocf", "heartbeat", server.rawValue]
        case "lsb", "systemd", "service": services.contains(name)
        default: false
        }
    }
}
