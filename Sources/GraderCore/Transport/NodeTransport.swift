import Foundation

/// What a node is asked to run: an argument vector, never a string for a shell to take apart.
///
/// The first word is an absolute path or a name looked up in the fixed `PATH`
/// `/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`. The transport runs it with a clean
/// environment (`env -i`, `LC_ALL=C.UTF-8`), so that no student's profile changes what it prints.
public struct RemoteCommand: Sendable, Hashable, Codable {
    public var arguments: [String]
    /// Whether it has to run as root, through whatever way to root the node's login has.
    public var asRoot: Bool
    /// After this time the command is given up (and killed on the node where that is possible).
    public var timeLimit: Duration
    /// Bytes kept of each of standard output and standard error; the rest is read, counted and thrown away
    /// until `timeLimit`, and the result says so.
    public var outputLimit: Int

    public init(
        _ arguments: [String], asRoot: Bool = true, timeLimit: Duration = .seconds(10),
        outputLimit: Int = 1 << 20
    ) {
        self.arguments = arguments
        self.asRoot = asRoot
        self.timeLimit = timeLimit
        self.outputLimit = outputLimit
    }
}

/// What a command that could be started came to. A non-zero exit is data, not an error.
public struct CommandResult: Sendable, Hashable {
    /// How the command ended.
    public enum Ending: Sendable, Hashable {
        /// It exited with this status.
        case exited(Int)
        /// A signal ended it; the name without `SIG` (RFC 4254, section 6.10).
        case signalled(String)
        /// It was still running when its time was up; what it had printed by then is kept.
        case timedOut
        /// The other side closed the channel without saying how the command ended.
        case unknown
    }

    /// The argument vector that this answers, written by whoever ran it: a result is never known by its position.
    public var arguments: [String]
    public var ending: Ending
    public var standardOutput: Bytes
    public var standardError: Bytes
    /// True where more came than `RemoteCommand.outputLimit` let through.
    public var outputTruncated: Bool
    public var errorTruncated: Bool
    public var duration: Duration

    public init(
        answering arguments: [String], ending: Ending, standardOutput: Bytes, standardError: Bytes,
        outputTruncated: Bool = false,
        errorTruncated: Bool = false, duration: Duration
    ) {
        self.arguments = arguments
        self.ending = ending
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.outputTruncated = outputTruncated
        self.errorTruncated = errorTruncated
        self.duration = duration
    }

    /// What it printed where it exited with 0 and nothing was cut off; nil otherwise.
    public var completeOutput: Bytes? {
        ending == .exited(0) && !outputTruncated ? standardOutput : nil
    }
}

/// Raw bytes as they came. In JSON a string where they are UTF-8 without a NUL, base64 otherwise, so that
/// evidence can be read by a person and still loses nothing.
public struct Bytes: Sendable, Hashable, Codable, ExpressibleByStringLiteral {
    public var raw: [UInt8]

    public init(_ raw: [UInt8]) { self.raw = raw }
    public init(_ text: String) { raw = Array(text.utf8) }
    public init(stringLiteral value: String) { self.init(value) }

    /// The bytes as text; what is not UTF-8 shows as U+FFFD.
    public var text: String { String(decoding: raw, as: UTF8.self) }

    private enum CodingKeys: String, CodingKey { case base64 }

    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self.init(text)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let encoded = try container.decode(String.self, forKey: .base64)
        guard let data = Data(base64Encoded: encoded) else {
            throw DecodingError.dataCorruptedError(
                forKey: .base64, in: container, debugDescription: "not base64")
        }
        self.init(Array(data))
    }

    public func encode(to encoder: any Encoder) throws {
        if let text = String(validating: raw, as: UTF8.self), !raw.contains(0) {
            var container = encoder.singleValueContainer()
            try container.encode(text)
        } else {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(Data(raw).base64EncodedString(), forKey: .base64)
        }
    }
}

/// Why a node could not be reached or a command could not be run: about the way there, never about what the
/// command came to.
public struct TransportFailure: Error, Sendable, Hashable, Codable {
    /// What happened, for programs; the sentence for people is `message`.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing answered within the time limit, and the grader was there to hear it.
        case timedOut
        /// The time limit passed while the grader itself was late: nobody can say whose fault it was.
        case graderOverloaded
        /// The port is closed (RST).
        case connectionRefused
        /// No route, host or network unreachable, or the name does not resolve.
        case unreachable
        /// Something accepted the connection and said nothing, or not SSH.
        case notSSH
        /// The server refuses for now (MaxStartups, PerSourcePenalties): log-ins are not tried again.
        case refusedByPenalty
        /// The host key is not the one on file.
        case hostKeyChanged
        /// No way of authenticating was accepted.
        case authenticationFailed
        /// The key or its passphrase cannot be used on the grader's side.
        case keyUnusable
        /// Both speak SSH, and there is no key exchange, or no kind of host key, that both know and the grader takes.
        case noCommonAlgorithms
        /// Logged in, but no command runs: a restricted account, an expired password, no shell, no session allowed.
        case commandsRefused
        /// Logged in, but root could not be had.
        case rootRefused
        /// The connection broke after the log-in.
        case connectionLost
        /// The node was left out on purpose: `check --local` looks at one node only.
        case outOfSight
        /// The grader gave up (Ctrl-C, deadline of the pair).
        case cancelled
        /// The other side or the library broke the protocol.
        case protocolError
        /// A bug of Bascule's own: what came back answers something else than what was asked.
        case programFault
    }

    public var kind: Kind
    /// One sentence in English: who, what, what to do next; no password, no key.
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

/// An open log-in to one node. Several commands may run side by side; each is bounded by itself, and one that
/// is given up leaves the others and the session usable.
public protocol NodeSession: Sendable {
    /// Runs a command. Throws only where it could not be run at all.
    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult
    /// Runs commands of which each is a matter of milliseconds, as cheaply as the way to the node allows: one
    /// after the other or side by side. One result for each, as `run` would give it.
    func run(brief commands: [RemoteCommand]) async -> [RemoteCommand: Result<
        CommandResult, TransportFailure
    >]
    /// A dialer whose connections are made by the node (SSH `direct-tcpip`, RFC 4254 section 7.2).
    var dialer: any StreamDialer { get }
    /// The host key the server proved to hold, as `type base64`; nil where there is none (local, replay).
    var hostKey: String? { get }
    /// Ends the log-in; idempotent.
    func close() async
}

extension CommandResult {
    /// Itself where it is the answer to this command.
    /// - Throws: `.programFault` where it answers another: nobody may be judged by it.
    public func answering(_ command: RemoteCommand) throws(TransportFailure) -> CommandResult {
        guard arguments == command.arguments else {
            throw .misplaced(
                asked: command.arguments.joined(separator: " "), arguments.joined(separator: " "))
        }
        return self
    }
}

extension TransportFailure {
    /// Nothing came back where something must, be it a failure.
    public static func unanswered(_ asked: String) -> TransportFailure {
        TransportFailure(
            .programFault,
            "This is a bug in Bascule, not the student's doing: `\(asked.prefix(200))` got no answer at all; "
                + "please report it.")
    }

    /// What came back does not belong to what was asked.
    static func misplaced(asked: String, _ answered: String) -> TransportFailure {
        TransportFailure(
            .programFault,
            "This is a bug in Bascule, not the student's doing: the answer to `\(asked.prefix(200))` came as that to "
                + "`\(answered.prefix(200))`; please report it.")
    }
}

extension NodeSession {
    /// Runs a command as `run` does, and makes sure that what came back answers it.
    public func answer(to command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        let result = try await run(command)
        return try result.answering(command)
    }

    public func run(
        brief commands: [RemoteCommand]
    ) async -> [RemoteCommand: Result<CommandResult, TransportFailure>] {
        await runAlone(commands)
    }

    /// All side by side, each as if it were the only one.
    public func runAlone(
        _ commands: [RemoteCommand]
    ) async -> [RemoteCommand: Result<CommandResult, TransportFailure>] {
        await withTaskGroup(of: (RemoteCommand, Result<CommandResult, TransportFailure>).self) { group in
            for command in Set(commands) {
                group.addTask {
                    let result: Result<CommandResult, TransportFailure>
                    do throws(TransportFailure) {
                        let answer = try await run(command)
                        result = .success(answer)
                    } catch {
                        result = .failure(error)
                    }
                    // The tuple is made once nothing is awaited any more (scripts/awaited_values.py says why).
                    return (command, result)
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}

/// A connected byte stream, direct or through a tunnel.
public protocol ByteStream: Sendable {
    func write(_ bytes: [UInt8]) async throws(DialFailure)
    /// The next bytes; empty at the end of the stream.
    func read() async throws(DialFailure) -> [UInt8]
    func close() async
}

/// Why a TCP connection could not be made or broke: nmap's distinctions.
public struct DialFailure: Error, Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Hashable, Codable {
        case refused, timedOut, unreachable, reset, prohibited, other
        /// Time was up while the grader itself was late.
        case overloaded
    }
    public var kind: Kind
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

/// Opens TCP connections from some vantage.
public protocol StreamDialer: Sendable {
    /// - Parameters:
    ///   - host: an IPv4 or IPv6 address (names are not looked up here).
    ///   - timeLimit: for the connection to stand.
    func dial(host: String, port: Int, timeLimit: Duration) async throws(DialFailure) -> any ByteStream
    /// What the connections' bytes wait for on the grader's side; empty where nothing does.
    var loops: [LoopClock] { get }
}

extension StreamDialer {
    public var loops: [LoopClock] { [] }
}
