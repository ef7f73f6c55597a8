import ClassRun
import Foundation
import GraderCore
import Reports

/// What the teacher has: the class, each student, the projector's view, marking.
extension BoardRoute {
    static let forTeachers: [BoardRoute] = [
        BoardRoute(method: .get, path: "/class", audience: .teacher) { board, visit in
            let state = await board.lesson.state()
            let page = BoardClassPage(
                state: state, language: visit.language, theme: board.settings.theme,
                token: visit.token, now: Date())
            return .page(try page.html())
        },
        BoardRoute(method: .get, path: "/class/projector", audience: .teacher) { board, visit in
            let state = await board.lesson.state()
            let folder = try board.reports.board(of: board.className)
            let key = try await board.lesson.blocking { try folder.pseudonymKey() }
            let page = BoardProjectorPage(
                state: state, pseudonymKey: key, language: visit.language, theme: board.settings.theme,
                now: Date())
            return .page(try page.html())
        },
        BoardRoute(method: .get, path: "/class/events", audience: .teacher) { _, _ in
            BoardAnswer(status: 200, body: .events(.wholeClass))
        },
        BoardRoute(method: .post, path: "/class/look", audience: .teacher) { board, visit in
            guard let student = visit.request.field("student"), !student.isEmpty else {
                await board.lesson.askRound()
                return .seeOther("/class")
            }
            let answer = await board.lesson.askLook(
                at: student, by: .teacher, isMended: visit.request.field("mended") != nil)
            if let refusal = BoardRefusal(answer) { throw refusal }
            return .seeOther("/class")
        },
        BoardRoute(method: .post, path: "/class/hints", audience: .teacher) { board, visit in
            await board.lesson.setHints(to: visit.request.field("level").flatMap { Int($0) })
            return .seeOther("/class")
        },
        BoardRoute(method: .post, path: "/class/new-code", audience: .teacher) { board, visit in
            guard let student = visit.request.field("student"), board.lesson.grader.roster[student] != nil
            else {
                throw BoardRefusal.notFound
            }
            let (folder, holder) = (
                try board.reports.board(of: board.className), AccessCodes.Holder.student(student)
            )
            try await board.lesson.blocking { try folder.renewCodes(of: [holder]) }
            return .seeOther(BoardAssets.path(ofStudent: student))
        },
        BoardRoute(method: .get, path: "/student/*", audience: .teacher) { board, visit in
            guard let standing = await board.lesson.standing(of: visit.student) else {
                throw BoardRefusal.notFound
            }
            let page = BoardReportPage(
                standing: standing, language: visit.language, theme: board.settings.theme,
                timeZone: board.lesson.grader.roster.timeZone ?? .current, token: visit.token,
                code: try board.reports.board(of: board.className).codes(for: [visit.student]).students[
                    visit.student] ?? "", now: Date())
            return .page(try page.html())
        },
        BoardRoute(method: .get, path: "/class/marking", audience: .teacher) { board, visit in
            try await board.markingPage(visit)
        },
        BoardRoute(method: .post, path: "/class/marking", audience: .teacher) { board, visit in
            try await board.mark(visit)
            // Its form names where on the page it stands; the browser keeps that.
            return .seeOther("/class/marking")
        },
    ]
}

extension Board {
    private func markingSheet() async throws -> MarkingSheet {
        let (reports, className, comparing) = (reports, className, comparing)
        return try await lesson.blocking {
            // Before the first round there is nothing to mark.
            try reports.latestRun(of: className) == nil
                ? MarkingSheet([]) : reports.markingSheet(of: className, comparing: comparing)
        }
    }

    fileprivate func markingPage(_ visit: BoardRoute.Visit) async throws -> BoardAnswer {
        let sheet = try await markingSheet()
        let page = BoardMarkingPage(
            sheet: sheet, className: className, language: visit.language,
            theme: settings.theme,
            token: visit.token, problem: nil)
        return .page(try page.html())
    }

    fileprivate func mark(_ visit: BoardRoute.Visit) async throws {
        let request = visit.request
        let authors = Set(request.fields("student"))
        let entry = try await markingSheet().entries.first { entry in
            entry.check.rawValue == request.field("check") && Set(entry.authors.map(\.student.id)) == authors
        }
        // An answer that was written anew, or marked elsewhere, is read before it gets points.
        let changed = BoardRefusal(
            409, fr: "Ces réponses ont changé entre-temps : rechargez la page.",
            en: "These answers have changed meanwhile: load the page again.")
        guard let entry, request.field("shown").map({ $0 == entry.shownDigest }) ?? true else {
            throw changed
        }
        let text = (request.field("points") ?? "").trimmingCharacters(in: .whitespaces)
            .replacing(",", with: ".")
        let points = Points(decimal: text)
        guard text.isEmpty || points != nil, points.map({ $0 <= entry.worth }) ?? true else {
            throw BoardRefusal(
                409, fr: "Des points de 0 à \(entry.worth.formatted(.french)), par exemple 0,5.",
                en: "Points from 0 to \(entry.worth.formatted(.english)), such as 0.5.")
        }
        let comment = (request.field("comment") ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard comment.utf8.count <= TeacherMark.commentLimit else {
            throw BoardRefusal(409, fr: "Le commentaire est trop long.", en: "The comment is too long.")
        }
        let isEmpty = points == nil && comment.isEmpty
        let mark = isEmpty ? nil : TeacherMark(points: points, comment: comment.isEmpty ? nil : comment)
        let (reports, className, theme, lesson) = (reports, className, settings.theme, lesson)
        let others = try await lesson.blocking {
            try reports.set([(entry, mark)], in: className, theme: theme) { text in
                Task { await lesson.remark(text) }
            }
        }
        guard others.isEmpty else { throw changed }
        await lesson.deskChanged()
    }
}
