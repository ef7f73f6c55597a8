import GraderCore
import Synchronization
import TestSheets
import Testing

@testable import ClassRun

/// A grader that is interrupted while it arms.
@Suite(.timeLimit(.minutes(1))) struct DrillArmingTests {
    /// Of a drill that is ended once the first node has been asked to arm itself.
    private final class Seen: Sendable {
        private let words = Mutex<[String]>([])
        private let drill = Mutex<Task<Void, Never>?>(nil)
        var all: [String] { words.withLock { $0 } }
        func add(_ word: String) { words.withLock { $0.append(word) } }
        func interrupts(_ task: Task<Void, Never>) { drill.withLock { $0 = task } }

        func interrupt() async {
            while drill.withLock({ $0 == nil }) { await Task.yield() }
            drill.withLock { $0?.cancel() }
        }
    }

    /// Whose arming is under way while the grader is interrupted.
    private struct ArmingMachine: NodeSession {
        let name: String
        let seen: Seen
        var hostKey: String? { nil }
        var dialer: any StreamDialer { NoDialer() }

        func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
            if command.arguments.contains(DrillScripts.armText) {
                await seen.interrupt()
                seen.add(Task.isCancelled ? "\(name) given up" : "\(name) armed")
            } else if command.arguments.last == "disarm" {
                seen.add("\(name) disarmed")
            }
            return CommandResult(
                answering: command.arguments, ending: .exited(0), standardOutput: "", standardError: "",
                duration: .zero)
        }
        func close() async {}
    }

    /// Given up in the middle, the node might arm itself after it was disarmed, and stay so until its timer gives up: seen on
    /// a loaded machine.
    @Test func anArmingIsNotGivenUpInTheMiddle() async throws {
        let (seen, folder) = (Seen(), try TestFolder())
        let access = PairCollector.Access(
            connect: { ArmingMachine(name: $0.rawValue, seen: seen) }, directProber: nil,
            prober: { _ in ReplayProber(sampleEvidence()) })
        var sheet = TestSheet()
        sheet.drills = [AskedDrill("one", [""], tell: { _ in })]
        let runner = DrillRunner(
            exercise: sheet, request: DrillRequest(["one"]),
            means: DrillMeans(
                sampler: NodeSampler(connection: PairConnection(access), node: .serv1),
                runHere: { _, _ in HookResult(.exited(0)) }, runIfWeDie: { _ in {} }),
            journalFolder: folder.path, owner: "o", collector: "test")
        let pair = DrillRunner.Pair(
            student: "etu1", lab: .pair([.serv1: "172.16.1.10", .serv2: "172.16.1.11"]), access: access,
            hooks: PowerHooks())
        let outcomes = Mutex<[DrillOutcome]>([])
        let drill = Task {
            let drills = await runner.run(on: pair) { _ in }
            outcomes.withLock { $0 = drills.map(\.outcome) }
        }
        seen.interrupts(drill)
        await drill.value
        #expect(seen.all == ["serv1 armed", "serv1 disarmed"])
        #expect(outcomes.withLock { $0 } == [.refused(DrillRefusal(.notPossible, DrillEndings.interrupted))])
    }
}
