import Foundation
import GraderCore
import Testing

/// Everything that is printed goes through one writer, which takes out what a terminal would obey.
struct OneWriterTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Files that may reach a stream or a terminal themselves, each with the reason.
    private static let writers: [String: String] = [
        "bascule/Terminal/StandardStreams.swift": "the writer",
        "ClassRun/Roster/HiddenPrompt.swift":
            "asks on /dev/tty for a password; its one text is a LocalizedText",
        "lab-matrix/LabMatrix.swift": "a maintainer's program, which does not ship",
        "lab-matrix/MatrixTable.swift": "a maintainer's program, which does not ship",
    ]

    /// Foundation's regular expressions: Swift's own take a minute for all sources in a debug build.
    private static let direct = [
        #"FileHandle\.standard(?:Output|Error)\b|FileHandle\(fileDescriptor: *[12]\b"#,
        #"(?<![.\w])(?<!func )(?:fputs|fprintf|vfprintf|puts|putchar|putc|fputc|perror|psignal)\("#,
        #"(?<![.\w])(?:debugPrint|dump|printf|dprintf)\(|(?<![.\w])write\((?:1|2|fileno)"#,
        #"Swift\.print\(|/dev/(?:tty|stdout|stderr)\b"#,
        // Asking about a stream writes nothing to it.
        #"(?<!isatty\()(?<!ioctl\()STD(?:ERR|OUT)_FILENO"#,
    ].joined(separator: "|")
    /// The program has a `print` of its own, which is the writer's; the libraries print nothing.
    private static let printing = #"(?<![.\w])(?<!func )print\("#

    @Test func nothingElseWritesToAStream() throws {
        let folder = Self.root.appending(path: "Sources")
        let paths = FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))
        let direct = try NSRegularExpression(pattern: Self.direct)
        let any = try NSRegularExpression(pattern: Self.direct + "|" + Self.printing)
        var count = 0
        for case let path as String in paths ?? .init() where path.hasSuffix(".swift") {
            count += 1
            guard Self.writers[path] == nil else { continue }
            let text = String(decoding: try Data(contentsOf: folder.appending(path: path)), as: UTF8.self)
            let whole = NSRange(text.startIndex..., in: text)
            let words = path.hasPrefix("bascule/") ? direct : any
            for match in words.matches(in: text, range: whole) {
                let place = try #require(Range(match.range, in: text))
                let line = text[text.lineRange(for: place)].drop(while: \.isWhitespace)
                #expect(line.hasPrefix("//"), "\(path): \(line)")
            }
        }
        #expect(count > 300)
    }

    /// C0, DEL, C1, CSI, OSC, bidirectional controls, zero width, separators, tags, fillers, private use.
    private static let hostile = [
        "\u{0}", "\u{7}", "\u{8}", "\u{B}", "\u{D}", "\u{E}", "\u{1B}[2J", "\u{1B}]0;x\u{7}",
        "\u{1B}]8;;http://x\u{1B}\\",
        "\u{1B}P", "\u{1B}c", "\u{1B}[31;1m", "\u{1B}[8m", "\u{7F}", "\u{85}", "\u{90}", "\u{9B}2J", "\u{9D}",
        "\u{AD}",
        "\u{200B}", "\u{200D}", "\u{200E}", "\u{200F}", "\u{2028}", "\u{2029}", "\u{202A}", "\u{202E}",
        "\u{2060}",
        "\u{2066}", "\u{2069}", "\u{FEFF}", "\u{3164}", "\u{E0041}", "\u{E000}", "\u{FFF9}",
    ]

    @Test(arguments: hostile) func nothingATerminalObeysIsPrinted(_ text: String) {
        for keepsStyles in [false, true] {
            let printed = SafeText.printed("a\(text)b", keepsStyles: keepsStyles, language: .english)
            #expect(
                !printed.unicodeScalars.contains { text.unicodeScalars.first == $0 },
                "\(printed.debugDescription)")
            #expect(printed.hasPrefix("a") && printed.hasSuffix("b"))
        }
        let json = SafeText.json("\"a\(text)b\"")
        if text.unicodeScalars.allSatisfy({ $0.value >= 0x7F }) {
            #expect(json.utf8.allSatisfy { $0 < 0x80 })
            let back = try? JSONDecoder().decode(String.self, from: Data(json.utf8))
            #expect(back == "a\(text)b")
        }
    }

    @Test func ourOwnColoursSurviveWhereTheyAreAsked() {
        let styled = "\u{1B}[1métu\u{1B}[0m \u{1B}[31mx\u{1B}[0m\n\tb"
        #expect(SafeText.printed(styled, keepsStyles: true) == styled)
        #expect(SafeText.printed(styled) == "␛[1métu␛[0m ␛[31mx␛[0m\n\tb")
        #expect(SafeText.printed("\u{1B}[31\u{301}m", keepsStyles: true) == "␛[31\u{301}m")
    }

    @Test func aLineIsBoundedAndThoseAfterItAreThere() {
        let long = String(repeating: "a", count: 50_000) + "\nb\r\nc\n"
        #expect(
            SafeText.printed(long, lineLimit: 10, language: .english)
                == "aaaaaaaaaa… (49990 more characters)\nb\u{240D}\nc\n")
    }
}
