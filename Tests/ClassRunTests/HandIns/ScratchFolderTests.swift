import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// Where students' work lies for a moment, and what becomes of those that killed programs have left.
struct ScratchFolderTests {
    private let place = FileManager.default.temporaryDirectory.path(percentEncoded: false)

    private func newFolder(mode: mode_t = 0o700) throws -> String {
        let path = FilePath.joined(place, "bascule-work-\(UUID().uuidString)")
        try #require(mkdir(path, mode) == 0 && chmod(path, mode) == 0)
        try Data("an answer".utf8).write(to: URL(filePath: "\(path)/etu1.md"))
        return path
    }

    private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test func itIsItsOwnersAloneAndGoes() throws {
        let scratch = try ScratchFolder()
        var status = stat()
        #expect(stat(scratch.path, &status) == 0 && status.st_mode & 0o777 == 0o700)
        try Data("x".utf8).write(to: URL(filePath: "\(scratch.path)/x"))
        scratch.end()
        #expect(!isThere(scratch.path))
    }

    /// Its lock is no one else's to wait for: a file is written there without waiting a second.
    @Test func itsLockHoldsNobodyUp() throws {
        let scratch = try ScratchFolder()
        defer { scratch.end() }
        guard case .had = FileLock.attempt(folder: scratch.path, .shared) else {
            Issue.record("whoever writes a file there would wait")
            return
        }
    }

    @Test func whatAKilledProgramLeftGoes() throws {
        let left = try newFolder()
        try ScratchFolder().end()
        #expect(!isThere(left))
    }

    @Test func whatIsInUseOrMayBeAnothersStays() throws {
        let used = try ScratchFolder()
        defer { used.end() }
        let open = try newFolder(mode: 0o755)
        defer { try? FileManager.default.removeItem(atPath: open) }
        let link = FilePath.joined(place, "bascule-work-\(UUID().uuidString)")
        symlink(open, link)
        defer { unlink(link) }
        try ScratchFolder().end()
        #expect(isThere(used.path) && isThere("\(open)/etu1.md") && isThere(link))
    }
}
