import Exercises
import GraderCore
import Testing

/// A page that did not come in time may come to one who waits: not a word against the student.
struct SlowPageTests {
    private static let slow = HTTPExchange.Answer.noResponse(
        "connected, but not a byte came back within 5 s")

    @Test(arguments: ["solved", "bullseye/solved", "trixie/solved"])
    func aSlowPageIsNotAssessed(state: String) throws {
        let evidence = try RecordedEvidence.evidence(state).answering(
            ["http-vip", "http-serv1", "http-serv2", "http-vip-by-name"], Self.slow)
        let judged = try RecordedEvidence.judged(evidence)
        for id in ["Q4.answers", "Q4.content", "Q4.this-pair", "Q5.site-by-name"] {
            #expect(judged[CheckID(id)]?.verdict == .notAssessed(.timedOut), "\(id)")
        }
    }

    @Test func aPageThatIsSlowByItsNameOnly() throws {
        let evidence = try RecordedEvidence.evidence("solved").answering(["http-vip-by-name"], Self.slow)
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged[CheckID("Q4.answers")]?.verdict == .met)
        #expect(judged[CheckID("Q5.site-by-name")]?.verdict == .notAssessed(.timedOut))
    }

    /// A server that hangs up is no slow one.
    @Test func aConnectionClosedWithoutAPageIsLost() throws {
        let closed = HTTPExchange.Answer.noResponse(
            "the connection was closed without a response; not a byte came back")
        let evidence = try RecordedEvidence.evidence("solved").answering(
            ["http-vip", "http-vip-by-name"], closed)
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged[CheckID("Q4.answers")]?.verdict == .notMet)
        let byName = try RecordedEvidence.judged(
            RecordedEvidence.evidence("solved").answering(["http-vip-by-name"], closed))
        #expect(byName[CheckID("Q5.site-by-name")]?.verdict == .notMet)
    }
}
