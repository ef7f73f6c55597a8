import GraderCore
import LinuxFacts
import Pacemaker

/// The web server's port on each node: what the node itself says (`ss`), and what a connection from the network
/// comes to.
enum WebPort {
    static let listening = "listening-sockets"

    /// As root for the names of the processes. netstat for machines without ss; nmap need not be there.
    private static let script = "ss -Hltnp 2>/dev/null || ss -ltnp 2>/dev/null || netstat -ltnp"

    static func listeningProbes(_ findings: Findings) -> [Probe] {
        findings.reached.map {
            Activite2Probes.shell($0, listening, script, outputLimit: 256 << 10, brief: true)
        }
    }

    static func outside(_ role: MachineID) -> ProbeID { .network("port-\(role.rawValue)") }

    static func outsideProbes(_ findings: Findings) -> [Probe] {
        MachineID.pair.compactMap { role in
            findings.lab.addresses[role].map {
                Probe(
                    outside(role),
                    .port(address: $0.description, port: findings.lab.web.port, timeLimit: .seconds(2)))
            }
        }
    }

    static func sockets(_ findings: Findings, _ role: MachineID) -> ListeningSockets? {
        // A machine that was logged in to has at least its sshd: where nothing listens at all, nothing was read.
        findings.evidence.complete(listening, on: role).map { ListeningSockets.read($0.text) }
            .flatMap { $0.sockets.isEmpty ? nil : $0 }
    }

    /// Both looks at one node's port.
    struct View {
        /// Nil where nobody could look from the network.
        var outside: PortProbeResult.State?
        /// Who listens where others can connect; nil where the node could not be asked.
        var listeners: [ListeningSockets.Socket]?

        init(_ findings: Findings, _ role: MachineID) {
            if case .port(let result)? = findings.evidence[WebPort.outside(role)]?.outcome {
                outside = result.state
            }
            let port = findings.lab.web.port
            listeners = WebPort.sockets(findings, role)?.sockets.filter {
                $0.port == port && !$0.address.isLoopback
            }
        }

        enum Verdict: Equatable { case open, closed, contradiction, unknown }

        /// An open port is proved by a connection. A closed one takes both looks: a server may listen at another address
        /// of the node than the one that refuses, and silence is a closed port only where nothing listens behind it.
        /// The two looks must not contradict each other.
        var verdict: Verdict {
            let isListening = listeners.map { !$0.isEmpty }
            switch (outside, isListening) {
            case (.open, true), (.open, nil): return .open
            case (.open, false): return .contradiction
            case (.closed, false), (.filtered, false): return .closed
            case (.closed, true), (.filtered, true): return .contradiction
            case (.closed, nil), (.filtered, nil), (.hostUnreachable, _), (nil, _): return .unknown
            }
        }
    }
}
