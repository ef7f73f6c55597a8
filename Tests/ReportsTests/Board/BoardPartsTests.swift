import Foundation
import GraderCore
import Testing

@testable import Reports

/// What the board's pages are made of: times, time lines, gains; and text that wants to be more than text.
struct BoardPartsTests {
    @Test func timesInWords() {
        let (fr, en) = (Sentences(.french, in: SampleBoard.paris), Sentences(.english, in: SampleBoard.paris))
        let seconds = [0, 4, 5, 59, 60, 3_599, 3_600, 7_500]
        #expect(
            seconds.map(fr.ago) == [
                "à l’instant", "à l’instant", "il y a 5\u{A0}s", "il y a 59\u{A0}s", "il y a 1\u{A0}min",
                "il y a 59\u{A0}min", "il y a 1\u{A0}h\u{A0}00", "il y a 2\u{A0}h\u{A0}05",
            ])
        #expect(en.ago(60) == "1\u{A0}min ago" && en.since(4) == "for 4\u{A0}s")
        #expect(
            fr.until(42) == "dans 42\u{A0}s" && fr.until(0) == "maintenant" && fr.until(-3) == "maintenant")
        let date = SampleResults.moment.addingTimeInterval(-600)
        #expect(fr.clock(date) == "15\u{A0}h\u{A0}05" && en.clock(date) == "15:05")
        #expect(
            [1, 2, 3, 4, 11, 12, 13, 21, 22].map(en.ordinal) == [
                "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd",
            ])
        #expect([1, 2].map(fr.ordinal) == ["1er", "2e"])
        let moment = BoardMoment(.distantFuture, .until, now: .distantPast, fr)
        #expect(moment.at > 0)
    }

    private func change(_ check: CheckID, _ from: Verdict, _ to: Verdict) -> LessonChange {
        LessonChange(
            at: SampleBoard.now, check: check, title: LocalizedText(verbatim: "x"), from: from, to: to)
    }

    /// What came and went is no gain, and what could not be seen is no loss.
    @Test func gainsAreFromTheBeginningToNow() {
        let words = Sentences(.french)
        #expect(words.gains([]) == nil)
        #expect(
            words.gains([
                change("Q1.a", .notMet, .met), change("Q1.b", .partly(0.5), .met),
                change("Q3.a", .met, .notMet),
                change("Q2.a", .notMet, .met), change("Q2.a", .met, .notMet),
                change("Q10.a", .met, .notAssessed(.unreachable)),
            ]) == "Q1\u{A0}+2, Q3\u{A0}−1")
    }

    @Test func aTimeLineIsDrawnByShapeAndSaidInWords() throws {
        let words = Sentences(.french)
        let strip = MomentStrip(SampleBoard.moments, .wide, words).view
        #expect(strip.spans.map(\.state) == ["served", "refused", "silent", "refused", "served", "unknown"])
        #expect(strip.lengths.map(\.label) == ["1,5\u{A0}s"])
        #expect(
            strip.description.hasPrefix("répond 11,0\u{A0}s, répond en partie 0,5\u{A0}s, ne répond pas 1,5"))
        for (one, next) in zip(strip.spans, strip.spans.dropFirst()) { #expect(one.x + one.w == next.x) }
        #expect(strip.ticks.last?.label == "30\u{A0}s")
        // An hour has room too.
        let long = MomentStrip(Array(repeating: .served, count: 7_200), .narrow, words).view
        #expect(long.spans.count == 1 && (long.spans[0].x + long.spans[0].w) <= long.right)
        #expect(long.ticks.count < 8 && long.ticks.last?.label == "3540\u{A0}s")
        #expect(MomentStrip.states(in: [.served], words).map(\.state) == ["served"])
        #expect(BoardDrill(.idle, now: SampleBoard.now, words) == nil)
        var unstarted = SampleBoard.drill([])
        unstarted.stage = nil
        let drill = try #require(BoardDrill(.drilling(unstarted), now: SampleBoard.now, words))
        #expect(drill.drawings.isEmpty && drill.stage == "préparation")
    }

    @Test func progressCountsWhoHasAllOfAQuestion() {
        let before = SampleResults.fresh
        var state = SampleBoard.state
        state.standings = [
            SampleBoard.standing(SampleResults.solved, from: before),
            SampleBoard.standing(SampleResults.faulty, from: before),
            SampleBoard.standing(SampleResults.solved), SampleBoard.standing(SampleResults.unreachable),
        ]
        let progress = BoardProgress.of(state, Sentences(.french))
        #expect(progress.map(\.id) == ["Q1", "Q2", "Q3", "Q4"])
        #expect(progress[0].inWords == "1 → 2 sur 3" && progress[0].before == 333 && progress[0].now == 666)
        #expect(progress[1].inWords == "1 → 3 sur 3")
    }

    // MARK: Hostile text

    private static let elements = PageVocabulary.elements.union([
        "nav", "form", "input", "button", "label", "textarea", "script",
    ])
    private static let attributes = PageVocabulary.attributes.union([
        "src", "defer", "method", "action", "type", "value", "required", "disabled", "checked", "maxlength",
        "rows", "for", "autocomplete", "autocapitalize", "spellcheck", "inputmode", "aria-pressed",
        "aria-current", "data-now", "data-zone", "data-events", "data-live", "data-lost", "data-alert",
        "data-quiet", "data-problem", "data-entry", "data-guard", "data-ago", "data-since", "data-until",
        "data-clock", "data-enable", "data-gone",
    ])

    @Test(arguments: Language.allCases)
    func everyPageHoldsItAsText(_ language: Language) throws {
        let pages = try hostile(language)
        #expect(pages.count == 9)
        for (index, html) in pages.enumerated() {
            let page = try ParsedPage(html)
            #expect(page.names.subtracting(Self.elements).isEmpty, "\(index)")
            let attributes = Set(page.elements.flatMap(\.attributes.keys))
            #expect(attributes.subtracting(Self.attributes).isEmpty, "\(index)")
            #expect(!html.contains("<img") && !html.contains("<script>"), "\(index)")
            #expect(page.elements.count { $0.name == "script" } == (index == 8 ? 0 : 1), "\(index)")
            #expect(page.references.allSatisfy { !$0.contains("/../") && !$0.contains("<") }, "\(index)")
            #expect(
                page.text.contains("alert(1)")
                    || page.elements.contains {
                        $0.attributes["value"]?.contains("alert(1)") ?? false
                    }, "\(index)")
            for scalar: Unicode.Scalar in ["\u{0}", "\u{1B}", "\u{9B}", "\u{202E}", "\u{2028}", "\u{FFFE}"]
            where index != 5 { #expect(!html.unicodeScalars.contains(scalar), "\(index) U+\(scalar.value)") }
            #expect(html.utf8.count < 2_000_000, "\(index)")
        }
    }

    private func hostile(_ language: Language) throws -> [String] {
        let (mixed, now) = (HostileSample.mixed, SampleBoard.now)
        let text = LocalizedText(verbatim: mixed)
        var standing = SampleBoard.standing(HostileSample.result, from: HostileSample.result)
        standing.student.id = HostileSample.script + "/../x"
        standing.machines = [MachineID(HostileSample.script)]
        standing.refusedLogins = [MachineID(mixed): TransportFailure(.authenticationFailed, text)]
        standing.problem = text
        standing.changes = [
            LessonChange(at: now, check: CheckID(mixed), title: text, from: .met, to: .notMet)
        ]
        var drill = SampleBoard.drill()
        drill.title = text
        drill.stage = mixed
        drill.notice = text
        var state = SampleBoard.state
        state.className = mixed
        state.title = mixed
        state.exerciseTitle = text
        state.remarks = [text]
        state.standings = [standing, SampleBoard.working]
        state.studentDrills = [.init(kind: "standby", title: text)]
        var exam = state
        exam.isExam = true
        var drilling = standing
        drilling.activity = .drilling(drill)
        var answers = SampleBoard.answers(language)
        answers.questions = [.init(id: QuestionID(mixed), titles: [text], text: mixed)]
        answers.shown = .init(number: 3, savedAt: now, texts: [QuestionID(mixed): mixed])
        answers.problem = text
        var sheetResult = HostileSample.result
        sheetResult.questions[0].checks[1].result.verdict = .notRequested(.teachersMark)
        return [
            try BoardClassPage(state: state, language: language, token: HostileSample.script, now: now)
                .html(),
            try BoardProjectorPage(state: state, pseudonymKey: "key", language: language, now: now).html(),
            try SampleBoard.student(drilling, language, state).html(),
            try SampleBoard.student(standing, language, exam).html(),
            try SampleBoard.report(drilling, language).html(),
            try answers.html(),
            try BoardMarkingPage(
                sheet: MarkingSheet([sheetResult]), className: mixed, language: language,
                token: SampleBoard.token, problem: text
            ).html(),
            try BoardProblemPage(status: 400, message: text, back: "/me", language: language).html(),
            try BoardCardsPage(
                cards: [.init(name: mixed, id: mixed, link: mixed, code: mixed)], className: mixed,
                language: language
            ).html(),
        ]
    }

    /// What is sent again is what was written: a first line break too, which HTML would swallow.
    @Test func anAnswerComesBackAsItWasWritten() throws {
        var page = SampleBoard.answers(.french)
        page.questions[0].text = "\n  deux\tlignes\n</textarea><b>\u{0}\u{1B}x"
        let html = try page.html()
        #expect(
            html.contains("maxlength=\"20000\">\n\n  deux\tlignes\n&lt;/textarea&gt;&lt;b&gt;x</textarea>"))
        let versions = try ParsedPage(html).references.filter { $0.contains("version") }
        #expect(versions == [3, 2, 1].map { "/me/answers?version=\($0)#shown" })
    }

    @Test func aProposalIsTakenByAFormOfItsOwn() throws {
        let page = try ParsedPage(SampleBoard.marking(.french).html())
        let points = page.elements.filter { $0.attributes["name"] == "points" }
        #expect(points.filter { $0.attributes["type"] == "hidden" }.map { $0.attributes["value"] } == ["3"])
        #expect(points.count { $0.attributes["value"] == "2,5" } == 1 && page.text.contains("Noté 2,5 / 3"))
    }

    @Test func aCodeIsReadInGroups() throws {
        let page = try ParsedPage(SampleBoard.cards(.french).html())
        #expect(page.elements.count { $0.attributes["class"] == "card" } == 14)
        #expect(page.elements.count { $0.attributes["class"] == "cards" } == 2)
        #expect(page.text.contains("k4x7m2pq9tz6rw3c8yhd5fjna2"))
        #expect(page.elements.count { $0.attributes["class"] == "card-part" } == 14 * 7)
    }
}
