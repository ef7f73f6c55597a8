import Foundation
import GraderCore

/// The lock on what the runs of a class share: marks, answers, history, `latest` and the pages made of them. Whoever reads
/// some of it in order to write some of it holds it meanwhile. It is on `<reports>/<class>/.lock`.
extension ReportsFolder {
    static let lockName = ".lock"

    /// - Parameter patience: how long somebody else may hold it.
    /// - Throws: ``StoreFailure`` where the class's folder cannot be written, or the wait ended; else what `work` throws.
    func withLock<Result>(
        on className: String, patience: Duration = .seconds(120), _ work: () throws -> Result
    ) throws -> Result {
        try Self.withLock(
            file: "\(try folder(of: className))/\(Self.lockName)", patience: patience, work)
    }

    /// The same for who has the lock's path.
    static func withLock<Result>(
        file: String, patience: Duration, _ work: () throws -> Result
    ) throws -> Result {
        let end = ContinuousClock.now + patience
        while true {
            switch FileLock.attempt(file: file) {
            case .had(let lock):
                defer { lock.end() }
                return try work()
            case .impossible(let code): throw StoreFailure(writing: file, code)
            case .busy:
                guard ContinuousClock.now < end else {
                    throw StoreFailure(
                        fr:
                            "Un autre Bascule est en train d'écrire dans \(FilePath.folder(of: file)) : attendre, puis recommencer.",
                        en:
                            "\(FilePath.folder(of: file)) is being written by another Bascule: wait for it, then try again.",
                        .busy)
                }
                usleep(10_000)
            }
        }
    }
}
