import GraderCore
import NIOCore
import NIOPosix

/// One question to one given name server: over UDP with TCP behind it where the answer is truncated, or over TCP
/// alone (through a node's tunnel). What a hostile server can cost is bounded: the time of the whole exchange, one
/// message of 64 KB, the datagrams looked at, the records kept.
public struct DNSProbe: Sendable {
    private let datagramGroup: (any EventLoopGroup)?
    private let dialer: any StreamDialer
    /// What has to have been on time for a time-out over UDP to count; tests that are about something else have nothing.
    var watched: [LoopClock]

    /// From this machine, UDP first. `eventLoopGroup` has to outlive the probe.
    public init(eventLoopGroup: any EventLoopGroup) {
        datagramGroup = eventLoopGroup
        dialer = DirectDialer(eventLoopGroup: eventLoopGroup)
        watched = LoopClock.all(of: eventLoopGroup)
    }

    /// Over TCP alone, by the dialer's connections: what a node sees, where the dialer is its tunnel's.
    public init(streamsOf dialer: any StreamDialer) {
        datagramGroup = nil
        self.dialer = dialer
        watched = []
    }

    /// - Parameter timeLimit: for everything: three tries over UDP, and TCP where it comes to that. Waiting for room
    ///   among the queries under way is not counted.
    public func query(_ request: DNSProbeRequest, timeLimit: Duration) async -> DNSExchange {
        guard let id = await DNSInFlight.shared.enter() else {
            let failure = DialFailure(
                CancellationError(),
                doing: LocalizedText(fr: "question à \(request.server)", en: "asking \(request.server)"))
            return DNSExchange(request: request, answer: .noAnswer(failure))
        }
        defer { DNSInFlight.shared.leave(id) }
        let answer = await ask(request, id: id, timeLimit: timeLimit)
        return DNSExchange(request: request, answer: answer)
    }

    /// The same, as an observation's outcome: where it was the grader's side that failed (cancelled, no file
    /// descriptor left, no such name in DNS, the tunnel broke), it is `.failed`, not a word about the server.
    public func observe(_ request: DNSProbeRequest, timeLimit: Duration) async -> Observation.Outcome {
        let exchange = await query(request, timeLimit: timeLimit)
        if exchange.answer.isOverdue {
            return .failed(
                .overloaded(
                    LocalizedText(
                        fr: "\(request.server), interrogé sur \(request.name)",
                        en: "\(request.server), asked for \(request.name),")))
        }
        guard case .noAnswer(let failure) = exchange.answer, failure.kind == .other else {
            return .dns(exchange)
        }
        return .failed(
            TransportFailure(
                Task.isCancelled ? .cancelled : .protocolError,
                fr: "\(request.server) n'a pas pu être interrogé sur \(request.name) : \(failure.message)",
                en: "\(request.server) could not be asked for \(request.name): \(failure.message)"))
    }

    private func ask(
        _ request: DNSProbeRequest, id: UInt16, timeLimit: Duration
    ) async -> DNSExchange.Answer {
        let query: [UInt8]
        let server: SocketAddress
        do throws(DNSCodec.Fault) {
            query = try DNSCodec.query(request, id: id)
        } catch {
            return .noAnswer(DialFailure(.other, error.reason))
        }
        do throws(DialFailure) {
            server = try DirectDialer.socketAddress(host: request.server, port: request.port)
        } catch {
            return .noAnswer(error)
        }
        let question = Question(request: request, id: id, query: query)
        guard let datagramGroup else { return await overTCP(question, timeLimit: timeLimit) }

        let clock = ContinuousClock()
        let start = clock.now
        let lag = LagWatch(watched)
        let begin = lag.mark()
        let first = await DNSDatagrams.ask(
            query, id: id, server: server, timeLimit: timeLimit, on: datagramGroup)
        switch first {
        case .failure(let failure):
            return .noAnswer(failure.counted(lag.wasLate(since: begin, waiting: timeLimit)))
        case .success(let message) where DNSCodec.isTruncated(message):
            let whole = await overTCP(question, timeLimit: timeLimit - (clock.now - start))
            guard case .noAnswer(let failure) = whole else { return whole }
            return truncated(question, message, tcpFailure: failure)
        case .success(let message): return question.read(message, over: .udp)
        }
    }

    private func overTCP(_ question: Question, timeLimit: Duration) async -> DNSExchange.Answer {
        do throws(DialFailure) {
            return try await dialer.inTurn(at: question.request.server) {
                await overTCP(question, timeLimit: timeLimit, dialer: $0)
            }
        } catch {
            return .noAnswer(error)
        }
    }

    private func overTCP(
        _ question: Question, timeLimit: Duration, dialer: any StreamDialer
    ) async -> DNSExchange.Answer {
        let lag = LagWatch(dialer.loops)
        let begin = lag.mark()
        let ending = await DNSStream.ask(
            question.query, request: question.request, timeLimit: timeLimit, dialer: dialer)
        switch ending {
        case .success(let message): return question.read(message, over: .tcp)
        case .failure(let failure):
            return .noAnswer(failure.counted(lag.wasLate(since: begin, waiting: timeLimit)))
        }
    }

    /// What can be read of an answer that is not whole.
    private func truncated(
        _ question: Question, _ message: [UInt8], tcpFailure: DialFailure
    ) -> DNSExchange.Answer {
        guard case .response(var response) = question.read(message, over: .udp) else {
            let reason = LocalizedText(
                fr: "elle est tronquée, et rien n'est venu par TCP : \(tcpFailure.message)",
                en: "it is truncated, and over TCP nothing came: \(tcpFailure.message)")
            return .malformed(Bytes(message), reason: reason)
        }
        response.tcpFailure = tcpFailure
        return .response(response)
    }

    private struct Question: Sendable {
        var request: DNSProbeRequest
        var id: UInt16
        var query: [UInt8]

        func read(_ message: [UInt8], over transport: DNSResponse.Transport) -> DNSExchange.Answer {
            do throws(DNSCodec.Fault) {
                return .response(try DNSCodec.response(message, to: request, id: id, over: transport))
            } catch {
                return .malformed(Bytes(message), reason: error.reason)
            }
        }
    }
}

extension DNSExchange.Answer {
    /// Whether it is not whole because the grader itself was late.
    fileprivate var isOverdue: Bool {
        switch self {
        case .noAnswer(let failure): failure.kind == .overloaded
        case .response(let response): response.tcpFailure?.kind == .overloaded
        case .malformed: false
        }
    }
}
