import Foundation
import Testing

/// What is told where something is wrong on our side: each fault is made for real, and the sentence names the file, the true
/// cause and what to do, in both languages; the status says of what kind it is; nothing is half done.
@Suite(.serialized) struct TrueCausesTests {
    /// A fault in the reports of the recorded class, and what a command says of it.
    struct Row: Sendable, CustomTestStringConvertible {
        var fault: String
        /// A shell's words; `$R` the reports, `$C` the class's folder, `$OLD` and `$NEW` its two runs, `$T` room of its own.
        var making: String
        /// What is typed behind `bascule`; `$…` as above.
        var command: String
        var status: Int
        /// Of the sentence, in either language; `$…` as above.
        var fr: [String]
        var en: [String]
        /// What stands in front of the program: its limits, or whom it may be (`$UNPRIVILEGED …`).
        var before = ""

        var testDescription: String { "\(fault): \(command.prefix(40))" }
    }

    /// - Returns: the status, and what was said on both streams.
    private static func shell(_ words: String, _ place: [String: String]) async throws -> (Int, String) {
        let done = try await Program.run(
            [], environment: place, seconds: 90, through: ["bash", "-c", "exec 2>&1; \(words)"])
        return (done.status, done.output)
    }

    /// The recorded class twice, an answer and a mark; made once for all rows.
    private static let reports = Task { () async throws -> URL in
        let folder = try Program.temporaryFolder()
        let making = """
            R=$T/good; "$BASCULE" score exercises/activite-2/recorded --reports $R; sleep 1.1
            "$BASCULE" mark --class demo --student etu1 Q2.written 0.5 --reports $R
            "$BASCULE" score exercises/activite-2/recorded --reports $R; ls -d $R/demo/20*Z
            """
        _ = try await shell(
            making, ["T": folder.path(percentEncoded: false), "BASCULE": try Program.path])
        return folder
    }

    @Test(arguments: rows + streamRows, ["fr", "en"])
    func theTrueCauseIsTold(_ row: Row, _ language: String) async throws {
        let good = try await Self.reports.value.path(percentEncoded: false)
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let room = folder.path(percentEncoded: false)
        let runs = try FileManager.default.contentsOfDirectory(atPath: "\(good)/good/demo").filter {
            $0.hasPrefix("20")
        }.sorted()
        try #require(runs.count == 2)
        let place = [
            "T": room, "R": "\(room)/r", "C": "\(room)/r/demo", "OLD": "\(room)/r/demo/\(runs[0])",
            "NEW": "\(room)/r/demo/\(runs[1])", "FULL": "\(room)/full", "BASCULE": try Program.path,
            "DAY": "2040-01-01",
            // root is asked for permissions like anybody else (capabilities(7)).
            "UNPRIVILEGED": geteuid() == 0
                ? "setpriv --bounding-set -dac_override,-dac_read_search --" : "",
        ]
        let isFull = (row.making + row.command).contains("$FULL")
        // A disk of its own, as small as a stamp, in a mount namespace of its own.
        let around =
            isFull
            ? [
                "unshare -m bash -c 'mkdir $FULL; mount -t tmpfs -o size=\(row.making == "true" ? "64k" : "20m") none $FULL;",
                "'",
            ] : ["", ""]
        let (status, said) = try await Self.shell(
            """
            cp -a \(good)/good $R
            \(around[0]) \(row.making) 2>/dev/null; \(row.before) timeout 60 "$BASCULE" \(row.command) --lang \(language) \(around[1])
            """, place)
        #expect(status == row.status, "\(said)")
        for words in language == "fr" ? row.fr : row.en {
            let words = place.reduce(words) { $0.replacing("$\($1.key)", with: $1.value) }
            let plain = said.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
            #expect(plain.contains(words), "\(said)")
        }
        // Nothing of ours that a person cannot act on.
        for word in [
            "NSCocoaErrorDomain", "DatabaseError", "SQLite error", "bug in Bascule",
            "erreur de programmation", "Fatal error",
        ] {
            #expect(!said.contains(word), "\(said)")
        }
        // A purge that is stopped has changed nothing.
        if row.fault.contains("before it begins") {
            #expect(FileManager.default.fileExists(atPath: "\(room)/r/demo/\(runs[0])/run.json"))
            #expect(
                FileManager.default.fileExists(atPath: "\(room)/r/demo/answers")
                    == FileManager.default.fileExists(atPath: "\(good)/good/demo/answers"))
        }
    }
}
