import Foundation
import GraderCore
import Testing

struct FileLockTests {
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lock-\(UUID().uuidString)")
            .path(percentEncoded: false)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func isBusy(_ attempt: FileLock.Attempt) -> Bool {
        if case .busy = attempt { true } else { false }
    }

    private func taken(_ attempt: FileLock.Attempt) throws -> FileLock {
        guard case .had(let lock) = attempt else { throw CocoaError(.fileLocking) }
        return lock
    }

    @Test func oneHasItWhole() throws {
        try inFolder { folder in
            let lock = try taken(FileLock.attempt(folder: folder))
            #expect(
                isBusy(FileLock.attempt(folder: folder)) && isBusy(FileLock.attempt(folder: folder, .shared)))
            lock.end()
            let shared = try [0, 1].map { _ in try taken(FileLock.attempt(folder: folder, .shared)) }
            #expect(isBusy(FileLock.attempt(folder: folder)))
            shared.forEach { $0.end() }
            _ = try taken(FileLock.attempt(folder: folder))
        }
    }

    /// Somebody took the file away while he had it: who comes next has a lock that a third one sees.
    @Test func aFileThatIsReplaced() throws {
        try inFolder { folder in
            let file = "\(folder)/.lock"
            let first = try taken(FileLock.attempt(file: file))
            try FileManager.default.removeItem(atPath: file)
            let second = try taken(FileLock.attempt(file: file))
            #expect(isBusy(FileLock.attempt(file: file)))
            first.end()
            #expect(isBusy(FileLock.attempt(file: file)))
            second.end()
        }
    }

    @Test func aPlaceThatIsNotThere() {
        guard case .impossible(ENOENT) = FileLock.attempt(folder: "/none/x") else {
            Issue.record("a folder that is not there was locked")
            return
        }
    }
}
