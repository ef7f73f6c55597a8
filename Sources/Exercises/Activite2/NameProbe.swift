import GraderCore
import LinuxFacts
import Pacemaker

/// Questions to the student's own name server: each of the site's names (A and AAAA: a browser asks for both), the zone's
/// SOA, the virtual IP's reverse.
enum NameProbe {
    static let reverse = ProbeID.network("dns-reverse")
    static let zone = ProbeID.network("dns-soa")

    /// More names than these are the roster's mistake, not the student's.
    private static let limit = 8

    static func id(_ index: Int) -> ProbeID { .network("dns-name-\(index)") }
    private static func idOfAAAA(_ index: Int) -> ProbeID { .network("dns-name6-\(index)") }

    /// As a client asks: recursion desired, so that a server that forwards is asked like any other.
    static func probes(_ dns: DNSFacts, vip: IPAddress?) -> [Probe] {
        func probe(_ id: ProbeID, _ name: String, _ type: DNSProbeRequest.RecordType) -> Probe {
            let request = DNSProbeRequest(
                server: dns.server, name: name, type: type, recursionDesired: true)
            return Probe(id, .dns(request, timeLimit: .seconds(3)))
        }
        var probes = dns.names.prefix(limit).enumerated().flatMap {
            [probe(id($0.offset), $0.element, .a), probe(idOfAAAA($0.offset), $0.element, .aaaa)]
        }
        if let first = dns.names.first { probes.append(probe(zone, first, .soa)) }
        if let vip { probes.append(probe(reverse, vip.reverseName, .ptr)) }
        return probes
    }

    static func exchange(_ id: ProbeID, _ findings: Findings) -> DNSExchange? {
        guard case .dns(let exchange)? = findings.evidence[id]?.outcome else { return nil }
        return exchange
    }

    /// The name that a browser is given: the roster's `Host` where it is one of the names, or else the first.
    static func siteName(_ findings: Findings) -> String? {
        guard let names = findings.lab.dns?.names else { return nil }
        let host = findings.lab.web.host.map { DNSRecord.canonical($0) }
        return names.first { DNSRecord.canonical($0) == host } ?? names.first
    }

    /// What became of one name.
    struct Answer {
        var name: String
        var verdict: Verdict
        var found: LocalizedText
        var source: ProbeID

        /// What it is worth of 1; nil where that is not decided.
        var share: Double? {
            switch verdict {
            case .met: 1
            case .partly(let fraction): fraction
            case .notMet: 0
            case .blocked, .notAssessed, .notRequested: nil
            }
        }
    }

    /// - Parameter mixedFraction: what a name is worth that leads to the virtual IP and elsewhere as well.
    static func answers(_ findings: Findings, vip: IPAddress, mixedFraction: Double) -> [Answer] {
        guard let dns = findings.lab.dns else { return [] }
        return dns.names.prefix(limit).enumerated().map { index, name in
            guard let exchange = exchange(id(index), findings) else {
                return Answer(
                    name: name, verdict: .notAssessed(.noEvidence), found: notAsked, source: id(index))
            }
            let others = self.exchange(idOfAAAA(index), findings)?.records ?? []
            let addresses = (exchange.records + others).compactMap(\.address)
            let accepted = acceptedAddresses(name, findings, vip: vip)
            let right = addresses.count { accepted.contains($0) }
            var verdict: Verdict = right == addresses.count ? .met : verdictWithout(exchange, findings)
            if verdict == .notMet, right > 0 {
                verdict = mixedFraction <= 0 ? .notMet : mixedFraction >= 1 ? .met : .partly(mixedFraction)
            }
            if addresses.isEmpty { verdict = verdictWithout(exchange, findings) }
            return Answer(
                name: name, verdict: verdict, found: said(name, exchange, others: others, findings), source: id(index)
            )
        }
    }

    static func said(
        _ name: String, _ exchange: DNSExchange, others: [DNSRecord] = [], _ findings: Findings
    ) -> LocalizedText {
        let said = said(
            name, exchange, others.filter { $0.address != nil }, serial: serial(findings), findings)
        return isOutsidersView(exchange, findings) ? said + outside : said
    }

    /// The virtual IP: the one in the cluster, or the roster's where the student's differs (which Q1 says). A name
    /// that is a node's own may keep that node's address.
    private static func acceptedAddresses(
        _ name: String, _ findings: Findings, vip: IPAddress
    ) -> Set<IPAddress> {
        var accepted: Set<IPAddress> = [vip]
        if let wanted = IPAddress(findings.lab.vip) { accepted.insert(wanted) }
        let label = DNSRecord.canonical(name).prefix { $0 != "." }
        for role in MachineID.pair
        where findings.label(role).lowercased().prefix(while: { $0 != "." }) == label {
            if let own = findings.lab.addresses[role].flatMap({ IPAddress($0) }) {
                accepted.insert(own)
            }
        }
        return accepted
    }

    /// The zone's serial, wherever the server put the SOA.
    private static func serial(_ findings: Findings) -> UInt32? {
        guard let response = exchange(zone, findings)?.response else { return nil }
        return (response.answers + response.authority).lazy.compactMap { $0.startOfAuthority?.serial }.first
    }

    /// A server's own word, or a closed port, is a no. Silence is one only where the server answered no question at all
    /// and its network was reached: one question that timed out alone shows nothing.
    static func verdictWithout(_ exchange: DNSExchange, _ findings: Findings) -> Verdict {
        switch exchange.answer {
        case .response(let response):
            if isOutsidersView(exchange, findings) { return .notAssessed(.outOfSight) }
            return response.isTruncated && response.answers.isEmpty ? .notAssessed(.noEvidence) : .notMet
        case .malformed: return .notMet
        case .noAnswer(let failure):
            switch failure.kind {
            case .refused, .reset: return .notMet
            case .timedOut, .unreachable:
                return isSilent(findings) && reachesServersNetwork(findings)
                    ? .notMet : .notAssessed(.noEvidence)
            case .prohibited, .other: return .notAssessed(.noEvidence)
            case .overloaded: return .notAssessed(.overloaded)
            }
        }
    }

    /// Whether the server was asked several times, and each time in vain.
    private static func isSilent(_ findings: Findings) -> Bool {
        let asked = findings.evidence.observations.compactMap { observation in
            if case .dns(let exchange) = observation.outcome { exchange.answer } else { nil }
        }
        return asked.count >= 3
            && asked.allSatisfy { answer in
                if case .noAnswer(let failure) = answer {
                    [.timedOut, .unreachable].contains(failure.kind)
                } else {
                    false
                }
            }
    }

    /// Whether a server answered a grader who asked from elsewhere: one that answers its own network alone (BIND's
    /// `allow-query`) refuses him whatever it knows, and one with views may tell him another address, or of no such name.
    /// To a node, or to a grader on the pair's link, the answer is the lab's.
    private static func isOutsidersView(_ exchange: DNSExchange, _ findings: Findings) -> Bool {
        guard case .response = exchange.answer else { return false }
        let isAskedByGrader = findings.evidence.observations.contains {
            $0.vantage == .grader && $0.outcome == .dns(exchange)
        }
        return isAskedByGrader && !isGraderOnLink(findings)
    }

    /// Whether the grader's kernel has looked for one of the lab's machines on its own link.
    private static func isGraderOnLink(_ findings: Findings) -> Bool {
        guard case .neighbours(let table)? = findings.evidence[VIPNeighbours.graderProbe]?.outcome else {
            return false
        }
        let lab = findings.lab
        let machines = Array(lab.addresses.values) + [lab.vip] + (lab.dns.map { [$0.server] } ?? [])
        let neighbours = Set(NeighbourTable.read(kernelTable: table.text).entries.map(\.address))
        return machines.contains { IPAddress($0).map(neighbours.contains) ?? false }
    }

    /// Whether the server is in the lab's network and something else there answered the same vantage.
    private static func reachesServersNetwork(_ findings: Findings) -> Bool {
        guard let server = findings.lab.dns.flatMap({ IPAddress($0.server) }),
            let prefixLength = findings.labPrefixLength ?? findings.lab.vipPrefixLength
        else { return false }
        return MachineID.pair.contains { role in
            guard let address = findings.lab.addresses[role].flatMap({ IPAddress($0) }),
                address.isInSameNetwork(as: server, prefixLength: prefixLength)
            else { return false }
            return WebProbe.isHeard(role, findings)
        }
    }
}

// What the server said, in words.
extension NameProbe {
    static let notAsked = LocalizedText(
        fr: "le serveur de noms n'a pu être interrogé d'aucun point de vue",
        en: "the name server could not be asked from any vantage")

    private static let outside = LocalizedText(
        fr:
            " : réponse au correcteur, qui est dans un autre réseau ; ce que le serveur répond au sien ne se voit pas d'ici",
        en: """
            : the answer to the grader, who is in another network; what the server answers to its own cannot be seen \
            from here
            """)

    /// `172.16.1.10 (serv1)`: an address, and whose it is.
    private static func whose(_ address: IPAddress, _ findings: Findings) -> LocalizedText {
        if [findings.virtualIP.found?.address, IPAddress(findings.lab.vip)].contains(address) {
            return LocalizedText(fr: "\(address) (l'adresse virtuelle)", en: "\(address) (the virtual IP)")
        }
        let holder =
            MachineID.pair.first { IPAddress(findings.lab.addresses[$0] ?? "") == address }
            ?? findings.holders(of: address).first
        if let holder { return LocalizedText(verbatim: "\(address) (\(findings.label(holder)))") }
        return LocalizedText(
            fr: "\(address) (ni l'une ni l'autre machine)", en: "\(address) (neither machine's)")
    }

    /// `www.etu1.lab → 172.16.1.12 (the virtual IP), TTL 60s, serial 2`, or what the server said instead.
    private static func said(
        _ name: String, _ exchange: DNSExchange, _ others: [DNSRecord], serial: UInt32?, _ findings: Findings
    ) -> LocalizedText {
        let server = exchange.request.server
        switch exchange.answer {
        case .noAnswer(let failure):
            let isClosed = failure.kind == .refused
            return LocalizedText(
                fr: "\(name) : le serveur \(server) \(isClosed ? "refuse (port 53 fermé)" : "ne répond pas")",
                en:
                    "\(name): the server \(server) \(isClosed ? "refuses (port 53 closed)" : "does not answer")"
            )
        case .malformed(_, let reason):
            return LocalizedText(
                fr: "\(name) : réponse illisible de \(server) (\(reason))",
                en: "\(name): unreadable answer from \(server) (\(reason))")
        case .response(let response):
            let records = exchange.records + others
            guard let first = records.first else {
                return LocalizedText(
                    fr: "\(name) : pas d'enregistrement (\(server) : \(response.code))",
                    en: "\(name): no record (\(server): \(response.code))")
            }
            let data = records.map { record in
                record.address.map { whose($0, findings) } ?? LocalizedText(verbatim: record.data)
            }.joined(LocalizedText(verbatim: ", "))
            let alias = response.answers.first { $0.type == "CNAME" }.map { " → \($0.data)" } ?? ""
            let ttl = first.timeToLive.spelt
            let number = serial.map { LocalizedText(fr: ", série \($0)", en: ", serial \($0)") } ?? .none
            return LocalizedText(
                fr: "\(name)\(alias) → \(data), TTL \(ttl)\(number)",
                en: "\(name)\(alias) → \(data), TTL \(ttl)\(number)")
        }
    }
}
