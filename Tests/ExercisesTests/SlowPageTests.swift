import Exercises
import Foundation
import GraderCore
import Testing

/// A page that did not come in time may come to one who waits: not a word against the student.
struct SlowPageTests {
    private static let slow = HTTPExchange.Answer.noResponse(
        .init(LocalizedText(verbatim: "connected, but not a byte came back within 5 s"), ranOutOfTime: true))

    @Test(arguments: ["solved", "bullseye/solved", "trixie/solved"])
    func aSlowPageIsNotAssessed(state: String) throws {
        let evidence = try RecordedEvidence.evidence(state).answering(
            ["http-vip", "http-serv1", "http-serv2", "http-vip-by-name"], Self.slow)
        let judged = try RecordedEvidence.judged(evidence)
        for id in ["Q4.answers", "Q4.content", "Q4.this-pair", "Q5.site-by-name"] {
            #expect(judged[CheckID(id)]?.verdict == .notAssessed(.timedOut), "\(id)")
        }
    }

    /// Older evidence has a sentence and nothing else; what is written today says it by a word of its own.
    @Test(arguments: [
        ("noResponse", "connected, but not a byte came back within 5 s", true),
        ("tlsFailed", "no TLS handshake came about: connected, but only 7 bytes came back within 5 s", true),
        ("noResponse", "the connection was closed without a response; not a byte came back", false),
    ])
    func evidenceOfBothFormsIsRead(_ kind: String, _ sentence: String, _ isSlow: Bool) throws {
        let old = try JSONDecoder().decode(
            HTTPExchange.Answer.self, from: JSONEncoder().encode([kind: sentence]))
        #expect(old.ranOutOfTime == isSlow)
        let again = try JSONEncoder().encode(old)
        #expect(String(decoding: again, as: UTF8.self).contains("\"ranOutOfTime\":\(isSlow)"))
        #expect(try JSONDecoder().decode(HTTPExchange.Answer.self, from: again) == old)
        // Words alone decide nothing any more.
        #expect(!HTTPExchange.Answer.noResponse(.init(LocalizedText(verbatim: sentence))).ranOutOfTime)
    }

    @Test func aPageThatIsSlowByItsNameOnly() throws {
        let evidence = try RecordedEvidence.evidence("solved").answering(["http-vip-by-name"], Self.slow)
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged[CheckID("Q4.answers")]?.verdict == .met)
        #expect(judged[CheckID("Q5.site-by-name")]?.verdict == .notAssessed(.timedOut))
    }

    /// Of a request that came too late, from a grader that was busy (RFC 9110, section 15.5.9).
    @Test func aServerThatWaitedForTheRequestIsNotLost() throws {
        let late = HTTPExchange.Answer.response(
            HTTPExchange.Response(status: 408, headers: [], body: "", bodyTruncated: false))
        let evidence = try RecordedEvidence.evidence("solved").answering(
            ["http-vip", "http-vip-by-name"], late)
        let judged = try RecordedEvidence.judged(evidence)
        for id in ["Q4.answers", "Q5.site-by-name"] {
            #expect(judged[CheckID(id)]?.verdict == .notAssessed(.timedOut), "\(id)")
        }
    }

    /// Silence at the address alone, while the node that has it answers at its own: a lost packet, or a busy grader.
    @Test func silenceAloneIsNotLost() throws {
        let silent = HTTPExchange.Answer.notConnected(
            DialFailure(.timedOut, LocalizedText(verbatim: "no connection within 5 s")))
        let evidence = try RecordedEvidence.evidence("solved").answering(
            ["http-vip", "http-vip-by-name"], silent)
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged[CheckID("Q4.answers")]?.verdict == .notAssessed(.noEvidence))
        #expect(judged[CheckID("Q8.ports")]?.verdict == .met)
        // A firewall's silence is at every address of the node, and lost.
        let firewall = try RecordedEvidence.judged(RecordedEvidence.evidence("firewall-drops-http"))
        #expect(firewall[CheckID("Q4.answers")]?.verdict == .notMet)
    }

    /// A server that hangs up is no slow one.
    @Test func aConnectionClosedWithoutAPageIsLost() throws {
        let closed = HTTPExchange.Answer.noResponse(
            .init(
                LocalizedText(verbatim: "the connection was closed without a response; not a byte came back"))
        )
        let evidence = try RecordedEvidence.evidence("solved").answering(
            ["http-vip", "http-vip-by-name"], closed)
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged[CheckID("Q4.answers")]?.verdict == .notMet)
        let byName = try RecordedEvidence.judged(
            RecordedEvidence.evidence("solved").answering(["http-vip-by-name"], closed))
        #expect(byName[CheckID("Q5.site-by-name")]?.verdict == .notMet)
    }
}
