import NIOCore
import Testing

@testable import NetworkProbes

@Suite struct SlotScheduleTests {
    private let origin = NIODeadline.uptimeNanoseconds(1_000_000_000)

    @Test func slotsAreAbsolute() {
        var schedule = SlotSchedule(origin: origin, perSecond: 100)
        // Four milliseconds late does not move the next one.
        let first = schedule.take(now: origin + .milliseconds(4))
        #expect(first.slot == origin)
        #expect(first.missed == 0)
        #expect(schedule.due == origin + .milliseconds(10))
    }

    @Test func slotsThatWentByAreLeftOutAndCounted() {
        var schedule = SlotSchedule(origin: origin, perSecond: 100)
        let late = schedule.take(now: origin + .milliseconds(57))
        #expect(late.slot == origin + .milliseconds(50))
        #expect(late.missed == 5)
        #expect(schedule.due == origin + .milliseconds(60))
    }
}
