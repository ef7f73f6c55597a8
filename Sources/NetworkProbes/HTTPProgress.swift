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
                return .notConnected(
                    DialFailure(
                        .timedOut, fr: "pas de connexion en \(limit)", en: "no connection within \(limit)"))
            }
            return .notConnected(
                DialFailure(.other, fr: "abandonné par le correcteur", en: "given up by the grader"))
        }
        if let head {
            return .response(
                HTTPExchange.Response(
                    // bounded: the codec takes three digits
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
        let (scheme, place) = (request.tls ? "HTTPS" : "HTTP", "\(request.address) port \(request.port)")
        let page = LocalizedText(fr: "\(scheme) sur \(place)", en: "\(scheme) on \(place)")
        if isOverdue(ending) { return .overloaded(page) }
        guard head == nil else { return nil }
        if case .cancelled = ending {
            return TransportFailure(
                .cancelled, fr: "\(page) n'a pas été regardé : abandonné par le correcteur",
                en: "\(page) was not looked at: given up by the grader")
        }
        if let dialFailure, dialFailure.kind == .other {
            return TransportFailure(
                .protocolError, fr: "\(page) n'a pas pu être interrogé : \(dialFailure.message)",
                en: "\(page) could not be asked: \(dialFailure.message)")
        }
        if let setUpFailure {
            let words = TLSClient.sentence(for: setUpFailure) ?? foreign(setUpFailure)
            return TransportFailure(
                .protocolError, fr: "\(page) n'a pas pu être interrogé : \(words)",
                en: "\(page) could not be asked: \(words)")
        }
        if let streamFailure, streamFailure.kind == .other, protocolFailure == nil {
            return TransportFailure(
                .connectionLost, fr: "\(page) n'a pas été écouté jusqu'au bout : \(streamFailure.message)",
                en: "\(page) was not heard out: \(streamFailure.message)")
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

    private func tlsFailure(after ending: Bounded<Void>, limit: LocalizedText) -> HTTPExchange.Incomplete? {
        if let error = protocolFailure ?? setUpFailure, let sentence = TLSClient.sentence(for: error) {
            return HTTPExchange.Incomplete(sentence)
        }
        guard !isRequestSent else { return nil }
        var failure = reason(after: ending, limit: limit)
        failure.sentence = LocalizedText(
            fr: "la négociation TLS n'a pas eu lieu : \(failure.sentence)",
            en: "no TLS handshake came about: \(failure.sentence)")
        return failure
    }

    private func reason(after ending: Bounded<Void>, limit: LocalizedText) -> HTTPExchange.Incomplete {
        if let failure = protocolFailure as? HTTPParserError {
            return HTTPExchange.Incomplete(words(for: failure))
        }
        if let error = setUpFailure {
            return HTTPExchange.Incomplete(
                LocalizedText(
                    fr: "l'échange n'a pas pu être préparé : \(foreign(error))",
                    en: "the exchange could not be set up: \(foreign(error))"))
        }
        if isOverAllowance {
            return HTTPExchange.Incomplete(
                LocalizedText(
                    fr: "\(receivedBytes) octets sont venus, sans un en-tête de réponse complet",
                    en: "\(receivedBytes) bytes came, and no response head was complete"))
        }
        let came =
            receivedBytes == 0
            ? LocalizedText(fr: "pas un octet n'est revenu", en: "not a byte came back")
            : LocalizedText(
                fr: "seuls \(receivedBytes) octets sont revenus", en: "only \(receivedBytes) bytes came back")
        switch ending {
        case .cancelled:
            return HTTPExchange.Incomplete(
                LocalizedText(
                    fr: "abandonné par le correcteur ; \(came)", en: "given up by the grader; \(came)"))
        case .timeUp:
            return HTTPExchange.Incomplete(
                LocalizedText(
                    fr: "connexion établie, mais \(came) en \(limit)",
                    en: "connected, but \(came) within \(limit)"), ranOutOfTime: true)
        case .finished:
            let end =
                streamFailure?.message
                ?? LocalizedText(
                    fr: "la connexion a été fermée sans réponse",
                    en: "the connection was closed without a response")
            return HTTPExchange.Incomplete([end, came].joined())
        }
    }

    /// What a library says of an error: in English, so quoted in French.
    private func foreign(_ error: any Error) -> LocalizedText {
        LocalizedText(fr: "« \(String(describing: error)) »", en: "\(String(describing: error))")
    }

    private func words(for error: HTTPParserError) -> LocalizedText {
        switch error {
        case .invalidEOFState:
            LocalizedText(
                fr: "la connexion a été fermée au milieu de l'en-tête de la réponse",
                en: "the connection was closed in the middle of the response head")
        case .headerOverflow:
            LocalizedText(
                fr:
                    "l'en-tête de la réponse dépasse tout en-tête réel : lignes trop nombreuses ou trop longues",
                en: "the response head is larger than any real one: too many or too long header lines")
        case .invalidVersion, .invalidConstant:
            LocalizedText(
                fr: "ce qui est revenu n'est ni du HTTP/1.1 ni du HTTP/1.0",
                en: "what came back is not HTTP/1.1 or HTTP/1.0")
        default:
            LocalizedText(
                fr: "ce qui est revenu n'est pas une réponse HTTP valable : « \(error.debugDescription) »",
                en: "what came back is not a valid HTTP response: \(error.debugDescription)")
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
