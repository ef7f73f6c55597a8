import Dispatch
import Foundation
import Synchronization

/// Ctrl-C, SIGTERM and a terminal that is closed (SIGHUP) end the work in an orderly way: what is under way is
/// cancelled, what is finished is kept, what a drill perturbed is given back. A second Ctrl-C or SIGTERM ends the program
/// at once; a second SIGHUP does not: a closed terminal sends two, the shell's and the kernel's.
enum Signals {
    /// Runs the work, which a signal cancels; true beside its value where a signal came.
    static func cancelling<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> (value: Value, wasInterrupted: Bool) {
        let count = Mutex(0)
        let urged = Mutex(0)
        let begun = Mutex<Task<Value, any Error>?>(nil)
        var sources: [any DispatchSourceSignal] = []
        // Under nohup(1) the terminal may go.
        for number in [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP]) {
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                count.withLock { $0 += 1 }
                let pressed = urged.withLock { value in
                    if number != SIGHUP { value += 1 }
                    return value
                }
                if pressed > 1 {
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

    /// The same for a command of which nothing is worth saying once a signal has come: whatever it ended with then, work
    /// that was cut off is no fault of a file or a program.
    static func ending<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let (result, wasInterrupted) = try await cancelling { () async -> Result<Value, any Error> in
            do { return .success(try await work()) } catch { return .failure(error) }
        }
        if wasInterrupted { throw Exit.interrupted }
        return try result.get()
    }

    /// Whether whoever started this program wants it to go on when the signal comes (sigaction(2)).
    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        #if os(Linux)
            let handler = action.__sigaction_handler.sa_handler
        #else
            let handler = action.__sigaction_u.__sa_handler
        #endif
        // SIG_IGN is no function but the number 1.
        return unsafeBitCast(handler, to: Int.self) == 1
    }
}
