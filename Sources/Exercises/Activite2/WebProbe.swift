import GraderCore
import LinuxFacts
import Pacemaker

/// The web requests of the exercise: to the virtual IP and to each node's own address, each with a word of its own
/// that only this run can have put into a log.
enum WebProbe {
    enum Target: Equatable {
        case vip
        case node(MachineID)

        var id: ProbeID {
            switch self {
            case .vip: .network("http-vip")
            case .node(let role): .network("http-\(role.rawValue)")
            }
        }

        fileprivate var suffix: String {
            switch self {
            case .vip: "vip"
            case .node(let role): role.rawValue
            }
        }
    }

    static let accessLog = "access-log"

    /// A first page may take its time: name look-ups that run into the void take five seconds each.
    private static let timeLimit = Duration.seconds(15)

    /// Lines of logs written to in the last minutes that hold the run's word. The newest quarter of a megabyte of
    /// each is enough for what was asked a moment ago; `-type f` keeps a FIFO from holding us up.
    static let accessLogScript = """
        find /var/log/apache2 /var/log/nginx /var/log/httpd -maxdepth 2 -type f -mmin -5 \
        -exec tail -qc 262144 {} + 2>/dev/null | grep -aF -- "$1" | tail -n 20; true
        """

    static func mark(_ target: Target, _ nonce: String) -> String { "\(nonce)-\(target.suffix)" }

    /// The site asked for at the virtual IP, where there is one, and at each node's own address.
    static func probes(_ findings: Findings) -> [Probe] {
        let vip = findings.virtualIP.found?.address
        return [vip.map { request(.vip, address: $0, findings) }].compactMap(\.self)
            + MachineID.pair.compactMap { role in
                findings.lab.addresses[role].map { request(.node(role), address: $0, findings) }
            }
    }

    private static func request(_ target: Target, address: IPAddress, _ findings: Findings) -> Probe {
        let web = findings.lab.web
        let mark = mark(target, findings.evidence.nonce)
        let separator = web.path.contains("?") ? "&" : "?"
        let request = HTTPProbeRequest(
            address: address.description, port: web.port, tls: web.scheme == .https,
            host: web.host ?? address.description,
            target: web.path + separator + "bascule=" + mark, userAgent: "Bascule/" + mark)
        return probe(target.id, request)
    }

    static func probe(_ id: ProbeID, _ request: HTTPProbeRequest) -> Probe {
        Probe(id, .http(request, timeLimit: timeLimit, bodyLimit: 256 << 10))
    }

    /// Where the answers so far send a browser on.
    static func redirected(_ findings: Findings) -> [Probe] {
        ([.vip] + MachineID.pair.map { Target.node($0) }).flatMap { [$0.id, named($0)] }
            .compactMap { Redirects(from: $0, findings)?.next }
    }

    /// The same page asked for by a name of the site: what a browser sends that has looked the name up.
    static func request(_ target: Target, address: IPAddress, byName name: String, _ findings: Findings)
        -> Probe
    {
        let web = findings.lab.web
        let request = HTTPProbeRequest(
            address: address.description, port: web.port, tls: web.scheme == .https, host: name,
            target: web.path,
            userAgent: "Bascule/" + mark(target, findings.evidence.nonce))
        return probe(named(target), request)
    }

    static func named(_ target: Target) -> ProbeID { target.id.again("by-name") }

    static func exchangeByName(_ target: Target, _ findings: Findings) -> HTTPExchange? {
        guard case .http(let exchange)? = findings.evidence[named(target)]?.outcome else { return nil }
        return exchange
    }

    static func exchange(_ target: Target, _ findings: Findings) -> HTTPExchange? {
        guard case .http(let exchange)? = findings.evidence[target.id]?.outcome else { return nil }
        return exchange
    }

    /// Whether it is the pair that is silent, at the virtual IP or at a node's own address, and not the way there or a
    /// grader that was busy: no connection to the web server's port on that node came about, however it was tried, while
    /// the other node answered; or the nodes' kernels, too, ask for the virtual IP in vain. One probe that timed out
    /// alone shows nothing.
    static func isSilent(_ target: Target, _ findings: Findings) -> Bool {
        var node: MachineID?
        switch target {
        case .node(let role): node = role
        case .vip:
            guard let address = findings.virtualIP.found?.address else { return false }
            if VIPNeighbours.isSilent(findings, address: address) { return true }
            let holders = findings.holders(of: address)
            if holders.count == 1 { node = holders.first }
        }
        guard let node, [.filtered, .hostUnreachable].contains(WebPort.View(findings, node).outside) else {
            return false
        }
        let required = [exchange(target, findings), exchange(.node(node), findings)]
        let others = [exchangeByName(target, findings), exchangeByName(.node(node), findings)].compactMap(
            \.self)
        return required.allSatisfy { $0?.answer.isSilence ?? false } && others.allSatisfy(\.answer.isSilence)
            && isHeard(node.peer, findings)
    }

    /// Whether a node's machine answered from the network, be it by a refusal.
    static func isHeard(_ role: MachineID, _ findings: Findings) -> Bool {
        switch exchange(.node(role), findings)?.answer {
        case .response, .tlsFailed, .noResponse: true
        case .notConnected(let failure): failure.kind == .refused
        case nil: false
        }
    }
}
