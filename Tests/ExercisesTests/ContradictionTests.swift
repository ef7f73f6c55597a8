import Foundation
import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// What one source claims and another denies earns nothing.
struct ContradictionTests {
    /// `crm` replaced by a script that prints the perfect configuration: the CIBs tell the truth.
    @Test(arguments: ["monitor-missing", "wrong-netmask", "start-timeout-missing", "wrong-vip", "fresh"])
    func aLyingCrmEarnsNothing(fault: String) throws {
        let honest = try RecordedEvidence.evidence(fault)
        let lying = try replacing(ClusterProbe.crmShow, in: honest, from: "solved")
        let before = try RecordedEvidence.judged(honest)
        let after = try RecordedEvidence.judged(lying)
        for (id, result) in after where result.verdict.isMet {
            #expect(before[id]?.verdict == .met, "\(fault): \(id) was earned by a lie")
        }
    }

    @Test func theReportSaysThatTheSourcesDisagree() throws {
        let lying = try replacing(
            ClusterProbe.crmShow, in: try RecordedEvidence.evidence("monitor-missing"), from: "solved")
        let check = try #require(try RecordedEvidence.judged(lying)[CheckID("Q1.monitor-interval")])
        #expect(check.verdict == .notMet)
        #expect(check.found.fr.contains("Les sources se contredisent"))
    }

    /// `ip` replaced: the address is said to be up, and nothing answers there.
    @Test func aLyingIPEarnsNothing() throws {
        let honest = try RecordedEvidence.evidence("target-role-stopped")
        var lying = try replacing(ClusterProbe.addresses, in: honest, from: "solved")
        lying = try replacing(ClusterProbe.addressText, in: lying, from: "solved")
        let judged = try RecordedEvidence.judged(lying)
        for id in ["Q1.running", "Q2.one-node", "Q2.agreement", "Q4.answers"] {
            #expect(judged[CheckID(id)]?.verdict.isMet == false, "\(id)")
        }
    }

    /// Another pair of the class has the same virtual IP, and it is that one that answers. Whose mistake that is cannot
    /// be seen from one pair: nothing of the site is lost by it. Recorded as `lab up --one-network` with two pairs.
    @Test func anAddressThatAnotherPairHasTooCostsNobodyTheSite() throws {
        let recorded = try RecordedEvidence.evidence("vip-of-another-pair")
        let judged = try RecordedEvidence.judged(recorded)
        for id in ["Q2.agreement", "Q4.answers", "Q4.content", "Q4.this-pair", "Q5.site-by-name"] {
            #expect(judged[CheckID(id)]?.verdict == .notAssessed(.contradiction), "\(id)")
        }
        #expect(judged[CheckID("Q4.this-pair")]?.found.fr.contains("prise deux fois") == true)
        // This pair is the one that was given another address.
        #expect(judged.values.filter(\.verdict.isLost).map(\.id) == [CheckID("Q1.address")])
    }

    /// `cibadmin` lies on both nodes, and the same way: what Pacemaker keeps on their disks tells.
    @Test func theFileOnDiskConvictsTheCommand() throws {
        let recorded = try RecordedEvidence.evidence("lies/monitor-missing.both-cibadmin")
        let id = CheckID("Q1.monitor-interval")
        let check = try #require(try RecordedEvidence.judged(recorded)[id])
        #expect(check.verdict == .notMet && check.found.fr.contains("Les sources se contredisent"))
        #expect(Findings(recorded).disagreements.contains { $0.fr.contains("cib.xml") })
        // One that is older than what cibadmin says may only be late: nobody is believed, and nobody convicted.
        let late = MachineID.pair.reduce(recorded) { evidence, role in
            let text = evidence.complete(ClusterProbe.cibFile, on: role)?.text ?? ""
            return evidence.settingOutput(
                text.replacing(#/ epoch="\d+"/#, with: " epoch=\"1\""), of: ClusterProbe.cibFile, on: role)
        }
        #expect(try RecordedEvidence.judged(late)[id]?.verdict == .notAssessed(.contradiction))
        // Without it nothing contradicts.
        let without = recorded.without(ClusterProbe.cibFile)
        #expect(try RecordedEvidence.judged(without)[id]?.verdict == .met)
    }

    /// Without a CIB from anywhere it is a text that anybody may have written; that of a cluster that does not run is old.
    @Test func theFileAloneIsNotBelieved() throws {
        let recorded = try RecordedEvidence.evidence("lies/monitor-missing.both-cibadmin")
        let findings = Findings(recorded.without(ClusterProbe.cib))
        #expect(findings.stored.isEmpty && !Findings(recorded).stored.isEmpty)
        var halved = recorded
        halved.observations.removeAll { $0.id == ProbeID(.serv2, ClusterProbe.cib) }
        #expect(Findings(halved).stored[.serv2] != nil)
        let stopped = halved.settingOutput(
            "corosync stopped\npacemakerd stopped\n", of: ClusterProbe.daemons, on: .serv2)
        #expect(Findings(stopped).stored[.serv2] == nil)
    }

    @Test func judgingIsPure() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        for name in ["solved", "after-q7", "ban-left-over"] {
            let evidence = try RecordedEvidence.evidence(name)
            let scorer = Scorer(exercise: Activite2(), rubric: try RecordedEvidence.rubric.get())
            let first = try encoder.encode(try scorer.score(Findings(evidence)))
            var shuffled = evidence
            shuffled.observations.reverse()
            let second = try encoder.encode(try scorer.score(Findings(shuffled)))
            #expect(first == second, "\(name)")
        }
    }

    /// Puts another recording's observations of a command into the evidence.
    private func replacing(_ name: String, in evidence: Evidence, from other: String) throws -> Evidence {
        var result = evidence
        let source = try RecordedEvidence.evidence(other)
        for role in MachineID.pair {
            let id = ProbeID(role, name)
            guard let index = result.observations.firstIndex(where: { $0.id == id }),
                let replacement = source[id]
            else { continue }
            result.observations[index].outcome = replacement.outcome
        }
        return result
    }
}
