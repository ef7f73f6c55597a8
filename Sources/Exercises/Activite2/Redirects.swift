import Foundation
import GraderCore

/// The site as a browser shows it: redirects are followed (RFC 9110, section 15.4) as far as they stay at the virtual
/// IP, each one by a request of its own.
struct Redirects {
    /// Where an answer sends the browser that cannot be followed here.
    enum End {
        /// To a node's own address or another host: the virtual IP is left.
        case elsewhere(LocalizedText)
        case inCircles
        /// The next request was not made: evidence of an older program, a look that was cut short, or a name of which
        /// it is not known where it leads.
        case unseen
    }

    /// The last answer.
    private(set) var exchange: HTTPExchange
    /// `HTTP 301 → https://www.etu1.lab/`, for each redirect.
    private(set) var hops: [LocalizedText] = []
    /// Nil where the last answer is no redirect.
    private(set) var end: End?
    /// The request with which to go on, or the question of where a name leads, where it was not made.
    private(set) var next: Probe?

    /// Of browsers, which follow 20; a lab's site that needs more than one or two is in a circle.
    private static let mostHops = 5
    private static let statuses = [301, 302, 303, 307, 308]

    /// - Parameter probe: the first request.
    init?(from probe: ProbeID, _ findings: Findings) {
        guard case .http(let first)? = findings.evidence[probe]?.outcome else { return nil }
        exchange = first
        while case .response(let response) = exchange.answer,
            !findings.lab.web.acceptedStatuses.contains(response.status),
            Self.statuses.contains(response.status),
            let location = response.headers.first(where: { $0.name.lowercased() == "location" })?.value,
            let url = Self.url(location, from: exchange.request)
        {
            hops.append(LocalizedText(verbatim: "HTTP \(response.status) → \(url.absoluteString)"))
            guard let request = Self.request(url, like: exchange.request, findings) else {
                let host = url.host() ?? ""
                // Where a name leads that nobody knows of cannot be held against anybody.
                guard Self.isOfTheWeb(url), NameProbe.isUnknown(host, findings) else {
                    end = .elsewhere(Self.leaves(url, findings))
                    return
                }
                (end, next) = (.unseen, NameProbe.lookUp(host, findings))
                return
            }
            guard hops.count <= Self.mostHops else {
                end = .inCircles
                return
            }
            let id = probe.again("hop-\(hops.count)")
            guard case .http(let followed)? = findings.evidence[id]?.outcome else {
                next = WebProbe.probe(id, request)
                end = .unseen
                return
            }
            exchange = followed
        }
    }

    private static func url(_ location: String, from request: HTTPProbeRequest) -> URL? {
        guard location.utf8.count <= 2_000 else { return nil }
        let host =
            request.host.contains(":") || request.port == (request.tls ? 443 : 80)
            ? request.host : "\(request.host):\(request.port)"
        let base = URL(string: "\(request.tls ? "https" : "http")://\(host)\(request.target)")
        return URL(string: location, relativeTo: base)?.absoluteURL
    }

    /// The request for a page that the virtual IP serves (or the node that was asked, before the two are tied together),
    /// by its address or by a name that leads there; nil for any other page.
    private static func request(
        _ url: URL, like earlier: HTTPProbeRequest, _ findings: Findings
    ) -> HTTPProbeRequest? {
        guard isOfTheWeb(url), let host = url.host()?.lowercased() else { return nil }
        let isTLS = url.scheme?.lowercased() == "https"
        // A student's number: one that is no port is none to connect to.
        let port = url.port ?? (isTLS ? 443 : 80)
        guard 1...65_535 ~= port else { return nil }
        let asked = IPAddress(earlier.address)
        let isHere =
            IPAddress(host).map { $0 == asked || findings.sharedAddresses.contains($0) }
            ?? leadsHere(host, findings)
        guard isHere else { return nil }
        let path = url.path(percentEncoded: true)
        return HTTPProbeRequest(
            address: earlier.address, port: port, tls: isTLS,
            host: host.contains(":") ? "[\(host)]" : host,
            target: (path.isEmpty ? "/" : path) + (url.query(percentEncoded: true).map { "?\($0)" } ?? ""),
            userAgent: earlier.userAgent)
    }

    private static func isOfTheWeb(_ url: URL) -> Bool {
        ["http", "https"].contains(url.scheme?.lowercased())
    }

    /// Whether a browser that looks the name up comes to the virtual IP.
    private static func leadsHere(_ host: String, _ findings: Findings) -> Bool {
        let addresses = NameProbe.addresses(of: host, findings)
        guard addresses.isEmpty else {
            return addresses.allSatisfy(findings.sharedAddresses.contains)
        }
        // Without a name server in the lab the roster's own word is all there is.
        return findings.lab.dns == nil
            && findings.lab.web.host.map { DNSRecord.canonical($0) } == DNSRecord.canonical(host)
    }

    private static func leaves(_ url: URL, _ findings: Findings) -> LocalizedText {
        let host = url.host() ?? ""
        let addresses = IPAddress(host).map { [$0] } ?? NameProbe.addresses(of: host, findings)
        guard !addresses.isEmpty else {
            return LocalizedText(
                fr: "\(host) n'est pas l'adresse virtuelle", en: "\(host) is not the virtual IP")
        }
        if addresses.allSatisfy(findings.sharedAddresses.contains) {
            return LocalizedText(
                fr: "un navigateur n'y trouve aucune page", en: "no page for a browser there")
        }
        let whose = addresses.map { NameProbe.whose($0, findings) }.joined(LocalizedText(verbatim: ", "))
        return LocalizedText(
            fr: "cela quitte l'adresse virtuelle pour \(whose)", en: "this leaves the virtual IP for \(whose)"
        )
    }

    /// The way to the last answer, with what stopped it.
    var way: [LocalizedText] {
        switch end {
        case .elsewhere(let words): hops + [words]
        case .inCircles:
            hops.prefix(2) + [LocalizedText(fr: "… et ainsi de suite", en: "… and so on")]
        case .unseen, nil: hops
        }
    }
}
