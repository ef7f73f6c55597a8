import Foundation
import GraderCore
import Testing

struct ProbeIDTests {
    /// Stored evidence has them: another form would make it unreadable.
    @Test func theFormsOfNames() {
        let id = ProbeID(MachineID("web1"), "clock")
        #expect(id.rawValue == "web1/clock")
        #expect(ProbeID.network("http-vip").rawValue == "net/http-vip")
        #expect(id.closing.rawValue == "web1/clock-closing")
        #expect(ProbeID.network("http-vip").again("hop-2").rawValue == "net/http-vip-hop-2")
        #expect(id.staged(.after).rawValue == "after/web1/clock")
        #expect(id.staged(.before).unstaged(.before) == id)
        #expect(id.staged(.before).unstaged(.moved) == nil && id.unstaged(.before) == nil)
        #expect(DrillProbe.page.rawValue == "moved/page")
    }

    /// From where the network was looked at is what the observations say, not what they are called.
    @Test(arguments: [Vantage.grader, .tunnel(MachineID("web1"))])
    func theVantageOfTheNetwork(_ vantage: Vantage) {
        func observed(_ id: ProbeID, _ vantage: Vantage) -> Observation {
            Observation(
                id: id, vantage: vantage, startedAt: Date(timeIntervalSince1970: 0), duration: .zero,
                outcome: .neighbours(""))
        }
        var evidence = Evidence(
            student: "etu1", exercise: "any", lab: LabValues(addresses: [:]),
            startedAt: Date(timeIntervalSince1970: 0),
            finishedAt: Date(timeIntervalSince1970: 1), collector: "test", nonce: "n", unreachable: [:],
            instability: nil,
            observations: [observed(ProbeID(MachineID("net"), "clock"), .node(MachineID("net")))])
        #expect(evidence.networkVantage == nil)
        evidence.observations.append(observed(.network("neighbours"), vantage))
        #expect(evidence.networkVantage == vantage)
    }
}
