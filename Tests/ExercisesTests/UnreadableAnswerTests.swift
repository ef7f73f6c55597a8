import GraderCore
import Testing

@testable import Exercises

/// An answer came, and we cannot read it: what it says is not known, be it right or wrong.
struct UnreadableAnswerTests {
    /// Nobody asked for it: what came is not what a browser shows.
    @Test func aPageThatCameCompressedIsOpen() throws {
        let evidence = try RecordedEvidence.evidence("solved").compressing(["http-vip", "http-vip-by-name"])
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged["Q4.answers"]?.verdict == .met)
        #expect(judged["Q4.this-pair"]?.verdict == .met)
        for id in ["Q4.content", "Q5.site-by-name"] as [CheckID] {
            let check = try #require(judged[id])
            #expect(check.verdict == .notAssessed(.noEvidence), "\(id)")
            #expect(check.found.en.hasSuffix("the page is compressed"), "\(check.found.en)")
        }
    }

    /// A virtual host of the site's name may have the page that the bare address has not.
    @Test func aPageThatCameCompressedByItsNameOnlyIsOpenThere() throws {
        let recorded = try RecordedEvidence.evidence("default-page")
        let before = try RecordedEvidence.judged(recorded)
        #expect(before["Q5.site-by-name"]?.verdict == .blocked(by: "Q4.content"))
        let after = try RecordedEvidence.judged(recorded.compressing(["http-vip-by-name"]))
        #expect(after["Q4.content"]?.verdict == .notMet)
        #expect(after["Q5.site-by-name"]?.verdict == .notAssessed(.noEvidence))
    }

    @Test(arguments: [
        ("solved", "dns-name-0"), ("dns-old-address", "dns-name-0"), ("dns-aaaa-of-primary", "dns-name6-0"),
    ])
    func anAnswerOfTheNameServerThatCannotBeReadIsOpen(_ recording: String, _ question: String) throws {
        var evidence = try RecordedEvidence.evidence(recording)
        let index = try #require(evidence.observations.firstIndex { $0.id == .network(question) })
        guard case .dns(var exchange) = evidence.observations[index].outcome else {
            Issue.record("\(question) is no question to a name server")
            return
        }
        exchange.answer = .malformed("", reason: LocalizedText(verbatim: "said by the test"))
        evidence.observations[index].outcome = .dns(exchange)
        let judged = try RecordedEvidence.judged(evidence)
        for id in ["Q5.names", "Q5.site-by-name"] as [CheckID] {
            #expect(judged[id]?.verdict == .notAssessed(.noEvidence), "\(id)")
        }
    }
}
