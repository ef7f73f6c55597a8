import Foundation
import Testing

@testable import bascule

/// Whoever reads what is said may go, or be slow: what a command has begun, it ends, and nothing of it is lost.
@Suite(.timeLimit(.minutes(3))) struct GoneReaderTests {
    private static let recorded = "exercises/activite-2/recorded"

    private func scored(_ body: (URL, String) async throws -> Void) async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let reports = folder.appending(path: "r").path(percentEncoded: false)
        _ = try await Program.run(["score", Self.recorded, "--reports", reports])
        try await body(folder, reports)
    }

    @Test func aPurgeIsBroughtToItsEnd() async throws {
        try await scored { _, reports in
            let purge = ["purge", "--class", "demo", "--before", "2040-01-01", "--yes", "--reports", reports]
            let done = try await Program.run(
                purge, through: ["bash", "-c", #""$0" "$@" | true; exit "${PIPESTATUS[0]}""#])
            #expect(done.status == 0, "\(done.complaints)")
            #expect(!FileManager.default.fileExists(atPath: "\(reports)/demo"))
        }
    }

    /// Python sets the pipe non-blocking and reads only when it is full.
    @Test func aSlowReaderGetsEverything() async throws {
        let reading = """
            import fcntl, os, subprocess, sys, time
            r, w = os.pipe()
            fcntl.fcntl(w, fcntl.F_SETPIPE_SZ, 4096)
            fcntl.fcntl(w, fcntl.F_SETFL, fcntl.fcntl(w, fcntl.F_GETFL) | os.O_NONBLOCK)
            done = subprocess.Popen(sys.argv[1:], stdout=w)
            os.close(w)
            time.sleep(1)
            while chunk := os.read(r, 65536): sys.stdout.buffer.write(chunk)
            sys.exit(done.wait())
            """
        let whole = try await Program.run(["rubric", "schema"])
        let slow = try await Program.run(["rubric", "schema"], through: ["python3", "-c", reading])
        #expect(whole.output.utf8.count > 8192)
        #expect(slow.status == 0 && slow.output == whole.output, "\(slow.complaints)")
    }

    /// The next file that is opened must not have the number of a stream that is closed: what is said would go into it.
    @Test func whatIsSaidGoesIntoNoFile() async throws {
        try await scored { _, reports in
            let closing = ["bash", "-c", #""$0" "$@" <&- >&- 2>&-"#]
            let done = try await Program.run(
                ["score", "--class", "demo", "--reports", reports], through: closing)
            #expect(done.status == 74)
            let latest = "\(reports)/demo/latest"
            for name in try FileManager.default.subpathsOfDirectory(atPath: reports)
            where name.hasSuffix(".json") {
                let data = try Data(contentsOf: URL(filePath: "\(reports)/\(name)"))
                #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: data) }
            }
            let page = try String(contentsOfFile: "\(latest)/index.html", encoding: .utf8)
            #expect(page.lowercased().hasPrefix("<!doctype"))
            #expect(try Data(contentsOf: URL(filePath: "\(reports)/demo/.lock")).isEmpty)
        }
    }

    /// What this program ignores, its children would: a machine that a hook starts has to end as it does elsewhere.
    @Test func childrenDoNotIgnoreIt() async throws {
        signal(SIGPIPE, SIG_IGN)
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "ignored").path(percentEncoded: false)
        let asking = ["sh", "-c", #"grep SigIgn /proc/self/status >"$0.new"; mv "$0.new" "$0""#, file]
        func isIgnored() throws -> Bool {
            let said = try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isWhitespace)
            let mask = try #require(said.last.flatMap { UInt64($0, radix: 16) })
            return mask & 1 << UInt64(SIGPIPE - 1) != 0
        }
        #expect(await HostHook.run(asking, timeLimit: .seconds(20)).ending == .exited(0))
        #expect(try !isIgnored())
        try FileManager.default.removeItem(atPath: file)
        let watcher = try #require(PowerWatcher(powerOn: asking, pauses: [0]))
        try watcher.input.close()
        while !FileManager.default.fileExists(atPath: file) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(try !isIgnored())
    }
}
