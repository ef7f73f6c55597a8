import ClassRun
import GraderCore
import Reports

/// What is there for anyone: coming in and going out.
extension BoardRoute {
    static let entry: [BoardRoute] = [
        BoardRoute(method: .get, path: "/", audience: .anyone) { board, visit in
            switch try board.sessions.session(cookies: visit.request.cookies)?.holder {
            case .teacher?: return .seeOther("/class")
            case .student?: return .seeOther("/me")
            case nil: return try board.entryPage(visit, nil)
            }
        },
        BoardRoute(method: .post, path: "/enter", audience: .anyone) { board, visit in
            guard let code = visit.request.field("code").flatMap(AccessCodes.typed),
                let cookie = try board.sessions.cookie(forCode: code)
            else {
                return try board.entryPage(
                    visit,
                    LocalizedText(
                        fr: "Ce code n'ouvre rien. S'il a été remplacé, demandez le nouveau à l'enseignant.",
                        en: "This code opens nothing. If it was replaced, ask the teacher for the new one."))
            }
            var answer = BoardAnswer.seeOther("/")
            answer.headers.append(("Set-Cookie", board.setCookie(cookie)))
            return answer
        },
        BoardRoute(method: .post, path: "/leave", audience: .anyone) { board, _ in
            var answer = BoardAnswer.seeOther("/")
            answer.headers.append(("Set-Cookie", board.setCookie("") + "; Max-Age=0"))
            return answer
        },
        asset("/board.css", "text/css; charset=utf-8") { BoardAssets.style($0.settings.theme) },
        asset("/board.js", "text/javascript; charset=utf-8") { _ in BoardAssets.script },
    ]

    /// The same for everybody.
    private static func asset(
        _ path: String, _ type: String, _ text: @escaping @Sendable (Board) -> String
    ) -> BoardRoute {
        BoardRoute(method: .get, path: path, audience: .anyone) { board, _ in
            BoardAnswer(status: 200, body: .text(text(board), type: type))
        }
    }
}

extension Board {
    fileprivate func entryPage(_ visit: BoardRoute.Visit, _ problem: LocalizedText?) throws -> BoardAnswer {
        let page = BoardEntryPage(language: visit.language, theme: settings.theme, problem: problem)
        return .page(try page.html(), status: problem == nil ? 200 : 403)
    }

    /// RFC 6265bis: no script reads it, and no other site's page has it sent.
    fileprivate func setCookie(_ value: String) -> String {
        "\(sessions.cookieName)=\(value); Path=/; HttpOnly; SameSite=Strict"
            + (settings.isSecure ? "; Secure" : "")
    }
}
