import Foundation

/// Where evidence is written and judged: on threads of its own, one fewer than the machine has processors, so that
/// whoever waits for answers goes on however much there is to read of others'.
final class JudgingLine: Sendable {
    static let shared = JudgingLine()
    private let queue = OperationQueue()

    private init() {
        let processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))  // bounded: a C constant
        queue.maxConcurrentOperationCount = max(1, processors - 1)
    }

    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.addOperation { continuation.resume(returning: work()) }
        }
    }
}
