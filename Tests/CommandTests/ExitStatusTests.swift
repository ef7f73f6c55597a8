import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What cannot be written, or is not there, ends a command with a status of its own: not with 65, which says that the
/// roster is wrong, nor with 70, which says that we are.
struct ExitStatusTests {
    private static let recorded = "exercises/activite-2/recorded"

    /// Runs the program in a mount namespace of its own, where `folder` is a file system of so many KiB.
    private func onSmallDisk(
        _ folder: String, kibibytes: Int, _ arguments: [String], readOnly: Bool = false
    ) async throws -> Program.Outcome {
        let mount = "mount -t tmpfs -o mode=700,size=\(kibibytes)k\(readOnly ? ",ro" : "") tmpfs \"$0\""
        return try await Program.run(
            arguments,
            through: ["unshare", "--mount", "--", "sh", "-c", mount + #" && exec "$@""#, folder])
    }

    /// `@` is the folder, `RUN` a run with results, in a folder of its own.
    private func words(_ arguments: [String], _ folder: String) async throws -> ([String], scored: URL) {
        let scored = try Program.temporaryFolder()
        let reports = scored.path(percentEncoded: false)
        if arguments.contains("RUN") {
            try await Program.run(["score", Self.recorded, "--reports", reports])
        }
        return (
            arguments.map { $0 == "RUN" ? "\(reports)/demo/latest" : $0.replacing("@", with: folder) }, scored
        )
    }

    private func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path(percentEncoded: false))
    }

    /// Nothing fits; the run's folder fits, and no student; some students fit, and the others do not.
    @Test(.enabled(if: geteuid() == 0, "needs root"), arguments: [4, 48, 1024])
    func aFullDisk(_ kibibytes: Int) async throws {
        try await inFolder { folder in
            let outcome = try await onSmallDisk(
                folder, kibibytes: kibibytes, ["score", Self.recorded, "--reports", folder])
            #expect(outcome.status == 74, "\(outcome.complaints)")
            #expect(
                "\(outcome.output)\(outcome.complaints)".contains("No space left on device"),
                "\(outcome.output)\(outcome.complaints)")
            #expect(!outcome.complaints.contains("bug"))
        }
    }

    @Test(
        .enabled(if: geteuid() == 0, "needs root"),
        arguments: [
            ["score", recorded, "--reports", "@/reports"],
            ["export", "RUN", "--format", "pronote", "--output", "@/marks.csv"],
            ["export", "RUN", "--format", "json", "--output", "@/marks.json"],
            ["probe", "127.0.0.1", "-p", "1", "--xml", "@/scan.xml"],
        ])
    func aFolderThatIsReadOnly(_ arguments: [String]) async throws {
        try await inFolder { folder in
            let (words, scored) = try await words(arguments, folder)
            defer { try? FileManager.default.removeItem(at: scored) }
            let outcome = try await onSmallDisk(folder, kibibytes: 64, words, readOnly: true)
            #expect(outcome.status == 74, "\(arguments): \(outcome.status) \(outcome.complaints)")
            #expect(outcome.complaints.contains("Read-only file system"), "\(outcome.complaints)")
        }
    }

    /// What is cut off must not pass for whole, whichever command said it; a reader that has gone has what he wanted.
    @Test(arguments: [
        ["export", "RUN", "--format", "pronote"], ["score", recorded, "--reports", "@", "--json"],
        ["score", recorded, "--reports", "@"], ["rubric", "graph"], ["rubric", "schema"],
    ])
    func standardOutputThatIsFull(_ arguments: [String]) async throws {
        try await inFolder { folder in
            let (words, scored) = try await words(arguments, folder)
            defer { try? FileManager.default.removeItem(at: scored) }
            let full = try await Program.run(words, through: ["sh", "-c", #"exec "$0" "$@" > /dev/full"#])
            let whole = try await Program.run(words)
            #expect(full.status == 74 && full.complaints.contains("is not whole"), "\(full.complaints)")
            let gone = try await Program.run(
                words, through: ["bash", "-c", #""$0" "$@" | true; exit "${PIPESTATUS[0]}""#])
            #expect(gone.status == whole.status, "\(gone.status)")
        }
    }

    /// A file that may not grow, as a quota or `ulimit -f` has it.
    @Test func aFileThatMayNotGrow() async throws {
        try await inFolder { folder in
            let outcome = try await Program.run(
                ["score", Self.recorded, "--reports", folder],
                through: ["bash", "-c", #"ulimit -f 8; exec "$0" "$@""#])
            #expect(outcome.status == 74, "\(outcome.status) \(outcome.complaints)")
        }
    }

    /// unzip(1) is a file that cannot be executed, or not there at all.
    @Test(.enabled(if: geteuid() == 0, "needs root"))
    func aProgramThatIsNotThere() async throws {
        try await inFolder { folder in
            _ = try await Program.run(["score", Self.recorded, "--reports", folder])
            try Data("PK".utf8).write(to: URL(filePath: "\(folder)/answers.zip"))
            let hide = "! [ -e /usr/bin/unzip ] || mount --bind /dev/null /usr/bin/unzip"
            let outcome = try await Program.run(
                ["answers", "--class", "demo", "\(folder)/answers.zip", "--reports", folder],
                through: ["unshare", "--mount", "--", "sh", "-c", "{ \(hide); } && exec \"$0\" \"$@\""])
            #expect(outcome.status == 69, "\(outcome.status) \(outcome.complaints)")
            #expect(outcome.complaints.contains("install the package unzip"))
        }
    }

    @Test func aRunWithoutResultsHasNothingToHandBack() async throws {
        try await inFolder { folder in
            let outcome = try await Program.run(
                ["export", Self.recorded, "--format", "print", "--output", "\(folder)/class.pdf"])
            #expect(
                outcome.status == 65 && outcome.complaints.contains("bascule score"), "\(outcome.complaints)")
        }
    }
}
