import GraderCore

// What the server said, in words.
extension NameProbe {
    static let notAsked = LocalizedText(
        fr: "le serveur de noms n'a pu être interrogé d'aucun point de vue",
        en: "the name server could not be asked from any vantage")

    static let outside = LocalizedText(
        fr:
            " : réponse au correcteur, qui est dans un autre réseau ; ce que le serveur répond au sien ne se voit pas d'ici",
        en: """
            : the answer to the grader, who is in another network; what the server answers to its own cannot be seen \
            from here
            """)

    /// `172.16.1.10 (serv1)`: an address, and whose it is.
    static func whose(_ address: IPAddress, _ findings: Findings) -> LocalizedText {
        if [findings.virtualIP.found?.address, findings.lab.vip].contains(address) {
            return LocalizedText(fr: "\(address) (l'adresse virtuelle)", en: "\(address) (the virtual IP)")
        }
        if findings.sharedAddresses.contains(address) {
            return LocalizedText(
                fr: "\(address) (adresse virtuelle qui suit la première)",
                en: "\(address) (a virtual IP that moves with the first)")
        }
        let holder =
            MachineID.pair.first { findings.lab.addresses[$0] == address }
            ?? findings.holders(of: address).first
        if let holder { return LocalizedText(verbatim: "\(address) (\(findings.label(holder)))") }
        return LocalizedText(
            fr: "\(address) (ni l'une ni l'autre machine)", en: "\(address) (neither machine's)")
    }

    /// `www.etu1.lab → 172.16.1.12 (the virtual IP), TTL 60s, serial 2`, or what the server said instead.
    static func said(
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
