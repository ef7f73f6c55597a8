import Foundation
import GraderCore
import InputFiles
import Synchronization
import Testing

@testable import ClassRun

extension HandingOverTests {
    /// Waits to be told to end; then it has a run with nobody in it.
    private func untilCancelled(
        _ begun: AsyncStream<Void>.Continuation, _ ended: AsyncStream<Void>.Continuation
    ) -> GradingServer.Work {
        let recorded = recorded
        return { _, onEvent in
            begun.yield()
            try? await Task.sleep(for: .seconds(3600))
            let manifest = RunManifest(
                className: "demo", title: "", exercise: "activite-2", language: .french, startedAt: Date(),
                students: recorded.roster.students.map(\.identity))
            var outcome = RunOutcome(run: try recorded.reports.newRun(manifest, at: Date()))
            outcome.completeWithNotReached(manifest.students)
            onEvent(.remark(LocalizedText(verbatim: "cancelled")))
            ended.yield()
            return outcome
        }
    }

    @Test(.timeLimit(.minutes(1))) func anInterruptionIsTheBoardsToo() async throws {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (_, end) = AsyncStream.makeStream(of: Void.self)
        let work = untilCancelled(begin, end)
        let heard = Mutex(0)
        let asking = Task { try await ask(onEvent: { _ in heard.withLock { $0 += 1 } }, work) }
        for await _ in begun { break }
        asking.cancel()
        // What was kept is shown as it would be here.
        let outcome = try await asking.value
        #expect(outcome.missing.map(\.reason) == [.notReached, .notReached])
        #expect(heard.withLock { $0 } == 1)
    }

    @Test(.timeLimit(.minutes(1))) func whoVanishesHasHisRunCancelled() async throws {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let server = try GradingServer(
            of: "demo", in: recorded.reports, work: untilCancelled(begin, end))
        let serving = Task { await server.run() }
        let socket = try #require(LineSocket(connectingTo: try recorded.reports.board(of: "demo").path))
        socket.send(everybody)
        for await _ in begun { break }
        socket.end()
        for await _ in ended { break }
        // The board goes on.
        let second = Task { try await client().grade(everybody, of: "demo", in: recorded.reports) { _ in } }
        for await _ in begun { break }
        // Ended itself, it ends what is under way, and that is answered.
        serving.cancel()
        #expect(try await second.value.missing.count == 2)
        await serving.value
        let folder = try recorded.reports.board(of: "demo").path
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
}
