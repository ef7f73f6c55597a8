import GraderCore
import NIOHTTP1

/// How far an HTTP exchange came: what there is to tell when it has ended, by itself or not.
struct HTTPProgress: Sendable {
    var dialFailure: DialFailure?
    var isConnected = false
    /// The pipeline could not even be made.
    var setUpFailure: (any Error)?
    /// The connection broke.
    var streamFailure: DialFailure?
    /// What came makes no sense as TLS or as HTTP.
    var protocolFailure: (any Error)?
    /// On the connection, TLS included.
    var receivedBytes = 0
    var isOverAllowance = false
    var isRequestSent = false
    var head: HTTPResponseHead?
    var body: [UInt8] = []
    var isComplete = false
    /// The grader itself was late while it waited.
    var isGraderLate = false

    mutating func take(from pipeline: HTTPClientPipeline) {
        isRequestSent = pipeline.isRequestSent
        head = pipeline.collector.head
        body = pipeline.collector.body
        isComplete = pipeline.collector.isComplete
        protocolFailure = pipeline.collector.failure
    }

    /// What the other side is taken for.
    func answer(
        to request: HTTPProbeRequest, after ending: Bounded<Void>, timeLimit: Duration
    ) -> HTTPExchange.Answer {
        if let dialFailure { return .notConnected(dialFailure) }
        let limit = timeLimit.inSeconds
        guard isConnected else {
            if case .timeUp = ending {
                return .notConnected(DialFailure(.timedOut, "no connection within \(limit)"))
            }
            return .notConnected(DialFailure(.other, "given up by the grader"))
        }
        if let head {
            return .response(
                HTTPExchange.Response(
                    status: Int(head.status.code), headers: HTTPExchange.Header.kept(of: head.headers),
                    body: Bytes(body), bodyTruncated: !isComplete))
        }
        if request.tls, let failure = tlsFailure(after: ending, limit: limit) {
            return .tlsFailed(failure)
        }
        return .noResponse(reason(after: ending, limit: limit))
    }

    /// Why nothing is known about the other side: it is not its doing. Nil where there is an answer to judge.
    func ownTrouble(with request: HTTPProbeRequest, after ending: Bounded<Void>) -> TransportFailure? {
        let page = "\(request.tls ? "HTTPS" : "HTTP") on \(request.address) port \(request.port)"
        if isOverdue(ending) { return .overloaded(page) }
        guard head == nil else { return nil }
        if case .cancelled = ending {
            return TransportFailure(.cancelled, "\(page) was not looked at: given up by the grader")
        }
        if let dialFailure, dialFailure.kind == .other {
            return TransportFailure(.protocolError, "\(page) could not be asked: \(dialFailure.message)")
        }
        if let setUpFailure {
            let words = TLSClient.sentence(for: setUpFailure) ?? "\(setUpFailure)"
            return TransportFailure(.protocolError, "\(page) could not be asked: \(words)")
        }
        if let streamFailure, streamFailure.kind == .other, protocolFailure == nil {
            return TransportFailure(.connectionLost, "\(page) was not heard out: \(streamFailure.message)")
        }
        return nil
    }

    /// Whether the exchange is not whole, and the grader may be the reason. What the other side's system said (a
    /// refusal) is its own word however late it was heard.
    private func isOverdue(_ ending: Bounded<Void>) -> Bool {
        if let dialFailure {
            return dialFailure.kind == .overloaded || (isGraderLate && dialFailure.kind == .timedOut)
        }
        guard isGraderLate, !isComplete else { return false }
        // What is over a limit, or makes no sense, is so in good time too; who waits too long for us hangs up.
        return switch ending {
        case .timeUp: true
        case .finished: streamFailure != nil || (head == nil && !isOverAllowance && protocolFailure == nil)
        case .cancelled: false
        }
    }

    private func tlsFailure(after ending: Bounded<Void>, limit: String) -> HTTPExchange.Incomplete? {
        if let error = protocolFailure ?? setUpFailure, let sentence = TLSClient.sentence(for: error) {
            return HTTPExchange.Incomplete(sentence)
        }
        guard !isRequestSent else { return nil }
        var failure = reason(after: ending, limit: limit)
        failure.sentence = "no TLS handshake came about: \(failure.sentence)"
        return failure
    }

    private func reason(after ending: Bounded<Void>, limit: String) -> HTTPExchange.Incomplete {
        if let failure = protocolFailure as? HTTPParserError {
            return HTTPExchange.Incomplete(words(for: failure))
        }
        if let error = setUpFailure {
            return HTTPExchange.Incomplete("the exchange could not be set up: \(error)")
        }
        if isOverAllowance {
            return HTTPExchange.Incomplete("\(receivedBytes) bytes came, and no response head was complete")
        }
        let came = receivedBytes == 0 ? "not a byte came back" : "only \(receivedBytes) bytes came back"
        switch ending {
        case .cancelled: return HTTPExchange.Incomplete("given up by the grader; \(came)")
        case .timeUp:
            return HTTPExchange.Incomplete("connected, but \(came) within \(limit)", ranOutOfTime: true)
        case .finished:
            let end = streamFailure?.message ?? "the connection was closed without a response"
            return HTTPExchange.Incomplete("\(end); \(came)")
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
