import GraderCore

/// The lock on a class's folder, held while a piece of work runs and no longer than the program lives: whoever
/// finds a half-made class and can lock it knows that nobody is making it any more.
enum ClassLock {
    /// Runs `work` with the lock held on an existing folder.
    /// - Parameter what: what is being worked on, for the message.
    /// - Throws: ``LabError`` where somebody else holds it and `patience` ends; else what `work` throws.
    static func holding<Result>(
        _ folder: String, what: LocalizedText, patience: Duration = .zero, _ work: () async throws -> Result
    ) async throws -> Result {
        let end = ContinuousClock.now + patience
        while true {
            switch FileLock.attempt(folder: folder) {
            case .had(let lock):
                defer { lock.end() }
                return try await work()
            case .impossible:
                throw LabError(
                    LocalizedText(
                        fr: "\(folder) ne s'ouvre pas : lancer la commande en tant que root.",
                        en: "\(folder) cannot be opened: run this as root."))
            case .busy:
                guard ContinuousClock.now < end else {
                    throw LabError(
                        LocalizedText(
                            fr:
                                "Un autre `bascule lab` travaille déjà sur \(what) : l'attendre, ou l'arrêter d'abord.",
                            en: "Another `bascule lab` is working on \(what): wait for it, or end it first."))
                }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Whether somebody holds the lock on `folder` now.
    static func isHeld(_ folder: String) -> Bool {
        if case .busy = FileLock.attempt(folder: folder, .shared) { true } else { false }
    }
}
