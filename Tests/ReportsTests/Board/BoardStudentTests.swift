import Foundation
import GraderCore
import Testing

@testable import Reports

/// A student's own page, and the teacher's of him.
struct BoardStudentTests {
    private func page(_ standing: LessonStanding, _ state: LessonState = SampleBoard.state) throws
        -> ParsedPage
    {
        try ParsedPage(SampleBoard.student(standing, .french, state).html())
    }

    private var exam: LessonState {
        var state = SampleBoard.state
        state.isExam = true
        return state
    }

    /// Whatever the machines are like and whatever happened: only who answered makes a difference.
    @Test(arguments: Language.allCases)
    func inAnExamOnlyWhoAnsweredIsShown(_ language: Language) throws {
        func html(_ change: (inout LessonStanding) -> Void) throws -> String {
            var standing = SampleBoard.standing(SampleResults.solved)
            change(&standing)
            standing.result?.student = SampleResults.solved.student
            standing.result?.collectedAt = SampleResults.moment
            return try SampleBoard.student(standing, language, exam).html()
        }
        let plain = try html { _ in }
        let others = try [
            html { $0.result = SampleResults.faulty }, html { $0.result = SampleResults.fresh },
            html { $0.result = SampleRun.concealed }, html { $0.changes = SampleBoard.working.changes },
            html { $0.result = SampleResults.unstable }, html { $0.atBeginning = [:] },
            html { $0.changedAt = nil },
        ]
        for other in others { #expect(other == plain) }
        let away = try ParsedPage(
            SampleBoard.student(SampleBoard.refused, language, exam).html())
        #expect(away.text.contains("serv1") && away.text.contains("serv2"))
        #expect(away.elements.contains { $0.attributes["name"] == "mended" })
        for question in SampleResults.solved.questions {
            #expect(!away.text.contains(question.title[language]))
            for check in question.checks { #expect(!away.text.contains(check.result.title[language])) }
        }
        #expect(!away.references.contains("/me/answers") && !away.names.contains("details"))
        for drill in exam.studentDrills { #expect(!away.text.contains(drill.title[language])) }
    }

    /// By the last log-ins, which is all that an exam's standing has.
    @Test func inAnExamEveryMachineIsSaid() throws {
        var standing = SampleBoard.standing(SampleResults.solved)
        func marks() -> [String] {
            SampleBoard.student(standing.shownInExam(), .french, exam).examView.machines.map(\.mark.name)
        }
        #expect(marks() == [Sign.notAssessed.rawValue, Sign.notAssessed.rawValue])
        standing.logins = [
            .init(node: .serv1, failure: nil),
            .init(node: .serv2, failure: TransportFailure(.timedOut, LocalizedText(verbatim: ""))),
        ]
        #expect(marks() == [Sign.met.rawValue, Sign.notMet.rawValue])
    }

    @Test func itIsTheReportWithWhatCanBeAskedFor() throws {
        let standing = SampleBoard.working
        let parsed = try page(standing)
        for check in standing.result?.questions.flatMap(\.checks) ?? [] {
            #expect(parsed.ids.contains("c-\(check.result.id.rawValue)"))
        }
        #expect(parsed.text.contains("Vérifier maintenant") && parsed.references.contains("/me/answers"))
        for change in standing.changes { #expect(parsed.text.contains(change.title.fr)) }
        for drill in SampleBoard.state.studentDrills { #expect(parsed.text.contains(drill.title.fr)) }
        let sure = parsed.elements.filter { $0.attributes["name"] == "sure" }
        #expect(sure.count == 2 && sure.allSatisfy { $0.attributes["required"] != nil })
        // It is no file.
        #expect(!parsed.text.contains(Phrase.selfContained[.french]) && !parsed.text.contains("report.html"))
    }

    @Test func aPageHoldsNobodyElse() throws {
        let html = try SampleBoard.student(SampleBoard.working, .french).html()
        for standing in SampleBoard.state.standings {
            for name in standing.student.names { #expect(!html.contains(name)) }
        }
        for remark in SampleBoard.state.remarks { #expect(!html.contains(remark.fr)) }
    }

    /// The button's state, and until when.
    @Test func tooEarlyForAnotherLookSaysWhenItIsNot() throws {
        func button(_ change: (inout LessonStanding) -> Void) throws -> [String: String] {
            var standing = SampleBoard.working
            standing.nextLookAt = nil
            change(&standing)
            return try #require(page(standing).elements.first { $0.attributes["class"] == "button" })
                .attributes
        }
        #expect(try button { _ in }["disabled"] == nil)
        #expect(try button { $0.nextLookAt = SampleBoard.now }["disabled"] == nil)
        let later = SampleBoard.now.addingTimeInterval(20)
        let held = try button { $0.nextLookAt = later }
        #expect(
            held["disabled"] != nil && held["data-enable"] == "\(Int(later.timeIntervalSince1970) * 1000)")
        // While it waits in line, time does not make it possible.
        let waiting = try button {
            $0.nextLookAt = later
            $0.activity = .waiting(place: 2)
        }
        #expect(waiting["disabled"] != nil && waiting["data-enable"] == nil)
    }

    @Test func whereALogInWasRefusedTheFormWantsAWord() throws {
        func ticks(_ standing: LessonStanding) throws -> Int {
            try page(standing).elements.count {
                $0.attributes["name"] == "mended" && $0.attributes["required"] != nil
            }
        }
        #expect(try ticks(SampleBoard.refused) == 1)
        #expect(try ticks(SampleBoard.working) == 0)
        #expect(try page(SampleBoard.refused).text.contains("identification refusée"))
    }

    /// A level each; nothing stands for what is not given.
    @Test func hintsAreThereAsFarAsTheyAreGiven() throws {
        func summaries(_ change: (inout CheckResult) -> Void) throws -> [Bool] {
            var result = SampleResults.faulty
            for question in result.questions.indices {
                for check in result.questions[question].checks.indices {
                    change(&result.questions[question].checks[check].result)
                }
            }
            let text = try page(SampleBoard.standing(result)).text
            return ["Pourquoi c’est important", "Un indice", "Pour le voir"].map(text.contains)
        }
        #expect(try summaries { _ in } == [true, true, true])
        #expect(try summaries { $0.seeYourself = nil } == [true, true, false])
        #expect(
            try summaries {
                $0.seeYourself = nil
                $0.hint = nil
            } == [true, false, false])
        #expect(
            try summaries {
                $0.seeYourself = nil
                $0.hint = nil
                $0.why = LocalizedText(verbatim: "")
            } == [false, false, false])
    }

    @Test func changesAreTheNewestFirstInTheOrderOfTheirLook() throws {
        let changes = BoardChanges(SampleBoard.working, Sentences(.french, in: SampleBoard.paris))
        #expect((changes.looks + changes.earlier).map(\.moment.clock).first == "15\u{A0}h\u{A0}17")
        #expect(changes.looks.count == 3 && !changes.earlier.isEmpty)
        #expect(changes.looks[0].changes.map(\.question) == ["Q3", "Q4"])
        #expect(changes.none == nil)
        let still = BoardChanges(SampleBoard.standing(SampleResults.solved), Sentences(.french))
        #expect(still.none != nil && still.looks.isEmpty)
    }

    @Test func theTeacherSeesAllAndMayGiveANewCode() throws {
        let parsed = try ParsedPage(SampleBoard.report(SampleBoard.working, .english).html())
        #expect(parsed.text.contains("The teacher's page") && parsed.references.contains("/class"))
        let students = parsed.elements.filter { $0.attributes["name"] == "student" }
        #expect(students.count == 2 && students.allSatisfy { $0.attributes["value"] == "brisset" })
        for check in SampleResults.faulty.questions.flatMap(\.checks) {
            #expect(parsed.text.contains(check.result.expected.en))
        }
    }
}
