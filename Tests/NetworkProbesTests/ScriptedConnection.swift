import GraderCore
import NIOPosix
import Synchronization

@testable import NetworkProbes

/// What an in-memory server does, one step per read.
enum Step: Sendable {
    case bytes([UInt8])
    case end
    case fail(DialFailure)
    /// Says nothing and goes on saying nothing; wakes up when the reader is cancelled.
    case silence
    /// Says nothing and does not notice that the reader is cancelled, only that the stream is closed.
    case deafSilence
    /// The step before, again and again.
    case forever

    static func text(_ text: String) -> Step { .bytes(Array(text.utf8)) }
}

/// A connection whose other side follows a script; at the script's end it closes.
final class ScriptedConnection: ByteStream {
    private struct State {
        var steps: ArraySlice<Step>
        var last: Step?
        var written: [UInt8] = []
        var isClosed = false
        var isSilent = false
        var readsDone = 0
    }
    private let state: Mutex<State>
    private let writeFailure: DialFailure?
    private let (closed, closing) = AsyncStream.makeStream(of: Void.self)

    private let closesOnlyWhenCancelled: Bool

    init(_ steps: [Step], writeFailure: DialFailure? = nil, closesOnlyWhenCancelled: Bool = false) {
        state = Mutex(State(steps: steps[...]))
        self.writeFailure = writeFailure
        self.closesOnlyWhenCancelled = closesOnlyWhenCancelled
    }

    var written: String { state.withLock { String(decoding: $0.written, as: UTF8.self) } }
    var isClosed: Bool { state.withLock { $0.isClosed } }
    /// The script came to a silence.
    var isSilent: Bool { state.withLock { $0.isSilent } }
    var readsDone: Int { state.withLock { $0.readsDone } }

    func write(_ bytes: [UInt8]) async throws(DialFailure) {
        if let writeFailure { throw writeFailure }
        state.withLock { $0.written += bytes }
    }

    func read() async throws(DialFailure) -> [UInt8] {
        if Task.isCancelled { throw DialFailure(.other, saying: "cancelled") }
        let step = state.withLock { state -> Step in
            state.readsDone += 1
            if case .forever? = state.steps.first { return state.last ?? .end }
            let step = state.steps.popFirst() ?? .end
            state.last = step
            return step
        }
        switch step {
        case .bytes(let bytes):
            return bytes
        case .end, .forever:
            return []
        case .fail(let failure):
            throw failure
        case .silence:
            state.withLock { $0.isSilent = true }
            try? await Task.sleep(for: .seconds(3600))
            throw DialFailure(.other, saying: "cancelled")
        case .deafSilence:
            state.withLock { $0.isSilent = true }
            let closed = self.closed
            await Task.detached { for await _ in closed {} }.value
            throw DialFailure(.other, saying: "closed")
        }
    }

    func close() async {
        if closesOnlyWhenCancelled { try? await Task.sleep(for: .seconds(3600)) }
        state.withLock { $0.isClosed = true }
        closing.finish()
    }
}

extension DialFailure {
    /// One that a test makes up.
    init(_ kind: Kind, saying words: String) { self.init(kind, LocalizedText(verbatim: words)) }
}

/// A dialer that gives out one scripted connection, or fails, or never comes back.
struct ScriptedDialer: StreamDialer {
    enum Answer: Sendable {
        case connects(ScriptedConnection)
        case fails(DialFailure)
        case neverAnswers
    }
    var answer: Answer

    init(_ answer: Answer) { self.answer = answer }
    init(_ connection: ScriptedConnection) { self.answer = .connects(connection) }

    func dial(
        host: String, port: Int, timeLimit: Duration
    ) async throws(DialFailure) -> any ByteStream {
        switch answer {
        case .connects(let connection):
            return connection
        case .fails(let failure):
            throw failure
        case .neverAnswers:
            try? await Task.sleep(for: .seconds(3600))
            throw DialFailure(.other, saying: "cancelled")
        }
    }
}

extension HTTPProbe {
    /// A probe of an in-memory server, whose time is up when the server has nothing more to do and never by the
    /// clock, however busy the machine is.
    init(_ connection: ScriptedConnection) {
        self.init(dialer: ScriptedDialer(connection))
        sleep = { _ in
            while !connection.isSilent {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }

    /// What the other side is taken for, also where it was the grader's side that failed.
    func get(_ request: HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int) async -> HTTPExchange {
        let (progress, ending) = await exchange(request, timeLimit: timeLimit, bodyLimit: bodyLimit)
        return HTTPExchange(
            request: request, answer: progress.answer(to: request, after: ending, timeLimit: timeLimit))
    }
}
