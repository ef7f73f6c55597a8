import Foundation
import GraderCore

/// Who makes the runs of a class: one program at a time, a `grade-all` for as long as its run takes, a board for as
/// long as it is there. Whoever has the lock on `<reports>/<class>/.grading` does; it ends with the program.
public enum GradingClaim: Sendable {
    /// This program does, for as long as the value is there.
    case granted(FileLock)
    /// A board does, and takes requests.
    case board(GradingClient)
    /// Somebody else does, who takes none.
    case busy

    /// What stands in the way where somebody else makes a run.
    public static func refusal(of className: String) -> GradingRefusal {
        GradingRefusal(
            LocalizedText(
                fr:
                    "La classe \(className) est en cours de notation par un autre bascule : attendre qu'il ait fini, puis relancer.",
                en:
                    "The class \(className) is being graded by another bascule: wait for it to end, then try again."
            ),
            .busy)
    }
}

/// Why a run of a class is not made: by whoever makes its runs, or since somebody else does.
public struct GradingRefusal: CommandFailure, Sendable, Hashable, Codable {
    public var sentence: LocalizedText
    public var cause: FailureCause

    public init(_ sentence: LocalizedText, _ cause: FailureCause = .unusable) {
        self.sentence = sentence
        self.cause = cause
    }
}

extension ReportsFolder {
    /// Tries to become the one who makes the class's runs.
    /// - Throws: ``StoreFailure`` where the class's folder cannot be written.
    public func claimGrading(of className: String) async throws(StoreFailure) -> GradingClaim {
        let folder = try folder(of: className)
        try AtomicFile.makeFolders(folder)
        let file = "\(folder)/\(Self.gradingName)"
        // Between a board's taking the lock and its listening there is a moment.
        for attempt in 1...10 {
            switch FileLock.attempt(file: file) {
            case .had(let lock): return .granted(lock)
            case .impossible(let code): throw StoreFailure(writing: file, code)
            case .busy: break
            }
            if let socket = LineSocket(connectingTo: try board(of: className).path) {
                return .board(GradingClient(socket))
            }
            if attempt < 10 { try? await Task.sleep(for: .milliseconds(50)) }
        }
        return .busy
    }

    private static let gradingName = ".grading"
    private static let judgingName = ".judging"

    /// So that nobody takes runs away while evidence is judged again (`shared`), or the other way round (`whole`).
    /// - Returns: nil where there is no such class.
    /// - Throws: ``StoreFailure`` where somebody does.
    func holdJudging(of className: String, _ kind: FileLock.Kind) throws(StoreFailure) -> FileLock? {
        let folder = try folder(of: className)
        guard mayBeThere(folder) else { return nil }
        let file = "\(folder)/\(Self.judgingName)"
        switch FileLock.attempt(file: file, kind) {
        case .had(let lock): return lock
        case .impossible(let code): throw StoreFailure(writing: file, code)
        case .busy:
            throw StoreFailure(
                fr: """
                    Un « bascule score » de la classe \(className), ou un « bascule purge », est en cours : attendre qu'il \
                    ait fini, puis recommencer.
                    """,
                en: """
                    A `bascule score` of the class \(className), or a `bascule purge`, is at work: wait for it to end, then \
                    try again.
                    """,
                .busy)
        }
    }

    /// So that nobody makes a run of the class meanwhile, and no board is open.
    /// - Returns: nil where there is no such class.
    /// - Throws: ``StoreFailure`` where somebody does.
    func holdGrading(of className: String) throws(StoreFailure) -> FileLock? {
        let folder = try folder(of: className)
        guard mayBeThere(folder) else { return nil }
        let file = "\(folder)/\(Self.gradingName)"
        switch FileLock.attempt(file: file) {
        case .had(let lock): return lock
        case .impossible(let code): throw StoreFailure(writing: file, code)
        case .busy:
            throw StoreFailure(
                fr:
                    "La classe \(className) est en cours de notation, ou son tableau de bord est ouvert : attendre, ou l'arrêter, puis recommencer.",
                en:
                    "The class \(className) is being graded, or its board is open: wait for it, or end it, then try again.",
                .busy)
        }
    }

    /// The lock's file and a dead board's socket, for who holds the lock.
    func removeGradingFiles(of className: String) {
        guard let folder = try? folder(of: className), let board = try? board(of: className).path else {
            return
        }
        unlink("\(board)/\(LineSocket.name)")
        try? ClassPurge.removeIfEmpty(board)
        unlink("\(folder)/\(Self.gradingName)")
        unlink("\(folder)/\(Self.judgingName)")
    }
}
