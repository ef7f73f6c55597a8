import NIOCore

extension EventLoop {
    /// Has something begun on the loop and waits for what it comes to.
    /// - Parameters:
    ///   - cancelled: called on the loop where the task was cancelled before it began.
    ///   - begin: called on the loop; tells what it came to, once. Returns what gives it up, which is called where
    ///     the task is cancelled before that.
    func outcome<Value: Sendable, Failure: Error>(
        cancelled: @escaping @Sendable () -> Failure,
        _ begin: @escaping @Sendable (@escaping (Result<Value, Failure>) -> Void) -> (() -> Void)?
    ) async -> Result<Value, Failure> {
        let call = NIOLoopBoundBox<LoopCall>.makeBoxSendingValue(.notBegun, eventLoop: self)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                execute {
                    if case .cancelled = call.value {
                        return continuation.resume(returning: .failure(cancelled()))
                    }
                    let giveUp = begin { result in
                        call.value = .over
                        continuation.resume(returning: result)
                    }
                    if case .notBegun = call.value, let giveUp { call.value = .begun(giveUp: giveUp) }
                }
            }
        } onCancel: {
            execute {
                if case .begun(let giveUp) = call.value { giveUp() }
                call.value = .cancelled
            }
        }
    }
}

private enum LoopCall {
    case notBegun
    case begun(giveUp: () -> Void)
    case over
    case cancelled
}
