import Foundation

/// How much processor time a peer may cost, whatever it does for it: keys agreed upon anew without end, packets that
/// nobody asked for and libssh2 looks through each time, floods. An honest session takes some milliseconds.
struct ComputingBudget {
    /// At once, and for as long as the session lasts this share of its time.
    static let atOnce = Duration.seconds(10)
    static let share = 10

    private(set) var spent = Duration.zero
    private let start = ContinuousClock.now
    /// Of the running thread; tests have another.
    var processorTime: () -> Duration = {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    var isExceeded: Bool { spent > Self.atOnce + (ContinuousClock.now - start) / Self.share }

    mutating func add(_ duration: Duration) { spent += duration }
}
