import Foundation

/// The lock on what the runs of a class share: marks, answers, history, `latest` and the pages made of them. Whoever reads
/// some of it in order to write some of it holds it meanwhile. flock(2) on `<reports>/<class>/.lock`: it ends with the
/// program, however that ends.
extension ReportsFolder {
    static let lockName = ".lock"

    /// - Parameter patience: how long somebody else may hold it.
    /// - Throws: ``StoreFailure`` where the class's folder cannot be written, or the wait ended; else what `work` throws.
    func withLock<Result>(
        on className: String, patience: Duration = .seconds(120), _ work: () throws -> Result
    ) throws -> Result {
        let file = "\(try folder(of: className))/\(Self.lockName)"
        let descriptor = try Self.openLock(file, until: ContinuousClock.now + patience)
        defer { close(descriptor) }
        return try work()
    }

    private static func openLock(_ file: String, until end: ContinuousClock.Instant) throws -> Int32 {
        while true {
            let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw AtomicFile.failure(file, errno) }
            while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                guard ContinuousClock.now < end else {
                    close(descriptor)
                    throw StoreFailure(
                        "\(FilePath.folder(of: file)) is being written by another Bascule: wait for it, then try again."
                    )
                }
                usleep(10_000)
            }
            // A purge may have taken the file away meanwhile: then this lock is nobody else's.
            var (held, there) = (stat(), stat())
            if fstat(descriptor, &held) == 0, stat(file, &there) == 0, held.st_ino == there.st_ino {
                return descriptor
            }
            close(descriptor)
        }
    }
}
