import Foundation
import GraderCore
import Reports
import Synchronization
import Testing

@testable import ClassRun

extension MergeTests {
    private func copy(_ run: RunFolder, to folder: String) throws -> RunFolder {
        let copy = RunFolder(path: "\(place.path)/\(folder)/\(run.name)")
        try AtomicFile.makeFolders("\(place.path)/\(folder)")
        try FileManager.default.copyItem(atPath: run.path, toPath: copy.path)
        return copy
    }

    /// A colleague's run came alone, without the class's file of marks: its results hold them.
    @Test(arguments: ["stick", "stick/room-a"]) func theMarksOfACopyAreKept(_ folder: String) throws {
        var runs = try twoRooms()
        let mark = TeacherMark(points: Points(thousandths: 500), comment: "vu")
        let answers = [QuestionID("Q2"): "Ici."]
        _ = try rooms.saveAnswers(answers, of: "etu1", in: "room-a")
        _ = try rooms.mark("etu1", MarkSubject("Q2.written"), mark, in: "room-a") { _ in }
        let copy = try copy(runs[0], to: folder)
        runs[0] = copy
        let outcome = try merge(runs)
        #expect(outcome.results[0].heldMarks == StudentMarks(marks: [MarkSubject("Q2.written"): mark]))
        #expect(try outcome.results[0].score == copy.result(of: "etu1").score)
        let merged = ReportsFolder("\(place.path)/merged")
        #expect(try merged.writtenAnswers(of: "etu1", in: "sio2").answers == answers)
        // What lies there and cannot be read is nobody's to replace.
        let long = String(repeating: "x", count: WrittenAnswers.sizeLimit + 1)
        try AtomicFile.write(long, to: "\(merged.path)/sio2/answers/etu1.md")
        _ = try merge(runs)
        #expect(try String(contentsOfFile: "\(merged.path)/sio2/answers/etu1.md", encoding: .utf8) == long)
        // Where it is judged alone, that they are not taken is said.
        let said = Mutex<[String]>([])
        _ = try ReportsFolder("\(place.path)/other").scoreAgain(copy, copy.manifest(), by: recorded.grader) {
            if case .remark(let text) = $0 { said.withLock { $0.append(text.en) } }
        }
        #expect(said.withLock { $0.contains { $0.hasPrefix("etu1: ") && $0.contains("holds marks") } })
    }

    /// They lie in the folder of the class that they are put together in.
    @Test func soAreTheAnswersOfEverybody() throws {
        let first = try run("sio2", ["etu1": "etu1", "etu2": "etu3"], hour: 9)
        for id in ["etu1", "etu2"] {
            _ = try rooms.saveAnswers([QuestionID("Q2"): id], of: id, in: "sio2")
            _ = try rooms.mark(
                id, MarkSubject("Q2.written"), TeacherMark(points: Points(thousandths: 500)), in: "sio2"
            ) { _ in }
        }
        let runs = [first, try run("sio2", ["etu5": "etu5"], hour: 11)]
        _ = try merge(runs.map { try copy($0, to: "merged/sio2") })
        for id in ["etu1", "etu2"] {
            let answers = try ReportsFolder("\(place.path)/merged").writtenAnswers(of: id, in: "sio2").answers
            #expect(answers == [QuestionID("Q2"): id])
        }
    }

    /// So are the marks of its other runs, which no file there names either.
    @Test func theFileThatIsMadeNamesEverybodysMarks() throws {
        let mark = TeacherMark(points: Points(thousandths: 500), comment: "vu")
        func marked(_ id: String, _ original: String, hour: Int) throws -> RunFolder {
            let run = try run("sio2", [id: original], hour: hour)
            _ = try rooms.mark(id, MarkSubject("Q2.written"), mark, in: "sio2") { _ in }
            return run
        }
        let runs = [
            try marked("etu3", "etu3", hour: 8), try marked("etu1", "etu1", hour: 9),
            try run("sio2", ["etu5": "etu5"], hour: 11),
        ]
        // Cleared in the newer of two.
        let cleared = [
            try marked("etu4", "etu4", hour: 12), try run("sio2", ["etu4": "etu4"], hour: 13),
        ]
        _ = try rooms.mark("etu4", MarkSubject("Q2.written"), nil, in: "sio2") { _ in }
        #expect(try cleared.map { try $0.result(of: "etu4").heldMarks == nil } == [false, true])
        for run in cleared { _ = try copy(run, to: "merged/sio2") }
        let copies = try runs.map { try copy($0, to: "merged/sio2") }
        _ = try merge(Array(copies.dropFirst()))
        _ = try copies[0].place { _ in }.rewrite()
        #expect(
            try copies[0].result(of: "etu3").heldMarks
                == StudentMarks(marks: [MarkSubject("Q2.written"): mark]))
        let file = try ReportsFolder("\(place.path)/merged").marksFile(of: "sio2")
        #expect(try !String(contentsOfFile: file, encoding: .utf8).contains("etu4"))
    }

    /// Marks of a member whom the merged class does not name: found before anything is written, with whose they are.
    @Test func marksThatDoNotFitAreRefusedBeforeAnythingIsWritten() throws {
        let runs = [
            try run(
                "room-b", ["etu2": "etu3"], hour: 11,
                change: { $0.students = [StudentIdentity(id: "etu2", names: ["Basile C.", "Ana D."])] }),
            try run("room-a", ["etu2": "etu1"], hour: 9, names: ["etu2": "Basile C. Martin"]),
        ]
        let mark = TeacherMark(points: Points(thousandths: 500))
        _ = try rooms.mark(
            "etu2", member: "Basile C.", MarkSubject("Q2.written"), mark, in: "room-b"
        ) { _ in }
        let refusal = #expect(throws: StoreFailure.self) { try merge(runs, sharedIDs: .same) }
        let said = try #require(refusal?.sentence.en)
        #expect(said.hasPrefix("etu2: the marks of room-b do not fit here (etu2 is no team"))
        #expect(!FileManager.default.fileExists(atPath: "\(place.path)/merged/sio2/marks.yaml"))
    }

    /// Marks, answers and the next run.
    @Test func whatBelongsToStudentsComesAlong() async throws {
        let runs = try twoRooms()
        func write(_ text: String, _ name: String) throws {
            let file = "\(rooms.path)/\(name)"
            try AtomicFile.makeFolders(FilePath.folder(of: file))
            try AtomicFile.write(text, to: file)
        }
        try write(
            "class: room-a\nstudents:\n  etu1: {Q2.written: 0.5}\n  etu2: {Q2.written: 0.1}\n",
            "room-a/marks.yaml")
        try write("class: room-b\nstudents:\n  etu2: {Q2.written: 0.4}\n", "room-b/marks.yaml")
        try write("# Q2\nParce que.\n", "room-a/answers/etu2.md")
        try write("class: sio2\n# à moi\nstudents:\n  etu1: {Q2.written: 0.3}\n", "../merged/sio2/marks.yaml")
        let outcome = try merge(runs)
        let marks = try String(contentsOfFile: "\(place.path)/merged/sio2/marks.yaml", encoding: .utf8)
        #expect(marks.contains("# à moi"))
        func written(_ student: String) -> Points? {
            outcome.results.first { $0.student.id == student }?.allChecks
                .first { $0.result.id == CheckID("Q2.written") }?.earned
        }
        #expect(written("etu1") == Points(thousandths: 300) && written("etu2") == Points(thousandths: 400))
        #expect(
            outcome.results[1].questions.first { $0.id == QuestionID("Q2") }?.writtenAnswer == "Parce que.")
        // A run that takes a student over keeps where he comes from.
        var next = try RecordedClass("etu1", "etu2")
        next.roster.className = "sio2"
        next.reports = ReportsFolder("\(place.path)/merged")
        let order = try RunOrder.only([next.roster.students[0]], of: next.roster, in: next.reports)
        let later = try await next.classGrader().grade(order) { _ in }
        let taken = try #require(later.results.first { $0.student.id == "etu2" })
        #expect(taken.origin == outcome.results[1].origin)
        #expect(later.results.first { $0.student.id == "etu1" }?.origin == nil)
    }
}
