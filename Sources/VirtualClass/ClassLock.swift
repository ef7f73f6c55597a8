import Foundation

/// A lock on a folder, held while a piece of work runs and no longer than the program lives (flock(2)): whoever
/// finds a half-made class and can lock it knows that nobody is making it any more.
enum ClassLock {
    /// Runs `work` with the lock held on an existing folder; throws where somebody else holds it and `patience` ends.
    /// - Parameter what: what is being worked on, for the message.
    static func holding<Result>(
        _ folder: String, what: String, patience: Duration = .zero, _ work: () async throws -> Result
    ) async throws -> Result {
        // Closed on exec, or the class's own processes would hold it for ever.
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        try require(descriptor >= 0, "\(folder) cannot be opened: run this as root.")
        defer { close(descriptor) }
        let end = ContinuousClock.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard ContinuousClock.now < end else {
                throw LabError("Another `bascule lab` is working on \(what): wait for it, or end it first.")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        return try await work()
    }

    /// Whether somebody holds the lock on `folder` now.
    static func isHeld(_ folder: String) -> Bool {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
