import Foundation
import GraderCore
import Synchronization
import TestSheets
import Testing

@testable import ClassRun

/// This machine in a node's place: commands are run here, so that the script is tested as it is.
private struct HereSession: NodeSession {
    /// Changes what a command printed, as a node that lies would.
    var altering: @Sendable (String) -> String = { $0 }
    let dialer: any StreamDialer = NoDialer()
    let hostKey: String? = nil

    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        let ended: (Int32, Data)
        do {
            ended = try await Self.output(of: command.arguments)
        } catch {
            throw TransportFailure(.protocolError, LocalizedText(verbatim: "\(error)"))
        }
        let text = altering(String(decoding: ended.1, as: UTF8.self))
        return CommandResult(
            answering: command.arguments, ending: .exited(Int(ended.0)), standardOutput: Bytes(text),
            standardError: "", duration: .zero)
    }

    func close() async {}

    private static func output(of arguments: [String]) async throws -> (Int32, Data) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            let read = Mutex(Data())
            process.terminationHandler = { ended in
                let rest = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
                continuation.resume(returning: (ended.terminationStatus, read.withLock { $0 + rest }))
            }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }
}

private struct NoProber: NetworkProber {
    func port(address: String, port: Int, timeLimit: Duration) async -> Observation.Outcome { failed }
    func http(
        _ request: HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int
    ) async -> Observation.Outcome { failed }
    func dns(_ request: DNSProbeRequest, timeLimit: Duration) async -> Observation.Outcome { failed }
    func neighbours() async -> Bytes? { nil }

    private var failed: Observation.Outcome {
        .failed(TransportFailure(.unreachable, LocalizedText(verbatim: "not here")))
    }
}

@Suite(.timeLimit(.minutes(3))) struct NodeSamplerTests {
    /// A web server of Python's in a folder without an index, on a port that the system picks.
    private func withServer(_ body: (Int) async throws -> Void) async throws {
        let server = Process()
        server.executableURL = URL(filePath: "/usr/bin/env")
        server.arguments = ["python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
        server.currentDirectoryURL = URL(filePath: "/usr/share/doc")
        let pipe = Pipe()
        server.standardOutput = pipe
        server.standardError = FileHandle.nullDevice
        try server.run()
        // Not SIGTERM: a child of this process's threads has inherited that blocked.
        defer { kill(server.processIdentifier, SIGKILL) }
        // "Serving HTTP on 127.0.0.1 port 35617 (http://…"
        let words = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self).split(
            separator: " ")
        let at = try #require(words.firstIndex(of: "port"))
        try await body(try #require(Int(words[at + 1])))
    }

    private func start(
        _ session: HereSession, port: Int, target path: String = "/"
    ) async throws -> any RunningSampler {
        let access = PairCollector.Access(
            connect: { _ in session }, directProber: nil, prober: { _ in NoProber() })
        let request = HTTPProbeRequest(
            address: "127.0.0.1", port: port, tls: false, host: "www.example.org", target: path,
            userAgent: "test")
        let sampler = NodeSampler(connection: PairConnection(access), node: .serv2)
        return try await sampler.start(
            SamplingTarget(address: "127.0.0.1", port: port, request: request, acceptedStatuses: [200]),
            connectsPerSecond: 20, requestsPerSecond: 5)
    }

    /// What the sampling brought until there was of both kinds; on a busy machine whole seconds may be missed.
    private func trace(of running: any RunningSampler) async throws -> SampleTrace {
        var seen = await running.samples(since: .zero)
        while seen.connects.isEmpty || seen.requests.isEmpty {
            try await Task.sleep(for: .milliseconds(50))
            seen = await running.samples(since: .zero)
        }
        return await running.stop()
    }

    /// What attempts came to, without those that only say that this machine was busy.
    private func answers(_ samples: [ServiceSample]) -> Set<ServiceSample.Outcome> {
        Set(samples.map(\.outcome)).subtracting([.silent, .noAnswer])
    }

    @Test func asksFromTheNodeAtItsRate() async throws {
        try await withServer { port in
            let trace = try await trace(of: start(HereSession(), port: port))
            #expect(answers(trace.connects) == [.accepted])
            #expect(answers(trace.requests) == [.answered(200)])
            #expect((trace.connects.count + trace.requests.count + trace.missedSlots) % 25 == 0)
            #expect(trace.seenFrom?.node == .serv2)
            #expect(zip(trace.connects, trace.connects.dropFirst()).allSatisfy { $0.sent < $1.sent })
        }
    }

    @Test func aStatusIsThatOfTheAnswer() async throws {
        try await withServer { port in
            let trace = try await trace(of: start(HereSession(), port: port, target: "/none"))
            #expect(answers(trace.requests) == [.answered(404)])
        }
    }

    @Test func nobodyListensIsARefusal() async throws {
        var closed = 0
        try await withServer { closed = $0 }
        let trace = try await trace(of: start(HereSession(), port: closed))
        #expect(answers(trace.connects + trace.requests) == [.refused])
    }

    /// Whatever a node prints: no more attempts than were asked for, none of another second, and no crash.
    @Test(arguments: [
        "", "missed 0\n", "c 1 2 3 a\n", "c x y z a\nc\n\u{0}\n", "c 9223372036854775807 1 1 a\n",
        "c -9223372036854775808 1 1 a\n", String(repeating: "c 5 5 5 a\n", count: 40),
    ])
    func whatIsNoAttemptCountsAsMissed(lie: String) async throws {
        let session = HereSession { $0.contains("missed") ? lie : $0 }
        try await withServer { port in
            let running = try await start(session, port: port)
            while await running.samples(since: .zero).missedSlots < 25 {
                try await Task.sleep(for: .milliseconds(50))
            }
            let trace = await running.stop()
            #expect(trace.connects.isEmpty && trace.requests.isEmpty)
        }
    }

    /// An attempt said twice would be believed twice: each slot has one.
    @Test func noMoreAttemptsThanSlots() async throws {
        let session = HereSession { text in
            guard text.contains("missed") else { return text }
            return text.split(separator: "\n").map { "\($0)\n\($0)\n" }.joined()
        }
        try await withServer { port in
            let trace = try await trace(of: start(session, port: port))
            #expect(!trace.connects.isEmpty)
            #expect(Set(trace.connects.map(\.sent)).count == trace.connects.count)
        }
    }
}

@Suite struct NodeClockTests {
    @Test func readingsNarrowEachOther() {
        var clock = NodeClock()
        #expect(!clock.isKnown)
        // The node's clock is 100 s ahead; a reading leaves out up to 10 ms, and its way takes some, too.
        clock.take("100.00\n", before: .milliseconds(0), after: .milliseconds(30))
        #expect(clock.uncertainty(after: .zero) == .milliseconds(20))
        clock.take("101.00\n", before: .milliseconds(1_002), after: .milliseconds(1_008))
        #expect(clock.offset == .milliseconds(99_999) + .milliseconds(1))
        #expect(clock.uncertainty(after: .zero) == .milliseconds(8))
        #expect(clock.uncertainty(after: .seconds(100)) == .milliseconds(13))
    }

    @Test(arguments: ["", "no", "1e99", "-4", "nan", "inf"])
    func whatIsNoTimeIsLeftOut(text: String) {
        var clock = NodeClock()
        clock.take(text, before: .zero, after: .milliseconds(5))
        #expect(!clock.isKnown)
    }
}
