import GraderCore
import LinuxFacts
import Pacemaker

/// Which machine answers for the virtual IP on the wire, by its MAC address: seen from the node that does not hold
/// the address, and from the grader where it shares the network.
struct VIPNeighbours {
    static let probe = "vip-neighbour"
    static let graderProbe = ProbeID.network("neighbours")

    /// One echo request so that the kernel has to ask; what it learnt is printed whatever became of the echo.
    private static let script = "ping -c 1 -W 1 \"$1\" >/dev/null 2>&1; ip neigh show to \"$1\""

    /// The node that does not hold the address asks for it, and its kernel remembers who answered.
    static func probes(_ findings: Findings) -> [Probe] {
        guard let address = findings.virtualIP.found?.address else { return [] }
        return findings.reached.map { node in
            Activite2Probes.shell(node, probe, script, [address.description], asRoot: false)
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
    /// Whether a node's kernel asked for the address in vain, none got an answer, and the grader no connection: then
    /// no interface has it, whatever `crm_mon` and `ip` say. A node that holds it asks nobody.
    let isSilent: Bool

    init(_ findings: Findings, address: IPAddress) {
        var seen: [MACAddress] = []
        var isUnread = false
        for role in findings.reached where !findings.holders(of: address).contains(role) {
            guard let output = findings.evidence.complete(Self.probe, on: role) else {
                isUnread = true
                continue
            }
            seen += NeighbourTable.read(output.text).entries(for: address).filter(\.isUsable)
                .compactMap(\.macAddress)
        }
        if case .neighbours(let table)? = findings.evidence[Self.graderProbe]?.outcome {
            seen += NeighbourTable.read(kernelTable: table.text).entries(for: address)
                .compactMap(\.macAddress)
        }
        // Both nodes' interfaces have to be known before a machine is called a stranger.
        let isPairKnown = MachineID.pair.allSatisfy { findings.interfaces[$0] != nil }
        var answering = Answering.nobodySeen
        for mac in seen {
            let owner = MachineID.pair.first { role in
                findings.interfaces[role]?.interfaces.contains { $0.macAddress == mac } ?? false
            }
            if let owner {
                if answering == .nobodySeen { answering = .pair(owner, mac) }
            } else if isPairKnown {
                answering = .stranger(mac)
            }
        }
        self.answering = answering
        self.isUnread = isUnread
        let entries = MachineID.pair.compactMap { findings.evidence.complete(Self.probe, on: $0) }
            .flatMap { NeighbourTable.read($0.text).entries(for: address) }
        let isUnreached: Bool
        switch WebProbe.exchange(.vip, findings)?.answer {
        case .notConnected(let failure): isUnreached = [.timedOut, .unreachable].contains(failure.kind)
        default: isUnreached = false
        }
        isSilent = isUnreached && !entries.isEmpty && !entries.contains(where: \.isUsable)
    }
}

extension Judgement {
    /// The same, unless it rests on the address being up somewhere and nobody answers for it on the wire.
    func unlessSilent(_ findings: Findings, _ address: IPAddress?) -> Judgement {
        guard verdict == .met, let address, VIPNeighbours(findings, address: address).isSilent else {
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
    /// Whether the kernel would send to it: not an address that was asked for in vain.
    fileprivate var isUsable: Bool { state != "FAILED" && state != "INCOMPLETE" }
}
