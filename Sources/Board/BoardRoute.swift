import ClassRun
import Foundation
import GraderCore

/// One way into the board: who may take it, and what is done there.
struct BoardRoute: Sendable {
    enum Audience: Sendable { case anyone, student, teacher }

    /// What a handler is given: everything has been looked at by then.
    struct Visit: Sendable {
        var request: BoardRequest
        var language: Language
        /// Of who visits; empty for anyone.
        var token = ""
        /// The student whose page it is: the visitor, or whom the path names.
        var student = ""
    }

    var method: BoardRequest.Method
    /// `/student/*`: the last part is a student's id.
    var path: String
    var audience: Audience
    /// Whether students have it in an exam.
    var isOpenInExams = true
    var answer: @Sendable (Board, Visit) async throws -> BoardAnswer

    static let all: [BoardRoute] = entry + forStudents + forTeachers

    /// What stands in the place of `*`; nil where it is another path, empty where there is none.
    func parameter(in path: String) -> String? {
        guard self.path.hasSuffix("*") else { return path == self.path ? "" : nil }
        let stem = self.path.dropLast()
        guard path.hasPrefix(stem) else { return nil }
        let rest = path.dropFirst(stem.count)
        return rest.isEmpty || rest.contains("/") ? nil : String(rest).removingPercentEncoding
    }
}

extension Board {
    /// Answers anybody's request. Never throws: what goes wrong is said on a page.
    public func answer(_ request: BoardRequest) async -> BoardAnswer {
        let language = request.language(otherwise: settings.language)
        do {
            guard settings.accepts(host: request.host) else {
                throw BoardRefusal(
                    421, fr: "Ce tableau n'est pas connu sous ce nom.",
                    en: "This board is not known by that name.")
            }
            var known = false
            for route in BoardRoute.all {
                guard let parameter = route.parameter(in: request.path) else { continue }
                known = true
                guard route.method == request.method else { continue }
                return try await answer(request, by: route, parameter, language)
            }
            throw known
                ? BoardRefusal(405, fr: "Cette page ne prend pas cela.", en: "This page does not take that.")
                : BoardRefusal.notFound
        } catch {
            return problem(BoardRefusal(error), language)
        }
    }

    /// What went wrong on our side is the teacher's to read, in the terminal too: it names files and paths of this machine.
    private func answer(
        _ request: BoardRequest, by route: BoardRoute, _ parameter: String, _ language: Language
    ) async throws -> BoardAnswer {
        var session: BoardSessions.Session?
        do {
            if route.audience != .anyone { session = try sessions.session(cookies: request.cookies) }
            return try await answer(request, by: route, parameter, language, session)
        } catch let error where session?.holder != .teacher && !(error is BoardRefusal) {
            let text = LocalizedText(explaining: error)
            if case .student(let id)? = session?.holder {
                await lesson.remark(LocalizedText(fr: "\(id) : \(text)", en: "\(id): \(text)"))
            } else {
                await lesson.remark(text)
            }
            throw BoardRefusal.ours
        }
    }

    private func answer(
        _ request: BoardRequest, by route: BoardRoute, _ parameter: String, _ language: Language,
        _ session: BoardSessions.Session?
    ) async throws -> BoardAnswer {
        var visit = BoardRoute.Visit(request: request, language: language)
        switch (route.audience, session?.holder) {
        case (.anyone, _): break
        case (.teacher, .teacher?):
            guard parameter.isEmpty || lesson.grader.roster[parameter] != nil else {
                throw BoardRefusal.notFound
            }
            visit.student = parameter
        case (.student, .student(let id)?):
            guard lesson.grader.roster[id] != nil else { throw BoardRefusal.notFound }
            visit.student = id
            guard route.isOpenInExams || !lesson.isExam else { throw BoardRefusal.exam }
        case (_, nil): throw BoardRefusal.unknown
        // That there is such a page is nothing to tell others.
        case (.teacher, .student?), (.student, .teacher?): throw BoardRefusal.notFound
        }
        visit.token = session?.token ?? ""
        if request.method == .post {
            guard settings.isOwn(origin: request.origin, host: request.host),
                request.fetchSite.map({ $0 == "same-origin" }) ?? true,
                route.audience == .anyone || request.field("token") == visit.token
            else { throw BoardRefusal.forged }
        }
        guard session.map({ limits.takes($0.token) }) ?? true else { throw BoardRefusal.crowded }
        return try await route.answer(self, visit)
    }
}
