import GraderCore
import NIOCore

/// TCP connections made by the node (`ssh -W`) in one log-in, one opening at a time.
struct TunnelDialer: StreamDialer {
    let session: SSHSession
    var loops: [LoopClock] { [LoopClock(session.eventLoop), .tasks] }

    func dial(
        host: String, port: Int, timeLimit: Duration
    ) async throws(DialFailure) -> any ByteStream {
        let eventLoop = session.eventLoop
        let connection = session.connection
        let tunnel = try await eventLoop.outcome(cancelled: { DialFailure.cancelled }) { done in
            let tunnel = TunnelState(connection.value, host: host, port: port, timeLimit: timeLimit)
            let bound = NIOLoopBound(tunnel, eventLoop: eventLoop)
            tunnel.open { done($0.map { bound }) }
            return { tunnel.fail(.cancelled) }
        }.get()
        return TunnelStream(state: tunnel, session: session)
    }
}

/// The caller's end of a tunnelled connection.
final class TunnelStream: ByteStream {
    private let state: NIOLoopBound<TunnelState>
    /// Held for as long as the stream is: the log-in may be of no use to anybody else by then.
    private let session: SSHSession
    private var eventLoop: any EventLoop { session.eventLoop }

    init(state: NIOLoopBound<TunnelState>, session: SSHSession) {
        self.state = state
        self.session = session
    }

    deinit {
        let state = state
        eventLoop.execute { state.value.close() }
    }

    func write(_ bytes: [UInt8]) async throws(DialFailure) {
        _ = try await perform { tunnel, done in
            tunnel.write(bytes) { done($0.map { [] }) }
        }
    }

    func read() async throws(DialFailure) -> [UInt8] {
        try await perform { tunnel, done in tunnel.read(done) }
    }

    func close() async {
        let state = state
        _ = try? await eventLoop.submit { state.value.close() }.get()
    }

    private func perform(
        _ body: @escaping @Sendable (TunnelState, @escaping (Result<[UInt8], DialFailure>) -> Void) -> Void
    ) async throws(DialFailure) -> [UInt8] {
        let state = state
        // A stream somebody gave up in the middle is of no more use.
        let giveUp: @Sendable () -> DialFailure = {
            state.value.fail(.cancelled)
            return .cancelled
        }
        return try await eventLoop.outcome(cancelled: giveUp) { done in
            body(state.value, done)
            return { _ = giveUp() }
        }.get()
    }
}

/// The state of one tunnelled connection, on the event loop.
final class TunnelState {
    /// Bytes kept for a reader that does not come; then the node is made to wait.
    private static let unreadLimit = 256 * 1024

    private let connection: SSHConnection
    private let host: String
    private let port: Int
    private let timeLimit: Duration
    private var stream: StreamOperation?
    private var timer: Scheduled<Void>?
    private let begin = NIODeadline.now()
    private let mark: LagWatch.Mark
    private var unread = ByteQueue()
    private var isAtEnd = false
    private var failure: DialFailure?
    private var onOpen: ((Result<Void, DialFailure>) -> Void)?
    private var reader: ((Result<[UInt8], DialFailure>) -> Void)?
    private var writers: [(Result<Void, DialFailure>) -> Void] = []

    init(_ connection: SSHConnection, host: String, port: Int, timeLimit: Duration) {
        self.connection = connection
        self.host = host
        self.port = port
        self.timeLimit = timeLimit
        mark = connection.lag.mark()
    }

    private var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private var closed: DialFailure {
        DialFailure(
            .reset, fr: "\(address) a fermé la connexion", en: "\(address) closed the connection")
    }

    func open(_ done: @escaping (Result<Void, DialFailure>) -> Void) {
        onOpen = done
        let address = address
        let limit = timeLimit
        timer = connection.bound(limit) { [weak self] isOurs in
            self?.fail(
                DialFailure(
                    isOurs ? .overloaded : .timedOut,
                    fr: "\(address) n'a pas répondu à la machine en \(limit.inSeconds)",
                    en: "\(address) did not answer the node within \(limit.inSeconds)"))
        }
        let stream = StreamOperation(.direct(host: host, port: port)) { [weak self] event in
            self?.handle(event)
        }
        self.stream = stream
        connection.machine.add(stream)
    }

    private func handle(_ event: StreamOperation.Event) {
        switch event {
        case .opened:
            timer?.cancel()
            let tell = onOpen
            onOpen = nil
            tell?(.success(()))
        case .data(let bytes):
            unread.append(bytes)
            hand()
            if unread.count > Self.unreadLimit { stream?.wantsData = false }
        case .errorData: break
        case .drained: finishWriters(.success(()))
        case .ended:
            isAtEnd = true
            hand()
            finishWriters(.failure(closed))
        case .failed(let reason):
            if onOpen != nil {
                var failure = DialFailure(opening: reason, after: .now() - begin, to: address)
                // Heard late, a refusal looks like silence.
                if failure.kind == .unreachable, connection.lag.wasLate(since: mark, waiting: .seconds(2)) {
                    failure.kind = .overloaded
                }
                fail(failure)
            } else {
                // The session's own end, by either side, says nothing of who is at the other end of the connection.
                let isTheirs = if case .library(let error) = reason { !error.endsConnection } else { false }
                fail(
                    DialFailure(
                        isTheirs ? .reset : .other,
                        fr: "la connexion à \(address) s'est rompue (\(reason.words))",
                        en: "the connection to \(address) broke (\(reason.words))"))
            }
        }
    }

    func read(_ done: @escaping (Result<[UInt8], DialFailure>) -> Void) {
        guard reader == nil else {
            let failure = DialFailure(.other, fr: "deux lectures à la fois", en: "read twice at once")
            return done(.failure(failure))
        }
        reader = done
        hand()
        stream?.wantsData = true
    }

    private func hand() {
        guard reader != nil else { return }
        let answer: Result<[UInt8], DialFailure>
        if !unread.isEmpty {
            answer = .success(unread.takeAll())
        } else if let failure {
            answer = .failure(failure)
        } else if isAtEnd {
            answer = .success([])
        } else {
            return
        }
        let tell = reader
        reader = nil
        tell?(answer)
    }

    func write(_ bytes: [UInt8], _ done: @escaping (Result<Void, DialFailure>) -> Void) {
        guard let stream, failure == nil, !isAtEnd else {
            return done(.failure(failure ?? closed))
        }
        guard !bytes.isEmpty else { return done(.success(())) }
        writers.append(done)
        stream.write(bytes)
    }

    private func finishWriters(_ result: Result<Void, DialFailure>) {
        let all = writers
        writers = []
        for tell in all { tell(result) }
    }

    func close() {
        fail(
            DialFailure(
                .other, fr: "la connexion à \(address) a été fermée par le correcteur",
                en: "the connection to \(address) was closed by the grader"))
    }

    func fail(_ failure: DialFailure) {
        guard self.failure == nil else { return }
        self.failure = failure
        timer?.cancel()
        stream?.abandon()
        stream = nil
        let tell = onOpen
        onOpen = nil
        tell?(.failure(failure))
        hand()
        finishWriters(.failure(failure))
    }
}
