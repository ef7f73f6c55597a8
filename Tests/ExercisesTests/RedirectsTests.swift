import GraderCore
import Testing

@testable import Exercises

/// A site that sends the browser on, made from a recorded one that does not.
struct RedirectsTests {
    private let solved: Evidence

    init() throws { solved = try RecordedEvidence.evidence("solved") }

    /// The recorded answer of the virtual IP comes after redirects to these places; a place that is nil was not asked.
    private func redirected(to locations: [String], first: String = "http-vip", seesLast: Bool = true) throws
        -> Evidence
    {
        var evidence = solved
        let index = try #require(evidence.observations.firstIndex { $0.id == .network(first) })
        let page = evidence.observations[index]
        guard case .http(let exchange) = page.outcome, case .response(var response) = exchange.answer else {
            Issue.record("\(first) has no page")
            return evidence
        }
        response.status = 302
        response.body = ""
        for (hop, location) in locations.enumerated() {
            response.headers = [.init(name: "location", value: location)]
            var answer = exchange
            answer.answer = .response(response)
            var observation = page
            observation.outcome = .http(answer)
            if hop == 0 {
                evidence.observations[index] = observation
            } else {
                observation.id = .network("\(first)-hop-\(hop)")
                evidence.observations.append(observation)
            }
        }
        guard seesLast else { return evidence }
        var last = page
        last.id = .network("\(first)-hop-\(locations.count)")
        evidence.observations.append(last)
        return evidence
    }

    private func result(_ evidence: Evidence, _ check: String) throws -> CheckResult {
        try #require(try RecordedEvidence.judged(evidence)[CheckID(check)])
    }

    @Test(arguments: [
        "/index.html", "index.html", "http://172.16.1.12/site/", "https://172.16.1.12/",
        "http://WWW.etu1.lab/",
    ])
    func aPageBehindARedirectIsTheSite(_ location: String) throws {
        let evidence = try redirected(to: [location])
        for check in ["Q4.answers", "Q4.content", "Q4.this-pair", "Q5.site-by-name"] {
            #expect(try result(evidence, check).verdict == .met, "\(check)")
        }
        #expect(try result(evidence, "Q4.answers").found.en.hasPrefix("HTTP 302 → http"))
    }

    /// A second address that the cluster moves with the first leads to the same page.
    @Test(arguments: ["http://www.etu1.lab/", "http://[fd00:1::12]/"])
    func aRedirectToASecondVirtualIPStays(_ location: String) throws {
        func evidence(seesLast: Bool = true, inGroup: Bool = true, isUp: Bool = true) throws -> Evidence {
            try redirected(to: [location], seesLast: seesLast)
                .answering("www.etu1.lab", .aaaa, ["fd00:1::12"])
                .addingVirtualIP("fd00:1::12", inGroup: inGroup, isUp: isUp)
        }
        for check in ["Q4.answers", "Q4.content", "Q5.site-by-name"] {
            #expect(try result(evidence(), check).verdict == .met, "\(check)")
        }
        #expect(try result(evidence(inGroup: false), "Q4.answers").verdict == .notMet)
        #expect(try result(evidence(isUp: false), "Q4.answers").verdict == .notMet)
        guard
            case .http(let request, _, _)? = WebProbe.redirected(Findings(try evidence(seesLast: false)))
                .first?.kind
        else {
            Issue.record("no request")
            return
        }
        #expect(request.address == "172.16.1.12")
        #expect(["www.etu1.lab", "[fd00:1::12]"].contains(request.host))
    }

    @Test func everyHopIsFound() throws {
        let evidence = try redirected(to: ["/a", "/b", "https://172.16.1.12/c"])
        let found = try result(evidence, "Q4.answers").found.en
        #expect(
            found.hasPrefix(
                "HTTP 302 → http://172.16.1.12/a; HTTP 302 → http://172.16.1.12/b; HTTP 302 → https://172.16.1.12/c; HTTP 200"
            ))
        #expect(try result(evidence, "Q4.content").verdict == .met)
    }

    @Test(arguments: [
        ("http://172.16.1.10/", "172.16.1.10 (serv1)"),
        ("ftp://172.16.1.12/", "no page for a browser there"),
        ("http://172.16.1.120/", "172.16.1.120 (neither machine's)"),
    ])
    func aRedirectThatLeavesTheAddressIsNamed(_ location: String, _ words: String) throws {
        let evidence = try redirected(to: [location])
        let answers = try result(evidence, "Q4.answers")
        #expect(answers.verdict == .notMet)
        #expect(answers.found.en.contains(words), "\(answers.found.en)")
        #expect(try result(evidence, "Q4.content").verdict == .blocked(by: "Q4.answers"))
        // It is this pair that sends them away.
        #expect(try result(evidence, "Q4.this-pair").verdict == .met)
        #expect(try result(evidence, "Q5.site-by-name").verdict == .blocked(by: "Q4.answers"))
    }

    @Test func aRedirectByNameAloneIsTheNamesLoss() throws {
        let evidence = try redirected(to: ["http://172.16.1.10/"], first: "http-vip-by-name")
        #expect(try result(evidence, "Q4.answers").verdict == .met)
        #expect(try result(evidence, "Q5.site-by-name").verdict == .notMet)
    }

    @Test func inCirclesThereIsNoPage() throws {
        let evidence = try redirected(to: Array(repeating: "/", count: 8))
        #expect(try result(evidence, "Q4.answers").verdict == .notMet)
        #expect(try result(evidence, "Q4.answers").found.en.hasSuffix("… and so on"))
    }

    /// Evidence of an older program, which did not follow.
    @Test func whereItLeadsWithoutHavingLookedIsOpen() throws {
        let evidence = try redirected(to: ["/index.html"], seesLast: false)
        for check in ["Q4.answers", "Q4.content"] {
            #expect(try result(evidence, check).verdict == .notAssessed(.noEvidence), "\(check)")
        }
        let probes = WebProbe.redirected(Findings(evidence))
        #expect(probes.map(\.id) == [.network("http-vip-hop-1")])
        guard case .http(let request, _, _)? = probes.first?.kind else {
            Issue.record("no request")
            return
        }
        #expect(
            request.target == "/index.html" && request.address == "172.16.1.12"
                && request.host == "172.16.1.12")
    }

    /// Where the name leads is another question's; nothing is lost twice, or by what was not seen.
    @Test func aRedirectToANameThatNobodyKnowsIsOpen() throws {
        var evidence = try redirected(to: ["http://www.etu1.lab/"])
        evidence.observations.removeAll { $0.id == .network("dns-name-0") }
        for check in ["Q4.answers", "Q4.content"] {
            #expect(try result(evidence, check).verdict == .notAssessed(.noEvidence), "\(check)")
        }
    }

    /// What the name server says of another name of the student's than the roster's, by what it said of one of those.
    private func asked(_ evidence: Evidence, as recording: String = "solved", address: String? = nil) throws
        -> Evidence
    {
        let probe = try #require(WebProbe.redirected(Findings(evidence)).first)
        let recorded = try RecordedEvidence.evidence(recording)
        var answer = try #require(recorded.observations.first { $0.id == .network("dns-name-0") })
        guard case .dns(let request, _) = probe.kind, case .dns(var exchange) = answer.outcome,
            case .response(var response) = exchange.answer
        else {
            Issue.record("no question, or no answer recorded: \(probe)")
            return evidence
        }
        #expect(request.name == "intranet.etu1.lab" && request.server == "172.16.1.13" && request.type == .a)
        for index in response.answers.indices {
            response.answers[index].name = "intranet.etu1.lab."
            if let address { response.answers[index].data = address }
        }
        (exchange.request, exchange.answer) = (request, .response(response))
        (answer.id, answer.outcome) = (probe.id, .dns(exchange))
        var evidence = evidence
        evidence.observations.append(answer)
        return evidence
    }

    /// A site may call itself by a name of its zone that the roster does not have: the name server knows where it leads.
    @Test func anotherNameOfTheSiteIsLookedUp() throws {
        let redirected = try redirected(to: ["http://intranet.etu1.lab/"])
        let found = try asked(redirected)
        for check in ["Q4.answers", "Q4.content"] {
            #expect(try result(redirected, check).verdict == .notAssessed(.noEvidence), "\(check)")
            #expect(try result(found, check).verdict == .met, "\(check)")
        }
        #expect(WebProbe.redirected(Findings(found)).isEmpty)
        let missing = try result(try asked(redirected, as: "dns-name-missing"), "Q4.answers")
        #expect(missing.verdict == .notMet)
        #expect(missing.found.en.contains("intranet.etu1.lab is not the virtual IP"))
        let primary = try result(try asked(redirected, address: "172.16.1.10"), "Q4.answers")
        #expect(primary.verdict == .notMet && primary.found.en.contains("172.16.1.10 (serv1)"))
    }

    /// What a server with views tells a grader in another network convicts nobody.
    @Test func anOutsidersAnswerLeadsNowhereForSure() throws {
        var evidence = try redirected(to: ["http://www.etu1.lab/"])
        for index in evidence.observations.indices
        where evidence.observations[index].id == .network("dns-name-0") {
            guard case .dns(var exchange) = evidence.observations[index].outcome,
                case .response(var response) = exchange.answer
            else { continue }
            for answer in response.answers.indices { response.answers[answer].data = "192.0.2.80" }
            exchange.answer = .response(response)
            evidence.observations[index].outcome = .dns(exchange)
        }
        #expect(try result(evidence, "Q4.answers").verdict == .notMet)
        // His kernel has never looked for one of the lab's machines on its own link.
        for index in evidence.observations.indices {
            guard case .neighbours = evidence.observations[index].outcome else { continue }
            evidence.observations[index].outcome = .neighbours("")
        }
        #expect(try result(evidence, "Q4.answers").verdict == .notAssessed(.noEvidence))
    }

    /// A place of a megabyte, none that can be read, or a port that there is not, leads nowhere.
    @Test func aSenselessPlaceIsNotFollowed() throws {
        for location in [
            String(repeating: "a", count: 1 << 20), "http://[::1", "http://172.16.1.12:99999/",
            "http://172.16.1.12:0/",
        ] {
            let evidence = try redirected(to: [location], seesLast: false)
            #expect(WebProbe.redirected(Findings(evidence)).isEmpty)
            #expect(try result(evidence, "Q4.answers").verdict == .notMet)
        }
    }

    @Test func anErrorPageIsThisPairsAllTheSame() throws {
        var evidence = solved
        let index = try #require(evidence.observations.firstIndex { $0.id == .network("http-vip") })
        guard case .http(var exchange) = evidence.observations[index].outcome,
            case .response(var response) = exchange.answer
        else { return }
        response.status = 500
        exchange.answer = .response(response)
        evidence.observations[index].outcome = .http(exchange)
        #expect(try result(evidence, "Q4.answers").verdict == .notMet)
        #expect(try result(evidence, "Q4.content").verdict == .blocked(by: "Q4.answers"))
        #expect(try result(evidence, "Q4.this-pair").verdict == .met)
    }
}
