import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// Answers saved in a form, and what they were before.
struct AnswerVersionsTests {
    private let recorded: RecordedClass
    init() throws { recorded = try RecordedClass.judged().recorded }

    private func save(_ answers: [QuestionID: String]) throws -> Bool {
        try recorded.reports.saveAnswers(answers, of: "etu1", in: "demo")
    }
    private var now: [QuestionID: String] {
        get throws { try recorded.reports.writtenAnswers(of: "etu1", in: "demo").answers }
    }

    @Test func whatIsSavedIsReadAsAnyOtherAnswer() throws {
        #expect(try save([QuestionID("Q2"): "  sur serv1\n", QuestionID("Q6"): ""]))
        #expect(try now == [QuestionID("Q2"): "sur serv1"])
        // Nothing is other than before: no version of it.
        #expect(try !save([QuestionID("Q2"): "sur serv1"]))
        #expect(try save([QuestionID("Q2"): "sur serv2", QuestionID("Q6"): "le lien"]))
        #expect(try save([QuestionID("Q6"): ""]))
        let versions = try recorded.reports.answerVersions(of: "etu1", in: "demo")
        #expect(
            versions.map(\.answers) == [
                [QuestionID("Q2"): "sur serv1"],
                [QuestionID("Q2"): "sur serv2", QuestionID("Q6"): "le lien"], [QuestionID("Q2"): "sur serv2"],
            ])
        #expect(try recorded.reports.answerVersions(of: "etu2", in: "demo").isEmpty)
    }

    /// Whatever a student writes stays his answer to that question.
    @Test(arguments: [
        "# Q5\nune autre", "Q5.\n\nQ6 :", "<!-- rien -->\nsi", "## Question 7", "ligne\r\n# Q1\r\nligne",
        "\u{2028}# Q3",
        "<script>alert(1)</script> & ```", "    # Q5",
    ]) func anAnswerCannotBecomeTwo(text: String) throws {
        _ = try save([QuestionID("Q2"): text])
        let read = try now
        #expect(read.keys.map(\.rawValue) == ["Q2"])
        func words(_ text: String?) -> [Substring] { (text ?? "").split(whereSeparator: \.isWhitespace) }
        #expect(words(read[QuestionID("Q2")]) == words(text))
        // Saved as it was read, nothing changes any more.
        #expect(try !save(read))
    }

    /// Versions are few: saving again must not push out what was written before.
    @Test func whatABrowserSendsBackUntouchedIsNoVersion() throws {
        let sent = "une ligne\r\n\r\n    # Q5\r\nune autre\u{2028}et la fin"
        #expect(try save([QuestionID("Q2"): sent]))
        #expect(try !save([QuestionID("Q2"): sent]))
        let shown = try #require(try now[QuestionID("Q2")])
        #expect(try !save([QuestionID("Q2"): shown.replacing("\n", with: "\r\n")]))
        #expect(try recorded.reports.answerVersions(of: "etu1", in: "demo").count == 1)
        #expect(try save([QuestionID("Q2"): sent + "."]))
    }

    @Test func tooMuchIsRefusedAndNothingIsLost() throws {
        _ = try save([QuestionID("Q2"): "court"])
        #expect(throws: StoreFailure.self) {
            try save([QuestionID("Q2"): String(repeating: "é", count: WrittenAnswers.sizeLimit)])
        }
        #expect(try now == [QuestionID("Q2"): "court"])
    }

    /// Whatever was handed in before: by `answers`, or by hand.
    @Test func whatLayThereBecomesAVersionByteForByte() throws {
        let file = "\(try recorded.reports.answersFolder(of: "demo"))/etu1.md"
        let old = Array("Bonjour.\r\n\r\n# Q2\r\nlongue et précieuse\r\n".utf8) + [0xE9]
        try AtomicFile.makeFolders(FilePath.folder(of: file))
        try AtomicFile.write(old, to: file)
        #expect(try save([QuestionID("Q2"): "courte"]))
        #expect(try save([QuestionID("Q2"): "plus courte"]))
        let folder = try recorded.reports.versionsFolder(of: "etu1", in: "demo")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).map { String($0.dropLast(3)) }
        let first = try #require(names.min { RunFolder.order($0) < RunFolder.order($1) })
        #expect(FileManager.default.contents(atPath: "\(folder)/\(first).md").map(Array.init) == old)
        let versions = try recorded.reports.answerVersions(of: "etu1", in: "demo")
        #expect(
            versions.dropFirst().map(\.answers) == [
                [QuestionID("Q2"): "courte"], [QuestionID("Q2"): "plus courte"],
            ])
    }

    /// The form is empty then, and what it sends has been compared with nothing.
    @Test(arguments: ["serv1, sans titre", "# Q2\n" + String(repeating: "a", count: 300_000), nil])
    func whatCannotBeReadIsNotReplaced(_ text: String?) throws {
        let file = "\(try recorded.reports.answersFolder(of: "demo"))/etu1.md"
        try AtomicFile.makeFolders(FilePath.folder(of: file))
        if let text {
            try AtomicFile.write(text, to: file)
        } else {
            try AtomicFile.write("# Q2\nd'un autre\n", to: "\(recorded.reports.path)/other.md")
            try AtomicFile.link(file, to: "../../other.md")
        }
        let failure = try #require(throws: StoreFailure.self) { try save([QuestionID("Q2"): "neuf"]) }
        #expect(failure.sentence.en.contains("etu1.md"))
        let left = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
        #expect(left == text ?? "# Q2\nd'un autre\n")
        #expect(try recorded.reports.answerVersions(of: "etu1", in: "demo").isEmpty)
    }

    @Test func theOldestVersionsGo() throws {
        for number in 0..<(ReportsFolder.mostAnswerVersions + 3) {
            _ = try save([QuestionID("Q2"): "n° \(number)"])
        }
        let versions = try recorded.reports.answerVersions(of: "etu1", in: "demo")
        #expect(versions.count == ReportsFolder.mostAnswerVersions)
        #expect(versions.first?.answers == [QuestionID("Q2"): "n° 3"])
        #expect(versions.last?.answers == [QuestionID("Q2"): "n° 52"])
    }

    /// A student's bundle has his versions and last look, and purge takes all of it away, codes too.
    @Test func bundleAndPurgeKnowWhatABoardKeeps() async throws {
        let reports = recorded.reports
        for student in ["etu1", "etu2"] {
            _ = try reports.saveAnswers([QuestionID("Q2"): "de \(student)"], of: student, in: "demo")
        }
        let board = try reports.board(of: "demo")
        _ = try board.codes(for: ["etu1", "etu2"])
        let lesson = try Lesson(recorded.classGrader(), plan: LessonPlan())
        let run = try #require(try reports.latestRun(of: "demo"))
        for student in ["etu1", "etu2"] {
            var record = LessonRecord(student: student)
            record.take(try run.result(of: student), machines: [])
            try StoredJSON.write(record, to: try board.record(of: student))
        }
        _ = lesson
        let output = "\(reports.path)/bundle"
        try StudentBundle(reports: reports, className: "demo", student: "etu1").write(to: output)
        let answers = try FileManager.default.contentsOfDirectory(atPath: "\(output)/answers")
        #expect(answers.count == 1)
        let look = try String(contentsOfFile: "\(output)/last-look.json", encoding: .utf8)
        #expect(look.contains("etu1") && !look.contains("etu2") && !look.contains("identityMarks"))
        let files = FileManager.default.subpaths(atPath: output) ?? []
        #expect(!files.contains { $0.contains("codes") })

        let purge = ClassPurge(reports: reports, className: "demo", before: .distantFuture)
        // Not while somebody has the class.
        let claim = try #require(try reports.holdGrading(of: "demo"))
        #expect(throws: StoreFailure.self) { try purge.carryOut(try purge.plan()) { _ in } }
        claim.end()
        let outcome = try purge.carryOut(try purge.plan()) { _ in }
        #expect(outcome.leftovers.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: "\(reports.path)/demo"))
    }

    /// Who leaves takes his code and his record with him; who stays keeps his.
    @Test func whoStaysKeepsHisCode() throws {
        let board = try recorded.reports.board(of: "demo")
        let codes = try board.codes(for: ["etu1", "etu2"])
        try AtomicFile.makeFolders("\(board.path)/students")
        for student in ["etu1", "etu2"] {
            try StoredJSON.write(LessonRecord(student: student), to: try board.record(of: student))
        }
        try AtomicFile.write("everybody's", to: board.cards)
        try board.forget(["etu1"])
        let left = try #require(try board.storedCodes())
        #expect(left.students == codes.students.filter { $0.key == "etu2" } && left.teacher == codes.teacher)
        #expect(board.records == [try board.record(of: "etu2")])
        #expect(!FileManager.default.fileExists(atPath: board.cards))
    }

    /// At a terminal and on the board at once: nobody's old code opens anything any more.
    @Test func codesThatAreRenewedAtOnceAreAllNew() throws {
        let board = try recorded.reports.board(of: "demo")
        let ids = (1...24).map { "etu\($0)" }
        let old = try board.codes(for: ids)
        DispatchQueue.concurrentPerform(iterations: ids.count) { index in
            #expect(throws: Never.self) { try board.renewCodes(of: [.student(ids[index])]) }
        }
        let new = try board.codes(for: ids)
        #expect(ids.filter { new.students[$0] == old.students[$0] } == [])
        #expect(new.teacher == old.teacher)
    }

    /// Nothing that could be collected or graded would mend it.
    @Test func damagedCodesSayWhatMendsThem() throws {
        let board = try recorded.reports.board(of: "demo")
        _ = try board.codes(for: ["etu1"])
        try AtomicFile.write("{\"schemaVersion\": 1}", to: board.codesFile)
        let failure = try #require(throws: StoreFailure.self) { try board.codes(for: ["etu1"]) }
        #expect(failure.sentence.en.hasSuffix("delete it, and the board gives everybody another code."))
        try FileManager.default.removeItem(atPath: board.codesFile)
        #expect(try board.codes(for: ["etu1"]).students["etu1"] != nil)
    }

    /// Pages for the projector name everybody alike until the codes' file goes, and two classes' secrets differ.
    @Test func whatNamesHangOnIsKeptWithTheClass() throws {
        let board = try recorded.reports.board(of: "demo")
        let key = try board.pseudonymKey()
        #expect(key.utf8.count == 26)
        try board.renewCodes(of: nil)
        #expect(try board.pseudonymKey() == key)
        #expect(try recorded.reports.board(of: "other").pseudonymKey() != key)
        // A file of before there was one gets one, and keeps its codes.
        var codes = try #require(try board.storedCodes())
        codes.pseudonymKey = nil
        try board.write(codes)
        let own = try board.pseudonymKey()
        #expect(try !own.isEmpty && board.pseudonymKey() == own)
        #expect(try board.storedCodes()?.teacher == codes.teacher)
    }
}
