import Foundation
import GraderCore
import Testing

@testable import Board
@testable import ClassRun

/// Who gets where: every route, asked by nobody, by each who may not, and by who may.
struct IsolationTests {
    private let lessonClass: LessonClass
    private let board: Board
    private let lesson: Lesson

    init() async throws {
        lessonClass = try LessonClass()
        lesson = try lessonClass.lesson()
        board = try lessonClass.board(lesson)
    }

    enum Visitor: String, CaseIterable, Sendable { case nobody, student, other, teacher, replaced, garbage }

    /// The cookie that each has, as the board gave it for the code.
    private func cookie(_ visitor: Visitor) async throws -> String? {
        let code: String?
        switch visitor {
        case .nobody: return nil
        case .garbage: return "\(board.sessions.cookieName)=\(String(repeating: "0", count: 64))"
        case .student: code = try lessonClass.codes.students["etu1"]
        case .other: code = try lessonClass.codes.students["etu2"]
        case .teacher: code = try lessonClass.codes.teacher
        case .replaced:
            let old = try await cookie(.student)
            try lessonClass.grader.reports.board(of: "lesson").renewCodes(of: [.student("etu1")])
            return old
        }
        var entering = BoardRequest(.post, "/enter")
        entering.form = [URLQueryItem(name: "code", value: code)]
        entering.host = "127.0.0.1:8080"
        entering.origin = "http://127.0.0.1:8080"
        let answer = await board.answer(entering)
        return answer.headers.first { $0.name == "Set-Cookie" }?.value.split(separator: ";").first.map(
            String.init)
    }

    private func request(
        _ method: BoardRequest.Method, _ path: String, _ cookie: String?, _ form: [(String, String)] = []
    ) -> BoardRequest {
        var request = BoardRequest(method, path)
        request.host = "127.0.0.1:8080"
        request.cookies = BoardRequest.cookies(cookie ?? "")
        if method == .post { request.origin = "http://127.0.0.1:8080" }
        request.form = form.map { URLQueryItem(name: $0.0, value: $0.1) }
        return request
    }

    private func token(_ request: BoardRequest) throws -> String {
        try board.sessions.session(cookies: request.cookies)?.token ?? ""
    }

    private static let names = ["etu1", "etu2", "etu3"].flatMap { [$0, "Name of \($0)"] }

    private func text(_ answer: BoardAnswer) -> String {
        if case .text(let text, _) = answer.body { text } else { "" }
    }

    @Test(arguments: Visitor.allCases) func everyRouteLetsInWhomItIsFor(visitor: Visitor) async throws {
        let cookie = try await cookie(visitor)
        for route in BoardRoute.all {
            let path = route.path.replacing("*", with: "etu1")
            var asked = request(
                route.method, path, cookie, [("student", "etu3"), ("kind", "none"), ("level", "1")])
            asked.form.append(URLQueryItem(name: "token", value: try token(asked)))
            let answer = await board.answer(asked)
            let isLetIn =
                switch (route.audience, visitor) {
                case (.anyone, _), (.teacher, .teacher), (.student, .student), (.student, .other): true
                default: false
                }
            let place: Comment = "\(visitor) \(route.method.rawValue) \(path): \(answer.status)"
            guard !isLetIn else {
                #expect(![401, 404, 421, 500].contains(answer.status), place)
                continue
            }
            // Who has no code is told to enter one; who has another's does not learn that there is such a page.
            let isKnown = [.student, .other, .teacher].contains(visitor)
            #expect(answer.status == (isKnown ? 404 : 401), place)
            for name in Self.names { #expect(!text(answer).contains(name), place) }
            #expect(answer.headers.isEmpty, place)
        }
    }

    /// A student's pages hold nothing of another's, whoever has been looked at.
    @Test(.timeLimit(.minutes(2))) func aStudentSeesHimselfAlone() async throws {
        let lesson = lesson
        try await lessonClass.during(lesson) {
            await lesson.askRound()
            for await _ in await lesson.signals(.wholeClass)
            where await lesson.state().standings.allSatisfy({ $0.result != nil }) { break }
        }
        let cookie = try await cookie(.other)
        for route in BoardRoute.forStudents where route.method == .get {
            let answer = await board.answer(request(.get, route.path, cookie))
            let page = text(answer)
            for name in ["etu1", "etu3", "172.16.1.10", "172.16.1.12"] {
                #expect(!page.contains(name), "\(route.path): \(name)")
            }
            if route.path == "/me" { #expect(page.contains("Name of etu2") && page.contains("172.16.1.11")) }
            if case .events(let view) = answer.body { #expect(view == .student("etu2")) }
        }
        // The teacher's page has everybody, which shows that the names would be found.
        let whole = text(await board.answer(request(.get, "/class", try await self.cookie(.teacher))))
        for name in Self.names { #expect(whole.contains(name), "\(name)") }
    }

    @Test(arguments: [
        ("http://evil.example", "127.0.0.1:8080", nil as String?),
        (nil, "127.0.0.1:8080", nil), ("null", "127.0.0.1:8080", nil),
        ("https://127.0.0.1:8080", "127.0.0.1:8080", nil),
        ("http://127.0.0.1:9090", "127.0.0.1:8080", nil),
        ("http://127.0.0.1:8080", "127.0.0.1:8080", "cross-site"),
        ("http://127.0.0.1:8080", "127.0.0.1:8080", "same-site"),
    ]) func aForgedFormIsRefused(origin: String?, host: String, site: String?) async throws {
        let cookie = try await cookie(.teacher)
        for route in BoardRoute.all where route.method == .post {
            var asked = request(.post, route.path, cookie)
            asked.form.append(URLQueryItem(name: "token", value: try token(asked)))
            (asked.origin, asked.host, asked.fetchSite) = (origin, host, site)
            if route.audience == .student {
                asked.cookies = BoardRequest.cookies(try await self.cookie(.student) ?? "")
            }
            #expect(await board.answer(asked).status == 403, "\(route.path)")
        }
        let state = await lesson.state()
        #expect(state.round == nil && state.hintLevel == nil)
    }

    @Test func aFormWithoutTheTokenIsRefused() async throws {
        let cookie = try await cookie(.teacher)
        for token in [
            "", "0",
            try board.sessions.session(
                cookies: BoardRequest.cookies(await self.cookie(.student) ?? ""))?.token ?? "?",
        ] {
            let asked = request(.post, "/class/hints", cookie, [("level", "0"), ("token", token)])
            #expect(await board.answer(asked).status == 403, "\(token)")
        }
        #expect(await lesson.state().hintLevel == nil)
        let own = try #require(try board.sessions.session(cookies: BoardRequest.cookies(cookie ?? ""))).token
        let right = request(.post, "/class/hints", cookie, [("level", "0"), ("token", own)])
        #expect(await board.answer(right).status == 303)
        #expect(await lesson.state().hintLevel == 0)
    }

    /// DNS rebinding: the name of somebody else's page leads here.
    @Test(arguments: [
        ("evil.example:8080", false), ("evil.example", false), ("127.0.0.1.evil.example", false), ("", false),
        ("user@127.0.0.1", false), ("127.0.0.1:8080", true), ("[::1]:8080", true), ("localhost:8080", true),
        ("172.16.1.1", true),
    ]) func onlyOwnNamesAreAnswered(host: String, isAnswered: Bool) async throws {
        var asked = request(.get, "/", nil)
        asked.host = host
        #expect((await board.answer(asked).status == 200) == isAnswered)
        asked.host = nil
        #expect(await board.answer(asked).status == 421)
    }

    @Test(arguments: [
        "/student/..%2Fetu1", "/student/etu9", "/student/", "/student/etu1/..", "/student/%00", "/etc/passwd",
        "/student/etu1%2f..%2f..%2fcodes.json", "/student/%ff",
    ]) func noPathBecomesAFile(path: String) async throws {
        let answer = await board.answer(request(.get, path, try await cookie(.teacher)))
        #expect(answer.status == 404, "\(answer.status)")
    }

    /// Files are of the teacher's machine: they are named in the terminal, and not to whoever asks for a page.
    @Test(arguments: ["/", "/me", "/class"]) func whatGoesWrongNamesNoFileToStrangers(
        path: String
    ) async throws {
        let lessonClass = try LessonClass(["etu1"])
        let lesson = try lessonClass.lesson()
        let board = try lessonClass.board(lesson)
        try AtomicFile.write("{", to: try lessonClass.grader.reports.board(of: "lesson").codesFile)
        let cookie = "\(board.sessions.cookieName)=\(String(repeating: "a", count: 64))"
        let answer = await board.answer(request(.get, path, cookie))
        #expect(answer.status == 500 && !text(answer).contains("codes.json"))
        #expect(await lesson.state().remarks.contains { $0.en.contains("codes.json") })
    }

    /// What the rubric does not show is on none of a student's pages, before and after it changed.
    @Test(.timeLimit(.minutes(2)), arguments: ["full", "missing", "hidden"]) func whatIsNotShownIsOnNoPage(
        show: String
    ) async throws {
        let lessonClass = try LessonClass(["etu1"], show: show)
        let lesson = try lessonClass.lesson()
        let board = try lessonClass.board(lesson)
        let code = try #require(try lessonClass.codes.students["etu1"])
        let cookie = try #require(try board.sessions.cookie(forCode: code))
        try await lessonClass.during(lesson) {
            for ports in [[8080], [8080, 47_114]] {
                lessonClass.machines.set("etu1", .listening(ports))
                let before = await lesson.standing(of: "etu1")?.result?.collectedAt
                _ = await lesson.askLook(at: "etu1", by: .teacher, isMended: false)
                for await _ in await lesson.signals(.wholeClass)
                where await lesson.standing(of: "etu1")?.result?.collectedAt != before { break }
            }
        }
        var pages = ""
        for route in BoardRoute.forStudents where route.method == .get {
            pages += text(
                await board.answer(request(.get, route.path, "\(board.sessions.cookieName)=\(cookie)")))
        }
        // The title, the id, why it matters, and that something of it has changed.
        let told = ["Rien d’autre n’écoute", "Q1.alone-web", "Une porte de trop"]
        for words in told { #expect(pages.contains(words) == (show == "full"), "\(show): \(words)") }
        #expect(pages.contains("Le service écoute sur web"))
        let changes = try #require(await lesson.state(forStudent: "etu1")).1.changes
        #expect(changes.isEmpty == (show != "full"))
    }

    @Test(.timeLimit(.minutes(2))) func anExamHasNothingButReach() async throws {
        let lessonClass = try LessonClass(["etu1"], isExam: true)
        let lesson = try lessonClass.lesson()
        let board = try lessonClass.board(lesson)
        let code = try #require(try lessonClass.codes.students["etu1"])
        let cookie = "\(board.sessions.cookieName)=\(try #require(try board.sessions.cookie(forCode: code)))"
        try await lessonClass.during(lesson) {
            await lesson.askRound()
            for await _ in await lesson.signals(.wholeClass)
            where await lesson.standing(of: "etu1")?.result != nil { break }
        }
        for (path, isClosed) in [("/me", false), ("/me/answers", true)] {
            let answer = await board.answer(request(.get, path, cookie))
            #expect((answer.status == 403) == isClosed, "\(path)")
            for words in ["Q1", "Q2", "Le service écoute", "Le service</", "/me/drill", "/me/answers"] {
                #expect(!text(answer).contains(words), "\(path): \(words)")
            }
        }
        let token = try #require(try board.sessions.session(cookies: BoardRequest.cookies(cookie))).token
        for path in ["/me/answers", "/me/drill"] {
            let asked = request(
                .post, path, cookie, [("token", token), ("Q2", "x"), ("kind", "any"), ("sure", "yes")])
            #expect(await board.answer(asked).status == 403, "\(path)")
        }
        #expect(try lessonClass.grader.reports.writtenAnswers(of: "etu1", in: "lesson").answers.isEmpty)
    }
}
