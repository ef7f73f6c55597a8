import GraderCore

/// What became of a command of the roster's on the grader's own host.
public struct HookResult: Sendable, Hashable {
    /// How it ended.
    public enum Ending: Sendable, Hashable {
        case exited(Int)
        /// By a signal of this number.
        case signalled(Int)
        /// It was still running when its time was up, and was ended.
        case timedOut
        /// The grader was interrupted, and it with it.
        case interrupted
        /// There is no such program, or it may not be run; why is for the teacher, as what it prints.
        case notStarted(LocalizedText)
    }
    public var ending: Ending
    /// The end of what it printed, on one line. For the teacher: it may name what is no business of a student's.
    public var said: String

    public init(_ ending: Ending, said: String = "") {
        self.ending = ending
        self.said = said
    }

    public var isSuccess: Bool { ending == .exited(0) }

    /// How it ended, and nothing of this host or of what it printed: for everybody.
    var how: LocalizedText {
        switch ending {
        case .exited(let status): CommandResult.Ending.exited(status).words
        case .signalled(let signal): CommandResult.Ending.signalled("\(signal)").words
        case .timedOut: CommandResult.Ending.timedOut.words
        case .interrupted: CommandResult.Ending.unknown.words
        case .notStarted: LocalizedText(fr: "n'a pas pu être lancé", en: "could not be started")
        }
    }

    /// How it ended, why it could not be started, and what it printed.
    var account: LocalizedText {
        if case .notStarted(let why) = ending {
            return LocalizedText(fr: "\(how) : \(why)", en: "\(how): \(why)")
        }
        return said.isEmpty ? how : LocalizedText(fr: "\(how) : \(said)", en: "\(how): \(said)")
    }
}

extension DrillMeans {
    /// Long enough for a hypervisor at work; a hook that waits for somebody's answer must not hold a run up.
    static let powerTimeLimit = Duration.seconds(60)
}
