import ClassRun
import Foundation
import Testing

@testable import bascule

/// What the user names to be written to: it stays what it is, and gets the text.
@Suite(.timeLimit(.minutes(1))) struct NamedOutputTests {
    private func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path(percentEncoded: false))
    }

    private func kind(_ file: String) -> mode_t {
        var status = stat()
        return lstat(file, &status) == 0 ? status.st_mode & S_IFMT : 0
    }

    private func text(_ file: String) throws -> String {
        try String(contentsOfFile: file, encoding: .utf8)
    }

    @Test func ofALinkTheTargetIsReplaced() async throws {
        try await inFolder { folder in
            try FileManager.default.createDirectory(
                atPath: "\(folder)/a", withIntermediateDirectories: false)
            try Data("old".utf8).write(to: URL(filePath: "\(folder)/a/marks.csv"))
            symlink("a/marks.csv", "\(folder)/near")
            symlink("\(folder)/near", "\(folder)/far")
            try WholeOutput.put("new", in: "\(folder)/far")
            #expect(kind("\(folder)/far") == S_IFLNK && kind("\(folder)/near") == S_IFLNK)
            #expect(try text("\(folder)/a/marks.csv") == "new")
            // One that leads to nothing yet makes it.
            symlink("later", "\(folder)/first")
            try WholeOutput.put("made", in: "\(folder)/first")
            #expect(kind("\(folder)/first") == S_IFLNK)
            #expect(try text("\(folder)/later") == "made")
            symlink("round", "\(folder)/round")
            #expect(throws: StoreFailure.self) { try WholeOutput.put("x", in: "\(folder)/round") }
        }
    }

    @Test func aPipeIsWrittenInto() async throws {
        try await inFolder { folder in
            let pipe = "\(folder)/pipe"
            try #require(mkfifo(pipe, 0o600) == 0)
            // More than a pipe holds at once.
            let text = String(repeating: "line\n", count: 100_000)
            _ = try await Program.shell([
                "sh", "-c", #"{ cat "$0" >"$0.new"; mv "$0.new" "$0.read"; } >/dev/null 2>&1 &"#, pipe,
            ])
            try WholeOutput.put(text, in: pipe)
            while kind("\(pipe).read") == 0 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(try self.text("\(pipe).read") == text)
            #expect(kind(pipe) == S_IFIFO && WholeOutput.isStream(pipe))
        }
    }

    @Test func aDeviceStaysOne() throws {
        try WholeOutput.put("x", in: "/dev/null")
        #expect(kind("/dev/null") == S_IFCHR && WholeOutput.isStream("/dev/null"))
        let failure = #expect(throws: StoreFailure.self) { try WholeOutput.put("x", in: "/dev/full") }
        #expect(failure?.cause == .notWritten && failure?.message.contains("/dev/full") == true)
    }

    /// What the shell has opened is written from where it is: `>>`, `3>`, `>(…)`.
    @Test func whatIsOpenAlreadyIsWrittenOn() async throws {
        try await inFolder { folder in
            let reports = "\(folder)/reports"
            _ = try await Program.run(["score", "exercises/activite-2/recorded", "--reports", reports])
            let run = ["export", "--class", "demo", "--reports", reports, "--format", "json", "--output"]
            let whole = try await Program.run(Array(run.dropLast()))
            let words = run.map { "'\($0)'" }.joined(separator: " ")
            for (name, ending) in [
                ("/dev/stdout", ">>'\(folder)/log'"), ("/dev/fd/7", "7>>'\(folder)/log'"),
            ] {
                try Data("before\n".utf8).write(to: URL(filePath: "\(folder)/log"))
                let done = try await Program.run(
                    [], through: ["bash", "-c", "\"$0\" \(words) \(name) \(ending)"])
                #expect(done.status == 0, "\(done.complaints)")
                #expect(try text("\(folder)/log") == "before\n" + whole.output)
            }
            let piped = try await Program.run(
                [], through: ["bash", "-c", "set -o pipefail; \"$0\" \(words) >(cat) | cat"])
            #expect(piped.status == 0 && piped.output == whole.output, "\(piped.complaints)")
        }
    }

    @Test func aSocketOrAFolderIsRefused() async throws {
        try await inFolder { folder in
            let socket = "\(folder)/s"
            _ = try await Program.shell([
                "python3", "-c",
                "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])", socket,
            ])
            for name in [socket, folder] {
                #expect(throws: StoreFailure.self) { try WholeOutput.put("x", in: name) }
            }
            #expect(kind(socket) == S_IFSOCK)
        }
    }

    /// As long as a file system admits (NAME_MAX).
    @Test func aLongNameIsWritten() async throws {
        try await inFolder { folder in
            let file = "\(folder)/\(String(repeating: "é", count: 127))"
            try WholeOutput.put("x", in: file)
            try WholeOutput.put("y", in: file)
            #expect(try text(file) == "y")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
        }
    }
}
