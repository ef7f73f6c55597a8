import Foundation
import GraderCore

@testable import Reports

/// The board's pages, for tests and for somebody to look at.
extension SampleBoard {
    /// The pages of a run's results, as at the end of a lesson at whose beginning nobody had anything.
    static func pages(
        _ results: [GradedResult], _ language: Language
    ) throws -> [(name: String, html: String)] {
        guard let last = results.map(\.collectedAt).max() else { return [] }
        let now = last.addingTimeInterval(75)
        var lesson = state
        lesson.exerciseTitle = results[0].exerciseTitle
        lesson.round = nil
        lesson.nextRoundAt = now.addingTimeInterval(225)
        lesson.standings = results.map { result in
            var standing = standing(result)
            standing.atBeginning = [:]
            return standing
        }
        return try [
            (
                "real-class",
                BoardClassPage(state: lesson, language: language, token: token, now: now).html()
            ),
            (
                "real-projector",
                BoardProjectorPage(state: lesson, pseudonymKey: "key", language: language, now: now).html()
            ),
        ]
            + results.map { result in
                var page = student(standing(result), language, lesson)
                page.now = now
                return ("real-student-\(result.student.id)", try page.html())
            }
    }

    /// Every page by its name, with the realistic values above.
    static func pages(_ language: Language) throws -> [(name: String, html: String)] {
        var exam = state
        exam.isExam = true
        var drilling = working
        drilling.activity = .drilling(drill())
        var queued = standing(SampleResults.solved, from: SampleResults.solved)
        queued.activity = .waiting(place: 2)
        var between = state
        between.round = nil
        between.nextRoundAt = now.addingTimeInterval(260)
        return [
            ("entry", try BoardEntryPage(language: language).html()),
            (
                "entry-wrong",
                try BoardEntryPage(
                    language: language,
                    problem: LocalizedText(
                        fr: "Ce code n'ouvre rien : vérifier la carte.",
                        en: "This code opens nothing: check the card.")
                ).html()
            ),
            ("class", try BoardClassPage(state: state, language: language, token: token, now: now).html()),
            (
                "class-exam",
                try BoardClassPage(state: exam, language: language, token: token, now: now).html()
            ),
            (
                "projector",
                try BoardProjectorPage(state: between, pseudonymKey: "key", language: language, now: now)
                    .html()
            ),
            (
                "projector-exam",
                try BoardProjectorPage(state: exam, pseudonymKey: "key", language: language, now: now).html()
            ),
            ("report", try report(working, language).html()),
            ("report-refused", try report(refused, language).html()),
            ("student", try student(working, language).html()),
            ("student-drill", try student(drilling, language).html()),
            ("student-queued", try student(queued, language, between).html()),
            ("student-refused", try student(refused, language).html()),
            ("student-new", try student(LessonStanding(student: working.student), language).html()),
            ("student-exam", try student(refused, language, exam).html()),
            ("answers", try answers(language).html()),
            ("marking", try marking(language).html()),
            ("cards", try cards(language).html()),
            (
                "problem",
                try BoardProblemPage(
                    status: 403,
                    message: LocalizedText(
                        fr: "Cette page est celle de l'enseignant.", en: "This page is the teacher's."),
                    back: "/me", language: language
                ).html()
            ),
        ]
    }
}
