import Exercises
import Foundation
import GraderCore
import Synchronization
import TestSheets
import Testing

@testable import ClassRun

/// The run of a class with machines of the test's own.
struct ClassRunnerTests {
    private func runner(_ probes: [Probe] = []) -> ClassRunner {
        ClassRunner(
            collector: PairCollector(exercise: TestSheet(probes: probes), collector: "test"), jobs: 1,
            pairDeadline: .seconds(60))
    }

    private func jobs(
        _ count: Int,
        connect: @escaping @Sendable (MachineID) async throws(TransportFailure) -> any NodeSession
    ) -> [ClassRunner.Job] {
        let lab = LabValues.pair([.serv1: "172.16.1.10", .serv2: "172.16.1.11"])
        let access = PairCollector.Access(
            connect: connect, directProber: nil, prober: { _ in ReplayProber(sampleEvidence()) })
        return (1...count).map { number in
            ClassRunner.Job(
                student: StudentIdentity(id: "etu\(number)", names: []), lab: lab, access: access)
        }
    }

    /// Cut off while the first pair had lent its place to the second: the first needs it back to end.
    @Test(.timeLimit(.minutes(1))) func anInterruptionLeavesNobodyWaitingForAPlace() async {
        let collected = Mutex(0)
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let work = Task {
            await runner().run(
                jobs(3) { _ throws(TransportFailure) in
                    // Does not hear of the interruption before its place is lent.
                    await Task { try? await Task.sleep(for: .milliseconds(400)) }.value
                    throw TransportFailure(.timedOut, "silent")
                }, finish: { job, evidence in .collected(job.student, evidence) },
                onEvent: { event in
                    if case .collected = event { collected.withLock { $0 += 1 } }
                    begin.yield()
                })
        }
        for await _ in begun { break }
        work.cancel()
        await work.value
        #expect(collected.withLock { $0 } == 1)
    }

    /// A node's session that gives each command the next one's answer, as a fault of the compiler once did.
    private struct SwappedSession: NodeSession {
        var dialer: any StreamDialer { Nowhere() }
        var hostKey: String? { nil }
        func close() async {}
        func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
            CommandResult(
                answering: command.arguments == ["a"] ? ["b"] : ["a"], ending: .exited(0),
                standardOutput: "somebody else's", standardError: "", duration: .zero)
        }
        private struct Nowhere: StreamDialer {
            func dial(
                host: String, port: Int, timeLimit: Duration
            ) async throws(DialFailure) -> any ByteStream {
                throw DialFailure(.unreachable, "nowhere")
            }
        }
    }

    @Test(arguments: [true, false])
    func anAnswerToAnotherCommandIsOurBugAndNoEvidence(isBrief: Bool) async throws {
        let probes = ["a", "b"].map { name in
            Probe(
                ProbeID(.serv1, name), .command(node: .serv1, RemoteCommand([name])), isBrief: isBrief)
        }
        let job = try #require(jobs(1) { _ throws(TransportFailure) in SwappedSession() }.first)
        let evidence = await runner(probes).collect(job)
        #expect(evidence.observations.count == 2)
        for observation in evidence.observations {
            guard case .failed(let failure) = observation.outcome else {
                Issue.record("\(observation.id) has an outcome: \(observation.outcome)")
                continue
            }
            #expect(failure.kind == .programFault && failure.message.contains("bug in Bascule"))
        }
        #expect(evidence.fault != nil)
        let event = RunEvent.finishing(job.student) {
            if let fault = evidence.fault { throw fault }
            return .collected(job.student, evidence)
        }
        guard case .faulty = event else {
            Issue.record("\(event)")
            return
        }
    }
}
