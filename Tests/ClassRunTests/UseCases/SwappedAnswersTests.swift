import GraderCore
import TestSheets
import Testing

@testable import ClassRun

/// Our own bugs are said to be ours.
struct SwappedAnswersTests {
    /// A node's session that gives each command the next one's answer, as a fault of the compiler once did.
    private struct SwappedSession: NodeSession {
        var dialer: any StreamDialer { NoDialer() }
        var hostKey: String? { nil }
        func close() async {}
        func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
            CommandResult(
                answering: command.arguments == ["a"] ? ["b"] : ["a"], ending: .exited(0),
                standardOutput: "somebody else's", standardError: "", duration: .zero)
        }
    }

    @Test(arguments: [true, false])
    func anAnswerToAnotherCommandIsOurBugAndNoEvidence(isBrief: Bool) async throws {
        let probes = ["a", "b"].map { name in
            Probe(
                ProbeID(.serv1, name), .command(node: .serv1, RemoteCommand([name])), isBrief: isBrief)
        }
        let exercise = TestSheet(probes: probes)
        let recorded = try RecordedClass("etu1")
        let transports = Transports { _ in
            { _ in
                var access = PairCollector.Access.nobody
                access.connect = { _ throws(TransportFailure) in SwappedSession() }
                return access
            }
        }
        let outcome = try await ClassGrader(
            recorded.roster, collector: PairCollector(exercise: exercise, collector: "test"), grader: nil,
            reports: recorded.reports, transports: transports
        ).grade(RunOrder(recorded.roster.students)) { _ in }
        let evidence = try outcome.run.evidence(of: "etu1")
        #expect(evidence.observations.count == 2)
        for observation in evidence.observations {
            guard case .failed(let failure) = observation.outcome else {
                Issue.record("\(observation.id) has an outcome: \(observation.outcome)")
                continue
            }
            #expect(failure.kind == .programFault && failure.sentence.en.contains("bug in Bascule"))
        }
        #expect(evidence.fault != nil)
        #expect(outcome.hasFault && outcome.collected.isEmpty && outcome.missing.count == 1)
    }
}
