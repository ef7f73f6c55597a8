import Foundation
import GraderCore
import Testing

@testable import Reports

/// Drills on the student's page, in Markdown and on the class page.
struct DrillPagesTests {
    private func page(_ result: GradedResult, _ language: Language = .french) throws -> ParsedPage {
        try ParsedPage(StudentReport(result: result, language: language).html())
    }

    @Test func theTableSaysWhatTheDrawingShows() throws {
        let page = try page(SampleDrills.drilled)
        let markdown = StudentReport(result: SampleDrills.drilled, language: .french).markdown()
        for text in [
            "Le nœud actif mis en standby", "le service répond, par serv1", "connexion refusée",
            "aucune réponse",
            "connexion sans réponse", "le service répond, par serv2", "plus de nouvelles de l’autre nœud",
            "décide de déplacer IPFailover (serv1 → serv2)", "IPFailover démarré", "0,88\u{A0}s",
            "88 connexions et 9 requêtes en échec", "tout est comme avant",
        ] {
            #expect(page.text.contains(text), "\(text)")
            #expect(markdown.contains(text), "\(text)")
        }
        // Two ways, wide and narrow, each with words of its own.
        let drawings = page.elements.filter {
            $0.attributes["class"]?.hasPrefix("timeline timeline-") == true
        }
        #expect(drawings.allSatisfy { $0.attributes["role"] == "img" })
        #expect(drawings.count == 4 + 2 + 4 + 4)
        #expect(Set(page.ids).count == page.ids.count)
        #expect(page.names.subtracting(PageVocabulary.elements).isEmpty)
        #expect(Set(page.elements.flatMap(\.attributes.keys)).subtracting(PageVocabulary.attributes).isEmpty)
    }

    @Test func englishIsEnglish() throws {
        let page = try page(SampleDrills.drilled, .english)
        for text in [
            "The active node put on standby", "the service answers, from serv2", "connection refused",
            "decides to move IPFailover (serv1 → serv2)", "0.88\u{A0}s", "everything is as it was",
        ] { #expect(page.text.contains(text), "\(text)") }
        #expect(!page.text.contains("Exercices de bascule"))
    }

    /// What went wrong is said: an outage without end, a drill not done, something left, the sampler late.
    @Test func nothingIsGlossedOver() throws {
        let page = try page(SampleDrills.drilled)
        for text in [
            "le service n’était pas revenu à la fin de l’observation, 59,68\u{A0}s après",
            "Pas fait\u{A0}: Quelqu’un travaille.", "Interrompu\u{A0}: Coupé.",
            "attribut serv1 standby\u{A0}: avant rien, maintenant on",
            "La mesure elle-même était en retard\u{A0}: 12 essais n’ont pas été faits.",
            "aucune interruption vue",
        ] { #expect(page.text.contains(text), "\(text)") }
        var clean = SampleResults.solved
        clean.drills = [SampleDrills.account("standby")]
        #expect(try !self.page(clean).text.contains("La mesure elle-même était en retard"))
    }

    /// Where what the drill moved ended; what is said of the rest does not deny it.
    @Test func theWayBackIsTold() throws {
        let left = LocalizedText(fr: "g reste sur serv2.", en: "g stays on serv2.")
        var result = SampleResults.solved
        result.drills = [SampleDrills.account("standby", wayBack: left)]
        #expect(try page(result).text.contains("g reste sur serv2. Pour le reste, tout est comme avant."))
        let english = StudentReport(result: result, language: .english).markdown()
        #expect(english.contains("g stays on serv2. Otherwise everything is as it was."))
        result.drills = [
            SampleDrills.account(
                "standby", differences: [.init(what: "x", before: "1", after: nil)], wayBack: left)
        ]
        #expect(try page(result).text.contains("g reste sur serv2."))
        #expect(try !page(result).text.contains("tout est comme avant"))
    }

    @Test func fiveDrillsFitIntoThePage() throws {
        let html = try StudentReport(result: SampleDrills.drilled, language: .french).html()
        #expect(html.utf8.count < 500_000)
        #expect(try page(SampleDrills.drilled).elements.contains { $0.attributes["class"] == "drill" })
        #expect(try !page(SampleResults.solved).text.contains("Exercices de bascule"))
    }

    @Test(arguments: Language.allCases)
    func hostileNamesStayText(_ language: Language) throws {
        let mixed = HostileSample.mixed
        var result = SampleResults.solved
        result.drills = [
            SampleDrills.account(
                "standby",
                SampleDrills.timeline(
                    names: [.serv1: mixed, .serv2: HostileSample.long],
                    events: SampleDrills.events(subject: mixed, detail: mixed)),
                differences: [.init(what: mixed, before: mixed, after: HostileSample.long)],
                wayBack: LocalizedText(fr: "\(mixed) reste.", en: "\(mixed) stays.")),
            SampleDrills.account("shutdown", nil, outcome: .abandoned(LocalizedText(verbatim: mixed))),
        ]
        let html = try StudentReport(result: result, language: language).html()
        let page = try ParsedPage(html)
        #expect(page.names.subtracting(PageVocabulary.elements).isEmpty)
        #expect(!html.contains("<script") && !html.contains("<img"))
        #expect(!html.unicodeScalars.contains("\u{1B}") && !html.unicodeScalars.contains("\u{202E}"))
        #expect(html.utf8.count < 700_000)
        // Every row of the table has its four cells.
        let markdown = StudentReport(result: result, language: language).markdown()
        let rows = markdown.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.contains("---") }
        #expect(rows.count > 20)
        for row in rows {
            let bars = row.replacing("\\|", with: "").count { $0 == "|" }
            #expect(bars == 5, "\(row.prefix(300))")
        }
        var classPage = ClassPage(
            className: "x", title: "", exerciseTitle: result.exerciseTitle, ranAt: SampleResults.moment,
            results: [result], language: language)
        classPage.drillOutages = DrillOutages.all(in: [result])
        #expect(try ParsedPage(classPage.html()).names.subtracting(PageVocabulary.elements) == ["script"])
    }

    @Test func theClassPageHasARowForEachDrilledStudent() throws {
        let results = [SampleDrills.drilled, SampleResults.unreachable]
        var classPage = ClassPage(
            className: "x", title: "", exerciseTitle: SampleResults.solved.exerciseTitle,
            ranAt: SampleResults.moment, results: results, language: .french)
        classPage.drillOutages = DrillOutages.all(in: results)
        // Those that ended: neither the refused one nor the one without end, nor the broken one.
        #expect(classPage.drillOutages.map(\.outages.count) == [1, 1])
        #expect(classPage.drillOutages.flatMap(\.outages).allSatisfy { abs($0.seconds - 0.88) < 0.001 })
        let page = try ParsedPage(classPage.html())
        for text in ["0,88\u{A0}s", "pas revenu", "pas fait", "Quelqu’un travaille.", "interrompu"] {
            #expect(page.text.contains(text), "\(text)")
        }
        #expect(page.text.contains("Quelque chose n’a pas été remis comme avant"))
        // Each name leads to a page: the table's once led to a folder, by a name that its rows lacked.
        #expect(page.references.allSatisfy { !$0.hasSuffix("/") })
        classPage.concealed = [SampleDrills.drilled.student.id]
        let links = try ParsedPage(classPage.html()).references.filter { $0.hasSuffix(".html") }
        #expect(links.contains { $0.hasSuffix("teacher.html") })
        #expect(!links.contains("students/\(SampleDrills.drilled.student.id)/report.html"))

        classPage.pseudonymKey = "key"
        let projected = try ParsedPage(classPage.html())
        #expect(!projected.text.contains("Quelqu’un travaille."))
        for name in SampleResults.solved.student.names { #expect(!projected.text.contains(name)) }
    }

    @Test func numbersOfMarkersThatShareAPlace() {
        #expect(DrillPanel.label([3]) == "3")
        #expect(DrillPanel.label([3, 4, 5]) == "3–5")
        #expect(DrillPanel.label([3, 7]) == "3, 7")
    }
}
