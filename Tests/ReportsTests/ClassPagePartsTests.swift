import Foundation
import GraderCore
import Testing

@testable import Reports

/// The class page's charts, progress, pseudonyms and sorting.
struct ClassPagePartsTests {
    private func page(_ results: [GradedResult], language: Language = .french) -> ClassPage {
        var page = ClassPage(
            className: "BTS SIO 2 SISR", title: "", exerciseTitle: SampleResults.solved.exerciseTitle,
            ranAt: SampleResults.moment, results: results, language: language)
        page.runName = "2026-11-22T141500Z"
        return page
    }

    /// - Parameter weeks: how long before the page's own run.
    private func past(weeks: Double, _ results: [GradedResult], name: String = "2026-11-15T141500Z")
        -> PastRun
    {
        PastRun(
            name: name, startedAt: SampleResults.moment.addingTimeInterval(weeks * -604_800),
            exercise: "activite-2", results: results)
    }

    private func renamed(_ result: GradedResult, _ student: StudentIdentity) -> GradedResult {
        var copy = result
        copy.student = student
        return copy
    }

    @Test func theOnlyScriptIsTheOneThatThePolicyAllows() throws {
        let html = try page(SampleResults.classOf35).html()
        let script = try #require(html.firstMatch(of: /<script>([\s\S]*?)<\/script>/)).1
        let digest = Data(SHA256Digest(of: Array(script.utf8)).bytes).base64EncodedString()
        let policy = try ParsedPage(html).elements.first {
            $0.attributes["http-equiv"] == "Content-Security-Policy"
        }
        #expect(
            policy?.attributes["content"]
                == "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-\(digest)'"
        )
        #expect(html.components(separatedBy: "<script").count == 2)
    }

    @Test func marksAreCountedAPersonEach() throws {
        let words = Sentences(.french)
        let histogram = try #require(Histogram.marks(SampleRun.run().results, words: words))
        // Both of the team, one of them provisional; the absent and the unreachable are in no column.
        #expect(histogram.bins.map(\.count) == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
        #expect(histogram.bins.map(\.open) == [0, 0, 1, 0, 0, 0, 0, 0, 1, 0])
        #expect(histogram.bins.map(\.label).first == "0–2")
        #expect(histogram.bins.map(\.label).last == "18–20")
        #expect(Histogram.marks([SampleResults.unreachable], words: words) == nil)
    }

    @Test func chartsHaveTheirWordsAndATable() throws {
        let page = try ParsedPage(page(SampleRun.run().results).html())
        let chart = try #require(page.elements.first { $0.attributes["class"] == "histogram" })
        #expect(chart.attributes["role"] == "img")
        let ids = Set(page.ids)
        for name in ["aria-labelledby", "aria-describedby"] {
            #expect(ids.contains(try #require(chart.attributes[name])))
        }
        #expect(page.text.contains("4–6\u{A0}: 1\u{202F}; 16–18\u{A0}: 2\u{202F}; 18–20\u{A0}: 1"))
    }

    @Test func outagesAreShownOnlyWhereThereAreAny() throws {
        var page = page([SampleResults.solved])
        #expect(try !page.html().contains("id=\"outages-h\""))
        page.drillOutages = [
            DrillOutages(
                drill: LocalizedText(fr: "Mise en standby", en: "Standby"),
                outages: [0.71, 0.68, 7.2, .nan].map {
                    DrillOutages.Outage(student: SampleResults.solved.student, seconds: $0)
                })
        ]
        let parsed = try ParsedPage(page.html())
        #expect(parsed.text.contains("Mise en standby"))
        for figure in ["0,71\u{A0}s", "0,68\u{A0}s", "7,20\u{A0}s"] {
            #expect(parsed.text.contains(figure), "\(figure)")
        }
        // A column for each, and a median; what is no number is left out.
        let strip = try #require(parsed.elements.last { $0.attributes["class"] == "outage-strip" })
        #expect(strip.attributes["aria-hidden"] == "true")
        #expect(
            parsed.elements.count { $0.attributes["class"] == "column" && $0.attributes["width"] == "5" } == 3
        )

        // One pair alone is no distribution.
        page.drillOutages[0].outages.removeLast(3)
        #expect(try !page.html().contains("id=\"outages-h\""))
    }

    @Test func progressIsMeasuredByWhatWasDecidedBothTimes() throws {
        let who = SampleResults.solved.student
        let before = past(weeks: 1, [renamed(SampleResults.faulty, who), SampleResults.fresh])
        // Decided only now: no progress.
        let now = SampleResults.solved.applying(SampleRun.marks(["Q5.answer": 3]))
        let progress = try #require(
            Progress(of: past(weeks: 0, [now, SampleResults.faulty]), since: [before]))
        #expect(progress.improved.map(\.id) == [who.id])
        #expect(progress.improved.first?.before == Points(4.5))
        #expect(progress.improved.first?.now == Points(12))
        #expect(progress.declined.isEmpty && progress.unchanged == 0)
        #expect(
            progress.understood.map(\.id.rawValue) == [
                "Q1.monitor-interval", "Q1.timeouts", "Q3.preference", "Q4.http",
            ])
    }

    @Test func progressStandsOnThePage() throws {
        var page = page([SampleResults.solved, SampleResults.faulty])
        #expect(try !page.html().contains("progress-h"))
        page.history = [
            past(weeks: 1, [renamed(SampleResults.faulty, SampleResults.solved.student)]),
            // This run itself, and a later one, are not the past.
            page.asPastRun, past(weeks: -1, [SampleResults.fresh], name: "2026-11-29T141500Z"),
            // Nor is the same evidence under another rubric.
            past(weeks: 0, [SampleResults.fresh], name: "2026-11-23T141500Z"),
        ]
        let parsed = try ParsedPage(page.html())
        #expect(parsed.text.contains("1 progresse, 0 recule, 0 reste au même point"))
        #expect(parsed.text.contains("4,5 → 12"))
        #expect(parsed.elements.count { $0.attributes["class"] == "run-share" } == 2)
    }

    /// What was worth something else is compared with nothing; what did not move is folded.
    @Test func runsOfAnotherRubricAreNotCompared() throws {
        var page = page([SampleResults.faulty])
        var other = past(weeks: 1, [SampleResults.faulty])
        let id = try #require(other.scores.keys.first)
        let check = CheckID("Q1.timeouts")
        let was = try #require(other.scores[id]?.checks[check])
        other.scores[id]?.checks[check] = .init(points: was.points + Points(1), earned: was.earned)
        page.history = [other]
        let alone = try ParsedPage(page.html())
        #expect(alone.ids.contains("progress-h") && !alone.text.contains("reste au même point"))
        // The one before, of this rubric, is.
        page.history = [
            other, past(weeks: 2, [SampleResults.faulty], name: "2026-11-08T141500Z"),
        ]
        let folded = try ParsedPage(page.html())
        #expect(folded.text.contains("Par rapport au passage du 08/11/2026"))
        #expect(folded.text.contains("1 reste au même point"))
        #expect(!folded.elements.contains { $0.attributes["class"] == "progress-lists" })
        #expect(folded.elements.contains { $0.name == "details" })
    }

    @Test func twoRunsOfOneMinuteAreToldApart() throws {
        var page = page([SampleResults.faulty])
        var sooner = past(weeks: 0, [SampleResults.faulty], name: "2026-11-22T141455Z")
        sooner.startedAt = page.ranAt - 20
        page.ranAt += 10
        sooner.startedAt = page.ranAt - 7
        page.history = [sooner, past(weeks: 1, [SampleResults.faulty])]
        let text = try ParsedPage(page.html()).text
        #expect(text.contains("22/11/2026 14:15:03 UTC") && text.contains("22/11/2026 14:15:10 UTC"))
        #expect(text.contains("15/11/2026 14:15 UTC"))
    }

    @Test func theSignsInTheTableAreExplainedBesideIt() throws {
        let parsed = try ParsedPage(page([SampleResults.solved, SampleResults.unreachable]).html())
        let table = try #require(parsed.text.range(of: Phrase.classRate[.french]))
        let legend = try #require(parsed.text.range(of: Phrase.heatLegend[.french]))
        #expect(table.lowerBound < legend.lowerBound)
        let said = parsed.text[legend.lowerBound...].prefix(80)
        #expect(said.contains(Sign.notAssessed.word.fr) && said.contains(Sign.notRequested.word.fr))
        #expect(!said.contains(Sign.blocked.word.fr))
    }

    @Test func pseudonymsHideEverybody() throws {
        var page = page(SampleResults.classOf35)
        page.notAssessed = [
            .init(
                student: StudentIdentity(id: "etu36", names: ["Ysée Oudard"]),
                reason: LocalizedText(verbatim: "etu36/serv1 (172.16.36.10): no answer."))
        ]
        page.history = [past(weeks: 1, SampleResults.classOf35.reversed())]
        let clear = try ParsedPage(page.html()).text
        page.pseudonymKey = "key"
        let html = try page.html()
        let parsed = try ParsedPage(html)
        for student in SampleResults.classOf35.map(\.student) + [
            StudentIdentity(id: "etu36", names: ["Ysée Oudard"])
        ] {
            for name in student.names {
                #expect(clear.contains(name))
                #expect(!parsed.text.contains(name))
            }
            #expect(!html.contains(student.id))
        }
        #expect(html.firstMatch(of: /172\.16\./) == nil)
        #expect(parsed.references.allSatisfy { $0.hasPrefix("#") || $0 == "data:," })
        #expect(parsed.elements.count { $0.attributes["class"]?.hasPrefix("heat-cell") == true } == 36 * 6)
        // The same marks, in another order.
        let names = try #require(html.firstMatch(of: /heat-student">([A-Z][^< ]+)/)).1
        #expect(parsed.text.contains(names))
    }

    @Test func aStudentKeepsThePseudonymFromRunToRun() {
        let ids = (1...200).map { "etu\($0)" }
        let one = Pseudonyms(ids, className: "c", key: "k")
        let other = Pseudonyms(ids.reversed(), className: "c", key: "k")
        #expect(ids.map { one.identity($0) } == ids.map { other.identity($0) })
        #expect(Set(ids.map { one.identity($0).id }).count == 200)
        // Ids and the class's name are known to all.
        let guessed = Pseudonyms(ids, className: "c", key: "")
        #expect(ids.count { one.identity($0) == guessed.identity($0) } < 20)
    }

    @Test func membersWhoDifferAreNamedInTheTable() throws {
        let parsed = try ParsedPage(page([SampleRun.team, SampleRun.absent]).html())
        #expect(parsed.text.contains("Maël Quéméner 17,5 / 20"))
        #expect(parsed.text.contains("Absent"))
    }
}
