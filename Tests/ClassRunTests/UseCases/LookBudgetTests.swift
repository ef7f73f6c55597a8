import GraderCore
import Synchronization
import TestSheets
import Testing

@testable import ClassRun

/// All that a look runs shares one budget; each look has its own.
struct LookBudgetTests {
    private final class Seen: Sendable {
        let budgets = Mutex<[OutputBudget?]>([])
    }

    private struct AskingSession: NodeSession {
        let seen: Seen
        var dialer: any StreamDialer { NoDialer() }
        var hostKey: String? { nil }
        func close() async {}
        func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
            seen.budgets.withLock { $0.append(OutputBudget.current) }
            return CommandResult(
                answering: command.arguments, ending: .exited(0), standardOutput: "", standardError: "",
                duration: .zero)
        }
    }

    @Test func everyCommandOfALookDrawsOnIt() async throws {
        let probes = ["a", "b", "c"].enumerated().map { index, name in
            Probe(
                ProbeID(.serv1, name), .command(node: .serv1, RemoteCommand([name])), isBrief: index > 0)
        }
        let seen = Seen()
        var access = PairCollector.Access.nobody
        access.connect = { _ throws(TransportFailure) in AskingSession(seen: seen) }
        let collector = PairCollector(exercise: TestSheet(probes: probes), collector: "test")
        let recorded = try RecordedClass("etu1")
        let student = try #require(recorded.roster.students.first)
        for _ in 0..<2 {
            _ = await collector.collect(student: student.identity.id, lab: student.lab, access: access)
        }
        let budgets = seen.budgets.withLock { $0 }
        #expect(budgets.count >= 6 && budgets.allSatisfy { $0 != nil })
        #expect(Set(budgets.compactMap { $0.map(ObjectIdentifier.init) }).count == 2)
    }
}
