import GraderCore
import Testing

@testable import Exercises

struct Q05SiteNameTests {
    private func answered(
        _ evidence: Evidence, _ names: [String] = ["dns-name-0"], _ change: (inout DNSExchange) -> Void
    ) -> Evidence {
        var result = evidence
        for index in result.observations.indices
        where names.contains(where: { result.observations[index].id == .network($0) }) {
            guard case .dns(var exchange) = result.observations[index].outcome else { continue }
            change(&exchange)
            result.observations[index].outcome = .dns(exchange)
        }
        return result
    }

    private func verdict(_ evidence: Evidence, _ check: String = "Q5.names") throws -> Verdict? {
        try RecordedEvidence.judged(evidence)[CheckID(check)]?.verdict
    }

    private func setting(_ evidence: Evidence, to addresses: [String]) -> Evidence {
        answered(evidence) { Self.answer(&$0, addresses, type: "A") }
    }

    private static func answer(_ exchange: inout DNSExchange, _ addresses: [String], type: String) {
        guard case .response(var response) = exchange.answer else { return }
        let name = exchange.request.name
        response.answers = addresses.map {
            DNSRecord(name: name, timeToLive: .seconds(60), type: type, data: $0)
        }
        exchange.answer = .response(response)
    }

    /// A browser that has IPv6 asks for both: where the second question is lost, or nobody answers it, what the name leads
    /// to is not known; a server that refuses has said that there is nothing.
    @Test func anAAAAThatNobodyAnswersDecidesNothing() throws {
        let recorded = try RecordedEvidence.evidence("dns-aaaa-of-primary")
        func losing(_ outcome: (DNSExchange) -> Observation.Outcome) throws -> Verdict? {
            var evidence = recorded
            for index in evidence.observations.indices
            where evidence.observations[index].id.rawValue.contains("/dns-name6-") {
                guard case .dns(let exchange) = evidence.observations[index].outcome else { continue }
                evidence.observations[index].outcome = outcome(exchange)
            }
            return try verdict(evidence)
        }
        func unanswered(_ kind: DialFailure.Kind) throws -> Verdict? {
            try losing {
                .dns(
                    DNSExchange(
                        request: $0.request, answer: .noAnswer(DialFailure(kind, LocalizedText(verbatim: "")))
                    ))
            }
        }
        #expect(try verdict(recorded) == .partly(0.5))
        #expect(
            try losing { _ in .failed(TransportFailure(.connectionLost, LocalizedText(verbatim: ""))) }
                == .notAssessed(.noEvidence))
        #expect(try unanswered(.timedOut) == .notAssessed(.noEvidence))
        #expect(try unanswered(.refused) == .met)
    }

    /// A browser that has IPv6 asks for both.
    @Test func anAAAAThatLeadsElsewhereIsAsWrongAsAnA() throws {
        let solved = try RecordedEvidence.evidence("solved")
        func withAAAA(_ addresses: [String]) -> Evidence {
            solved.answering("www.etu1.lab", .aaaa, addresses)
        }
        #expect(try verdict(withAAAA([])) == .met)
        #expect(try verdict(withAAAA(["fd00::10"])) == .partly(0.5))
        let found = try #require(try RecordedEvidence.judged(withAAAA(["fd00::10"]))["Q5.names"]?.found.en)
        #expect(found.contains("172.16.1.12 (the virtual IP), fd00::10 (neither machine's), TTL"), "\(found)")
        #expect(try verdict(withAAAA(["fd00::10"]), "Q5.site-by-name") == .blocked(by: "Q5.names"))
    }

    @Test func everyAddressSaysWhoseItIs() throws {
        let mixed = setting(
            try RecordedEvidence.evidence("solved"), to: ["172.16.1.10", "172.16.1.12", "172.16.1.120"])
        let found = try #require(try RecordedEvidence.judged(mixed)["Q5.names"]?.found)
        #expect(
            found.fr.contains(
                "172.16.1.10 (serv1), 172.16.1.12 (l’adresse virtuelle), 172.16.1.120 (ni l’une ni l’autre machine), TTL"
            ))
    }

    @Test func theNameLeadsToTheVirtualIPAndNowhereElse() throws {
        let solved = try RecordedEvidence.evidence("solved")
        #expect(try verdict(solved) == .met)
        #expect(try verdict(setting(solved, to: [solved.lab.vip])) == .met)
        #expect(try verdict(setting(solved, to: [solved.lab.vip, "172.16.1.10"])) == .partly(0.5))
        #expect(try verdict(setting(solved, to: ["172.16.1.10"])) == .notMet)
        #expect(try verdict(setting(solved, to: [])) == .notMet)
    }

    @Test func aNameThatLeadsElsewhereIsLostOnce() throws {
        let other = setting(try RecordedEvidence.evidence("solved"), to: ["172.16.1.10"])
        #expect(try verdict(other, "Q5.site-by-name") == .blocked(by: CheckID("Q5.names")))
    }

    /// A node's own name may keep its own address; that alone is no site that follows the address.
    @Test func oneNameHasToLeadToTheVirtualIP() throws {
        var own = setting(try RecordedEvidence.evidence("solved"), to: ["172.16.1.10"])
        let moved = try #require(own.observations.first { $0.id == .network("dns-name-0") })
        own.lab.names = ["serv1.etu1.lab"]
        #expect(try verdict(own) == .notMet)
        #expect(try verdict(own, "Q5.site-by-name") == .blocked(by: CheckID("Q5.names")))
        // Beside the site's name, which does lead there.
        var both = try RecordedEvidence.evidence("solved")
        both.lab.names = ["www.etu1.lab", "serv1.etu1.lab"]
        var second = moved
        second.id = .network("dns-name-1")
        both.observations.append(second)
        #expect(try verdict(both) == .met)
        #expect(try verdict(both, "Q5.site-by-name") == .met)
        // The site's name where it was, and only a node's own as it should be: nothing was done.
        var neither = both
        neither.observations.removeAll { $0.id == .network("dns-name-0") }
        neither.observations.append(moved)
        #expect(try verdict(neither) == .notMet)
    }

    /// A name-based virtual host has the page, the bare address still has Debian's own: Q4 says so, once.
    @Test(arguments: ["", "bullseye/", "trixie/"])
    func theSiteMayBeThereByItsNameOnly(release: String) throws {
        let solved = try RecordedEvidence.evidence(release + "solved")
        guard
            case .http(let exchange)? =
                try RecordedEvidence.evidence("default-page")[.network("http-vip")]?.outcome
        else {
            Issue.record("no page recorded")
            return
        }
        let byNameOnly = solved.answering(
            ["http-vip", "http-serv1", "http-serv2"], exchange.answer)
        #expect(try verdict(byNameOnly, "Q4.content") == .notMet)
        #expect(try verdict(byNameOnly, "Q5.site-by-name") == .met)
        // The same page by name: one mistake, lost once.
        let nowhere = byNameOnly.answering(["http-vip-by-name"], exchange.answer)
        #expect(try verdict(nowhere, "Q5.site-by-name") == .blocked(by: CheckID("Q4.content")))
        // A site that this pair does not serve is none by name either.
        let refused = HTTPExchange.Answer.notConnected(
            DialFailure(.refused, LocalizedText(verbatim: "said by the test")))
        let closed = solved.answering(["http-vip"], refused)
        #expect(try verdict(closed, "Q5.site-by-name") == .blocked(by: CheckID("Q4.answers")))
    }

    @Test func anAliasCounts() throws {
        let solved = try RecordedEvidence.evidence("solved")
        let alias = answered(solved) { exchange in
            guard case .response(var response) = exchange.answer else { return }
            response.answers = [
                DNSRecord(
                    name: exchange.request.name, timeToLive: .seconds(60), type: "CNAME",
                    data: "cluster.etu1.lab."),
                DNSRecord(
                    name: "cluster.etu1.lab.", timeToLive: .seconds(60), type: "A", data: solved.lab.vip),
            ]
            exchange.answer = .response(response)
        }
        #expect(try verdict(alias) == .met)
    }

    @Test func silenceOfAServerElsewhereIsNoVerdict() throws {
        func silent(
            _ evidence: Evidence, _ kind: DialFailure.Kind,
            _ names: [String] = ["dns-name-0", "dns-soa", "dns-reverse"]
        ) -> Evidence {
            answered(evidence, names) {
                $0.answer = .noAnswer(DialFailure(kind, LocalizedText(verbatim: "said by the test")))
            }
        }
        let solved = try RecordedEvidence.evidence("solved")
        // In the lab's own network, where the web server answered the same vantage.
        #expect(try verdict(silent(solved, .timedOut)) == .notMet)
        #expect(try verdict(silent(solved, .refused)) == .notMet)
        // One question of several: a lost packet, or a busy grader.
        #expect(try verdict(silent(solved, .timedOut, ["dns-name-0"])) == .notAssessed(.noEvidence))
        var elsewhere = solved
        elsewhere.lab.nameServer = "192.0.2.53"
        #expect(try verdict(silent(elsewhere, .timedOut)) == .notAssessed(.noEvidence))
        #expect(try verdict(silent(elsewhere, .refused)) == .notMet)
    }

    /// `allow-query` for the pair's network refuses a grader in another one, and no client.
    @Test func aRefusalToAGraderElsewhereIsNoVerdict() throws {
        func seen(_ evidence: Evidence, from vantage: Vantage, neighbours: String?) -> Evidence {
            var result = evidence
            for index in result.observations.indices {
                switch result.observations[index].outcome {
                case .dns: result.observations[index].vantage = vantage
                case .neighbours:
                    guard let neighbours else { continue }
                    result.observations[index].outcome = .neighbours(Bytes(Array(neighbours.utf8)))
                default: continue
                }
            }
            return result
        }
        let heading = "IP address       HW type     Flags       HW address            Mask     Device\n"
        let router =
            heading + "192.0.2.1        0x1         0x2         02:ba:5c:00:00:01     *        eth0\n"
        let refuses = try RecordedEvidence.evidence("dns-refuses")
        #expect(try verdict(refuses) == .notMet)
        let elsewhere = seen(refuses, from: .grader, neighbours: router)
        #expect(try verdict(elsewhere) == .notAssessed(.outOfSight))
        #expect(try verdict(elsewhere, "Q5.site-by-name") == .notAssessed(.outOfSight))
        let found = try RecordedEvidence.judged(elsewhere)[CheckID("Q5.names")]?.found.en
        #expect(found?.contains("another network") == true)
        // Through a node the pair's own network asked.
        #expect(try verdict(seen(refuses, from: .tunnel(.serv1), neighbours: router)) == .notMet)
        // A server with views may tell an outsider of no such name, or of another address; what is right is right.
        let missing = try RecordedEvidence.evidence("dns-name-missing")
        #expect(try verdict(missing) == .notMet)
        #expect(try verdict(seen(missing, from: .grader, neighbours: router)) == .notAssessed(.outOfSight))
        let old = try RecordedEvidence.evidence("dns-old-address")
        #expect(try verdict(old) == .notMet)
        #expect(try verdict(seen(old, from: .grader, neighbours: router)) == .notAssessed(.outOfSight))
        let solved = try RecordedEvidence.evidence("solved")
        #expect(try verdict(seen(solved, from: .grader, neighbours: router)) == .met)
    }

    @Test func noNameServerRemovesTheQuestionWithItsPoints() throws {
        var evidence = try RecordedEvidence.evidence("solved")
        evidence.lab.values["dns"] = nil
        let scorer = Scorer(exercise: Activite2(), rubric: try RecordedEvidence.rubric.get())
        let question = try #require(try scorer.score(Findings(evidence)).first { $0.id == QuestionID("Q5") })
        #expect(question.score == Tally())
        #expect(question.checks.first?.result.found.fr.contains("dns: none") == true)
    }
}
