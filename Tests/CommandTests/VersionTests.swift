import Foundation
import Subprocess
import Testing

@testable import bascule

/// What `bascule --version` says, and how it knows the commit.
struct VersionTests {
    @Test func aPersonCanReportWhatItSays() async throws {
        let outcome = try await Program.run(["--version"])
        #expect(outcome.status == 0)
        let first = try #require(outcome.lines.first)
        // A checkout without git, such as an unpacked `git archive`, has no commit.
        let form =
            /bascule \d+\.\d+\.\d+( \((checkout at )?commit [0-9a-f]{12}(\+changes)?\))?, libssh2 \d+\.\d+\.\d+/
        #expect(first.wholeMatch(of: form) != nil, "\(first)")
        #expect(first.contains("bascule \(basculeVersion)"))
        #expect(outcome.output.contains("ssh-keygen -p"), "what that libssh2 cannot do")
        let french = try await Program.run(["--version"], environment: ["LC_ALL": "fr_FR.UTF-8"])
        #expect(french.output.contains("Elle ne lit pas"))
    }

    /// As git itself has it: on a branch, packed, detached, in a work tree beside.
    @Test func theCommitOfACheckoutIsReadWithoutGit() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "commit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (main, beside) = (folder.appending(path: "main"), folder.appending(path: "beside"))
        try FileManager.default.createDirectory(at: main, withIntermediateDirectories: true)
        #expect(CheckedOutCommit.of(main) == nil)
        try await git(main, "init", "-q", "-b", "trunk")
        #expect(CheckedOutCommit.of(main) == nil)
        try await git(main, "commit", "-q", "--allow-empty", "-m", "one")
        let one = try await git(main, "rev-parse", "HEAD")
        #expect(CheckedOutCommit.of(main) == one)
        try await git(main, "worktree", "add", "-q", "-b", "other", beside.path)
        try await git(beside, "commit", "-q", "--allow-empty", "-m", "two")
        let two = try await git(beside, "rev-parse", "HEAD")
        #expect(CheckedOutCommit.of(beside) == two)
        #expect(CheckedOutCommit.of(main) == one)
        try await git(main, "pack-refs", "--all")
        #expect(CheckedOutCommit.of(beside) == two)
        #expect(CheckedOutCommit.of(main) == one)
        try await git(beside, "checkout", "-q", "--detach", one)
        #expect(CheckedOutCommit.of(beside) == one)
    }

    @discardableResult
    private func git(_ folder: URL, _ arguments: String...) async throws -> String {
        let result = try await Subprocess.run(
            .name("git"),
            arguments: Arguments(
                ["-C", folder.path, "-c", "user.name=t", "-c", "user.email=t@t.invalid"] + arguments),
            output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
        try #require(result.terminationStatus.isSuccess, "git \(arguments): \(result.standardError)")
        return (result.standardOutput).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
