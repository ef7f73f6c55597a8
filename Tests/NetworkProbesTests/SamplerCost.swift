import Foundation
import GraderCore
import NetworkProbes
import Testing

/// What the sampler costs at a drill's own rate, printed for somebody to read: processor time of this whole process
/// for 1,000 attempts, and how late the attempts left. `BASCULE_SAMPLER_TARGET=127.0.0.1:8000` names a web server
/// of another process.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["BASCULE_SAMPLER_TARGET"] != nil))
struct SamplerCost {
    @Test(.timeLimit(.minutes(2)))
    func measure() async throws {
        let target = try #require(ProcessInfo.processInfo.environment["BASCULE_SAMPLER_TARGET"])
        let parts = target.split(separator: ":")
        let port = try #require(parts.last.flatMap { Int($0) })
        let host = try #require(parts.first.map { String($0) })
        let request = HTTPProbeRequest(
            address: host, port: port, tls: false, host: host, target: "/", userAgent: "bascule-drill/cost")
        let before = processorSeconds()
        let running = try await AvailabilitySampler().start(
            SamplingTarget(address: host, port: port, request: request, acceptedStatuses: [200]),
            connectsPerSecond: 100, requestsPerSecond: 10)
        try await Task.sleep(for: .seconds(30))
        let trace = await running.stop()
        let used = processorSeconds() - before
        let attempts = trace.connects.count + trace.requests.count
        #expect(attempts > 1_000)
        let error = try #require(trace.scheduleError)
        let each = used * 1000 / Double(attempts) * 1000
        print(
            "\(attempts) attempts, \(trace.missedSlots) left out; \(Int(each.rounded())) ms of processor per 1,000; "
                + "late p50 \(error.median), p99 \(error.p99), worst \(error.worst); "
                + "real time: \(trace.hadRealTimePriority)")
    }

    private func processorSeconds() -> Double {
        var usage = rusage()
        // RUSAGE_SELF, which Glibc gives as another type (getrusage(2)).
        getrusage(0, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}
