import Foundation
import GraderCore
import Testing

@testable import ClassRun

struct WrittenAnswersTests {
    private func read(_ text: String?, as name: String = "etu1.md") throws -> WrittenAnswers {
        let folder = try TestFolder()
        if let text { try folder.write(text, to: name) }
        return WrittenAnswers.read(folder: folder.path, student: "etu1")
    }

    @Test func eachHeadingBeginsAnAnswer() throws {
        let read = try read(
            """
            Nom : quelqu'un

            # Q2
            Sur serv1.

            Q3 est la suite.
            ## Question 6 : standby ou arrêt
            Le standby garde le nœud dans la grappe.
            Q10
            curl, puis crm_mon
            # q2
            Et plus tard sur serv2.
            """)
        #expect(
            read.answers
                == [
                    "Q2": "Sur serv1.\n\nQ3 est la suite.\nEt plus tard sur serv2.",
                    "Q6": "standby ou arrêt\nLe standby garde le nœud dans la grappe.",
                    "Q10": "curl, puis crm_mon",
                ].reduce(into: [:]) { $0[QuestionID($1.key)] = $1.value })
        #expect(read.remarks.isEmpty)
    }

    /// Unfilled it holds no answer; filled in it holds what was written, and not what it asks.
    @Test func theSheetToWriteInIsReadBack() {
        func title(_ words: String) -> LocalizedText { LocalizedText(verbatim: words) }
        let written = RubricCheck(
            id: CheckID("Q2.written"), points: Points(1), byTeacher: true, title: title("Où --> ?"))
        let judged = RubricCheck(id: CheckID("Q3.agent"), points: Points(1))
        let questions = [("Q2", written), ("Q3", judged)].map { id, check in
            RubricQuestion(
                id: QuestionID(id), title: title(id), checks: [check], parameters: Parameters())
        }
        func sheet(_ questions: [RubricQuestion]) -> AnswerSheet {
            AnswerSheet(
                Rubric(exercise: "demo", title: title("demo"), total: Points(2), questions: questions))
        }
        for language in [Language.french, .english] {
            let text = sheet(questions).text(language)
            #expect(text.contains("# Q2\n") && text.contains("Où –> ?") && !text.contains("Q3"))
            #expect(WrittenAnswers.parse(text).isEmpty)
            #expect(WrittenAnswers.parse(text + "Sur serv1.\n") == [QuestionID("Q2"): "Sur serv1."])
        }
        #expect(sheet([]).isEmpty)
    }

    @Test(arguments: [
        ("# Q2", "Q2", ""), ("   ### question 10 ) b", "Q10", "b"), ("Q7 –", "Q7", ""),
        ("#Q2a: oui ##", "Q2", "a: oui"),
        ("# Q2 ####", "Q2", ""), ("Question 3.", "Q3", ""),
    ]) func headings(_ line: String, _ question: String, _ rest: String) {
        #expect(
            WrittenAnswers.parse("\(line)\nx") == [QuestionID(question): rest.isEmpty ? "x" : "\(rest)\nx"])
    }

    @Test(arguments: [
        "Q2 est plus difficile", "# Q100", "# Q0", "# Quand", "    # Q2", "####### Q2", "# 2", "Q٣",
    ])
    func noHeadings(_ line: String) {
        #expect(WrittenAnswers.parse("\(line)\nx").isEmpty)
    }

    /// A student's line of any length is read in one go: as a backtracking pattern this would take hours.
    @Test(arguments: [
        "# Q2 " + String(repeating: "#", count: 200_000) + "x",
        "# Q2 " + String(repeating: " #", count: 100_000) + "x",
        String(repeating: " ", count: 200_000) + "Q2", "Q2" + String(repeating: " ", count: 200_000) + "x",
        "Question" + String(repeating: " ", count: 200_000) + "x",
        String(repeating: "# Q3 a\n", count: 35_000),
    ]) func longLinesAreReadInOneGo(_ text: String) {
        let answers = WrittenAnswers.parse(text)
        #expect(answers.values.allSatisfy { $0.utf8.count <= text.utf8.count })
        #expect(answers.isEmpty == !text.hasPrefix("#"))
    }

    @Test func windowsLinesAndPlainText() throws {
        let read = try read("Q2\r\nsur serv1\r\n", as: "etu1.txt")
        #expect(read.answers == [QuestionID("Q2"): "sur serv1"])
    }

    /// Of the file, of one that was put behind it, and within a line.
    @Test func aByteOrderMarkHidesNoHeadingAndIsNoAnswer() throws {
        let read = try read("\u{FEFF}# Q2\r\nsur serv1\r\n\u{FEFF}# Q3\r\noui\r\n# Q9 \u{FEFF}dig\r\n")
        let answers = [QuestionID("Q2"): "sur serv1", QuestionID("Q3"): "oui", QuestionID("Q9"): "dig"]
        #expect(read.answers == answers)
        #expect(WrittenAnswers.parse(WrittenAnswers.text(answers)) == answers)
    }

    @Test func whatCannotBeReadIsARemark() throws {
        #expect(try read(nil) == WrittenAnswers())
        #expect(try read("").remarks.isEmpty)
        let plain = try read("L'adresse est sur serv1.\n")
        #expect(plain.answers.isEmpty)
        #expect(plain.remarks.count == 1 && plain.remarks[0].en.contains("“# Q2”"))
        let long = try read("# Q2\n" + String(repeating: "x", count: WrittenAnswers.sizeLimit))
        #expect(long.answers.isEmpty && long.remarks.count == 1)
    }

    @Test func bytesThatAreNoTextAreShownAsSuch() throws {
        let folder = try TestFolder()
        try folder.write(Array("# Q2\n".utf8) + [0xE9, 0xFF, 0x0A], to: "etu1.md")
        let read = WrittenAnswers.read(folder: folder.path, student: "etu1")
        #expect(read.answers == [QuestionID("Q2"): "\u{FFFD}\u{FFFD}"])
        #expect(WrittenAnswers.read(folder: folder.path, student: "../etu1") == WrittenAnswers())
    }
}
