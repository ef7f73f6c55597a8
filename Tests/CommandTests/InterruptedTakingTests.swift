import Foundation
import Testing

/// Students' work lies in a folder of temporary files for a moment only, however the moment ends. A program in unzip(1)'s
/// place makes it long.
@Suite(.enabled(if: geteuid() == 0, "needs root"), .timeLimit(.minutes(3)))
struct InterruptedTakingTests {
    private static let fixtures = "Tests/Fixtures/hand-ins"

    /// Says that it is at work, and lies there.
    private static let slow = """
        #!/bin/sh
        [ "$1" = -v ] && exit
        touch WORKING
        exec sleep 60
        """

    /// Signals the program at work, then looks at what is left; a command that is not disturbed comes after it.
    private static let disturbing = """
        mount --bind "$SLOW" /usr/bin/unzip || exit 99
        "$0" "$@" & program=$!
        until [ -e "$WORKING" ]; do kill -0 $program || exit 98; sleep 0.1; done
        echo "at work: $(ls -A "$TMPDIR" | wc -l)"
        kill "-$SIGNAL" $program; wait $program
        echo "status: $?"
        echo "left: $(ls -A "$TMPDIR" | wc -l)"
        umount /usr/bin/unzip
        "$0" "$@" >/dev/null 2>&1
        echo "left at last: $(ls -A "$TMPDIR" | wc -l)"
        """

    @Test(
        arguments: ["TERM", "HUP", "KILL"],
        [["import", "\(fixtures)/class.yaml", "\(fixtures)/etu1-serv1.zip"], ["answers", "ZIP"]])
    func nothingStays(_ signal: String, _ command: [String]) async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }
        let (slow, working, reports) = (path("slow"), path("working"), path("reports"))
        try Self.slow.replacing("WORKING", with: "'\(working)'").write(
            toFile: slow, atomically: true, encoding: .utf8)
        chmod(slow, 0o755)
        try FileManager.default.createDirectory(atPath: path("tmp"), withIntermediateDirectories: false)
        _ = try await Program.shell([
            "sh", "-c", #"cd "$0" && printf '# Q2\n\nquorum\n' >etu1.md && zip -q answers.zip etu1.md"#,
            folder.path(percentEncoded: false),
        ])
        var words = command.map { $0 == "ZIP" ? path("answers.zip") : $0 } + ["--reports", reports]
        if command[0] == "answers" {
            _ = try await Program.run(["score", "exercises/activite-2/recorded", "--reports", reports])
            words += ["--class", "demo"]
        } else {
            words += ["--rubric", "rubrics/activite-2.yaml"]
        }
        let done = try await Program.run(
            words,
            environment: ["TMPDIR": path("tmp"), "SLOW": slow, "WORKING": working, "SIGNAL": signal],
            seconds: 90, through: ["unshare", "--mount", "--", "bash", "-c", Self.disturbing])
        let isKilled = signal == "KILL"
        #expect(done.output.contains("at work: 1\n"), "\(done.output) \(done.complaints)")
        #expect(done.output.contains("status: \(isKilled ? 137 : 130)\n"), "\(done.output)")
        #expect(done.output.contains("left: \(isKilled ? 1 : 0)\n"), "\(done.output)")
        #expect(done.output.contains("left at last: 0\n"), "\(done.output)")
        // What was cut off passes for nobody's fault.
        #expect(!done.complaints.contains("etu1"), "\(done.complaints)")
    }

    /// A folder that is not there is not made; its lines that ssh-keygen(1) ends as a terminal wants them are one sentence.
    @Test func whatIsNotThereStaysSo() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = folder.path(percentEncoded: false)
        let done = try await Program.run(
            [
                "import", "\(Self.fixtures)/class.yaml", "\(Self.fixtures)/etu1-serv1.zip", "--reports",
                "\(place)/r", "--rubric", "rubrics/activite-2.yaml",
            ], environment: ["TMPDIR": "\(place)/none"])
        #expect(done.status == 74 && done.complaints.contains("TMPDIR"), "\(done.complaints)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place) == [])
        let filling = #"""
            mount -t tmpfs -o size=16k none "$PLACE" && mkdir "$PLACE/c" || exit 99
            cat /dev/zero >"$PLACE/fill"; exec "$0" "$@"
            """#
        let keyless = try await Program.run(
            ["init", "\(place)/c", "--class", "c"], environment: ["PLACE": place],
            through: ["unshare", "--mount", "--", "bash", "-c", filling])
        #expect(keyless.status == 74 && keyless.complaints.contains("ssh-keygen"), "\(keyless.complaints)")
        #expect(!keyless.complaints.contains("\u{240D}"), "\(keyless.complaints)")
    }
}
