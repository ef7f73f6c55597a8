import GraderCore
import NIOCore
import NIOPosix

/// One HTTP/1.1 `GET` over whatever connection the dialer makes: direct or through a node. The answer is data: no
/// redirect is followed, no status is an error, no certificate is verified, no content coding is undone. What a hostile
/// server can cost is bounded: the time of the whole exchange, the bytes of the response's head and body.
public struct HTTPProbe: Sendable {
    /// For the connection alone: the kernel of a machine that is there answers at once, however slow its page is,
    /// and addresses where nobody is are asked in every lab.
    static let connectingLimit = Duration.seconds(5)

    private let dialer: any StreamDialer
    /// How the time limit is waited for; tests have another.
    var sleep: Sleep = sleepForReal

    /// - Parameter dialer: the vantage.
    public init(dialer: any StreamDialer) { self.dialer = dialer }

    /// Makes the request and closes the connection. Where it was the grader's side that failed (cancelled, no file
    /// descriptor left, the tunnel broke, a request that cannot be written), it is `.failed`, not a word about the
    /// server. A response whose head is complete in time is one, `bodyTruncated` wherever its body is not whole: over
    /// the limit, time up, or the connection broken off before the end (RFC 9112, section 8).
    /// - Parameters:
    ///   - timeLimit: for everything: connecting (five seconds at most), TLS, request, response.
    ///   - bodyLimit: bytes of body kept; reading stops there.
    public func observe(
        _ request: HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int
    ) async -> Observation.Outcome {
        let (progress, ending) = await exchange(request, timeLimit: timeLimit, bodyLimit: bodyLimit)
        if let failure = progress.ownTrouble(with: request, after: ending) { return .failed(failure) }
        return .http(
            HTTPExchange(
                request: request, answer: progress.answer(to: request, after: ending, timeLimit: timeLimit)))
    }

    func exchange(
        _ request: HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int
    ) async -> (HTTPProgress, Bounded<Void>) {
        if let objection = request.objection {
            let failure = DialFailure(
                .other, fr: "la requête n'a pas été faite : \(objection)",
                en: "the request was not made: \(objection)")
            return (HTTPProgress(dialFailure: failure), .finished(()))
        }
        do throws(DialFailure) {
            return try await dialer.inTurn(at: request.address) {
                await exchange(request, timeLimit: timeLimit, bodyLimit: bodyLimit, dialer: $0)
            }
        } catch {
            return (HTTPProgress(dialFailure: error), Task.isCancelled ? .cancelled : .finished(()))
        }
    }

    private func exchange(
        _ request: HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int, dialer: any StreamDialer
    ) async -> (HTTPProgress, Bounded<Void>) {
        // Where the protocol's handlers run, between two reads; not where the connection is.
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let conversation = HTTPConversation(
            request: request, bodyLimit: max(0, bodyLimit), eventLoop: eventLoop)
        let lag = LagWatch(dialer.loops.isEmpty ? [] : dialer.loops + [LoopClock(eventLoop)])
        let begin = lag.mark()
        let ending = await bounded(by: timeLimit, sleep: sleep) {
            await conversation.hold(dialer: dialer, timeLimit: timeLimit)
        }
        var progress = await conversation.progress
        progress.isGraderLate = lag.wasLate(since: begin, waiting: timeLimit)
        return (progress, ending)
    }
}

extension HTTPProbeRequest {
    /// Why this request cannot be written as HTTP/1.1 (RFC 9112, section 3), nil where it can: it comes from
    /// a file, and a line break in it would make two requests of one.
    var objection: LocalizedText? {
        func isVisible(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0x7F }
        func isText(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F }
        if !target.hasPrefix("/") || !target.utf8.allSatisfy({ isVisible($0) && $0 < 0x80 }) {
            return LocalizedText(
                fr: """
                    le chemin « \(target) » doit commencer par / et s'écrire en ASCII sans espace (caractères \
                    codés par %)
                    """,
                en: """
                    the target “\(target)” has to start with / and be ASCII without spaces (percent-encoded)
                    """)
        }
        if host.isEmpty || !host.utf8.allSatisfy({ isVisible($0) && $0 < 0x80 }) {
            return LocalizedText(
                fr: """
                    l'hôte « \(host) » doit être un nom en ASCII (xn--… s'il a des accents) ou une adresse
                    """,
                en: """
                    the Host “\(host)” has to be an ASCII name (xn--… where it has accents) or an address
                    """)
        }
        if !userAgent.utf8.allSatisfy(isText) {
            return LocalizedText(
                fr: "le « user agent » contient un caractère de contrôle",
                en: "the user agent has a control character in it")
        }
        return nil
    }
}
