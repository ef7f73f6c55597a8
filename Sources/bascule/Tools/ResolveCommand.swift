import ArgumentParser
import Foundation
import GraderCore
import NetworkProbes

struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Asks one given name server one question; this machine's own resolver has no part in it.",
        usage: "bascule resolve <name> @<server> [--type <type>] [--json]",
        discussion: """
            With type PTR an address may stand for its name under in-addr.arpa or ip6.arpa.
            Exit status: 0 records came; 1 the server answered without (NXDOMAIN, REFUSED, …); 2 no answer, or none \
            that can be read.
            """)

    @Argument(help: "The name asked for, absolute.")
    var name: String

    @Argument(help: ArgumentHelp("The server's address, with an @ in front.", valueName: "@server"))
    var server: String

    @Option(name: .shortAndLong, help: "A, AAAA, CNAME, PTR, SOA or NS.")
    var type: DNSProbeRequest.RecordType = .a

    @Option(name: .shortAndLong, help: "The server's port.")
    var port = 53

    @Flag(name: .long, help: "Let the server ask others (RD).")
    var recursion = false

    @Flag(name: .long, help: "Over TCP alone.")
    var tcp = false

    @Option(
        name: .customLong("give-up-after"),
        help: ArgumentHelp(
            fr: "Délai pour le tout, les trois essais compris.",
            en: "For everything, the three tries included.", valueName: "5s"))
    var limit = Interval(.seconds(5))

    @Flag(name: .long, help: "The whole exchange as JSON.")
    var json = false

    func validate() throws {
        try require(
            server.hasPrefix("@") && IPAddress(String(server.dropFirst())) != nil,
            "“\(server)” is not a server: give its address, as in @192.0.2.53")
        try require((1...65535).contains(port), "\(port) is not a port")
        try require((Duration.milliseconds(100)...Duration.seconds(60)).contains(limit.duration),
            LocalizedText(fr: "--give-up-after va de 100ms à 60s", en: "--give-up-after is from 100ms to 60s"))
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
            return await probe.query(request, timeLimit: limit.duration)
        }
        let answer = ResolveAnswer(
            outcome: exchange.headline, seconds: ContinuousClock.now - start, exchange: exchange)
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
    @SecondsCoded var seconds: Duration
    var exchange: DNSExchange

    /// What a person reads; ldns has escaped whatever is not a visible ASCII character.
    var lines: [String] {
        let request = exchange.request
        var lines = ["; \(request.name) \(request.type.rawValue) @\(request.server): \(outcome)"]
        switch exchange.answer {
        case .noAnswer(let failure): lines.append("; \(failure.message)")
        case .malformed(let bytes, let reason): lines.append("; \(bytes.raw.count) bytes came: \(reason)")
        case .response(let response):
            let traits = [
                response.isAuthoritative ? "authoritative" : "not authoritative",
                "over \(response.transport.rawValue.uppercased())",
                "\(Int((seconds / .milliseconds(1)).rounded())) ms",
            ]
            lines[0] += "; " + traits.joined(separator: ", ")
            if let failure = response.tcpFailure {
                lines.append("; the answer is truncated, and not over TCP either: \(failure.message)")
            }
            lines += response.answers.map(\.line)
            lines += response.authority.map { "; authority: \($0.line)" }
            if response.omittedRecords > 0 { lines.append("; and \(response.omittedRecords) more records") }
        }
        return lines
    }
}

extension DNSRecord {
    fileprivate var line: String { "\(name) \(timeToLive.components.seconds) IN \(type) \(data)" }
}

extension DialFailure {
    fileprivate var words: String {
        switch kind {
        case .refused: "port closed"
        case .timedOut: "timed out"
        case .unreachable: "unreachable"
        case .reset: "broken off"
        case .prohibited: "prohibited"
        case .other: "not asked"
        case .overloaded: "not heard in time: the grader was overloaded"
        }
    }
}

extension DNSExchange {
    fileprivate var headline: String {
        switch answer {
        case .noAnswer(let failure): return failure.words
        case .malformed: return "malformed"
        case .response(let response):
            return switch outcome {
            case .noData: "NODATA"
            case .referral: "referral"
            default: response.code.description
            }
        }
    }
}
