import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and SIGTERM end the work in an orderly way: what is under way is cancelled, what is finished is kept.
/// A second signal ends the program at once.
enum Interruption {
    /// Runs the work; true beside its value where a signal came.
    static func guarding<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> (value: Value, wasInterrupted: Bool) {
        let task = Task { try await work() }
        let count = Mutex(0)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
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
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        let value = try await task.value
        return (value, count.withLock { $0 > 0 })
    }
}
