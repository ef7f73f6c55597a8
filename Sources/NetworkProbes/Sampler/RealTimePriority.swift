import Foundation

/// A thread that has to be on time among others that take every processor: with `SCHED_RR` (sched(7)) an attempt
/// leaves a tenth of a millisecond after its slot even then; without, hundreds of milliseconds.
enum RealTimePriority {
    /// Asks for the calling thread's; the lowest real-time priority is above every ordinary thread.
    /// - Returns: false where it is not permitted (`RLIMIT_RTPRIO`, no CAP_SYS_NICE) or not to be had here.
    static func take() -> Bool {
        #if os(Linux)
            var parameters = sched_param()
            parameters.sched_priority = sched_get_priority_min(SCHED_RR)
            return pthread_setschedparam(pthread_self(), SCHED_RR, &parameters) == 0
        #else
            return false
        #endif
    }
}
