import GraderCore
import Pacemaker
import Testing

@testable import Exercises

struct Q07WebResourceTests {
    private static let configuration = [ClusterProbe.cib, ClusterProbe.crmShow]

    private func verdict(_ evidence: Evidence, _ check: String) throws -> Verdict? {
        try RecordedEvidence.judged(evidence)[CheckID(check)]?.verdict
    }

    @Test(arguments: [
        (#"class="systemd" type="apache2""#, "systemd:apache2"),
        (#"class="service" type="apache2""#, "service:apache2"),
        (#"class="ocf" provider="heartbeat" type="apache""#, "apache"),
    ])
    func anyAgentThatRunsTheServerCounts(attributes: String, printed: String) throws {
        let evidence = try RecordedEvidence.evidence("solved")
            .replacing(#"class="lsb" type="apache2""#, with: attributes, in: [ClusterProbe.cib])
            .replacing("lsb:apache2", with: printed, in: [ClusterProbe.crmShow])
        #expect(try verdict(evidence, "Q7.primitive") == .met)
    }

    @Test func anotherServersAgentIsNone() throws {
        let evidence = try RecordedEvidence.evidence("solved")
            .replacing(
                #"class="lsb" type="apache2""#, with: #"class="lsb" type="nginx""#, in: [ClusterProbe.cib]
            )
            .replacing("lsb:apache2", with: "lsb:nginx", in: [ClusterProbe.crmShow])
        #expect(try verdict(evidence, "Q7.primitive") == .notMet)
        #expect(try verdict(evidence, "Q7.running") == .blocked(by: CheckID("Q7.primitive")))
        #expect(try verdict(evidence, "Q8.ports") == .blocked(by: CheckID("Q7.primitive")))
    }

    /// The sheet says 40 s in a sentence and 60 s in the command.
    @Test(arguments: [
        ("40s", true), ("60", true), ("1min", true), ("30s", false), ("40ms", false), ("PT1M", false),
    ])
    func bothOfTheSheetsTimesCount(time: String, isRight: Bool) throws {
        let evidence = try RecordedEvidence.evidence("solved")
            .replacing(#"timeout="60s""#, with: #"timeout="\#(time)""#, in: [ClusterProbe.cib])
            .without(ClusterProbe.crmShow)
        for check in ["Q7.start-timeout", "Q7.stop-timeout"] {
            #expect(try verdict(evidence, check) == (isRight ? .met : .notMet), "\(check) \(time)")
        }
        #expect(try verdict(evidence, "Q7.monitor") == .met)
    }

    /// Pacemaker takes the time-outs of what is done once, so the default here.
    @Test func aStartWithAnIntervalSetsNoTimeout() throws {
        let evidence = try RecordedEvidence.evidence("solved")
            .replacing(
                #"interval="0" timeout="60s""#, with: #"interval="10s" timeout="60s""#, in: [ClusterProbe.cib]
            )
            .without(ClusterProbe.crmShow)
        for check in ["Q7.start-timeout", "Q7.stop-timeout"] {
            #expect(try verdict(evidence, check) == .notMet, "\(check)")
        }
        #expect(try verdict(evidence, "Q7.monitor") == .met)
    }

    /// `crm_mon` says that it runs, and the kernel knows nobody who listens.
    @Test func aClusterThatLiesRunsNoWebServer() throws {
        let evidence = try RecordedEvidence.evidence("solved")
            .replacing(":80 ", with: ":81 ", in: ["listening-sockets"])
        #expect(try verdict(evidence, "Q7.running") == .notMet)
    }
}
