import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and SIGTERM end the work in an orderly way: what is under way is cancelled, what is finished is kept.
/// A second signal ends the program at once.
enum Signals {
    /// Runs the work, which a signal cancels; true beside its value where a signal came.
    static func cancelling<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> (value: Value, wasInterrupted: Bool) {
        let count = Mutex(0)
        let begun = Mutex<Task<Value, any Error>?>(nil)
        var sources: [any DispatchSourceSignal] = []
        for number in [SIGINT, SIGTERM] {
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let isSecond = count.withLock { value in
                    value += 1
                    return value > 1
                }
                if isSecond {
                    LiveView.restore()
                    exit(130)
                }
                begun.withLock { $0?.cancel() }
            }
            // On Linux the source puts a handler of its own in place. Ignored until then, a signal that comes first would
            // be lost, and the work go on; not ignored, it ends the program, which has done nothing yet.
            #if !os(Linux)
                signal(number, SIG_IGN)
            #endif
            await withCheckedContinuation { continuation in
                source.setRegistrationHandler { continuation.resume() }
                source.resume()
            }
            sources.append(source)
        }
        let task = Task { try await work() }
        begun.withLock { $0 = task }
        if count.withLock({ $0 > 0 }) { task.cancel() }
        defer { for source in sources { source.cancel() } }
        let value = try await task.value
        return (value, count.withLock { $0 > 0 })
    }
}
