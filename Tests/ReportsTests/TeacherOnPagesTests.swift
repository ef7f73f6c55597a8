import Foundation
import GraderCore
import Testing

@testable import Reports

/// What the teacher decided, written answers and decisive lines, on the student's page.
struct TeacherOnPagesTests {
    private var marked: GradedResult {
        var result = SampleResults.faulty
        result.questions[4].writtenAnswer = "Le DNS,\ncar le nom mène à <l'adresse>."
        var marks = StudentMarks(
            marks: [
                .check(CheckID("Q5.answer")): TeacherMark(points: Points(1.5), comment: "À préciser."),
                .check(CheckID("Q3.preference")): TeacherMark(points: Points(3), comment: "Vu à l'oral."),
                .question(QuestionID("Q6")): TeacherMark(points: Points(4)),
                .question(QuestionID("Q1")): TeacherMark(comment: "Reprendre la surveillance."),
            ], comment: "Bon début.")
        marks.isAbsent = false
        return result.applying(marks)
    }

    @Test func marksAndCommentsStandBesideWhatTheyAreAbout() throws {
        let report = StudentReport(result: marked, language: .french)
        for text in [try ParsedPage(report.html()).text, report.markdown()] {
            #expect(text.contains("1,5 / 3 points – À préciser."))
            #expect(text.contains("3 / 3 points – Vu à l'oral."))
            #expect(text.contains("Le correcteur avait conclu\u{A0}: non obtenu."))
            #expect(text.contains("4 / 5 points"))
            #expect(text.contains("Reprendre la surveillance."))
            #expect(text.contains("Bon début."))
        }
        let terminal = TerminalReport(marked, language: .french, colour: false, width: 120).everything
        #expect(terminal.contains("1,5 / 3 points – À préciser."))
        #expect(terminal.contains("Bon début."))
    }

    /// What a rubric calls a check that is marked by hand is its title, and what is expected: said once.
    @Test func whatIsMarkedByHandIsNotExpectedInTheWordsOfItsTitle() throws {
        var check = try #require(marked.questions[4].checks.first { $0.teacher != nil })
        func names() -> [String] { CheckFacts(check, in: marked, Sentences(.french)).comparison.map(\.name) }
        #expect(check.result.expected != check.result.title && names().contains("Attendu"))
        check.result.expected = check.result.title
        #expect(!names().contains("Attendu"))
    }

    @Test func nothingIsOpenWhereTheTeacherDecided() {
        #expect(marked.score.isComplete)
        #expect(Sentences(.french).openPoints(marked.questions).isEmpty)
        #expect(QuestionSign(marked.questions[5]) == QuestionSign(sign: .partly))
    }

    @Test func theWrittenAnswerIsTextAndKeepsItsLines() throws {
        let report = StudentReport(result: marked, language: .french)
        let html = try report.html()
        #expect(html.contains("<blockquote>Le DNS,\ncar le nom mène à &lt;l&#39;adresse&gt;.</blockquote>"))
        #expect(report.markdown().contains("```\nLe DNS,\ncar le nom mène à <l'adresse>.\n```"))
    }

    @Test func aTeamsMembersHaveTheirOwnMarks() throws {
        let report = StudentReport(result: SampleRun.team, language: .french)
        for text in [try ParsedPage(report.html()).text, report.markdown()] {
            #expect(text.contains("17,5 / 20"))
            #expect(text.contains("Q5.answer\u{A0}: 1,5 point"))
            #expect(text.contains("Oral réussi."))
        }
    }

    @Test func decisiveLinesAreMarkedWithTheirChecks() throws {
        func check(_ id: String, _ verdict: Verdict) -> ScoredCheck {
            SampleChecks.check(
                id, 1, verdict, title: LocalizedText(verbatim: "title of \(id)"),
                expected: LocalizedText(verbatim: ""), found: LocalizedText(verbatim: ""))
        }
        let questions = [
            SampleChecks.question(
                "Q1", LocalizedText(verbatim: ""),
                [
                    check("Q1.primitive", .met), check("Q1.netmask", .met),
                    check("Q1.monitor-interval", .notMet), check("Q1.start-timeout", .met),
                    check("Q1.stop-timeout", .notAssessed(.noEvidence)),
                ]),
            SampleChecks.question(
                "Q3", LocalizedText(verbatim: ""),
                [check("Q3.preference", .notMet), check("Q3.no-ban", .notMet)]),
        ]
        let listing = ListingExhibit(
            id: "config", heading: LocalizedText(verbatim: ""), command: "crm configure show",
            text: SampleResults.configuration, none: LocalizedText(verbatim: ""),
            marks: [
                [
                    (2, "Q1.primitive"), (3, "Q1.netmask"), (4, "Q1.monitor-interval"),
                    (5, "Q1.start-timeout"),
                ],
                [(5, "Q1.stop-timeout"), (6, "Q3.no-ban"), (2_000, "Q3.preference")],
            ].flatMap { $0 }.map { ListingExhibit.MarkedLine(line: $0.0, decides: [CheckID($0.1)]) })
        let exhibits = [Exhibit.listing(listing)]
        let result = SampleResults.result("x", ["X"], questions: questions, exhibits: exhibits)
        let lines = DecisiveLine.all(of: listing, in: result, language: .french)
        let marked = lines.filter { !$0.notes.isEmpty }.map {
            [$0.text.trimmingCharacters(in: .whitespaces)] + $0.notes.map(\.check.rawValue)
        }
        #expect(
            marked == [
                ["primitive IPFailover IPaddr2 \\", "Q1.primitive"],
                ["params ip=172.16.0.12 cidr_netmask=24 nic=eth0 iflabel=VIP \\", "Q1.netmask"],
                ["op monitor interval=30s \\", "Q1.monitor-interval"],
                ["op start timeout=30s interval=0", "Q1.start-timeout"],
                ["location cli-ban-IPFailover-on-serv1 IPFailover role=Started -inf: serv1", "Q3.no-ban"],
            ])
        let html = try StudentReport(result: result, language: .french).html()
        let page = try ParsedPage(html)
        #expect(page.references.contains("#c-Q1.monitor-interval"))
        #expect(page.elements.count { $0.attributes["class"] == "line line-marked" } == 5)
        // Every line is still there, and so is the block as a whole.
        #expect(page.text.contains("cluster-infrastructure=corosync"))
    }
}

extension QuestionSign {
    fileprivate init(sign: Sign) {
        var question = SampleChecks.question("Q", LocalizedText(verbatim: ""), [])
        question.score.total = Points(2)
        question.teacher = TeacherMark(points: Points(1))
        self.init(question)
        self.sign = sign
    }
}
