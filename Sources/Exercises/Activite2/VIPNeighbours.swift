import GraderCore
import LinuxFacts
import Pacemaker

/// Which machine answers for the virtual IP on the wire, by its MAC address: seen from the node that does not hold
/// the address, and from the grader where it shares the network.
struct VIPNeighbours {
    static let probe = "vip-neighbour"
    static let graderProbe = ProbeID.network("neighbours")

    /// One echo request so that the kernel has to ask; what it learnt is printed whatever became of the echo, with what
    /// it knows of the other node's own addresses.
    private static let script =
        "ping -c 1 -W 1 \"$1\" >/dev/null 2>&1; for address in \"$@\"; do ip neigh show to \"$address\"; done"

    /// The node that does not hold the address asks for it, and its kernel remembers who answered.
    static func probes(_ findings: Findings) -> [Probe] {
        guard let address = findings.virtualIP.found?.address else { return [] }
        return findings.reached.map { node in
            let own = ownAddresses(of: node.peer, findings, but: address).prefix(4).map(\.description)
            return Activite2Probes.shell(node, probe, script, [address.description] + own, asRoot: false)
        } + [Probe(graderProbe, .neighbours)]
    }

    enum Answering: Equatable {
        /// An interface of this node of the pair.
        case pair(MachineID, MACAddress)
        /// No interface of the pair.
        case stranger(MACAddress)
        case nobodySeen
    }

    let answering: Answering
    /// Whether a node that was logged in to, and that does not hold the address, could not be asked.
    let isUnread: Bool

    init(_ findings: Findings, address: IPAddress) {
        var seen: [MACAddress] = []
        var isUnread = false
        for role in findings.reached where !findings.holders(of: address).contains(role) {
            // Of a table that is too long to be read whole, what is missing may be what explains the rest.
            guard let output = findings.evidence.complete(Self.probe, on: role),
                TextLines(output.text).problems.isEmpty
            else {
                isUnread = true
                continue
            }
            seen += Self.answering(for: address, in: NeighbourTable.read(output.text), findings)
        }
        if case .neighbours(let table)? = findings.evidence[Self.graderProbe]?.outcome {
            seen += Self.answering(for: address, in: NeighbourTable.read(kernelTable: table.text), findings)
        }
        // Both nodes' interfaces have to be known before a machine is called a stranger.
        let isPairKnown = MachineID.pair.allSatisfy { findings.interfaces[$0] != nil }
        let own = MachineID.pair.map { ($0, Self.hardwareAddresses(of: $0, findings)) }
        var answering = Answering.nobodySeen
        for mac in seen {
            if let owner = own.first(where: { $0.1.contains(mac) })?.0 {
                if answering == .nobodySeen { answering = .pair(owner, mac) }
            } else if isPairKnown {
                answering = .stranger(mac)
            }
        }
        self.answering = answering
        self.isUnread = isUnread
    }

    /// Whether a node's kernel asked for the address in vain, none got an answer, and the grader no connection: then
    /// no interface has it, whatever `crm_mon` and `ip` say. A node that holds it asks nobody.
    static func isSilent(_ findings: Findings, address: IPAddress) -> Bool {
        guard case .notConnected(let failure)? = WebProbe.exchange(.vip, findings)?.answer,
            [.timedOut, .unreachable].contains(failure.kind)
        else { return false }
        let entries = MachineID.pair.compactMap { findings.evidence.complete(probe, on: $0) }
            .flatMap { NeighbourTable.read($0.text).entries(for: address) }
            .filter { !$0.isWritten }
        return !entries.isEmpty && !entries.contains(where: \.isUsable)
    }
}

extension VIPNeighbours {
    /// The hardware addresses that a table has for the virtual IP, but for those that say nothing: a machine bridged over
    /// Wi-Fi, or behind a router that answers for it, is seen with the other's address, and its own addresses are too.
    private static func answering(
        for address: IPAddress, in table: NeighbourTable, _ findings: Findings
    ) -> [MACAddress] {
        let rewritten = rewritten(in: table, findings, but: address)
        return table.entries(for: address).filter(\.isUsable).compactMap(\.macAddress)
            .filter { !rewritten.contains($0) }
    }

    /// Those that a table has for a node's own address and that are none of its interfaces': written by hand, or by a
    /// network that does so for all machines, they hide who is behind them like any other.
    private static func rewritten(
        in table: NeighbourTable, _ findings: Findings, but address: IPAddress
    ) -> Set<MACAddress> {
        // Both lists are a student's, and long at will: neither is gone through for every entry of the other.
        let entries = Dictionary(
            grouping: table.entries.filter { $0.isUsable || $0.isWritten }, by: \.address)
        return MachineID.pair.reduce(into: []) { result, role in
            guard findings.interfaces[role] != nil else { return }
            let hardware = hardwareAddresses(of: role, findings)
            for own in ownAddresses(of: role, findings, but: address) {
                let answered = (entries[own] ?? []).compactMap(\.macAddress)
                result.formUnion(answered.filter { !hardware.contains($0) })
            }
        }
    }

    /// Of a node's interfaces.
    private static func hardwareAddresses(of role: MachineID, _ findings: Findings) -> Set<MACAddress> {
        Set(findings.interfaces[role]?.interfaces.compactMap(\.macAddress) ?? [])
    }

    /// Whether the grader sees one of the pair's own addresses with this hardware address, which no interface of that
    /// node has: then it tells nobody apart.
    static func isRewritten(_ hardwareAddress: String, to grader: Evidence, but address: IPAddress) -> Bool {
        guard case .neighbours(let table)? = grader[graderProbe]?.outcome else { return false }
        return rewritten(in: .read(kernelTable: table.text), Findings(grader), but: address)
            .contains { $0.description == hardwareAddress }
    }

    /// A node's addresses beside the virtual one: the roster's, and those of its interfaces.
    private static func ownAddresses(of role: MachineID, _ findings: Findings, but address: IPAddress)
        -> [IPAddress]
    {
        let known = findings.interfaces[role]?.interfaces.filter { !$0.isLoopback }.flatMap(\.addresses) ?? []
        var own = [findings.lab.addresses[role]].compactMap(\.self)
        var isListed = Set(own)
        // A second virtual IP moves between the nodes.
        for entry in known where entry.address.isIPv4 && !entry.isSecondary {
            if isListed.insert(entry.address).inserted { own.append(entry.address) }
        }
        return own.filter { $0 != address }
    }
}

extension Judgement {
    /// The same, unless it rests on the address being up somewhere and nobody answers for it on the wire.
    func unlessSilent(_ findings: Findings, _ address: IPAddress?) -> Judgement {
        guard verdict == .met, let address, VIPNeighbours.isSilent(findings, address: address) else {
            return self
        }
        return Judgement(
            .notAssessed(.contradiction), found + VIPNeighbours.silence(address.description),
            sources: sources)
    }
}

extension VIPNeighbours {
    fileprivate static func silence(_ address: String) -> LocalizedText {
        LocalizedText(
            fr: " ; mais sur le réseau personne ne répond pour \(address)",
            en: "; but on the wire nobody answers for \(address)")
    }
}

extension NeighbourTable.Entry {
    /// Whether the kernel asked on the wire and was answered.
    fileprivate var isUsable: Bool { state != "FAILED" && state != "INCOMPLETE" && !isWritten }
}
