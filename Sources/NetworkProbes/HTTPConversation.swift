import GraderCore
import NIOCore
import NIOHTTP1

/// One exchange: pumps bytes between a connection and an `HTTPClientPipeline`, and remembers how far it came, so
/// that an exchange cut off in the middle still tells what had come.
///
/// Runs on an event loop's thread, because the pipeline may only ever be touched by one thread.
actor HTTPConversation {
    /// Bytes from the connection before there is a response head: more than the head's own limits allow, for
    /// interim (1xx) responses and TLS handshakes come before it.
    static let headAllowance = 256 * 1024

    private let executor: any SerialExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let request: HTTPProbeRequest
    private let bodyLimit: Int

    private var dialFailure: DialFailure?
    private var isConnected = false
    private var pipelineFailure: (any Error)?
    private var streamFailure: DialFailure?
    private var receivedBytes = 0
    private var isOverAllowance = false
    private var isRequestSent = false
    private var collector: HTTPResponseCollector?

    init(request: HTTPProbeRequest, bodyLimit: Int, eventLoop: any EventLoop) {
        self.request = request
        self.bodyLimit = bodyLimit
        self.executor = eventLoop.executor
    }

    /// Connects, converses, closes. What comes of it is in `answer`.
    func hold(dialer: any StreamDialer, timeLimit: Duration) async {
        let stream: any ByteStream
        do throws(DialFailure) {
            stream = try await dialer.dial(host: request.address, port: request.port, timeLimit: timeLimit)
        } catch {
            if !Task.isCancelled { dialFailure = error }
            return
        }
        isConnected = true
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
            pipelineFailure = error
            return
        }
        collector = pipeline.collector
        defer {
            isRequestSent = pipeline.isRequestSent
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
                receivedBytes += bytes.count
                pipeline.receive(bytes)
            } catch {
                return note(error)
            }
            if receivedBytes > allowance(hasHead: pipeline.collector.head != nil) {
                isOverAllowance = true
                return
            }
        }
    }

    /// Keeps the first failure; one that cancellation brought about is none.
    private func note(_ failure: DialFailure) {
        if streamFailure == nil, !Task.isCancelled { streamFailure = failure }
    }

    /// Framing can be endless where the body is not: a chunk of one byte takes six, a chunk extension any number.
    private func allowance(hasHead: Bool) -> Int {
        guard hasHead else { return Self.headAllowance }
        let (body, overflow) = bodyLimit.multipliedReportingOverflow(by: 8)
        return overflow ? .max : max(body, body &+ Self.headAllowance)
    }

    func answer(after ending: Bounded<Void>, timeLimit: Duration) -> HTTPExchange.Answer {
        if let dialFailure { return .notConnected(dialFailure) }
        let limit = timeLimit.inSeconds
        guard isConnected else {
            if case .timeUp = ending {
                return .notConnected(DialFailure(.timedOut, "no connection within \(limit)"))
            }
            return .notConnected(DialFailure(.other, "given up by the grader"))
        }
        if let collector, let head = collector.head {
            return .response(
                HTTPExchange.Response(
                    status: Int(head.status.code), headers: HTTPExchange.Header.kept(of: head.headers),
                    body: Bytes(collector.body), bodyTruncated: !collector.isComplete))
        }
        if request.tls, let sentence = tlsSentence(after: ending, limit: limit) {
            return .tlsFailed(sentence)
        }
        return .noResponse(reason(after: ending, limit: limit))
    }

    private func tlsSentence(after ending: Bounded<Void>, limit: String) -> String? {
        if let error = collector?.failure ?? pipelineFailure, let sentence = TLSClient.sentence(for: error) {
            return sentence
        }
        guard !isRequestSent else { return nil }
        return "no TLS handshake came about: \(reason(after: ending, limit: limit))"
    }

    private func reason(after ending: Bounded<Void>, limit: String) -> String {
        if let failure = collector?.failure as? HTTPParserError { return words(for: failure) }
        if let error = collector?.failure ?? pipelineFailure { return "the exchange failed: \(error)" }
        if isOverAllowance { return "\(receivedBytes) bytes came, and no response head was complete" }
        let came = receivedBytes == 0 ? "not a byte came back" : "only \(receivedBytes) bytes came back"
        switch ending {
        case .cancelled: return "given up by the grader; \(came)"
        case .timeUp: return "connected, but \(came) within \(limit)"
        case .finished:
            if let streamFailure { return "\(streamFailure.message); \(came)" }
            return "the connection was closed without a response; \(came)"
        }
    }

    private func words(for error: HTTPParserError) -> String {
        switch error {
        case .invalidEOFState: "the connection was closed in the middle of the response head"
        case .headerOverflow:
            "the response head is larger than any real one: too many or too long header lines"
        case .invalidVersion, .invalidConstant: "what came back is not HTTP/1.1 or HTTP/1.0"
        default: "what came back is not a valid HTTP response: \(error.debugDescription)"
        }
    }
}

extension HTTPExchange.Header {
    /// How many headers of a response are kept, and how long each may be (name and value together).
    static let countKept = 64
    static let bytesKept = 1024

    /// The first headers, cut where they are too long. NIO has replaced what is not UTF-8 by U+FFFD.
    static func kept(of headers: HTTPHeaders) -> [HTTPExchange.Header] {
        headers.prefix(countKept).map { name, value in
            let name = name.cut(toUTF8Bytes: bytesKept)
            return HTTPExchange.Header(
                name: name, value: value.cut(toUTF8Bytes: bytesKept - name.utf8.count))
        }
    }
}

extension String {
    /// The longest beginning of whole characters that has at most `limit` bytes in UTF-8.
    func cut(toUTF8Bytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var kept = String.UnicodeScalarView()
        var room = limit
        for scalar in unicodeScalars {
            room -= UTF8.width(scalar)
            guard room >= 0 else { break }
            kept.append(scalar)
        }
        return String(kept)
    }
}
