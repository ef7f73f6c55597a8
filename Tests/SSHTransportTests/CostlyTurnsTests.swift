import Foundation
import GraderCore
import NIOCore
import NIOPosix
import Testing

@testable import SSHTransport

@Suite struct CostlyTurnsTests {
    /// Three sessions whose steps take 20 ms each: an event loop that serves others, too, has four fifths of the time.
    @Test func oneAtATimeAndTheLoopRests() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let begin = ContinuousClock.now
        let starts = try await loop.flatSubmit {
            let promise = loop.makePromise(of: [Duration].self)
            let turns = CostlyTurns()
            var starts: [Duration] = []
            for _ in 0..<3 {
                turns.wait(on: loop) {
                    starts.append(ContinuousClock.now - begin)
                    Thread.sleep(forTimeInterval: 0.02)
                    if starts.count == 3 { promise.succeed(starts) }
                }
            }
            return promise.futureResult
        }.get()
        for (one, next) in zip(starts, starts.dropFirst()) { #expect(next - one >= .milliseconds(100)) }
    }

    @Test func anHonestSessionIsNotDear() {
        var budget = ComputingBudget()
        budget.add(.milliseconds(40))
        #expect(!budget.isDear)
        budget.add(.milliseconds(40))
        #expect(budget.isDear && !budget.isExceeded)
    }

    /// A flood has what its look may have, and the next command's small answer is whole.
    @Test func aFloodLeavesTheOthersTheirAnswers() {
        let budget = OutputBudget(1 << 20)
        func output(_ count: Int) -> CommandOutput {
            var output = CommandOutput(limit: 2 << 20, budget: budget)
            for _ in 0..<count { [UInt8](repeating: 0x61, count: 1024).withUnsafeBytes { output.take($0) } }
            return output
        }
        let flood = output(4096)
        #expect(flood.isTruncated && flood.bytes.count == (1 << 20) + OutputBudget.small)
        #expect(flood.dropped == 4096 * 1024 - flood.bytes.count)
        let small = output(20)
        #expect(!small.isTruncated && small.bytes.count == 20 * 1024)
        let large = output(100)
        #expect(large.isTruncated && large.bytes.count == OutputBudget.small)
    }
}
