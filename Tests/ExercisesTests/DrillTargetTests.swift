import GraderCore
import Testing

@testable import Exercises

/// What is sampled of a site that sends its visitor on: recorded pairs, looked at as a drill looks.
struct DrillTargetTests {
    private func plan(
        _ recording: String, _ change: (inout Evidence) -> Void = { _ in }
    ) throws -> Result<DrillPlan, DrillRefusal> {
        var evidence = try RecordedEvidence.evidence(recording)
        change(&evidence)
        return ClusterDrill.standby.plan(evidence, hooks: PowerHooks(), userAgent: "bascule-drill/x")
    }

    @Test func thePageAtTheEndIsSampled() throws {
        let path = try #require(try plan("redirect-to-path").get().target.request)
        #expect(path.target.hasPrefix("/site/") && path.userAgent == "bascule-drill/x" && path.port == 80)
        let name = try plan("redirect-to-name").get().target
        let request = try #require(name.request)
        #expect(request.host != name.address && IPAddress(request.host) == nil)
        #expect(request.address == name.address, "asked for at the virtual IP, whatever its name")
        // Nothing changes for a site that answers at once.
        let solved = try #require(try plan("solved").get().target.request)
        #expect(solved.target == "/" && solved.host == solved.address)
    }

    /// The address's failover would not show there.
    @Test(arguments: ["redirect-to-primary", "redirect-in-circles"])
    func aSiteElsewhereIsNotDrilled(_ recording: String) throws {
        guard case .failure(let refusal) = try plan(recording) else {
            Issue.record("\(recording) was planned")
            return
        }
        #expect(refusal.kind == .notReady)
        #expect(refusal.sentence.en.contains("sends its visitor elsewhere (HTTP 30"))
    }

    /// Request by request, as the runner asks; each answer's next is asked for once.
    @Test(arguments: [
        "solved", "redirect-to-path", "redirect-to-name", "redirect-to-primary", "redirect-in-circles",
    ])
    func theServiceIsFollowedToItsEnd(_ recording: String) throws {
        let whole = try RecordedEvidence.evidence(recording)
        var looked = whole
        looked.observations.removeAll {
            $0.id.rawValue.contains("http-vip") || $0.id.rawValue.contains("dns-")
        }
        var asked: Set<ProbeID> = []
        for round in 0... {
            let probes = ClusterDrill.standby.followUp(looked).filter { !asked.contains($0.id) }
            if probes.isEmpty { break }
            #expect(round < 8, "\(recording): without end")
            asked.formUnion(probes.map(\.id))
            looked.observations += whole.observations.filter { found in probes.contains { $0.id == found.id }
            }
        }
        #expect(asked.contains(WebProbe.Target.vip.id))
        let followed = ClusterDrill.standby.plan(looked, hooks: PowerHooks(), userAgent: "bascule-drill/x")
        #expect(followed == (try plan(recording)))
    }

    /// What the roster accepts is what is sampled.
    @Test func anAcceptedRedirectIsTheSite() throws {
        let target = try plan("redirect-to-path") { evidence in
            var web: [String: LabValue] = [:]
            if case .object(let known)? = evidence.lab["web"] { web = known }
            web["acceptedStatuses"] = .array([.integer(302)])
            evidence.lab.values["web"] = .object(web)
        }.get().target
        #expect(target.request?.target == "/" && target.acceptedStatuses == [302])
    }
}
