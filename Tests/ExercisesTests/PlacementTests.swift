import ClassRun
import Foundation
import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// Where one node says otherwise than the other: nobody is believed, both are heard, and nothing is earned by it.
struct PlacementTests {
    /// What a check is worth, whatever the rubric gives for it.
    private static func share(_ verdict: Verdict?) -> Double {
        switch verdict {
        case .met: 1
        case .partly(let fraction): fraction
        default: 0
        }
    }

    /// One node's own `crm_mon`, with the two nodes' names exchanged in what it says of resources: a view that the other
    /// node does not share, made of recorded output.
    private static func swapping(_ evidence: Evidence, on role: MachineID) throws -> Evidence {
        let said = try #require(evidence.complete(ClusterProbe.status, on: role)?.text)
        let start = try #require(said.range(of: "<resources>")).lowerBound
        let swapped = String(said[start...]).replacing("\"serv1\"", with: "\"?\"")
            .replacing("\"serv2\"", with: "\"serv1\"").replacing("\"?\"", with: "\"serv2\"")
        return evidence.settingOutput(said[..<start] + swapped, of: ClusterProbe.status, on: role)
    }

    /// One node's own `crm_mon`, in which nothing runs.
    private static func emptying(_ evidence: Evidence, on role: MachineID) throws -> Evidence {
        let said = try #require(evidence.complete(ClusterProbe.status, on: role)?.text)
        return evidence.settingOutput(
            said.replacing("active=\"true\"", with: "active=\"false\"").replacing(
                "role=\"Started\"", with: "role=\"Stopped\""), of: ClusterProbe.status, on: role)
    }

    /// States with a resource that runs, each judged with either node's view exchanged or emptied.
    @Test(arguments: [
        "solved", "after-q1", "after-q7", "preference-missing", "preference-to-secondary",
        "stays-after-failover",
        "standby-forgotten", "web-on-both", "listen-other-port", "vip-on-both", "group-moved", "no-group",
    ])
    func aViewThatTheOtherNodeDeniesEarnsNothing(_ state: String) throws {
        let honest = try RecordedEvidence.evidence(state)
        let before = try RecordedEvidence.judged(honest)
        let runs = Findings(honest).statuses.values.contains { $0.resources.contains(where: \.isActive) }
        try #require(runs)
        for role in MachineID.pair {
            for tampered in [try Self.swapping(honest, on: role), try Self.emptying(honest, on: role)] {
                for (id, result) in try RecordedEvidence.judged(tampered) {
                    #expect(
                        Self.share(result.verdict) <= Self.share(before[id]?.verdict),
                        "\(state), \(role.rawValue): \(id) was earned by one view: \(result.found.en)")
                    let collapsed = ["n’est démarrée sur aucun nœud", "n’est démarrée nulle part"]
                    for words in collapsed where result.found.fr.contains(words) {
                        #expect(
                            before[id]?.found.fr.contains(words) == true,
                            "\(state): \(id): \(result.found.fr)")
                    }
                }
            }
        }
    }

    /// "A liar earned 0.5": no constraint, the resource on the secondary, and one node says that it is on the primary.
    @Test func theViewThatPleasesIsNotTaken() throws {
        let solved = try RecordedEvidence.evidence("preference-missing")
        let moved = try MachineID.pair.reduce(solved) { try Self.swapping($0, on: $1) }
        let id = CheckID("Q3.preference")
        #expect(try RecordedEvidence.judged(solved)[id]?.verdict == .partly(0.5))
        #expect(try RecordedEvidence.judged(moved)[id]?.verdict == .notMet)
        for role in MachineID.pair {
            let lying = try Self.swapping(moved, on: role)
            let check = try #require(try RecordedEvidence.judged(lying)[id])
            #expect(check.verdict == .notAssessed(.contradiction))
            #expect(
                check.found.fr.contains("serv1 la voit sur") && check.found.fr.contains("serv2 la voit sur"))
        }
    }

    /// Every check that asks where something runs says what each node sees.
    @Test(arguments: [
        "Q1.running", "Q2.one-node", "Q2.agreement", "Q3.on-primary", "Q7.running", "Q8.ports",
        "Q9.same-node",
    ])
    func bothViewsAreInTheWords(_ id: String) throws {
        let solved = try RecordedEvidence.evidence("solved")
        for role in MachineID.pair {
            for tampered in [try Self.swapping(solved, on: role), try Self.emptying(solved, on: role)] {
                let check = try #require(try RecordedEvidence.judged(tampered)[CheckID(id)])
                #expect(check.verdict == .notAssessed(.contradiction), "\(id)")
                for node in ["serv1", "serv2"] { #expect(check.found.fr.contains("\(node) la voit sur")) }
            }
        }
    }

    // MARK: - Two halves

    @Test(arguments: ["split-brain", "bullseye/split-brain", "trixie/split-brain"])
    func twoHalvesEarnNothingLive(_ name: String) throws {
        let evidence = try RecordedEvidence.evidence(name)
        let judged = try RecordedEvidence.judged(evidence)
        #expect(Findings(evidence).isSplit)
        let lost: Set<CheckID> = ["H0.nodes-online", "Q1.running", "Q2.one-node", "Q7.running"]
        #expect(Set(judged.values.filter(\.verdict.isLost).map(\.id)) == lost)
        let inConsequence: [CheckID: CheckID] = [
            "Q2.agreement": "Q2.one-node", "Q3.on-primary": "Q2.one-node", "Q4.answers": "Q1.running",
            "Q4.content": "Q1.running", "Q4.this-pair": "Q1.running", "Q5.site-by-name": "Q1.running",
            "Q8.ports": "Q7.running", "Q9.same-node": "Q1.running",
        ]
        for (id, cause) in inConsequence { #expect(judged[id]?.verdict == .blocked(by: cause), "\(id)") }
        for id in ["Q8.ports", "Q9.same-node"] as [CheckID] {
            #expect(judged[id]?.found.fr.contains("ne sont pas d’accord") == true, "\(id)")
        }
    }

    /// A node that is down is no half: what is left has one view.
    @Test(arguments: ["secondary-off", "primary-cluster-stopped", "solved", "vip-on-both"])
    func oneClusterIsNotSplit(_ name: String) throws {
        #expect(!Findings(try RecordedEvidence.evidence(name)).isSplit)
    }

    // MARK: - Two configurations

    /// One node's CIB, live and on disk, is a perfect one; the other's says what was done.
    @Test(arguments: [
        "monitor-missing", "wrong-netmask", "threshold-missing", "no-group", "group-reversed",
        "web-monitor-wrong",
        "preference-missing", "ban-left-over", "standby-forgotten", "stays-after-failover", "unmanaged",
    ])
    func aConfigurationThatTheOtherNodeDeniesEarnsNothing(_ state: String) throws {
        let honest = try RecordedEvidence.evidence(state)
        let solved = try RecordedEvidence.evidence("solved")
        let before = try RecordedEvidence.judged(honest)
        for role in MachineID.pair {
            var tampered = honest
            for probe in [ClusterProbe.cib, ClusterProbe.cibFile, ClusterProbe.crmShow] {
                guard let text = solved.complete(probe, on: role)?.text else { continue }
                let own = text.replacing(PairLab(solved.lab).vipText, with: PairLab(honest.lab).vipText)
                tampered = tampered.settingOutput(own, of: probe, on: role)
            }
            for (id, result) in try RecordedEvidence.judged(tampered) {
                #expect(
                    Self.share(result.verdict) <= Self.share(before[id]?.verdict),
                    "\(state), \(role.rawValue): \(id) was earned by one configuration: \(result.found.en)")
            }
        }
    }
}
