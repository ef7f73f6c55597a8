import GraderCore

// Where a redirect's name leads: one of the site's, or another one of the student's own, which the roster need not name
// and which his name server is asked for once a page leads there.
extension NameProbe {
    /// The question that is still to be put; nil where there is nobody to ask, and of the site's names, which are asked
    /// for anyway.
    static func lookUp(_ host: String, _ findings: Findings) -> Probe? {
        guard let server = findings.lab.dns?.server, isName(host), siteIndex(of: host, findings) == nil,
            findings.evidence[id(ofHost: host)] == nil
        else { return nil }
        return probe(id(ofHost: host), server, host, .a)
    }

    /// Whether nobody knows where a name leads: nobody was asked, or nobody answered, or what was answered was for an
    /// outsider. Of the site's own names without an address, too, which are Q5's business.
    static func isUnknown(_ host: String, _ findings: Findings) -> Bool {
        guard isName(host) else { return false }
        let said = exchanges(about: host, findings).filter { !isOutsidersView($0, findings) }
        if siteIndex(of: host, findings) != nil {
            return said.allSatisfy { $0.records.allSatisfy { $0.address == nil } }
        }
        // A server that could not find out has not said that there is nothing.
        return !said.contains { $0.response.map { $0.code != .serverFailure } ?? false }
    }

    /// What the student's name server says of a name; nothing where it was not asked for that one.
    static func addresses(of host: String, _ findings: Findings) -> [IPAddress] {
        exchanges(about: host, findings).flatMap(\.records).compactMap(\.address)
    }

    private static func exchanges(about host: String, _ findings: Findings) -> [DNSExchange] {
        let index = siteIndex(of: host, findings)
        return (index.map { [id($0), idOfAAAA($0)] } ?? [id(ofHost: host)]).compactMap {
            exchange($0, findings)
        }
    }

    private static func siteIndex(of host: String, _ findings: Findings) -> Int? {
        let host = DNSRecord.canonical(host)
        return (findings.lab.dns?.names ?? []).firstIndex { DNSRecord.canonical($0) == host }
    }

    /// One for each name; how long and of what a name is, is a student's to say.
    private static func id(ofHost host: String) -> ProbeID {
        let digest = SHA256Digest.hexadecimal(of: DNSRecord.canonical(host).utf8)
        return .network("dns-host-\(digest.prefix(12))")
    }

    /// Whether it can be asked for (RFC 1123, section 2.1), and is no address.
    private static func isName(_ host: String) -> Bool {
        let labels = (host.hasSuffix(".") ? host.dropLast() : host[...]).split(
            separator: ".", omittingEmptySubsequences: false)
        return host.utf8.count <= 253 && IPAddress(host) == nil
            && labels.allSatisfy { label in
                1...63 ~= label.utf8.count
                    && label.allSatisfy {
                        $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
                    }
            }
    }
}
