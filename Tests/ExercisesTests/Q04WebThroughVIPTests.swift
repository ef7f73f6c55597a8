import GraderCore
import Pacemaker
import Testing

@testable import Exercises

struct Q04WebThroughVIPTests {
    private static let checks: [CheckID] = ["Q4.answers", "Q4.content", "Q4.this-pair"]

    private func verdicts(_ evidence: Evidence) throws -> [Verdict?] {
        let judged = try RecordedEvidence.judged(evidence)
        return Self.checks.map { judged[$0]?.verdict }
    }

    private func verdicts(_ recording: String) throws -> [Verdict?] {
        try verdicts(RecordedEvidence.evidence(recording))
    }

    @Test func theSiteAtTheAddressIsMet() throws {
        #expect(try verdicts("after-q4") == [.met, .met, .met])
        #expect(try verdicts("fresh") == Array(repeating: .blocked(by: "Q1.primitive"), count: 3))
    }

    @Test func anotherPageLosesTheContentAlone() throws {
        #expect(try verdicts("default-page") == [.met, .notMet, .met])
    }

    /// The pages of `solved`, with another body.
    private func showing(_ body: String) throws -> Evidence {
        let solved = try RecordedEvidence.evidence("solved")
        guard case .http(let exchange)? = solved[.network("http-vip")]?.outcome,
            case .response(var response) = exchange.answer
        else {
            Issue.record("no page recorded")
            return solved
        }
        response.body = Bytes(body)
        return solved.answering(
            ["http-vip", "http-vip-by-name", "http-serv1", "http-serv2"], .response(response))
    }

    /// What a browser shows in the page's place was not looked at.
    @Test(arguments: [
        (#"<html><head><meta http-equiv="refresh" content="0; url=/intralab/"></head></html>"#, "sends"),
        (#"<html><frameset cols="*"><frame src="/intralab/"></frameset></html>"#, "in frames"),
        (#"<html><script>window.location="/intralab/";</script></html>"#, "sends"),
        (#"<div id="app"></div><script src="/app.js"></script>"#, "by a script"),
    ])
    func aPageThatABrowserShowsAnotherForIsOpen(page: String, words: String) throws {
        let evidence = try showing(page)
        #expect(try verdicts(evidence) == [.met, .notAssessed(.noEvidence), .met])
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged["Q4.content"]?.found.en.contains(words) == true)
        #expect(judged["Q5.site-by-name"]?.verdict == .notAssessed(.noEvidence))
    }

    @Test func anotherPageWithAScriptIsAnotherPage() throws {
        let evidence = try showing("<h1>It works!</h1><script>document.title = 'Debian'</script>")
        #expect(try verdicts(evidence) == [.met, .notMet, .met])
        #expect(
            try RecordedEvidence.verdict("Q5.site-by-name", in: evidence) == .blocked(by: "Q4.content"))
    }

    @Test func aServerThatDoesNotAnswerLosesTheAnswerAlone() throws {
        let waiting = Verdict.blocked(by: "Q4.answers")
        // It answered, and its log has the request: this pair it was.
        #expect(try verdicts("access-denied") == [.notMet, waiting, .met])
        #expect(try verdicts("firewall-drops-http") == [.notMet, waiting, waiting])
    }

    @Test func anAddressThatIsNotUpIsQ1s() throws {
        #expect(
            try verdicts("target-role-stopped") == Array(repeating: .blocked(by: "Q1.running"), count: 3))
        #expect(try verdicts("vip-other-network") == Array(repeating: .blocked(by: "Q1.address"), count: 3))
        #expect(try verdicts("fencing-left-on") == Array(repeating: .blocked(by: "H0.fencing"), count: 3))
    }

    /// Without the cluster's own word nobody knows what keeps the address down: it may be a fault of the prerequisites.
    @Test(arguments: ["fencing-left-on", "quorum-lost"])
    func anAddressThatIsNotUpForAnUnknownReasonIsOpen(recording: String) throws {
        let evidence = try RecordedEvidence.evidence(recording).without("crm-mon")
        #expect(try verdicts(evidence) == Array(repeating: .notAssessed(.noEvidence), count: 3))
        #expect(try RecordedEvidence.verdict("Q5.site-by-name", in: evidence) == .notAssessed(.noEvidence))
    }

    /// The address was started before fencing was switched on; the web server is what it holds down.
    @Test func aServerThatFencingHoldsIsThePrerequisites() throws {
        let evidence = try RecordedEvidence.evidence("web-stopped")
            .replacing(
                #"name="stonith-enabled" value="false""#, with: #"name="stonith-enabled" value="true""#,
                in: [ClusterProbe.cib, ClusterProbe.cibFile]
            )
            .replacing("stonith-enabled=false", with: "stonith-enabled=true", in: [ClusterProbe.crmShow])
        let judged = try RecordedEvidence.judged(evidence)
        for id in ["Q7.running", "Q5.site-by-name"] + Self.checks {
            #expect(judged[id]?.verdict == .blocked(by: "H0.fencing"), "\(id)")
        }
    }

    /// A web server that the cluster could not start is lost where the cluster runs it.
    @Test func aServerThatDoesNotRunIsQ7s() throws {
        let recording = try #require(
            try RecordedEvidence.all.first {
                try RecordedEvidence.verdict("Q4.answers", in: $0) == .blocked(by: "Q7.running")
            })
        let answers = Verdict.blocked(by: "Q4.answers")
        #expect(try verdicts(recording) == [.blocked(by: "Q7.running"), answers, answers])
    }

    /// Without what listens where the cluster runs the web server it cannot be told whose mistake it is.
    @Test func aRefusalWithoutTheLookAtTheNodeIsOpen() throws {
        let refused = HTTPExchange.Answer.notConnected(
            DialFailure(.refused, LocalizedText(verbatim: "refused")))
        let evidence = try RecordedEvidence.evidence("solved").answering(["http-vip"], refused)
        let waiting = Verdict.blocked(by: "Q4.answers")
        #expect(try verdicts(evidence) == [.notMet, waiting, waiting])
        #expect(
            try verdicts(evidence.without("listening-sockets"))
                == Array(repeating: .notAssessed(.noEvidence), count: 3))
    }

    @Test func anAnswerThatNothingProvesToBeThePairsIsOpen() throws {
        var evidence = try RecordedEvidence.evidence("solved").without("access-log").without("vip-neighbour")
        evidence.observations.removeAll { $0.id == .network("neighbours") }
        #expect(try verdicts(evidence) == Array(repeating: .notAssessed(.noEvidence), count: 3))
    }

    @Test func aSiteThatNobodyAskedForIsOpen() throws {
        var evidence = try RecordedEvidence.evidence("solved")
        evidence.observations.removeAll { $0.id == .network("http-vip") }
        #expect(try verdicts(evidence) == Array(repeating: .notAssessed(.noEvidence), count: 3))
    }
}
