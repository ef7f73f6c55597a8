import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// What is judged of hand-ins, against what a grader found of the same pairs at the same time.
struct HandInEvidenceTests {
    private func verdicts(_ evidence: Evidence) throws -> [CheckID: Verdict] {
        Dictionary(
            uniqueKeysWithValues: try HandInFixture.graded(evidence).questions.flatMap(\.checks)
                .map { ($0.result.id, $0.result.verdict) })
    }

    @Test(arguments: ["etu1", "etu2", "etu3"])
    func bothMachinesShowWhatAGraderSaw(student: String) throws {
        let evidence = try HandInFixture.evidence(student, HandInFixture.pair(student))
        #expect(evidence.networkVantage == .tunnel(.serv2) && evidence.instability == nil)
        let result = try HandInFixture.graded(evidence)
        #expect(result.handIn?.parts.count == 2 && result.handIn == evidence.handIn)
        #expect(result.collectedAt == evidence.handIn?.parts.values.map(\.collectedAt).max())
        let live = try HandInFixture.live(student)
        let found = try verdicts(evidence)
        #expect(found.mapValues(\.word) == live)
    }

    /// What is missing is not assessed: nothing is lost by it, and nothing won.
    @Test(arguments: ["etu1", "etu2", "etu3"], [MachineID.serv1, .serv2])
    func oneMachineShowsLessAndNothingElse(student: String, machine: MachineID) throws {
        let files = [machine: try #require(try HandInFixture.pair(student)[machine])]
        let evidence = try HandInFixture.evidence(student, files)
        #expect(evidence.reached == [machine])
        // The one that has the address sees itself from the inside.
        #expect((evidence[ProbeID("net/http-vip")] == nil) == (machine == .serv1))
        let live = try HandInFixture.live(student)
        for (id, verdict) in try verdicts(evidence) {
            switch verdict {
            case .notAssessed, .notRequested: break
            default: #expect(verdict.word == live[id], "\(id)")
            }
        }
    }

    /// Each look put a word of its own into its requests: the other's log was never asked for it.
    @Test func theOtherMachinesLogIsNoWitness() throws {
        let files = try HandInFixture.pair("etu1")
        let evidence = try HandInFixture.evidence("etu1", files)
        #expect(evidence.nonce == files[.serv2]?.evidence.nonce)
        #expect(files[.serv1]?.evidence[ProbeID("serv1/access-log")] != nil)
        #expect(evidence[ProbeID("serv1/access-log")] == nil && evidence[ProbeID("serv2/access-log")] != nil)
        var blind = evidence
        blind.observations.removeAll { $0.id.name == "vip-neighbour" }
        #expect(try verdicts(blind)["Q4.this-pair"] == .notAssessed(.noEvidence))
    }

    @Test func whatIsNotOfOneStateIsNotJudged() throws {
        var files = try HandInFixture.pair("etu1")
        let first = try #require(files[.serv1])
        files[.serv1]?.evidence.startedAt = first.evidence.startedAt.addingTimeInterval(-31 * 60)
        let apart = try HandInFixture.evidence("etu1", files)
        #expect(apart.instability?.kind == .partsApart)
        #expect(try verdicts(apart).values.allSatisfy { $0 != .met && $0 != .notMet })

        // Somebody changed the cluster between the two looks.
        files = try HandInFixture.pair("etu1")
        files[.serv1]?.evidence.observations = first.evidence.observations.map { observation in
            guard case .command(var result) = observation.outcome,
                ["cib", "cib-closing"].contains(observation.id.name)
            else { return observation }
            result.standardOutput = Bytes(
                result.standardOutput.text.replacing(
                    #/num_updates="\d+"/#, with: #"num_updates="4711""#))
            var changed = observation
            changed.outcome = .command(result)
            return changed
        }
        let changed = try HandInFixture.evidence("etu1", files)
        #expect(changed.instability?.kind == .partsApart, "\(String(describing: changed.instability))")
        #expect(changed.instability?.detail.contains("4711") == true)
    }

    /// Who gives `check` other addresses or names has looked at something else: that is evidence of nothing.
    @Test func onlyAnswersToTheRostersQuestionsCount() throws {
        var lab = try HandInFixture.student("etu1").lab
        let names = try #require(lab.values["dns"])
        lab.values["dns"] = .object([
            "server": .string("172.16.1.13"), "names": .array([.string("autre.lab")]),
        ])
        #expect(lab.values["dns"] != names)
        let evidence = try HandInFixture.evidence("etu1", HandInFixture.pair("etu1"), lab: lab)
        let found = try verdicts(evidence)
        let dns = found.filter { $0.key.question == QuestionID("Q5") }
        #expect(!dns.isEmpty && dns.values.allSatisfy { $0.word != "notMet" }, "\(dns)")
        #expect(dns.values.contains { $0 == .notAssessed(.noEvidence) })
        // Of a file no machine but its own is heard.
        var files = try HandInFixture.pair("etu1")
        let last = files.removeValue(forKey: .serv2)
        let second = try #require(last)
        files[.serv1]?.evidence.observations += second.evidence.observations
        let one = try HandInFixture.evidence("etu1", files)
        #expect(!one.observations.contains { $0.vantage.machine == .serv2 })
    }
}
