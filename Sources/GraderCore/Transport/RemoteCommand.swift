import Foundation

/// What a node is asked to run: an argument vector, never a string for a shell to take apart. The transport runs it
/// with a clean environment (`env -i`, `LC_ALL=C.UTF-8`, a fixed `PATH`), so that no student's profile changes what it
/// prints.
public struct RemoteCommand: Sendable, Hashable, Codable {
    public var arguments: [String]
    /// Whether it has to run as root, through whatever way to root the node's login has.
    public var asRoot: Bool
    /// After this time the command is given up (and killed on the node where that is possible).
    public var timeLimit: Duration
    /// Bytes kept of each of standard output and standard error; the rest is read, counted and thrown away
    /// until `timeLimit`, and the result says so.
    public var outputLimit: Int
    /// What it reads from its standard input, which ends with one line break whatever the text ends with; nil: nothing.
    /// At most `inputLimit` bytes of UTF-8, no NUL.
    public var input: String?

    /// Of `input`, in bytes: what one command may cost a node's memory and a line to it.
    public static let inputLimit = 1 << 20

    public init(
        _ arguments: [String], asRoot: Bool = true, timeLimit: Duration = .seconds(10),
        outputLimit: Int = 1 << 20, input: String? = nil
    ) {
        self.arguments = arguments
        self.asRoot = asRoot
        self.timeLimit = timeLimit
        self.outputLimit = outputLimit
        self.input = input
    }

    /// Whether it can be sent to a node: a command line carries no NUL, and the input is bounded.
    public var isSpeakable: Bool {
        !arguments.isEmpty && !arguments.contains { $0.utf8.contains(0) }
            && input.map { $0.utf8.count <= Self.inputLimit && !$0.utf8.contains(0) } != false
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

    /// What it complained of, on one line; where it said nothing how it ended, so that no reason is an empty one.
    public var complaint: LocalizedText {
        let said = standardError.text.trimmingCharacters(in: .whitespacesAndNewlines)
        return said.isEmpty ? ending.words : LocalizedText(verbatim: SafeText.label(said, limit: 200))
    }

    /// What it printed where it exited with 0 and nothing was cut off; nil otherwise.
    public var completeOutput: Bytes? {
        ending == .exited(0) && !outputTruncated ? standardOutput : nil
    }

    /// Itself where it is the answer to this command.
    /// - Throws: `.programFault` where it answers another: nobody may be judged by it.
    public func answering(_ command: RemoteCommand) throws(TransportFailure) -> CommandResult {
        guard arguments == command.arguments else {
            throw .misplaced(
                asked: command.arguments.joined(separator: " "),
                LocalizedText(verbatim: arguments.joined(separator: " ").cut(to: 200)))
        }
        return self
    }
}

extension CommandResult.Ending {
    /// For a sentence on what failed.
    public var words: LocalizedText {
        switch self {
        case .exited(let status): LocalizedText(fr: "code de retour \(status)", en: "exit status \(status)")
        case .signalled(let signal): LocalizedText(fr: "signal \(signal)", en: "signal \(signal)")
        case .timedOut: LocalizedText(fr: "pas terminé à temps", en: "not done in time")
        case .unknown: LocalizedText(fr: "interrompu", en: "interrupted")
        }
    }
}
