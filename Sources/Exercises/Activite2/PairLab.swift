import GraderCore

/// The roster's keys of this sheet, by their types.
struct PairLab: Sendable, Hashable {
    /// The nodes' addresses in the lab network.
    var addresses: [MachineID: IPAddress]
    /// The virtual IP the sheet asked this student for.
    var vip: IPAddress?
    /// For people; empty where there is none.
    var vipText: String { vip?.description ?? "" }
    /// Its prefix length; nil where the roster leaves it to the node's own.
    var vipPrefixLength: Int?
    var dns: DNSFacts?
    var web: WebFacts

    /// What the roster's reader left is of the forms that `Activite2.labKeys` ask for; what is not there is as if the
    /// roster did not say it.
    init(_ lab: LabValues) {
        addresses = lab.addresses.compactMapValues { IPAddress($0) }
        vip = lab["vip"]?.text.flatMap { IPAddress($0) }
        vipPrefixLength = lab["vipPrefixLength"]?.number
        dns = lab["dns"].map { dns in
            DNSFacts(
                server: dns["server"]?.text.flatMap { IPAddress($0) },
                names: dns["names"]?.list?.compactMap(\.text) ?? [])
        }
        web = lab["web"].map { WebFacts($0) } ?? WebFacts()
    }
}

/// The student's DNS server and the names that have to lead to the virtual IP. Absent (`dns: none`): no such
/// question.
struct DNSFacts: Sendable, Hashable {
    var server: IPAddress?
    var names: [String]
}

/// How the student's site is asked for and recognised.
struct WebFacts: Sendable, Hashable {
    enum Server: String, Sendable, Hashable {
        case apache, nginx

        /// Debian's name of its systemd unit.
        var unit: String { self == .apache ? "apache2" : "nginx" }
    }

    var scheme: Scheme
    var port: Int
    /// The `Host` header; the address itself where the roster gives none.
    var host: String?
    /// Path with query, beginning with `/`.
    var path: String
    /// Statuses that count as an answer.
    var acceptedStatuses: [Int]
    /// A text that the page has to hold; nil: any page will do.
    var expectedText: String?
    var server: Server

    enum Scheme: String, Sendable, Hashable { case http, https }

    init(_ web: LabValue? = nil) {
        scheme = web?["scheme"]?.text.flatMap { Scheme(rawValue: $0) } ?? .http
        port = web?["port"]?.number ?? 80
        host = web?["host"]?.text
        path = web?["path"]?.text ?? "/"
        acceptedStatuses = web?["acceptedStatuses"]?.list?.compactMap(\.number) ?? [200]
        expectedText = web?["expectedText"]?.text
        server = web?["server"]?.text.flatMap { Server(rawValue: $0) } ?? .apache
    }
}
