import Testing

@testable import GraderCore

/// A service that answers every second attempt, as long as a drill lasts at most: as many outages as attempts.
@Suite(.timeLimit(.minutes(1))) struct FlappingServiceTests {
    private func samples(
        _ count: Int, every milliseconds: Int, _ outcome: (Int) -> ServiceSample.Outcome
    ) -> [ServiceSample] {
        (0..<count).map {
            .init(sent: .milliseconds($0 * milliseconds), duration: .zero, outcome: outcome($0))
        }
    }

    private let service = OutageMeasurement(.service(acceptedStatuses: [200]))

    @Test func everyOutageHasItsOwnAttempts() throws {
        let trace = SampleTrace(
            connects: samples(48_000, every: 10) { $0 % 2 == 0 ? .accepted : .refused },
            requests: samples(48_000, every: 10) { $0 % 2 == 0 ? .answered(200) : .refused },
            connectsPerSecond: 100, requestsPerSecond: 100)
        let found = service.outages(in: trace)
        #expect(found.count == 24_000)
        #expect(found.allSatisfy { $0.failedConnects == 1 && $0.failedRequests == 1 })
        let tenth = found[10]
        #expect(tenth.start == UncertainMoment(earliest: .milliseconds(200), latest: .milliseconds(210)))
        #expect(tenth.end == UncertainMoment(earliest: .milliseconds(210), latest: .milliseconds(220)))
        #expect(found.last?.length == nil)
        #expect(OutageMeasurement(.address).outages(in: trace).isEmpty)
    }

    /// Requests that go unanswered meanwhile prolong the outages that they touch, and are outages of their own elsewhere.
    @Test func requestsAreHeldAgainstOutagesBesideThem() {
        let trace = SampleTrace(
            connects: samples(48_000, every: 10) { $0 >= 24_000 || $0 % 2 == 0 ? .accepted : .refused },
            requests: samples(48_000, every: 10) { $0 % 5 < 2 ? .answered(200) : .noAnswer },
            connectsPerSecond: 100, requestsPerSecond: 100)
        let found = service.outages(in: trace)
        #expect(found.count == 12_000 + 4_800)
        #expect(found.prefix(12_000).allSatisfy { $0.failedConnects == 1 })
        #expect(found.suffix(4_800).allSatisfy { $0.failedConnects == 0 && $0.failedRequests == 3 })
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.start.middle <= $1.start.middle })
    }
}
