import GraderCore
import Testing

@testable import Exercises

/// What the network answers out of the ordinary.
@Suite struct NetworkTests {
    private static func verdict(
        _ check: String, _ outcome: (Probe.Kind) -> Observation.Outcome?
    ) throws -> Verdict {
        let exercise = try EveryLook.declared("Q1.a: {title: A, on: one, \(check)}")
        let declared = try #require(exercise.declaredChecks.first)
        var evidence = try EveryLook.evidence()
        evidence.observations = declared.probes(evidence).compactMap { probe in
            outcome(probe.kind).map {
                Observation(
                    id: probe.id, vantage: .grader, startedAt: evidence.startedAt, duration: .zero,
                    outcome: $0)
            }
        }
        return try #require(try EveryLook.results(exercise, evidence)["Q1.a"]).verdict
    }

    private static func dns(
        _ check: String, _ type: String = "A", _ data: [String], code: DNSResponseCode = .noError,
        omitted: Int = 0
    ) throws -> Verdict {
        try verdict(check) { kind in
            guard case .dns(let request, _) = kind else { return nil }
            let records = data.map {
                DNSRecord(name: request.name, timeToLive: .seconds(60), type: type, data: $0)
            }
            return .dns(
                DNSExchange(
                    request: request,
                    answer: .response(
                        DNSResponse(
                            wire: "", transport: .udp, code: code, isAuthoritative: true, answers: records,
                            omittedRecords: omitted))))
        }
    }

    /// With or without the dot at the end, which `dig` prints and a sheet does not.
    @Test(arguments: ["web.etu1.lab", "WEB.etu1.lab."])
    func aNameIsAName(_ name: String) throws {
        let look = "dns: {name: www.etu1.lab, type: CNAME, server: 172.16.1.13}"
        for expectation in ["{include: [\(name)]}", name, "{oneOf: [x, \(name)]}"] {
            #expect(try Self.dns("\(look), expect: \(expectation)", "CNAME", ["web.etu1.lab."]) == .met)
        }
        #expect(
            try Self.dns("\(look), expect: {exclude: [\(name)]}", "CNAME", ["web.etu1.lab."]) == .notMet)
    }

    /// A server that cannot answer did not say that there is nothing.
    @Test func aServerThatDoesNotAnswer() throws {
        let look = "dns: {name: old.etu1.lab, server: 172.16.1.13}, expect: {count: 0}"
        #expect(try Self.dns(look, "A", [], code: .nameError) == .met)
        #expect(try Self.dns(look, "A", [], code: .serverFailure) == .notMet)
        #expect(try Self.dns(look, "A", [], code: .refused) == .notMet)
        #expect(try Self.dns(look, "A", [], omitted: 3) == .notAssessed(.noEvidence))
    }

    @Test func anAddressIsAskedForByItsReverseName() throws {
        let look = "dns: {name: \"{one.address}\", type: PTR, server: 172.16.1.13}, expect: one.etu1.lab"
        #expect(try Self.dns(look, "PTR", ["one.etu1.lab."]) == .met)
    }

    private static func page(
        _ expectation: String, _ headers: [HTTPExchange.Header] = [], body: Bytes = "It works",
        isCut: Bool = false
    ) throws -> Verdict {
        try verdict("http: \"http://172.16.1.10/\", expect: \(expectation)") { kind in
            guard case .http(let request, _, _) = kind else { return nil }
            return .http(
                HTTPExchange(
                    request: request,
                    answer: .response(
                        HTTPExchange.Response(
                            status: 200, headers: headers, body: body, bodyTruncated: isCut))))
        }
    }

    /// What is kept of a page that came compressed is not what a browser shows.
    @Test func aCompressedPage() throws {
        let header = HTTPExchange.Header(name: "Content-Encoding", value: "gzip")
        for expectation in ["{matches: works}", "{not: {matches: works}}"] {
            #expect(
                try Self.page(expectation, [header], body: Bytes([0x1F, 0x8B])) == .notAssessed(.noEvidence))
        }
        #expect(try Self.page("{status: 200}", [header]) == .met)
    }

    /// However the student's editor stored the words: in another encoding, as entities, over several lines.
    @Test(arguments: [
        Bytes("<h1>Intranet de l'élève</h1>"), Bytes("<h1>Intranet\n  de l&rsquo;&eacute;l&egrave;ve</h1>"),
        Bytes(Array("<h1>Intranet de l'".utf8) + [0xE9, 0x6C, 0xE8] + Array("ve</h1>".utf8)),
    ])
    func aPageAsAReaderSeesIt(_ body: Bytes) throws {
        let words = "{matches: \"Intranet de l'élève\"}"
        #expect(try Self.page(words, body: body) == .met)
        #expect(try Self.page("{not: \(words)}", body: body) == .notMet)
        #expect(try Self.page("{matches: \"Intranet de l'élue\"}", body: body) == .notMet)
        // And as it came.
        #expect(try Self.page("{matches: '^<h1>Intranet'}", body: body) == .met)
    }

    /// What is more than words is of the page as it came: its lines, its tags, its entities.
    @Test func anExpressionIsNotOfWhatAReaderSees() throws {
        let escaped = Bytes("<title>Index of my site</title>\n<p>&lt;script&gt;alert(1)</p>")
        #expect(try Self.page("{not: {matches: '<script>'}}", body: escaped) == .met)
        #expect(try Self.page("{not: {matches: '^Index of'}}", body: escaped) == .met)
        #expect(try Self.page("{matches: '(?i)INDEX of My'}", body: escaped) == .met)
        // A full stop, an ampersand and a choice are no more than words.
        let page = Bytes("<h1>Recherche &amp; D&eacute;veloppement. Version 2.0</h1>")
        for words in [
            "Recherche & Développement.", #"Développement\. Version 2.0"#, "(?i)développeur|développement",
            #"recherche|R&D\|2\.0|Version 2\.0"#,
        ] {
            #expect(try Self.page("{matches: '\(words)'}", body: page) == .met, "\(words)")
        }
        #expect(try Self.page("{matches: '&lt;b'}", body: Bytes("<p>&amp;lt;b</p>")) == .notMet)
        let lines = Bytes("<p>Node: serv2</p>\n<p>Peers: serv1</p>")
        #expect(try Self.page("{matches: 'Node: .*serv1'}", body: lines) == .notMet)
    }

    /// What is found in the part of a page that is kept is on the page; what hangs on the rest is not judged.
    @Test func aPageThatWasCut() throws {
        let body = Bytes("<h1>It works</h1>\n<p>l&rsquo;&eacute;l&egrave;ve</p>\n<p>more")
        func page(_ expectation: String, _ headers: [HTTPExchange.Header] = []) throws -> Verdict {
            try Self.page(expectation, headers, body: body, isCut: true)
        }
        for found in ["{matches: It works}", "{matches: \"l'élève\"}", "{matches: '^<h1>It works</h1>$'}"] {
            #expect(try page(found) == .met, "\(found)")
            #expect(try page("{not: \(found)}") == .notMet, "\(found)")
        }
        for open in [
            "{matches: works not}", "{matches: 'more$'}", "{matches: '(?s)^(?!.*forbidden).*works'}",
            "{lines: {count: 3}}", "{lines: {include: [\"<p>more\"]}}", "{equals: It works}",
            "{oneOf: [It works]}", "{json: {path: a, equals: 1}}",
        ] {
            #expect(try page(open) == .notAssessed(.noEvidence), "\(open)")
            #expect(try page("{not: \(open)}") == .notAssessed(.noEvidence), "\(open)")
        }
        #expect(try page("{all: [{matches: works}, {matches: later}]}") == .notAssessed(.noEvidence))
        #expect(try page("{any: [{matches: works}, {matches: later}]}") == .met)
        let compressed = HTTPExchange.Header(name: "Content-Encoding", value: "gzip")
        #expect(try page("{matches: works}", [compressed]) == .notAssessed(.noEvidence))
    }

    @Test func aHeaderThatWasCut() throws {
        let long = HTTPExchange.Header(name: "X-Long", value: String(repeating: "a", count: 1018))
        for expectation in [
            "{header: {X-Long: {matches: end}}}", "{header: {X-Long: {not: {matches: end}}}}",
        ] {
            #expect(try Self.page(expectation, [long]) == .notAssessed(.noEvidence))
        }
        let many = Array(repeating: HTTPExchange.Header(name: "X", value: "1"), count: 64)
        #expect(try Self.page("{header: {Server: x}}", many) == .notAssessed(.noEvidence))
        #expect(try Self.page("{header: {Server: x}}", []) == .notMet)
    }

    /// That a page leads nowhere else can be said.
    @Test func noRedirect() throws {
        #expect(try Self.page("{location: \"\"}") == .met)
        #expect(try Self.page("{not: {location: {matches: x}}}") == .met)
        #expect(try Self.page("{location: {matches: x}}") == .notMet)
    }

    /// Where no route leads from where one looks, nobody was asked.
    @Test func noRoute() throws {
        let port = try Self.verdict("port: 80") { kind in
            guard case .port(let address, let port, _) = kind else { return nil }
            return .port(
                PortProbeResult(
                    address: address, port: port, state: .hostUnreachable,
                    detail: "connecting: Network is unreachable"))
        }
        #expect(port == .notAssessed(.noEvidence))
        let page = try Self.verdict("http: \"http://10.9.9.9/\"") { kind in
            guard case .http(let request, _, _) = kind else { return nil }
            return .http(
                HTTPExchange(
                    request: request,
                    answer: .notConnected(
                        DialFailure(
                            .unreachable, LocalizedText(verbatim: "connecting: Network is unreachable")))))
        }
        #expect(page == .notAssessed(.noEvidence))
    }

    @Test func anAddressOfIPv6InAURL() throws {
        let exercise = try EveryLook.declared(
            "Q1.a: {title: A, on: one, http: \"http://[fd00::1]:8080/x?y=1\"}")
        let probes = try #require(exercise.declaredChecks.first).probes(try EveryLook.evidence())
        guard case .http(let request, _, _)? = probes.first?.kind else {
            Issue.record("\(probes)")
            return
        }
        #expect(
            request.address == "fd00::1" && request.host == "[fd00::1]:8080" && request.target == "/x?y=1")
    }
}
