import Foundation
import GraderCore
import Testing

@testable import Reports

/// The board's pages: what is on every one of them, and what is not.
struct BoardPagesTests {
    /// By page, where its forms post to, beside leaving.
    private static let actions: [String: Set<String>] = [
        "entry": ["/enter"], "entry-wrong": ["/enter"], "class": ["/class/look", "/class/hints"],
        "class-exam": ["/class/look"], "projector": [], "projector-exam": [],
        "report": ["/class/look", "/class/new-code"], "report-refused": ["/class/look", "/class/new-code"],
        "student": ["/me/look", "/me/drill"], "student-drill": ["/me/look", "/me/drill"],
        "student-queued": ["/me/look", "/me/drill"], "student-refused": ["/me/look", "/me/drill"],
        "student-new": ["/me/look", "/me/drill"], "student-exam": ["/me/look"],
        "answers": ["/me/answers"], "marking": ["/class/marking"], "cards": [], "problem": [],
    ]
    /// Pages of nobody in particular.
    private static let open: Set<String> = [
        "entry", "entry-wrong", "projector", "projector-exam", "cards", "problem",
    ]

    @Test(arguments: Language.allCases)
    func formsPostWhereTheyAreToWithTheToken(_ language: Language) throws {
        let pages = try SampleBoard.pages(language)
        #expect(Set(pages.map(\.name)) == Set(Self.actions.keys))
        for (name, html) in pages {
            let page = try ParsedPage(html)
            let forms = page.elements.filter { $0.name == "form" }
            #expect(forms.allSatisfy { $0.attributes["method"] == "post" }, "\(name)")
            let actions = forms.compactMap { $0.attributes["action"]?.prefix { $0 != "#" } }.map(String.init)
            let isOpen = Self.open.contains(name)
            #expect(
                Set(actions) == (Self.actions[name] ?? []).union(isOpen ? [] : ["/leave"]), "\(name)")
            let tokens = page.elements.filter { $0.name == "input" && $0.attributes["name"] == "token" }
            #expect(tokens.count == (isOpen ? 0 : forms.count), "\(name)")
            #expect(
                tokens.allSatisfy {
                    $0.attributes["value"] == SampleBoard.token && $0.attributes["type"] == "hidden"
                }, "\(name)")
        }
    }

    /// `default-src 'none'; style-src 'self'; script-src 'self'; …` lets all of it be.
    @Test func nothingIsInThePageThatThePolicyRefuses() throws {
        for (name, html) in try SampleBoard.pages(.french) where name != "cards" {
            let page = try ParsedPage(html)
            #expect(
                !page.names.contains("style") && !page.elements.contains { $0.attributes["style"] != nil })
            let scripts = page.elements.filter { $0.name == "script" }
            #expect(scripts.map { $0.attributes["src"] } == ["/board.js"], "\(name)")
            #expect(!page.elements.contains { $0.attributes["http-equiv"] != nil }, "\(name)")
            #expect(!page.elements.contains { $0.attributes.keys.contains { $0.hasPrefix("on") } }, "\(name)")
            let own = page.references.filter { !$0.hasPrefix("#") && $0 != "data:," }
            #expect(own.allSatisfy { $0.hasPrefix("/") && !$0.hasPrefix("//") }, "\(name)")
        }
        // A file by itself.
        let cards = try ParsedPage(try SampleBoard.cards(.french).html())
        #expect(cards.names.contains("style") && !cards.names.contains("script"))
        #expect(cards.references.allSatisfy { $0 == "data:," })
    }

    @Test(arguments: Language.allCases)
    func everyPageIsWellMade(_ language: Language) throws {
        for (name, html) in try SampleBoard.pages(language) {
            let page = try ParsedPage(html)
            #expect(page.elements.first?.attributes["lang"] == language.rawValue, "\(name)")
            #expect(page.headings.first == 1 && page.headings.count { $0 == 1 } == 1, "\(name)")
            for (above, below) in zip(page.headings, page.headings.dropFirst()) {
                #expect(below <= above + 1, "\(name)")
            }
            #expect(Set(page.ids).count == page.ids.count, "\(name)")
            let named = ["aria-labelledby", "aria-describedby", "for"]
            for element in page.elements {
                for id in named.compactMap({ element.attributes[$0] }) {
                    #expect(page.ids.contains(id), "\(name)")
                }
            }
            #expect(!html.contains("{{"), "\(name)")
        }
    }

    @Test func theStylesheetIsTheReportsWithTheBoardsBehindIt() throws {
        let report = try StudentReport(result: SampleResults.solved, language: .french).html()
        #expect(BoardAssets.style().contains(".heat-cell") && BoardAssets.style().contains(".board-lost"))
        #expect(!report.contains(".board-lost"))
        #expect(BoardAssets.script.hasPrefix("\"use strict\""))
    }

    // MARK: The class

    private func classPage(_ state: LessonState = SampleBoard.state) throws -> ParsedPage {
        try ParsedPage(
            BoardClassPage(state: state, language: .french, token: SampleBoard.token, now: SampleBoard.now)
                .html())
    }

    @Test func everybodyIsInTheTableWithWhatIsBeingDone() throws {
        let page = try classPage()
        for standing in SampleBoard.state.standings {
            #expect(page.text.contains(standing.student.names[0]))
            #expect(page.references.contains("/student/\(standing.student.id)"))
        }
        for words in [
            "En cours depuis 4\u{A0}s", "En file\u{A0}: 1er", "En file\u{A0}: 2e",
            "Exercice\u{A0}: Le nœud actif",
            "Accès refusé\u{A0}: serv1", "Le regard a dépassé", "pas encore vu",
            "rien de neuf depuis 21\u{A0}min",
            "Q1\u{A0}+3", "12 sur 35", "16\u{A0}h\u{A0}41",
        ] { #expect(page.text.contains(words), "\(words)") }
        #expect(!page.references.contains { $0.hasSuffix(".md") || $0.hasPrefix("students/") })
        // Only where a log-in was refused.
        let ticks = page.elements.filter { $0.attributes["name"] == "mended" }
        #expect(ticks.count == 1 && ticks.allSatisfy { $0.attributes["required"] != nil })
    }

    @Test func nobodyIsStuckWhoHasEverythingOrWasNotSeen() {
        var standing = SampleBoard.standing(SampleResults.faulty)
        let changed = SampleBoard.now.addingTimeInterval(-599)
        standing.changedAt = changed
        #expect(standing.stuckSince(SampleBoard.now) == nil)
        #expect(standing.stuckSince(SampleBoard.now.addingTimeInterval(1)) == changed)
        standing.result = SampleResults.solved
        #expect(standing.stuckSince(SampleBoard.now.addingTimeInterval(1)) == nil)
        standing.result = SampleResults.unreachable
        #expect(standing.stuckSince(SampleBoard.now.addingTimeInterval(1)) == nil)
    }

    @Test func theHintLevelThatIsChosenIsPressed() throws {
        func pressed(_ level: Int?) throws -> [String?] {
            var state = SampleBoard.state
            state.hintLevel = level
            return try classPage(state).elements.filter { $0.attributes["aria-pressed"] == "true" }
                .map { $0.attributes["value"] }
        }
        #expect(try pressed(nil) == ["rubric"])
        #expect(try pressed(0) == ["0"])
        #expect(try pressed(3) == ["3"])
    }

    // MARK: The projector

    @Test(arguments: Language.allCases)
    func theProjectorHoldsNoNameNoIdNoMarkAndNoLink(_ language: Language) throws {
        let state = SampleBoard.state
        let html = try BoardProjectorPage(
            state: state, pseudonymKey: "key", language: language, now: SampleBoard.now
        ).html()
        let page = try ParsedPage(html)
        for standing in state.standings {
            for name in standing.student.names + [standing.student.id] { #expect(!html.contains(name)) }
        }
        #expect(!page.names.contains("a") && !page.names.contains("form"))
        #expect(!html.contains("4,5") && !html.contains("4.5") && !page.text.contains("provisoire"))
        #expect(page.text.contains("Andromeda") && page.text.contains("✓"))
        for remark in state.remarks { #expect(!page.text.contains(remark[language])) }
        var exam = state
        exam.isExam = true
        let quiet = try BoardProjectorPage(
            state: exam, pseudonymKey: "key", language: language, now: SampleBoard.now
        ).html()
        #expect(!quiet.contains("Andromeda") && !quiet.contains("✓"))
    }
}
