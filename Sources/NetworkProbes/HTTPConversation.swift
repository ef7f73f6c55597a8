import GraderCore
import NIOCore

/// One exchange: pumps bytes between a connection and an `HTTPClientPipeline`, on one event loop's thread, and
/// remembers how far it came, so that an exchange cut off in the middle still tells what had come.
actor HTTPConversation {
    /// Bytes from the connection before there is a response head: more than the head's own limits allow, for
    /// interim (1xx) responses and TLS handshakes come before it.
    static let headAllowance = 256 * 1024

    private let executor: any SerialExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let request: HTTPProbeRequest
    private let bodyLimit: Int

    /// How far it came; whole once `hold` has returned.
    private(set) var progress = HTTPProgress()

    init(request: HTTPProbeRequest, bodyLimit: Int, eventLoop: any EventLoop) {
        self.request = request
        self.bodyLimit = bodyLimit
        self.executor = eventLoop.executor
    }

    /// Connects, converses, closes. What comes of it is in `progress`.
    func hold(dialer: any StreamDialer, timeLimit: Duration) async {
        let stream: any ByteStream
        do throws(DialFailure) {
            stream = try await dialer.dial(
                host: request.address, port: request.port,
                timeLimit: min(timeLimit, HTTPProbe.connectingLimit))
        } catch {
            if !Task.isCancelled { progress.dialFailure = error }
            return
        }
        progress.isConnected = true
        await withTaskCancellationHandler {
            await converse(over: stream)
        } onCancel: {
            // A stream that does not heed cancellation by itself is woken up by being closed.
            Task { await stream.close() }
        }
        await stream.close()
    }

    private func converse(over stream: any ByteStream) async {
        let pipeline: HTTPClientPipeline
        do {
            pipeline = try HTTPClientPipeline(request, bodyLimit: bodyLimit)
        } catch {
            progress.setUpFailure = error
            return
        }
        defer {
            progress.take(from: pipeline)
            pipeline.tearDown()
        }
        while true {
            let outbound = pipeline.takeOutbound()
            do throws(DialFailure) {
                if !outbound.isEmpty { try await stream.write(outbound) }
            } catch {
                // A server may answer and close without reading: its answer may still be there.
                note(error)
            }
            if pipeline.isDone { return }
            do throws(DialFailure) {
                let bytes = try await stream.read()
                guard !bytes.isEmpty else { return pipeline.receiveEnd() }
                progress.receivedBytes += bytes.count
                pipeline.receive(bytes)
            } catch {
                return note(error)
            }
            if progress.receivedBytes > allowance(hasHead: pipeline.collector.head != nil) {
                progress.isOverAllowance = true
                return
            }
        }
    }

    /// Keeps the first failure; one that cancellation brought about is none.
    private func note(_ failure: DialFailure) {
        if progress.streamFailure == nil, !Task.isCancelled { progress.streamFailure = failure }
    }

    /// Framing can be endless where the body is not: a chunk of one byte takes six, a chunk extension any number.
    private func allowance(hasHead: Bool) -> Int {
        guard hasHead else { return Self.headAllowance }
        let (body, overflow) = bodyLimit.multipliedReportingOverflow(by: 8)
        return overflow ? .max : max(body, body &+ Self.headAllowance)
    }
}
