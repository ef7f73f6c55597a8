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
    static func idOfAAAA(_ index: Int) -> ProbeID { .network("dns-name6-\(index)") }

    /// As a client asks: recursion desired, so that a server that forwards is asked like any other.
    static func probes(_ dns: DNSFacts, vip: IPAddress?) -> [Probe] {
        guard let server = dns.server else { return [] }
        var probes = dns.names.prefix(limit).enumerated().flatMap {
            [
                probe(id($0.offset), server, $0.element, .a),
                probe(idOfAAAA($0.offset), server, $0.element, .aaaa),
            ]
        }
        if let first = dns.names.first { probes.append(probe(zone, server, first, .soa)) }
        if let vip { probes.append(probe(reverse, server, vip.reverseName, .ptr)) }
        return probes
    }

    static func probe(
        _ id: ProbeID, _ server: IPAddress, _ name: String, _ type: DNSProbeRequest.RecordType
    ) -> Probe {
        let request = DNSProbeRequest(
            server: server.description, name: name, type: type, recursionDesired: true)
        return Probe(id, .dns(request, timeLimit: .seconds(3)))
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
    static func answers(_ findings: Findings, mixedFraction: Double) -> [Answer] {
        guard let dns = findings.lab.dns else { return [] }
        return dns.names.prefix(limit).enumerated().map { index, name in
            guard let exchange = exchange(id(index), findings) else {
                return Answer(
                    name: name, verdict: .notAssessed(.noEvidence), found: notAsked, source: id(index))
            }
            let others = self.exchange(idOfAAAA(index), findings)?.records ?? []
            let addresses = (exchange.records + others).compactMap(\.address)
            let accepted = acceptedAddresses(name, findings)
            let wrong = addresses.filter { !accepted.contains($0) }
            let right = addresses.count - wrong.count
            var verdict: Verdict = wrong.isEmpty ? .met : verdictWithout(exchange, findings)
            let unread =
                verdict == .notMet ? unreadOwner(name, wrong, isPartlyRight: right > 0, findings) : nil
            if unread != nil {
                verdict = .notAssessed(.noEvidence)
            } else if verdict == .notMet, right > 0 {
                verdict = mixedFraction <= 0 ? .notMet : mixedFraction >= 1 ? .met : .partly(mixedFraction)
            }
            if addresses.isEmpty { verdict = verdictWithout(exchange, findings) }
            var found = said(name, exchange, others: others, findings)
            if let unread { found = found + ownersAddressesOpen(findings.label(unread)) }
            if verdict == .met, [id(index), idOfAAAA(index)].contains(where: { isUnanswered($0, findings) }) {
                verdict = .notAssessed(.noEvidence)
                found = found + addressesOpen
            }
            return Answer(name: name, verdict: verdict, found: found, source: id(index))
        }
    }

    private static let addressesOpen = LocalizedText(
        fr: " ; l'une des questions A et AAAA est restée sans réponse lisible",
        en: "; one of the questions A and AAAA got no answer that can be read")

    private static func ownersAddressesOpen(_ node: String) -> LocalizedText {
        LocalizedText(
            fr: " ; les adresses de \(node) n'ont pu être lues", en: "; \(node)'s addresses could not be read"
        )
    }

    /// Whether a question was put and nobody knows what the server says to it. Evidence of before a question was asked
    /// has no word of it, and is judged by what it has.
    private static func isUnanswered(_ id: ProbeID, _ findings: Findings) -> Bool {
        guard let outcome = findings.evidence[id]?.outcome else { return false }
        guard case .dns(let exchange) = outcome else { return true }
        return switch exchange.answer {
        case .response(let response): response.isTruncated && response.answers.isEmpty
        case .malformed: true
        case .noAnswer(let failure): failure.kind != .refused && failure.kind != .reset
        }
    }

    static func said(
        _ name: String, _ exchange: DNSExchange, others: [DNSRecord] = [], _ findings: Findings
    ) -> LocalizedText {
        let said = said(
            name, exchange, others.filter { $0.address != nil }, serial: serial(findings), findings)
        return isOutsidersView(exchange, findings) ? said + outside : said
    }

    /// What is wherever the virtual IP is. A name that is a node's own may keep that node's addresses, as far as it does
    /// not have them from the cluster.
    private static func acceptedAddresses(_ name: String, _ findings: Findings) -> Set<IPAddress> {
        var accepted = findings.sharedAddresses
        for role in owners(name, findings) {
            let own = (findings.interfaces[role]?.all ?? []).filter {
                !$0.isSecondary && $0.scope ?? "global" == "global"
            }.map(\.address)
            accepted.formUnion(Set(own).subtracting(findings.virtualIPs.compactMap(\.address)))
            if let known = findings.lab.addresses[role] { accepted.insert(known) }
        }
        return accepted
    }

    /// The nodes that a name is the own one of.
    private static func owners(_ name: String, _ findings: Findings) -> [MachineID] {
        let label = DNSRecord.canonical(name).prefix { $0 != "." }
        return MachineID.pair.filter {
            findings.label($0).lowercased().prefix { $0 != "." } == label
        }
    }

    /// The node whose own name it is and on whose `ip addr`, which was not read, hangs what the name is worth: addresses
    /// that are not known to be another's, nor of a kind that no name leads to, may be its own.
    private static func unreadOwner(
        _ name: String, _ wrong: [IPAddress], isPartlyRight: Bool, _ findings: Findings
    ) -> MachineID? {
        owners(name, findings).first { role in
            guard findings.interfaces[role] == nil else { return false }
            let mayBeOwn = wrong.count { address in
                !address.isLinkLocal && !address.isLoopback && address != findings.lab.addresses[role.peer]
                    && findings.holders(of: address).isEmpty
                    && !findings.virtualIPs.contains { $0.address == address }
            }
            // One that is another's for sure makes it a mixture, whatever the rest are.
            return mayBeOwn > 0 && (mayBeOwn == wrong.count || !isPartlyRight)
        }
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
        // What we cannot read is no statement of the server's.
        case .malformed: return .notAssessed(.noEvidence)
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
    static func isOutsidersView(_ exchange: DNSExchange, _ findings: Findings) -> Bool {
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
        let machines = Array(lab.addresses.values) + [lab.vip, lab.dns?.server].compactMap(\.self)
        let neighbours = Set(NeighbourTable.read(kernelTable: table.text).entries.map(\.address))
        return machines.contains(where: neighbours.contains)
    }

    /// Whether the server is in the lab's network and something else there answered the same vantage.
    private static func reachesServersNetwork(_ findings: Findings) -> Bool {
        guard let server = findings.lab.dns?.server,
            let prefixLength = findings.labPrefixLength ?? findings.lab.vipPrefixLength
        else { return false }
        return MachineID.pair.contains { role in
            guard let address = findings.lab.addresses[role],
                address.isInSameNetwork(as: server, prefixLength: prefixLength)
            else { return false }
            return WebProbe.isHeard(role, findings)
        }
    }
}
