import GraderCore
import Testing

@testable import Exercises

/// A roster that has a pair's two addresses the wrong way round, made from one that has them right.
struct RolesSwappedTests {
    private func swapped(_ name: String) throws -> Evidence {
        var evidence = try RecordedEvidence.evidence(name)
        let addresses = evidence.lab.addresses
        for machine in MachineID.pair { evidence.lab.addresses[machine] = addresses[machine.peer] }
        for index in evidence.observations.indices {
            let id = evidence.observations[index].id.rawValue
            for machine in MachineID.pair where id.hasPrefix("\(machine.rawValue)/") {
                evidence.observations[index].id = ProbeID(
                    "\(machine.peer.rawValue)/\(id.dropFirst(machine.rawValue.count + 1))")
            }
        }
        return evidence
    }

    @Test(arguments: ["solved", "bullseye/solved", "trixie/solved", "preference-to-secondary"])
    func whatDependsOnThePrimaryWaits(_ name: String) throws {
        let evidence = try swapped(name)
        let judged = try RecordedEvidence.judged(evidence)
        for check in ["Q3.preference", "Q3.on-primary"] {
            let result = try #require(judged[CheckID(check)])
            #expect(result.verdict == .notAssessed(.contradiction), "\(check)")
            #expect(result.found.en.contains("(172.16.1.11) is called serv2"), "\(result.found.en)")
        }
        #expect(judged["Q1.running"]?.verdict == .met && judged["Q2.one-node"]?.verdict == .met)
    }

    @Test func itIsSaidFirst() throws {
        let exhibits = PairExhibits.all(Findings(try swapped("solved")))
        guard case .notice(let notices)? = exhibits.first else {
            Issue.record("no notice")
            return
        }
        #expect(notices.first?.value.title.fr == "Les deux rôles sont croisés")
        #expect(notices.first?.tellsOf == [])
    }

    /// Names are free; only the sheet's own two, crossed, say anything.
    @Test(arguments: ["solved", "other-names"]) func otherwiseNothingIsSaid(_ name: String) throws {
        let findings = Findings(try RecordedEvidence.evidence(name))
        #expect(!findings.areRolesSwapped && findings.rolesSwappedNotice == nil)
    }
}
