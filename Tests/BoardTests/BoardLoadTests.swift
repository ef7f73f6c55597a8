import Foundation
import GraderCore
import Testing

@testable import Board
@testable import ClassRun

/// What many pages, strangers and students who save cost the board, and what they cannot end.
@Suite(.timeLimit(.minutes(2))) struct BoardLoadTests {
    private let lessonClass: LessonClass
    private let lesson: Lesson
    private let board: Board

    init() async throws {
        lessonClass = try LessonClass()
        lesson = try lessonClass.lesson()
        board = try lessonClass.board(lesson)
    }

    private var reports: ReportsFolder { lessonClass.grader.reports }

    private func request(
        _ method: BoardRequest.Method, _ path: String, code: String, _ form: [(String, String)] = []
    ) throws -> BoardRequest { try lessonClass.request(board, method, path, code: code, form) }

    private func save(_ answer: String, as student: String) async throws -> Int {
        let code = try #require(try lessonClass.codes.students[student])
        return await board.answer(try request(.post, "/me/answers", code: code, [("Q2", answer)])).status
    }

    /// The thirteenth tab ended what the terminal follows, and the board with it.
    @Test func tabsEndNothingButTabs() async throws {
        var told = await lesson.signals(.remarks).makeAsyncIterator()
        var tabs: [AsyncStream<LessonSignal>] = []
        for _ in 0..<20 { tabs.append(await lesson.signals(.wholeClass)) }
        await lesson.remark(LocalizedText(verbatim: "still here"))
        #expect(await told.next() != nil)
        var oldest = tabs[0].makeAsyncIterator()
        #expect(await oldest.next() == nil)
    }

    @Test func onlyTheVersionAskedForIsRead() throws {
        for text in ["un", "deux"] {
            try reports.saveAnswers([QuestionID("Q2"): text], of: "etu1", in: "lesson")
        }
        let folder = try reports.versionsFolder(of: "etu1", in: "lesson")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).map { String($0.dropLast(3)) }
        let first = try #require(names.min { RunFolder.order($0) < RunFolder.order($1) }) + ".md"
        // Reading it would leave it out.
        try FileManager.default.removeItem(atPath: "\(folder)/\(first)")
        try FileManager.default.createDirectory(
            atPath: "\(folder)/\(first)", withIntermediateDirectories: false)
        let (dates, second) = try reports.answerVersion(2, of: "etu1", in: "lesson")
        #expect(dates.count == 2 && second?.answers == [QuestionID("Q2"): "deux"])
        for number in [nil, .min, 0, 1, 3, .max] {
            #expect(try reports.answerVersion(number, of: "etu1", in: "lesson").version == nil)
        }
    }

    /// A reading of the class would find its marks damaged.
    @Test func whatChangesNothingIsNotReadAgain() async throws {
        #expect(try await save("un", as: "etu1") == 303)
        try AtomicFile.write("{", to: try reports.marksFile(of: "lesson"))
        #expect(try await save("un", as: "etu1") == 303)
        #expect(await lesson.state().remarks.isEmpty)
        #expect(try await save("deux", as: "etu1") == 303)
        #expect(await lesson.state().remarks.count == 1)
    }

    /// The page says so before anybody types, and the teacher is told which file it is.
    @Test func answersThatCannotBeReadAreNotReplaced() async throws {
        let file = "\(try reports.answersFolder(of: "lesson"))/etu2.md"
        try AtomicFile.makeFolders(FilePath.folder(of: file))
        try AtomicFile.write("sans titre", to: file)
        let code = try #require(try lessonClass.codes.students["etu2"])
        let page = await board.answer(try request(.get, "/me/answers", code: code))
        guard case .text(let html, _) = page.body else {
            Issue.record("\(page)")
            return
        }
        #expect(page.status == 200 && html.contains("reste tel quel") && !html.contains("etu2.md"))
        #expect(try await save("neuf", as: "etu2") == 500)
        #expect(FileManager.default.contents(atPath: file) == Data("sans titre".utf8))
        #expect(await lesson.state().remarks.contains { $0.fr.contains(file) })
    }

    /// Those who ask while it is read share the next reading, which has all that they wrote.
    @Test func whoAsksMeanwhileSeesWhatHeWrote() async throws {
        let (lesson, reports) = (lesson, reports)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for student in ["etu1", "etu2", "etu3"] {
                tasks.addTask {
                    for text in ["un", "deux", "trois"] {
                        try reports.saveAnswers([QuestionID("Q2"): text], of: student, in: "lesson")
                        await lesson.deskChanged()
                        #expect(await lesson.desk.answers[student]?.answers == [QuestionID("Q2"): text])
                    }
                }
            }
            try await tasks.waitForAll()
        }
        let (now, next) = (await lesson.deskReading, await lesson.nextDeskReading)
        #expect(now == nil && next == nil)
    }

    /// A stream that is ended gives what it was told before, then its end.
    @Test func aStudentsAnswerIsNewsToHimAndTheClass() async throws {
        let views = [LessonView.student("etu1"), .student("etu2"), .wholeClass]
        var streams: [AsyncStream<LessonSignal>] = []
        for view in views { streams.append(await lesson.signals(view)) }
        #expect(try await save("un", as: "etu1") == 303)
        var later: [AsyncStream<LessonSignal>] = []
        for view in views { for _ in 0..<12 { later.append(await lesson.signals(view)) } }
        var told: [Bool] = []
        for stream in streams {
            var signals = stream.makeAsyncIterator()
            let signal = await signals.next()
            told.append(signal != nil)
        }
        #expect(told == [true, false, true])
        withExtendedLifetime(later) {}
    }

    @Test func aFormIsBounded() throws {
        let fields = (1...200_000).map { "a\($0)=1" }.joined(separator: "&")
        let read = BoardRequest.items(fields)
        #expect(read.count == 200 && read.last?.name == "a200")
    }

    @Test func strangersSendLittle() throws {
        let known = try request(.post, "/me/answers", code: try #require(lessonClass.codes.students["etu1"]))
        #expect(BoardServer.mostBody(of: known, for: board) == BoardServer.mostBody)
        var stranger = known
        stranger.cookies = [board.sessions.cookieName: String(repeating: "0", count: 64)]
        #expect(BoardServer.mostBody(of: stranger, for: board) == BoardServer.mostBodyOfStrangers)
    }
}

/// Points go to the answer that was read, and to nobody else's.
@Suite(.timeLimit(.minutes(2))) struct BoardMarkingTests {
    private let lessonClass: LessonClass
    private let lesson: Lesson
    private let board: Board

    init() async throws {
        lessonClass = try LessonClass()
        lesson = try lessonClass.lesson()
        board = try lessonClass.board(lesson)
    }

    private func request(_ method: BoardRequest.Method, _ form: [(String, String)] = []) throws
        -> BoardRequest
    { try lessonClass.request(board, method, "/class/marking", code: lessonClass.codes.teacher, form) }

    private func write(_ answer: String, _ student: String) throws {
        try lessonClass.grader.reports.saveAnswers(
            [QuestionID("Q2"): answer], of: student, in: "lesson")
    }

    /// Of each article whom it is about, its id, and what its form says was shown.
    private func articles() async throws -> [String: (anchor: Substring, shown: Substring)] {
        guard case .text(let html, _) = await board.answer(try request(.get)).body else { return [:] }
        var found: [String: (anchor: Substring, shown: Substring)] = [:]
        for article in html.split(separator: "<article ").dropFirst() {
            func values(_ before: String) -> [Substring] {
                article.split(separator: before, omittingEmptySubsequences: false).dropFirst()
                    .map { $0.prefix { $0 != "\"" } }
            }
            let authors = Set(values("name=\"student\" value=\"")).sorted().joined(separator: "+")
            found[authors] = (
                try #require(values(" id=\"").first), try #require(values("name=\"shown\" value=\"").first)
            )
        }
        return found
    }

    private func makeRound() async throws {
        let lesson = lesson
        try await lessonClass.during(lesson) {
            let signals = await lesson.signals(.wholeClass)
            await lesson.askRound()
            for await _ in signals {
                let state = await lesson.state()
                if state.round == nil, state.standings.allSatisfy({ $0.result != nil }) { break }
            }
        }
    }

    @Test func anArticleKeepsItsNameAndGivesItToNoOther() async throws {
        try await makeRound()
        for (student, answer) in [("etu1", "un"), ("etu2", "deux"), ("etu3", "trois")] {
            try write(answer, student)
        }
        let before = try await articles()
        #expect(before.keys.sorted() == ["etu1", "etu2", "etu3"])
        try write("un", "etu2")
        let after = try await articles()
        #expect(after.keys.sorted() == ["etu1+etu2", "etu3"])
        #expect(after["etu3"]?.anchor == before["etu3"]?.anchor)
        let old = ["etu1", "etu2"].compactMap { before[$0]?.anchor }
        #expect(!old.contains { anchor in after.values.contains { $0.anchor == anchor } })
    }

    @Test func pointsAreForTheAnswerThatWasShown() async throws {
        try await makeRound()
        try write("un", "etu1")
        let first = try #require(try await articles()["etu1"])
        try write("deux", "etu1")
        func give(_ points: String, _ shown: Substring) async throws -> Int {
            let form = [
                ("check", "Q2.written"), ("student", "etu1"), ("points", points), ("shown", String(shown)),
            ]
            return await board.answer(try request(.post, form)).status
        }
        #expect(try await give("1", first.shown) == 409)
        let second = try #require(try await articles()["etu1"])
        #expect(second.shown != first.shown && second.anchor == first.anchor)
        #expect(try await give("0.5", second.shown) == 303)
        // Another tab has not seen these points.
        #expect(try await give("1", second.shown) == 409)
        let third = try #require(try await articles()["etu1"])
        #expect(try await give("1", third.shown) == 303)
    }
}
