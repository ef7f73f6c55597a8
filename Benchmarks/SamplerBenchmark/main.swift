import Foundation
import GraderCore
import NetworkProbes

// What the sampler costs at a drill's own rate: this process's processor time for 1,000 attempts, and how late they
// left. Arguments: a web server's address and port, and for how many seconds. Prints one line of JSON.

func processorSeconds() -> Double {
    var usage = rusage()
    // RUSAGE_SELF, which Glibc gives as another type (getrusage(2)).
    getrusage(0, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

let words = CommandLine.arguments
guard words.count == 4, let port = Int(words[2]), let length = Int(words[3]) else {
    FileHandle.standardError.write(Data("usage: sampler-benchmark ADDRESS PORT SECONDS\n".utf8))
    exit(64)
}
let request = HTTPProbeRequest(
    address: words[1], port: port, tls: false, host: words[1], target: "/",
    userAgent: "bascule-drill/benchmark")
let target = SamplingTarget(address: words[1], port: port, request: request, acceptedStatuses: [200])
let before = processorSeconds()
let running = try await AvailabilitySampler().start(target, connectsPerSecond: 100, requestsPerSecond: 10)
try await Task.sleep(for: .seconds(length))
let trace = await running.stop()
let used = processorSeconds() - before
let attempts = trace.connects + trace.requests
let served = attempts.count { $0.outcome == .accepted || $0.outcome == .answered(200) }
let late = trace.scheduleError
func milliseconds(_ time: Duration?) -> Double { ((time ?? .zero) / .microseconds(1)).rounded() / 1000 }
let row: [String: Any] = [
    "attempts": attempts.count, "served": served, "leftOut": trace.missedSlots,
    "processorMillisecondsPer1000": (used * 1_000_000 / Double(max(1, attempts.count))).rounded(),
    "lateP50": milliseconds(late?.median), "lateP99": milliseconds(late?.p99),
    "lateWorst": milliseconds(late?.worst),
    "realTime": trace.hadRealTimePriority,
]
print(String(decoding: try JSONSerialization.data(withJSONObject: row, options: .sortedKeys), as: UTF8.self))
