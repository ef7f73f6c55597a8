import ArgumentParser
import Foundation
import GraderCore
import NetworkProbes

struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "resolve",
        LocalizedText(
            fr: "Pose une question à un serveur de noms donné ; le résolveur de ce poste n'y est pour rien.",
            en: "Asks one given name server one question; this machine's own resolver has no part in it."),
        LocalizedText(
            fr: """
                Avec le type PTR, une adresse peut tenir lieu de son nom sous in-addr.arpa ou ip6.arpa.
                État de sortie : 0 des enregistrements sont venus ; 1 le serveur a répondu sans (NXDOMAIN, REFUSED…) ; \
                2 pas de réponse, ou illisible.
                """,
            en: """
                With type PTR an address may stand for its name under in-addr.arpa or ip6.arpa.
                Exit status: 0 records came; 1 the server answered without (NXDOMAIN, REFUSED, …); 2 no answer, or none \
                that can be read.
                """),
        usage: "bascule resolve "
            + String(fr: "<nom> @<serveur>", en: "<name> @<server>") + " [--type <type>] [--json]",
        examples: [
            (
                "bascule resolve www.example.org @192.0.2.53",
                LocalizedText(fr: "l'adresse d'un nom", en: "a name's address")
            ),
            (
                "bascule resolve 172.16.1.100 @172.16.1.10 --type PTR",
                LocalizedText(fr: "le nom d'une adresse", en: "an address's name")
            ),
        ])

    @OptionGroup var voice: VoiceOptions

    @Argument(
        help: ArgumentHelp(
            fr: "Le nom demandé, absolu.", en: "The name asked for, absolute.", valueName: "name"))
    var name: String

    @Argument(
        help: ArgumentHelp(
            fr: "L'adresse du serveur, précédée de @.", en: "The server's address, with an @ in front.",
            valueName: "@server"))
    var server: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            fr: "A, AAAA, CNAME, PTR, SOA ou NS.", en: "A, AAAA, CNAME, PTR, SOA or NS.", valueName: "type"))
    var type: DNSProbeRequest.RecordType = .a

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(fr: "Le port du serveur.", en: "The server's port.", valueName: "port"))
    var port = 53

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Laisser le serveur en interroger d'autres (RD).", en: "Let the server ask others (RD)."))
    var recursion = false

    @Flag(name: .long, help: ArgumentHelp(fr: "En TCP seulement.", en: "Over TCP alone."))
    var tcp = false

    @Option(
        name: .customLong("give-up-after"),
        help: ArgumentHelp(
            fr: "Délai pour le tout, les trois essais compris.",
            en: "For everything, the three tries included.", valueName: "5s"))
    var limit = Duration.seconds(5)

    @Flag(name: .long, help: ArgumentHelp(fr: "Tout l'échange en JSON.", en: "The whole exchange as JSON."))
    var json = false

    func validate() throws {
        try require(
            server.hasPrefix("@") && IPAddress(String(server.dropFirst())) != nil,
            LocalizedText(
                fr: "« \(server) » n'est pas un serveur : donner son adresse, comme dans @192.0.2.53",
                en: "“\(server)” is not a server: give its address, as in @192.0.2.53"))
        try require(
            (1...65535).contains(port),
            LocalizedText(fr: "\(port) n'est pas un port", en: "\(port) is not a port"))
        try require(
            (Duration.milliseconds(100)...Duration.seconds(60)).contains(limit),
            LocalizedText(fr: "--give-up-after va de 100ms à 60s", en: "--give-up-after is from 100ms to 60s")
        )
    }

    func run() async throws {
        let reverseName = type == .ptr ? IPAddress(name)?.reverseName : nil
        let request = DNSProbeRequest(
            server: String(server.dropFirst()), port: port, name: reverseName ?? name, type: type,
            recursionDesired: recursion)
        let start = ContinuousClock.now
        let exchange = try await Composition.withNetwork { group in
            let probe =
                tcp
                ? DNSProbe(streamsOf: DirectDialer(eventLoopGroup: group)) : DNSProbe(eventLoopGroup: group)
            return await probe.query(request, timeLimit: limit)
        }
        let answer = ResolveAnswer(
            outcome: exchange.headline.en, headline: exchange.headline, seconds: ContinuousClock.now - start,
            exchange: exchange)
        print(json ? try PrintedJSON.text(answer) : answer.lines.joined(separator: "\n"))
        switch exchange.outcome {
        case .records: return
        case nil: throw Exit.notAssessed
        default: throw Exit.notMet
        }
    }
}

extension DNSProbeRequest.RecordType: ExpressibleByArgument {
    public init?(argument: String) { self.init(rawValue: argument.uppercased()) }
}

/// What `--json` prints.
private struct ResolveAnswer: Encodable {
    var outcome: String
    /// The same for a person.
    var headline: LocalizedText
    @SecondsCoded var seconds: Duration
    var exchange: DNSExchange

    private enum CodingKeys: CodingKey { case outcome, seconds, exchange }

    /// What a person reads; ldns has escaped whatever is not a visible ASCII character.
    var lines: [String] {
        let request = exchange.request
        var lines = ["; \(request.name) \(request.type.rawValue) @\(request.server): \(headline[.current])"]
        switch exchange.answer {
        case .noAnswer(let failure):
            lines.append("; " + String(fr: "\(failure.message)", en: "\(failure.message)"))
        case .malformed(let bytes, let reason):
            lines.append(
                String(
                    fr: "; \(bytes.raw.count) octets sont venus : \(reason)",
                    en: "; \(bytes.raw.count) bytes came: \(reason)"))
        case .response(let response):
            let traits = [
                response.isAuthoritative
                    ? String(fr: "autorité", en: "authoritative")
                    : String(fr: "sans autorité", en: "not authoritative"),
                String(
                    fr: "en \(response.transport.rawValue.uppercased())",
                    en: "over \(response.transport.rawValue.uppercased())"),
                "\(Int(saturating: (seconds / .milliseconds(1)).rounded())) ms",
            ]
            lines[0] += "; " + traits.joined(separator: ", ")
            if let failure = response.tcpFailure {
                lines.append(
                    String(
                        fr: "; la réponse est tronquée, et pas mieux en TCP : \(failure.message)",
                        en: "; the answer is truncated, and not over TCP either: \(failure.message)"))
            }
            lines += response.answers.map(\.line)
            lines += response.authority.map {
                String(fr: "; autorité : \($0.line)", en: "; authority: \($0.line)")
            }
            if response.omittedRecords > 0 {
                lines.append(
                    String(
                        fr: "; et \(response.omittedRecords) autres enregistrements",
                        en: "; and \(response.omittedRecords) more records"))
            }
        }
        return lines
    }
}

extension DNSRecord {
    fileprivate var line: String { "\(name) \(timeToLive.wholeSeconds) IN \(type) \(data)" }
}

extension DialFailure {
    fileprivate var words: LocalizedText {
        switch kind {
        case .refused: LocalizedText(fr: "port fermé", en: "port closed")
        case .timedOut: LocalizedText(fr: "délai dépassé", en: "timed out")
        case .unreachable: LocalizedText(fr: "injoignable", en: "unreachable")
        case .reset: LocalizedText(fr: "interrompu", en: "broken off")
        case .prohibited: LocalizedText(fr: "interdit", en: "prohibited")
        case .other: LocalizedText(fr: "pas demandé", en: "not asked")
        case .overloaded:
            LocalizedText(
                fr: "pas entendu à temps : le correcteur était surchargé",
                en: "not heard in time: the grader was overloaded")
        }
    }
}

extension DNSExchange {
    fileprivate var headline: LocalizedText {
        switch answer {
        case .noAnswer(let failure): return failure.words
        case .malformed: return LocalizedText(fr: "malformée", en: "malformed")
        case .response(let response):
            return switch outcome {
            case .noData: LocalizedText(verbatim: "NODATA")
            case .referral: LocalizedText(fr: "renvoi", en: "referral")
            default: LocalizedText(verbatim: response.code.description)
            }
        }
    }
}
