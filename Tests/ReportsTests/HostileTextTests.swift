import Foundation
import GraderCore
import Testing

@testable import Reports

/// Text from a student's machine that wants to be more than text.
struct HostileTextTests {
    /// - Parameter scripts: how many of our own the page has.
    private func expectHarmless(_ page: ParsedPage, scripts: Int = 0) {
        #expect(page.names.subtracting(PageVocabulary.elements).subtracting(["script"]).isEmpty)
        let own = page.elements.filter { $0.name == "script" }
        #expect(own.count == scripts && own.allSatisfy { $0.attributes.isEmpty })
        let attributes = Set(page.elements.flatMap(\.attributes.keys))
        #expect(attributes.subtracting(PageVocabulary.attributes).isEmpty)
    }

    private static let forbidden: [Unicode.Scalar] = [
        "\u{0}", "\u{1B}", "\u{9B}", "\u{7}", "\u{202E}", "\u{2066}", "\u{2067}", "\u{200F}", "\u{200B}",
        "\u{2060}",
        "\u{FEFF}", "\u{AD}", "\u{2028}", "\u{FFFE}", "\u{0600}", "\r",
    ]

    private func expectVisible(_ text: String) {
        let scalars = Set(text.unicodeScalars)
        for scalar in HostileTextTests.forbidden {
            #expect(!scalars.contains(scalar), "U+\(String(scalar.value, radix: 16))")
        }
    }

    /// Also what a student wrote, on the teacher's sheet; blind, nobody's name is on it.
    @Test(arguments: Language.allCases)
    func markingPageHoldsItAsText(_ language: Language) throws {
        var result = HostileSample.result
        result.questions[0].checks[0].result.verdict = .notRequested(.teachersMark)
        result.questions[0].checks[0].judged = nil
        let sheet = MarkingSheet([result])
        #expect(sheet.entries.count == 1)
        var sheetPage = MarkingPage(className: HostileSample.script, sheet: sheet, language: language)
        let html = try sheetPage.html()
        let page = try ParsedPage(html)
        expectHarmless(page)
        expectVisible(html)
        #expect(html.utf8.count < 200_000)
        #expect(page.text.contains(HostileSample.script) && !html.contains("<script"))
        sheetPage.pseudonym = { _ in "A1B2C3" }
        let blind = try ParsedPage(try sheetPage.html())
        #expect(blind.text.contains("A1B2C3") && !blind.text.contains(result.student.id))
    }

    @Test(arguments: Language.allCases)
    func pageHoldsItAsText(_ language: Language) throws {
        let html = try StudentReport(result: HostileSample.result, language: language).html()
        let page = try ParsedPage(html)
        expectHarmless(page)
        expectVisible(html)
        #expect(page.text.contains(HostileSample.script))
        #expect(page.text.contains(HostileSample.image))
        #expect(page.text.contains(HostileSample.mustache))
        #expect(!html.contains("<script"))
        #expect(!html.contains("<img"))
        #expect(page.references.allSatisfy { $0.hasPrefix("#") || $0 == "data:," })
        #expect(html.utf8.count < 1_000_000)
    }

    @Test func classPageHoldsItAsText() throws {
        var hostile = ClassPage(
            className: HostileSample.mixed, title: HostileSample.mixed,
            exerciseTitle: LocalizedText(verbatim: HostileSample.mixed), ranAt: SampleResults.moment,
            results: [HostileSample.result, SampleResults.solved], language: .french)
        hostile.notAssessed = [
            .init(
                student: StudentIdentity(id: "javascript:alert(1)", names: [HostileSample.mixed]),
                reason: LocalizedText(verbatim: HostileSample.mixed))
        ]
        let html = try hostile.html()
        let page = try ParsedPage(html)
        expectHarmless(page, scripts: 1)
        expectVisible(html)
        #expect(
            page.references.allSatisfy { $0.hasPrefix("#") || $0 == "data:," || $0.hasPrefix("students/") })
        #expect(!page.references.contains { $0.contains("/../") })
    }

    @Test func terminalGetsNoControlCharacter() {
        let lines = TerminalReport(
            HostileSample.result, language: .french, colour: false, width: 80, hints: true
        ).lines()
        for line in lines {
            #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        }
        expectVisible(lines.joined(separator: " "))
        let line = ResultLine(HostileSample.result, language: .french)
            .text(columns: .init(id: 5, names: 20), colour: false)
        #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }

    @Test func colourOfATerminalIsOursOnly() {
        let lines = TerminalReport(
            HostileSample.result, language: .french, colour: true, width: 80, hints: true
        ).lines()
        for line in lines {
            let rest = line.replacing(/\u{1B}\[[0-9]+m/, with: "")
            #expect(!rest.unicodeScalars.contains("\u{1B}"))
        }
    }

    /// Takes code spans and escapes out (CommonMark, section 6.1: a run of backticks up to the next run of the same length).
    private func withoutCode(_ line: Substring) -> String {
        var rest = Array(line.unicodeScalars)[...]
        var prose = String.UnicodeScalarView()
        while let scalar = rest.first {
            if scalar == "\\" {
                rest = rest.dropFirst(2)
                continue
            }
            let run = rest.prefix { $0 == "`" }
            guard !run.isEmpty else {
                prose.append(scalar)
                rest = rest.dropFirst()
                continue
            }
            var inside = rest.dropFirst(run.count)
            while !inside.isEmpty {
                let next = inside.prefix { $0 == "`" }
                if next.count == run.count { break }
                inside = inside.dropFirst(max(next.count, 1))
            }
            if inside.isEmpty {
                prose.append(contentsOf: run)
                rest = rest.dropFirst(run.count)
            } else {
                rest = inside.dropFirst(run.count)
            }
        }
        return String(prose)
    }

    /// Takes code away and then looks for anything that could still begin a construct.
    @Test func markdownHoldsItAsText() {
        let markdown = StudentReport(result: HostileSample.result, language: .english).markdown()
        expectVisible(markdown)
        var fence: String?
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if let open = fence {
                if line == open { fence = nil }
                continue
            }
            if let match = line.wholeMatch(of: /(`{3,})/) {
                fence = String(match.1)
                continue
            }
            let prose = withoutCode(line).replacing(/^(#{1,3} |- |> ?)/, with: "").replacing("**", with: "")
            // By scalar: a regular expression would not see a `<` behind a character that extends over it.
            var active = prose.unicodeScalars.filter { "\\`*_[]<>&|~$#@".unicodeScalars.contains($0) }
            if line.hasPrefix("| ") {
                // The bars of a table of two columns, and no other.
                #expect(active.count { $0 == "|" } == 3, "\(prose.prefix(300))")
                active.removeAll { $0 == "|" }
            }
            #expect(active.isEmpty, "\(prose.prefix(300))")
            #expect(!prose.contains("://"))
        }
        #expect(fence == nil)
    }

    @Test func aMegabyteIsCutAndSaysSo() {
        #expect(
            SafeText.line(HostileSample.long, limit: 10, language: .french)
                == "AAAAAAAAAA… (encore 1048566 caractères)")
        #expect(SafeText.line("AB", limit: 1, language: .english) == "A… (1 more character)")
        #expect(SafeText.line("AB", limit: 2, language: .english) == "AB")
    }

    @Test func strayCharactersStayVisible() {
        func line(_ text: String) -> String { SafeText.line(text, language: .english) }
        #expect(line("a\u{1B}[31mb") == "a␛[31mb")
        #expect(line("a\u{0}b\u{7F}") == "a␀b␡")
        #expect(line("a\tb\nc\r\nd") == "a b␊c␍␊d")
        #expect(line("a\u{202E}b\u{200B}c\u{2028}d") == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+2028⟩d")
        #expect(line("\u{85}\u{9B}") == "\u{FFFD}\u{FFFD}")
        #expect(line("e\u{301}\u{302}\u{303}\u{304}\u{305}x") == "e\u{301}\u{302}\u{303}\u{FFFD}x")
        #expect(line("Éloïse – « N'Diaye » ✓ 日本") == "Éloïse – « N'Diaye » ✓ 日本")
        #expect(SafeText.block("a\r\n\tb\u{1B}", language: .english) == "a\n\tb␛")
    }

    /// Escaping by grapheme cluster would let both of these through.
    @Test func escapingSeesThroughGraphemeClusters() {
        let escaped = HTMLText.escaped("\u{0600}<b>\"\u{301}'\u{301}&\u{FE0F}")
        #expect(escaped == "\u{0600}&lt;b&gt;&quot;\u{301}&#39;\u{301}&amp;\u{FE0F}")
    }

    @Test func markdownCodeCannotBeLeft() {
        #expect(SafeText.markdownCode("a``b`", language: .english) == "``` a``b` ```")
        #expect(SafeText.markdownBlock("```\n````\nx", language: .english) == "`````\n```\n````\nx\n`````")
        #expect(
            SafeText.markdown("see http://x.example/`y` <b> *c*", language: .english)
                == "see `` http://x.example/`y` `` \\<b\\> \\*c\\*")
    }
}
