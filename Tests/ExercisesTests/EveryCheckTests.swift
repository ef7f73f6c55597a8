import ClassRun
import Foundation
import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// What holds for the checks of every question.
struct EveryCheckTests {
    @Test func whatTheyDeclareFitsTogether() throws {
        for exercise in Catalog.builtIn {
            #expect(exercise.definitions.mistakes == [])
            try exercise.validate()
        }
    }

    /// Whatever is in a recording, with the rubric's parameters and with none; and no check waits for one that it does
    /// not declare, which would throw.
    @Test(arguments: RecordedEvidence.all)
    func everyQuestionHasOneVerdictForEachOfItsChecks(recording: String) throws {
        let findings = Findings(try RecordedEvidence.evidence(recording))
        let rubric = try RecordedEvidence.rubric.get()
        for question in Activite2().everyQuestion {
            let parameters = try #require(rubric[question.id]).parameters
            for parameters in [parameters, Parameters()] {
                let results = try question.results(findings, parameters)
                #expect(results.map(\.id) == question.checks.map(\.id))
                #expect(results.filter { $0.expected.fr.isEmpty || $0.found.en.isEmpty }.map(\.id) == [])
            }
        }
    }

    /// A misspelt name would be a check that is assessed nowhere.
    @Test func whatACheckRestsOnIsAskedAndRecorded() throws {
        let evidence = try RecordedEvidence.evidence("solved")
        let planned = Set(
            ProbeStage.allCases.flatMap { Activite2().plan($0, questions: nil, findings: Findings(evidence)) }
                .map(\.id.name))
        let checks = Activite2().definitions.flatMap(\.checks)
        #expect(checks.contains { !$0.restsOn.isEmpty })
        for check in checks {
            #expect(Set(check.restsOn).subtracting(planned) == [], "\(check.id)")
            #expect(
                try RecordedEvidence.all.contains { recording in
                    let evidence = try RecordedEvidence.evidence(recording)
                    return !evidence.reached.isEmpty && check.unasked(in: evidence) == nil
                }, "no recording has what \(check.id) rests on: record one, scripts/record")
        }
    }

    /// A check with a probe that the recordings are older than: whatever its judge says, it is not assessed there, and
    /// those who expect verdicts of a recording hear of it by what the check declares.
    @Test(arguments: ["solved", "monitor-missing", "trixie/solved"])
    func aCheckWithANewerProbeIsNotAssessed(recording: String) throws {
        let check = Check<Findings>(
            "Q1.newer", title: LocalizedText(verbatim: "t"), why: LocalizedText(verbatim: "w"),
            restsOn: [ClusterProbe.cib, "not-asked-yet"],
            expected: { _, _ in LocalizedText(verbatim: "e") },
            judge: { _, _ in Judgement(.notMet, LocalizedText(verbatim: "judged")) })
        var evidence = try RecordedEvidence.evidence(recording)
        let result = try check.result(Findings(evidence), Parameters())
        #expect(result.verdict == .notAssessed(.noEvidence))
        #expect(result.found.en.contains("not-asked-yet"))
        #expect(RecordedEvidence.unasked(evidence, of: [check.definition]) == [check.id])
        #expect(RecordedEvidence.unasked(evidence) == [])
        // Asked, and nothing came of it: its judge says what that means.
        evidence.observations.append(
            Observation(
                id: ProbeID(.serv2, "not-asked-yet"), vantage: .node(.serv2), startedAt: evidence.startedAt,
                duration: .zero,
                outcome: .failed(TransportFailure(.timedOut, LocalizedText(verbatim: "late")))))
        #expect(try check.result(Findings(evidence), Parameters()).verdict == .notMet)
        #expect(RecordedEvidence.unasked(evidence, of: [check.definition]) == [])
    }

    /// Nobody reached is another reason, and has words of its own.
    @Test func whoCouldNotBeReachedWasNotAskedForAnotherReason() throws {
        var evidence = try RecordedEvidence.evidence("solved")
        evidence.observations = []
        #expect(RecordedEvidence.unasked(evidence).contains("H0.boot"))
        for role in MachineID.pair {
            evidence.unreachable[role] = TransportFailure(.timedOut, LocalizedText(verbatim: "late"))
        }
        #expect(RecordedEvidence.unasked(evidence) == [])
    }

    @Test func theGraphIsAsItIsInTheDocuments() throws {
        let file = RecordedEvidence.repository.appending(path: "docs/checks.md")
        let committed = try String(contentsOf: file, encoding: .utf8)
        #expect(
            CheckGraph(Activite2()).text() == committed,
            "write it again: bascule rubric graph > docs/checks.md")
    }

    /// Q4 alone: where the cluster runs the web server, and what listens there, is Q7's to look at; who answers for the
    /// address is Q2's.
    @Test func whatAQuestionMayWaitForIsLookedAtToo() throws {
        let findings = Findings(try RecordedEvidence.evidence("solved"))
        func planned(_ question: String) -> [String] {
            ProbeStage.allCases.flatMap {
                Activite2().plan($0, questions: [QuestionID(question)], findings: findings)
            }.map(\.id.rawValue)
        }
        let fourth = planned("Q4")
        #expect(fourth.contains("serv1/listening-sockets"))
        #expect(fourth.contains("serv2/vip-neighbour"))
        #expect(fourth.contains("net/http-vip"))
        #expect(!fourth.contains("serv1/cluster-history"))
        #expect(!fourth.contains("net/dns-name-0"))
        // Q5 rests on the whole of Q4.
        let fifth = Set(planned("Q5"))
        #expect(fifth.isSuperset(of: fourth))
        #expect(fifth.contains("net/dns-name-0"))
        #expect(planned("Q10").contains("serv1/cluster-history"))
    }
}

extension RecordedEvidence {
    /// The verdict on one check of a recording.
    static func verdict(_ check: CheckID, in recording: String) throws -> Verdict? {
        try verdict(check, in: try evidence(recording))
    }

    static func verdict(_ check: CheckID, in evidence: Evidence) throws -> Verdict? {
        try judged(evidence)[check]?.verdict
    }
}
