import Foundation
import Testing

@testable import GraderCore

/// Samples made up here: the measurement is arithmetic on them, and no command's output is in it.
@Suite struct OutageMeasurementTests {
    private func trace(
        connects: [(Int, ServiceSample.Outcome, Int)], requests: [(Int, ServiceSample.Outcome, Int)] = []
    ) -> SampleTrace {
        func samples(_ list: [(Int, ServiceSample.Outcome, Int)]) -> [ServiceSample] {
            list.map { .init(sent: .milliseconds($0.0), duration: .milliseconds($0.2), outcome: $0.1) }
        }
        return SampleTrace(
            connects: samples(connects), requests: samples(requests), connectsPerSecond: 100,
            requestsPerSecond: 10)
    }

    private func steady(_ from: Int, _ to: Int, _ outcome: ServiceSample.Outcome, _ took: Int = 0) -> [(
        Int, ServiceSample.Outcome, Int
    )] {
        stride(from: from, to: to, by: 10).map { ($0, outcome, took) }
    }

    private let service = OutageMeasurement(.service(acceptedStatuses: [200]))

    @Test func anUnbrokenServiceHasNone() {
        #expect(service.outages(in: trace(connects: steady(0, 500, .accepted))).isEmpty)
        #expect(service.outages(in: trace(connects: [])).isEmpty)
    }

    @Test func theEdgesLieBetweenTwoAttempts() throws {
        let found = service.outages(
            in: trace(
                connects: steady(0, 100, .accepted) + steady(100, 400, .refused) + steady(400, 600, .accepted)
            ))
        let outage = try #require(found.first)
        #expect(found.count == 1)
        #expect(outage.start == UncertainMoment(earliest: .milliseconds(90), latest: .milliseconds(100)))
        #expect(outage.end == UncertainMoment(earliest: .milliseconds(390), latest: .milliseconds(400)))
        #expect(outage.length == .milliseconds(300))
        #expect(outage.uncertainty == .milliseconds(10))
        #expect(outage.failedConnects == 30)
        #expect(outage.phases.map(\.kind) == [.refused])
    }

    @Test func phasesFollowOneAnother() throws {
        let found = service.outages(
            in: trace(
                connects: steady(0, 100, .accepted) + steady(100, 200, .refused)
                    + steady(200, 300, .silent, 900) + steady(300, 350, .refused)
                    + steady(350, 500, .accepted)))
        let outage = try #require(found.first)
        #expect(outage.phases.map(\.kind) == [.refused, .silent, .refused])
        #expect(outage.phases.map(\.start) == [.milliseconds(100), .milliseconds(200), .milliseconds(300)])
        #expect(outage.phases.last?.end == .milliseconds(345))
    }

    /// SYNs that wait in the neighbour's queue are all accepted at the moment the address is back.
    @Test func lateAcceptanceTellsOfItsOwnMoment() throws {
        let waiting = stride(from: 200, to: 500, by: 10).map {
            ($0, ServiceSample.Outcome.accepted, 503 - $0)
        }
        .filter { $0.2 > 100 }
        let found = service.outages(
            in: trace(connects: steady(0, 200, .accepted) + waiting + steady(510, 700, .accepted)))
        let outage = try #require(found.first)
        #expect(found.count == 1)
        #expect(outage.start.latest == .milliseconds(200))
        #expect(outage.end?.latest == .milliseconds(503))
    }

    @Test func aServiceThatDoesNotComeBackHasNoEnd() throws {
        let found = service.outages(
            in: trace(connects: steady(0, 100, .accepted) + steady(100, 400, .silent, 900)))
        #expect(found.map(\.length) == [nil])
    }

    @Test func comingAndGoingIsCountedEachTime() {
        let found = service.outages(
            in: trace(
                connects: steady(0, 100, .accepted) + steady(100, 150, .refused) + steady(150, 300, .accepted)
                    + steady(300, 350, .silent, 900) + steady(350, 500, .accepted)))
        #expect(found.count == 2)
    }

    @Test func aRefusalIsAnAnswerOfTheAddress() {
        let samples = trace(
            connects: steady(0, 100, .accepted) + steady(100, 200, .refused) + steady(200, 300, .silent, 900)
                + steady(300, 400, .refused))
        let found = OutageMeasurement(.address).outages(in: samples)
        #expect(found.map(\.length) == [.milliseconds(100)])
    }

    /// Apache's port is open and no child answers yet.
    @Test func anOpenPortWithoutAnswersIsNoService() throws {
        let requests: [(Int, ServiceSample.Outcome, Int)] =
            [(5, .answered(200), 1), (105, .refused, 0), (205, .noAnswer, 50), (305, .answered(503), 5)]
            + [(405, .answered(200), 2), (505, .answered(200), 2)]
        let found = service.outages(
            in: trace(
                connects: steady(0, 100, .accepted) + steady(100, 200, .refused)
                    + steady(200, 600, .accepted),
                requests: requests))
        let outage = try #require(found.first)
        #expect(found.count == 1)
        #expect(outage.end == UncertainMoment(earliest: .milliseconds(305), latest: .milliseconds(407)))
        #expect(outage.phases.map(\.kind) == [.refused, .acceptedWithoutAnswer])
    }

    @Test func errorPagesAloneAreAnOutage() {
        let requests = stride(from: 0, to: 1000, by: 100).map { at in
            (at, ServiceSample.Outcome.answered((300..<600).contains(at) ? 500 : 200), 1)
        }
        let found = service.outages(in: trace(connects: steady(0, 1000, .accepted), requests: requests))
        #expect(found.map(\.failedRequests) == [3])
    }

    @Test func theGradersOwnTroubleIsNobodysOutage() {
        let found = service.outages(
            in: trace(
                connects: steady(0, 100, .accepted) + steady(100, 300, .ownFailure)
                    + steady(300, 400, .accepted)))
        #expect(found.isEmpty)
    }

    @Test func aTraceSurvivesItsJSON() throws {
        let before = trace(
            connects: steady(0, 30, .accepted, 1) + [
                (30, .silent, 900), (40, .unreachable, 3), (50, .reset, 1),
            ],
            requests: [
                (5, .answered(200), 3), (105, .noAnswer, 9), (205, .ownFailure, 0), (305, .refused, 0),
            ])
        let data = try JSONEncoder().encode(before)
        #expect(try JSONDecoder().decode(SampleTrace.self, from: data) == before)
        #expect(throws: DecodingError.self) {
            let text = String(decoding: data, as: UTF8.self).replacing("0,1000,0,a", with: "0,1000,a")
            _ = try JSONDecoder().decode(SampleTrace.self, from: Data(text.utf8))
        }
    }
}
