/// What kind of thing stands in the way of a whole command: by it a script tells a mistake to mend from a disk to clear.
public enum FailureCause: String, Sendable, Hashable, Codable, CaseIterable {
    /// What was given, or was stored before, cannot be used as it is: a roster, a rubric, a name, a damaged file.
    case unusable
    /// A file or a folder cannot be written: a full disk, somebody else's folder, a file system that is read only.
    case notWritten
    /// Another Bascule is at work on the same files.
    case busy
    /// A machine, or a program of this machine, is not to be had.
    case unavailable
    /// Whoever is at the terminal gave it up.
    case interrupted
    /// A bug of ours.
    case programFault
}

/// An error that ends a command with one sentence for people and a status for scripts.
public protocol CommandFailure: Error {
    var cause: FailureCause { get }
    /// Who, what, and what to do next; no password, no key.
    var sentence: LocalizedText { get }
}

extension CommandFailure {
    /// In the language of whoever is at the terminal.
    public var message: String { sentence[.current] }
}

extension TransportFailure: CommandFailure {
    /// Of what ends a whole command; a student's machine that does not answer is a result and ends none.
    public var cause: FailureCause {
        switch kind {
        case .keyUnusable: .unusable
        case .programFault: .programFault
        case .timedOut, .graderOverloaded, .connectionRefused, .unreachable, .notSSH, .refusedByPenalty,
            .hostKeyChanged, .authenticationFailed, .noCommonAlgorithms, .commandsRefused, .rootRefused,
            .connectionLost, .outOfSight, .cancelled, .protocolError:
            .unavailable
        }
    }
}
