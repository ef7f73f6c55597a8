import Foundation
import GraderCore
import Testing

@testable import Reports

struct StudentReportTests {
    @Test(arguments: Language.allCases)
    func pageSaysItsLanguage(_ language: Language) throws {
        let page = try ParsedPage(StudentReport(result: SampleResults.faulty, language: language).html())
        #expect(page.elements.first?.name == "html")
        #expect(page.elements.first?.attributes["lang"] == language.rawValue)
    }

    @Test(arguments: Language.allCases)
    func whatCostPointsStandsAtTheHead(_ language: Language) throws {
        let words = Sentences(language)
        let faulty = StudentReport(result: SampleResults.faulty, language: language)
        let page = try ParsedPage(faulty.html())
        #expect(!SampleResults.faulty.lostChecks.isEmpty)
        for check in SampleResults.faulty.lostChecks {
            #expect(page.text.contains(words.lostPoints(check)), "\(check.result.id)")
            #expect(page.elements.contains { $0.attributes["href"] == "#c-\(check.result.id.rawValue)" })
        }
        #expect(faulty.markdown().contains("## \(Phrase.lostHeading[language])"))
        let solved = StudentReport(result: SampleResults.solved, language: language)
        #expect(try !ParsedPage(solved.html()).text.contains(Phrase.lostHeading[language]))
        #expect(!solved.markdown().contains(Phrase.lostHeading[language]))
    }

    @Test(arguments: Language.allCases)
    func everyCheckIsOnThePageAndInTheMarkdown(_ language: Language) throws {
        for result in SampleResults.all {
            let report = StudentReport(result: result, language: language)
            let page = try ParsedPage(report.html())
            let markdown = report.markdown()
            for check in result.questions.flatMap(\.checks) {
                var facts = check.result
                // The notice says it, once for all.
                if result.saidOnce.contains(facts.found) { facts.found = LocalizedText(verbatim: "") }
                #expect(page.ids.contains("c-\(facts.id.rawValue)"))
                let texts = [facts.title, facts.expected, facts.found, facts.why].map { $0[language] }
                for text in texts where !text.isEmpty {
                    #expect(page.text.contains(text))
                    #expect(markdown.contains(SafeText.markdown(text, language: language)))
                }
                if let command = facts.seeYourself {
                    #expect(page.text.contains(command))
                    #expect(markdown.contains(command))
                }
                if let hint = facts.hint, facts.verdict != .met {
                    #expect(page.text.contains(hint[language]))
                    #expect(markdown.contains(SafeText.markdown(hint[language], language: language)))
                }
            }
        }
    }

    @Test func everyVerdictHasItsSignAndWord() throws {
        for result in SampleResults.all {
            let page = try ParsedPage(StudentReport(result: result, language: .french).html())
            let used = Set(page.elements.compactMap { $0.name == "use" ? $0.attributes["href"] : nil })
            let signs = Set(result.questions.flatMap(\.checks).map { Sign($0.result.verdict) })
            for mark in signs {
                #expect(used.contains("#sign-\(mark.rawValue)"))
                #expect(page.ids.contains("sign-\(mark.rawValue)"))
                #expect(page.text.contains(mark.word.fr) && page.text.contains(mark.meaning.fr))
            }
            // What no check has needs no explanation.
            #expect(!page.text.contains(Sign.notShown.meaning.fr))
        }
    }

    /// What is not shown has a sign, a word and a place in the key of its own, and only where there is such a thing.
    @Test func whatIsNotShownIsSaidToBe() throws {
        let report = StudentReport(result: SampleRun.concealed, language: .french)
        let page = try ParsedPage(report.html())
        let used = page.elements.compactMap { $0.name == "use" ? $0.attributes["href"] : nil }
        #expect(used.contains("#sign-not-shown") && page.ids.contains("sign-not-shown"))
        #expect(page.text.contains("Vérifications non montrées") && page.text.contains("après le 18/12/2999"))
        #expect(page.text.contains("quelque chose manque encore à cette question"))
        #expect(page.text.contains("On ne sait pas où se trouvait l’adresse virtuelle"))
        #expect(page.text.contains("ressources\u{A0}: […]"), "none would be a lie")
        #expect(!page.text.contains("est en standby"))
        #expect(report.markdown().contains("**pas montré**"))
        let open = try ParsedPage(StudentReport(result: SampleResults.faulty, language: .french).html())
        #expect(!open.text.contains("pas montré") && open.text.contains("est en standby"))
    }

    @Test func marksHaveADecimalCommaInFrenchAndAPointInEnglish() throws {
        let french = try ParsedPage(StudentReport(result: SampleResults.faulty, language: .french).html())
        #expect(french.text.contains("4,5 sur 12 notés"))
        #expect(!french.text.contains("4.5"))
        let english = StudentReport(result: SampleResults.faulty, language: .english).markdown()
        #expect(english.contains("provisional, 4.5 out of 12 marked, 8 to come"))
        #expect(!english.contains("4,5"))
    }

    @Test func unreachablePairIsNotAssessedAndHasNoMark() throws {
        let report = StudentReport(result: SampleResults.unreachable, language: .french)
        let html = try report.html()
        let page = try ParsedPage(html)
        #expect(page.text.contains("Non évalué"))
        #expect(page.text.contains("serv1 (172.16.0.10)\u{A0}: ne répond pas."))
        #expect(page.text.contains("serv2 (172.16.0.11)\u{A0}: port SSH fermé."))
        #expect(!page.elements.contains { $0.attributes["class"] == "score-earned" })
        for text in [page.text, report.markdown()] {
            #expect(text.firstMatch(of: /(^|\s)0\s*\/\s*20/) == nil)
        }
    }

    @Test func unstablePairSaysWhatChanged() throws {
        let page = try ParsedPage(StudentReport(result: SampleResults.unstable, language: .english).html())
        #expect(page.text.contains("was changing while it was read"))
        #expect(page.text.contains("3 attempts"))
        #expect(page.text.contains("0.12.3 → 0.13.1"))
    }

    @Test func aBlockedCheckLinksToTheOneItWaitsFor() throws {
        let page = try ParsedPage(StudentReport(result: SampleResults.faulty, language: .french).html())
        #expect(page.references.contains("#c-Q3.preference"))
    }

    @Test(arguments: Language.allCases)
    func pageStandsOnItsOwn(_ language: Language) throws {
        for result in SampleResults.all {
            let page = try ParsedPage(StudentReport(result: result, language: language).html())
            #expect(page.references.allSatisfy { $0.hasPrefix("#") || $0 == "data:," })
            let targets = page.references.filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
            #expect(Set(targets).isSubset(of: page.ids))
            #expect(Set(page.ids).count == page.ids.count)
            let policy = page.elements.first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
            #expect(
                policy?.attributes["content"]
                    == "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
        }
    }

    /// Five drills' time lines have to fit into 500 kB with it.
    @Test func aReportLeavesRoomForDrills() throws {
        for result in SampleResults.all {
            #expect(try StudentReport(result: result, language: .french).html().utf8.count < 200_000)
        }
    }

    @Test func headingsDoNotSkipALevel() throws {
        let page = try ParsedPage(StudentReport(result: SampleResults.faulty, language: .french).html())
        #expect(page.headings.first == 1)
        #expect(page.headings.filter { $0 == 1 }.count == 1)
        for (above, below) in zip(page.headings, page.headings.dropFirst()) { #expect(below <= above + 1) }
    }

    @Test func everyColumnAndRowHeadingHasAScope() throws {
        let page = try ParsedPage(StudentReport(result: SampleDrills.drilled, language: .french).html())
        let headings = page.elements.filter { $0.name == "th" }
        #expect(!headings.isEmpty)
        #expect(headings.allSatisfy { $0.attributes["scope"] == "col" || $0.attributes["scope"] == "row" })
    }

    @Test func aStudentsPageHoldsNobodyElse() throws {
        let others = SampleResults.classOf35.flatMap(\.student.names)
        let page = try StudentReport(result: SampleResults.solved, language: .french).html()
        for name in others { #expect(!page.contains(name)) }
    }

    @Test func theDrawingHasWordsForEverythingInIt() throws {
        let page = try ParsedPage(
            StudentReport(result: SampleResults.halfUnreachable, language: .french).html())
        let drawings = page.elements.filter { $0.attributes["class"]?.hasPrefix("drawing ") == true }
        #expect(drawings.count == 2)
        #expect(
            drawings.allSatisfy { $0.attributes["role"] == "img" && $0.attributes["aria-describedby"] != nil }
        )
        #expect(page.text.contains("L’adresse virtuelle 172.16.0.12 était sur serv2."))
        #expect(page.text.contains("non examiné, hors ligne selon l’autre nœud"))
    }

    @Test func sameResultSamePage() throws {
        let report = StudentReport(result: SampleResults.unreachable, language: .french)
        #expect(try report.html() == report.html())
        #expect(report.markdown() == report.markdown())
    }
}
