import Foundation
import GraderCore
import InputFiles
import Testing

@testable import ClassRun

@Suite struct TeacherMarksFileTests {
    let folder: TestFolder
    let students = [
        StudentIdentity(id: "dupont", names: ["Camille Dupont", "Alex O'Brien"]),
        StudentIdentity(id: "martin", names: ["Lou Martin"]),
    ]
    let sheet = MarkableSheet(
        Rubric(
            exercise: "sheet", title: LocalizedText(verbatim: ""), total: Points(3),
            questions: [
                RubricQuestion(
                    id: QuestionID("Q1"), title: LocalizedText(verbatim: ""),
                    checks: [
                        RubricCheck(id: CheckID("Q1.a"), points: Points(1)),
                        RubricCheck(id: CheckID("Q1.written"), points: Points(0.5), byTeacher: true),
                    ], parameters: Parameters()),
                RubricQuestion(
                    id: QuestionID("Q2"), title: LocalizedText(verbatim: ""),
                    checks: [RubricCheck(id: CheckID("Q2.written"), points: Points(1.5), byTeacher: true)],
                    parameters: Parameters()),
            ]))

    init() throws { folder = try TestFolder() }

    var file: String { folder.path + "/marks.yaml" }

    func read() throws(InputErrors) -> TeacherMarks? {
        try TeacherMarksFile.read(file: file, className: "sio", sheet: sheet, students: students)
    }

    private func mistakes(_ text: String) throws -> [String] {
        try folder.write(text, to: "marks.yaml")
        do {
            _ = try read()
            return []
        } catch let errors {
            return errors.mistakes.map { "\($0.line):\($0.column): \($0.message.en)" }
        }
    }

    func mark(_ points: Double?, _ comment: String? = nil) -> TeacherMark {
        TeacherMark(points: points.map { Points($0) }, comment: comment)
    }

    let good = """
        # Ours.
        class: sio
        students:
          dupont:
            Q1.written: 0.25   # half
            Q2: {points: 1.5, comment: "Très bien : « oui »."}
            comment: Bon travail.
            members:
              Camille Dupont: {absent: true}
              Alex O'Brien:
                Q2.written: 1
          martin:

        """

    @Test func everythingIsRead() throws {
        try folder.write(good, to: "marks.yaml")
        let marks = try #require(try read())
        var dupont = StudentMarks(
            marks: [
                .check(CheckID("Q1.written")): mark(0.25),
                .question(QuestionID("Q2")): mark(1.5, "Très bien : « oui »."),
            ], comment: "Bon travail.")
        dupont.members["Camille Dupont"] = StudentMarks(isAbsent: true)
        dupont.members["Alex O'Brien"] = StudentMarks(marks: [.check(CheckID("Q2.written")): mark(1)])
        #expect(marks == TeacherMarks(students: ["dupont": dupont, "martin": StudentMarks()]))
    }

    @Test func noFileIsNoMarks() throws { #expect(try read() == nil) }

    @Test func everyMistakeIsListedWithItsPlace() throws {
        let text = """
            class: sia
            students:
              dupond:
                Q1.a: 1
              dupont:
                Q1.written: 0.75
                Q1.writen: 0.5
                Q2: {comment: ""}
                Q1: {}
                members:
                  Camille Dupond: {absent: true}
                  Alex O'Brien: {absent: perhaps}
              martin:
                Q2.written: -1
                members: {Lou Martin: {absent: true}}
                coment: x
            other: 1
            """
        let mistakes = try mistakes(text)
        let places = mistakes.map { $0.prefix { $0 != " " } }
        #expect(
            places == [
                "1:8:", "3:3:", "6:17:", "7:5:", "8:19:", "9:9:", "11:7:", "12:30:", "14:17:", "15:5:",
                "16:5:",
                "17:1:",
            ])
        #expect(mistakes[2].hasSuffix("expected a number from 0 to 0.5, with at most three decimals"))
        #expect(mistakes[3].contains("did you mean “Q1.written”?"))
    }

    /// A run that was cut off has no results to say what can be marked: the marks are no mistakes for that, and are
    /// kept as they are.
    @Test func aSheetThatMayLackSomethingTakesWhatLooksLikeIt() throws {
        try folder.write(good, to: "marks.yaml")
        func marks(_ sheet: MarkableSheet) throws -> TeacherMarks? {
            try TeacherMarksFile.read(file: file, className: "sio", sheet: sheet, students: students)
        }
        let partial = MarkableSheet([], isWhole: false)
        #expect(try marks(partial) == marks(sheet))
        try folder.write(good + "    remark: none\n", to: "marks.yaml")
        #expect(throws: InputErrors.self) { try marks(partial) }
    }
}
