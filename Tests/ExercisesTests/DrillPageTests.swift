import Foundation
import GraderCore
import Testing

@testable import Exercises

/// After a failover the site has to be there, not only a web server.
struct DrillPageTests {
    private func drill(
        _ kind: DrillKind = .standby, status: Int = 200, body: String, truncated: Bool = false,
        headers: [HTTPExchange.Header] = []
    ) -> DrillEvidence {
        let request = HTTPProbeRequest(
            address: "172.16.0.12", port: 80, tls: false, host: "172.16.0.12", target: "/", userAgent: "x")
        var drill = DrillEvidence(id: "x", kind: kind, plan: nil, startedAt: Date())
        drill.plan = DrillPlan(
            kind: kind, active: .serv1, witness: .serv2,
            names: [.serv1: "serv1", .serv2: "serv2"],
            target: SamplingTarget(
                address: "172.16.0.12", port: 80, request: request, acceptedStatuses: [200]),
            subjects: ["vip": ["IPFailover"], "web": ["serviceWeb"]], failoverBound: .seconds(20),
            failbackBound: .seconds(20))
        let response = HTTPExchange.Response(
            status: status, headers: headers, body: Bytes(body), bodyTruncated: truncated)
        drill.observations = [
            Observation(
                id: DrillProbe.page, vantage: .grader, startedAt: Date(), duration: .zero,
                outcome: .http(HTTPExchange(request: request, answer: .response(response))))
        ]
        return drill
    }

    @Test func anotherPageIsNotTheSite() throws {
        let empty = drill(body: "<h1>Index of /</h1>")
        let said = try #require(DrillJudgement.otherPage(empty, expecting: "Intralab"))
        #expect(said.en.contains("serv2") && said.en.contains("Intralab"))
        #expect(DrillJudgement.otherPage(drill(body: "Intralab de serv2"), expecting: "Intralab") == nil)
    }

    @Test func whatProvesNothingIsNotHeldAgainstAnybody() {
        var unseen = drill(body: "")
        unseen.observations = []
        #expect(DrillJudgement.otherPage(unseen, expecting: "Intralab") == nil)
        #expect(DrillJudgement.otherPage(drill(body: ""), expecting: nil) == nil)
        #expect(DrillJudgement.otherPage(drill(body: "", truncated: true), expecting: "Intralab") == nil)
        let gzip = [HTTPExchange.Header(name: "Content-Encoding", value: "gzip")]
        #expect(DrillJudgement.otherPage(drill(body: "", headers: gzip), expecting: "Intralab") == nil)
        let onward = drill(body: "<meta http-equiv=refresh content='0; url=/intralab/'>")
        #expect(DrillJudgement.otherPage(onward, expecting: "Intralab") == nil)
        // An error is what the sampler counts as not served already.
        #expect(DrillJudgement.otherPage(drill(status: 500, body: ""), expecting: "Intralab") == nil)
        #expect(DrillJudgement.otherPage(drill(.serviceStop, body: ""), expecting: "Intralab") == nil)
    }
}
