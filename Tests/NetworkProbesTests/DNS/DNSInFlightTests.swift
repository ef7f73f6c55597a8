import Testing

@testable import NetworkProbes

@Suite struct DNSInFlightTests {
    @Test func idsUnderWayAreAllDifferent() async {
        let queries = DNSInFlight(limit: 1000)
        var ids: Set<UInt16> = []
        for _ in 0..<1000 {
            if let id = await queries.enter() { ids.insert(id) }
        }
        #expect(ids.count == 1000)
    }

    @Test func noMoreThanTheLimitAreUnderWay() async throws {
        let queries = DNSInFlight(limit: 1)
        let first = try #require(await queries.enter())
        let second = Task { await queries.enter() }
        let cancelled = Task { await queries.enter() }
        cancelled.cancel()
        // The one that is cancelled gets nothing even when there is room, and takes nobody's place.
        #expect(await cancelled.value == nil)
        queries.leave(first)
        let id = try #require(await second.value)
        queries.leave(id)
        let third = try #require(await queries.enter())
        queries.leave(third)
    }
}
