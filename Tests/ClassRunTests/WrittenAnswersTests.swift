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

    @Test func windowsLinesAndPlainText() throws {
        let read = try read("Q2\r\nsur serv1\r\n", as: "etu1.txt")
        #expect(read.answers == [QuestionID("Q2"): "sur serv1"])
    }

    @Test func whatCannotBeReadIsARemark() throws {
        #expect(try read(nil) == WrittenAnswers())
        #expect(try read("").remarks.isEmpty)
        let plain = try read("L'adresse est sur serv1.\n")
        #expect(plain.answers.isEmpty)
        #expect(plain.remarks.count == 1 && plain.remarks[0].contains("“# Q2”"))
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
