import GraderCore

/// The ways beside TCP to find out that a host is there: ICMP echo and ARP, where they are permitted.
struct PresenceProbes {
    struct Found {
        var host: Int
        var evidence: ScannedHost.Evidence
        var macAddress: String?
        var roundTrip: Duration?
    }

    private let addresses: [IPAddress]
    private let places: [IPAddress: Int]
    private let links: OwnLinks
    private let arp: ARPSockets?
    private let echoes: [EchoSocket]
    private var echoAsked: Set<IPAddress> = []
    /// How often ARP has been asked for a host.
    private var arpAsked: [Int: (count: Int, lastAt: Duration)] = [:]

    /// The kernel asks at once; we ask when this much time has passed without an answer, and once more.
    private static let arpInterval: Duration = .milliseconds(150)

    init(addresses: [IPAddress], links: OwnLinks, arp: ARPSockets?) {
        self.addresses = addresses
        self.links = links
        self.arp = arp
        places = Dictionary(addresses.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        echoes = [IPAddress.Family.v4, .v6].filter { family in addresses.contains { $0.family == family } }
            .compactMap { EchoSocket($0) }
    }

    var descriptors: [CInt] { echoes.map(\.descriptor) + (arp?.descriptors ?? []) }

    /// Once for each host.
    mutating func askForEcho(_ address: IPAddress) {
        guard !echoes.isEmpty, echoAsked.insert(address).inserted else { return }
        for socket in echoes { socket.ask(address) }
    }

    /// When it is time for it.
    mutating func askForMAC(_ host: Int, silentFor silence: Duration, now: Duration) {
        let count = arpAsked[host]?.count ?? 0
        guard let arp, count < 2, silence >= Self.arpInterval * (count + 1),
            let network = links.network(of: addresses[host])
        else { return }
        arpAsked[host] = (count + 1, now)
        arp.ask(addresses[host], from: network.own, onInterface: network.interfaceIndex)
    }

    func replies(now: Duration) -> [Found] {
        let byEcho = echoes.flatMap { $0.replies() }.compactMap { address in
            places[address].map { Found(host: $0, evidence: .echo) }
        }
        let byARP = (arp?.replies() ?? []).compactMap { reply in
            places[reply.address].map { host in
                Found(
                    host: host, evidence: .arp, macAddress: reply.macAddress,
                    roundTrip: arpAsked[host].map { now - $0.lastAt })
            }
        }
        return byEcho + byARP
    }
}
