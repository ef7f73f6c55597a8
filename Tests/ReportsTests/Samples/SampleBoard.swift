import Foundation
import GraderCore

@testable import Reports

/// A lesson under way, invented: somebody is looked at, somebody waits, somebody's machine refused the log-in.
enum SampleBoard {
    static let token = "f3b1c0ffee"
    static let now = SampleResults.moment.addingTimeInterval(200)
    static let paris = TimeZone(identifier: "Europe/Paris") ?? .gmt

    static func standing(_ result: GradedResult, from before: GradedResult? = nil) -> LessonStanding {
        var standing = LessonStanding(student: result.student)
        standing.machines = [.serv1, .serv2]
        standing.result = result
        let beginning = before ?? result
        standing.atBeginning = Dictionary(
            beginning.questions.map { ($0.id, $0.score) }, uniquingKeysWith: { first, _ in first })
        standing.changes = LessonChange.changes(from: beginning, to: result)
        standing.changedAt = result.collectedAt
        return standing
    }

    /// Whose checks came one after the other.
    static var working: LessonStanding {
        var result = SampleResults.faulty
        result.collectedAt = now.addingTimeInterval(-40)
        var standing = standing(result, from: SampleResults.fresh)
        let times = [-2_400.0, -1_500, -1_500, -600, -40, -40, -40]
        for (index, time) in zip(standing.changes.indices, times) {
            standing.changes[index].at = now.addingTimeInterval(time)
        }
        standing.nextLookAt = now.addingTimeInterval(20)
        return standing
    }

    static func drill(_ seen: [ServiceMoment] = moments) -> LessonDrill {
        var drill = LessonDrill(
            kind: "standby",
            title: LocalizedText(fr: "Le nœud actif mis en standby", en: "The active node put on standby"),
            beganAt: now.addingTimeInterval(-31))
        drill.stage = "watching"
        drill.seen = seen
        return drill
    }

    static let moments: [ServiceMoment] =
        Array(repeating: .served, count: 22) + [.partly, .notServed, .notServed, .notServed, .partly]
        + Array(repeating: .served, count: 18) + [.unknown]

    static var refused: LessonStanding {
        var standing = standing(SampleResults.halfUnreachable)
        standing.refusedLogins = [
            .serv1: TransportFailure(
                .authenticationFailed, LocalizedText(verbatim: "serv1 refused the key of bascule."))
        ]
        return standing
    }

    /// The class of 35 in the middle of a lesson.
    static var state: LessonState {
        let fresh = SampleResults.fresh
        var standings = SampleResults.classOf35.enumerated().map { index, result in
            var before = fresh
            before.student = result.student
            var standing = standing(result, from: index.isMultiple(of: 3) ? before : result)
            standing.changedAt = now.addingTimeInterval(index.isMultiple(of: 5) ? -1_260 : -300)
            return standing
        }
        standings[1].activity = .looking(since: now.addingTimeInterval(-4))
        standings[2].activity = .waiting(place: 1)
        standings[3].activity = .waiting(place: 2)
        standings[4].activity = .drilling(drill())
        standings[5].refusedLogins = refused.refusedLogins
        standings[7].result = nil
        standings[7].changes = []
        standings[8].problem = LocalizedText(
            fr: "Le regard a dépassé le temps accordé (60 s).", en: "The look took longer than it may (60 s)."
        )
        var state = LessonState(
            className: "BTS SIO 2 SISR", title: "", exerciseTitle: SampleResults.solved.exerciseTitle,
            timeZone: paris, beganAt: now.addingTimeInterval(-3_900), standings: standings, isExam: false)
        state.round = .init(beganAt: now.addingTimeInterval(-9), done: 12, all: 35)
        state.until = now.addingTimeInterval(5_000)
        state.studentDrills = [
            .init(kind: "standby", title: drill().title),
            .init(
                kind: "service-stop",
                title: LocalizedText(fr: "Le serveur web arrêté", en: "The web server stopped")),
        ]
        state.remarks = [
            LocalizedText(
                fr: "Le passage de 15 h 05 a duré 48 s.", en: "The round of 15:05 took 48 s.")
        ]
        state.openAnswers = 7
        return state
    }

    static func student(
        _ standing: LessonStanding, _ language: Language, _ state: LessonState = state
    ) -> BoardStudentPage {
        BoardStudentPage(
            standing: standing, lesson: .init(state), language: language, token: token, answersOpen: true,
            now: now)
    }

    static func report(_ standing: LessonStanding, _ language: Language) -> BoardReportPage {
        BoardReportPage(
            standing: standing, language: language, timeZone: paris, token: token, code: "abcd1234efgh5678",
            now: now)
    }

    static func answers(_ language: Language) -> BoardAnswersPage {
        let text = "L'adresse reste,\nc'est le nœud qui change."
        return BoardAnswersPage(
            questions: [
                .init(
                    id: QuestionID("Q5"),
                    titles: [
                        LocalizedText(
                            fr: "Quel service donne le nom, et pourquoi ?",
                            en: "Which service gives the name, and why?")
                    ], text: text),
                .init(
                    id: QuestionID("Q8"),
                    titles: [
                        LocalizedText(fr: "Ce qui s'est passé", en: "What happened"),
                        LocalizedText(fr: "Ce qu'en voit le client", en: "What the client sees of it"),
                    ], text: ""),
            ],
            versions: [-3_000.0, -1_200, -60].map { now.addingTimeInterval($0) },
            shown: .init(
                number: 2, savedAt: now.addingTimeInterval(-1_200),
                texts: [QuestionID("Q5"): "L'adresse reste."]),
            saved: true, language: language, token: token, timeZone: paris)
    }

    static func marking(_ language: Language) -> BoardMarkingPage {
        let texts = ["Le DNS, car le nom mène à l'adresse.", "le dns", nil, "Apache ?"]
        let results = zip(texts, SampleResults.classOf35).map { text, result in
            var result = result
            if let index = result.questions.firstIndex(where: { $0.id == QuestionID("Q5") }) {
                result.questions[index].writtenAnswer = text
            }
            return result
        }
        var sheet = MarkingSheet(results)
        sheet.entries[0].mark = TeacherMark(points: Points(2.5), comment: "À préciser.")
        for index in sheet.entries.indices {
            for author in sheet.entries[index].authors.indices {
                sheet.entries[index].authors[author].proofs = [
                    LocalizedText(
                        fr: "historique : le nom mène à 172.16.0.12 depuis 14 h 20",
                        en: "history: the name has led to 172.16.0.12 since 14:20")
                ]
            }
        }
        var proposal = AnswerProposal(
            "le dns", rule: AnswerRule(parts: []), worth: Points(3), facts: [:], shown: [:])
        proposal.points = Points(3)
        proposal.isCertain = true
        proposal.reason = LocalizedText(fr: "le service est nommé", en: "the service is named")
        for index in sheet.entries.indices where sheet.entries[index].answer == "le dns" {
            for author in sheet.entries[index].authors.indices {
                sheet.entries[index].authors[author].proposal = proposal
            }
        }
        return BoardMarkingPage(
            sheet: sheet, className: "BTS SIO 2 SISR", language: language, token: token)
    }

    static func cards(_ language: Language) -> BoardCardsPage {
        let codes = ["k4x7m2pq9tz6rw3c8yhd5fjna2", "b9d3q7wz2mxk6tpc4rhy8nfja5"]
        return BoardCardsPage(
            cards: SampleResults.classOf35.prefix(14).enumerated().map { index, result in
                let code = codes[index % 2]
                return .init(
                    name: result.student.names.joined(separator: ", "), id: result.student.id,
                    link: "http://192.168.56.10:8080/#\(code)", code: code)
            }, className: "BTS SIO 2 SISR", language: language)
    }
}
