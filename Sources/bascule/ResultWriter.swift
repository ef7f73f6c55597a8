import ClassRun
import Foundation
import GraderCore
import Reports

/// Writes what a run finds out, student by student as it comes: the evidence first, before anything is judged.
struct ResultWriter: Sendable {
    var place: RunPlace
    var grader: Grader
    /// Nil where the class has none.
    var marks: TeacherMarks?
    /// The class's runs so far; those before this one may count.
    var history: [PastRun] = []

    private var folder: RunFolder { place.folder }

    /// Keeps the evidence, judges it, and writes the student's result and pages.
    func finish(_ evidence: Evidence, student: StudentIdentity) throws -> GradedResult {
        let checksum = try folder.write(evidence, student: student.id)
        var result = try grader.grade(
            evidence, className: place.manifest.className, student: student, evidenceSHA256: checksum)
        result = result.answering(place.answers(of: student.id))
        result = result.counting(history, startedAt: place.manifest.startedAt, rubric: grader.rubric)
        if let marks { result = result.applying(marks.students[student.id]) }
        result = place.dated(result)
        // Of a run's pages none is waited for: `bascule report` writes them again from the result.
        try place.write(result, pagesAreFlushed: false)
        return result
    }

    /// The class page over the results there are.
    func writeClassPage(
        _ results: [GradedResult], failures: [(student: StudentIdentity, sentence: LocalizedText)]
    ) throws {
        try place.writeClassPage(results, failures: failures)
    }
}

extension RunPlace {
    /// A student's result and pages.
    func write(_ result: GradedResult, pagesAreFlushed: Bool = true) throws {
        try folder.write(result)
        try writePages(of: result, areFlushed: pagesAreFlushed)
    }

    func writePages(of result: GradedResult, areFlushed: Bool = true) throws {
        let now = Date()
        let student = result.student.id
        let shown = result.shownToStudents(at: now)
        let report = StudentReport(result: shown, language: manifest.language, theme: theme)
        try folder.write(
            try report.html(), as: "report.html", student: student, isFlushed: areFlushed)
        try folder.write(report.markdown(), as: "report.md", student: student, isFlushed: areFlushed)
        // For the teacher's eyes, where the student's page does not say all.
        if result.isConcealed(at: now) {
            let whole = StudentReport(result: result, language: manifest.language, theme: theme)
            try folder.write(
                try whole.html(), as: RunFolder.teachersPage, student: student, isFlushed: areFlushed)
        } else {
            try folder.remove(RunFolder.teachersPage, student: student)
        }
    }

    /// The class page and the tables for gradebooks, and the run's place in the history.
    func writeClassPage(
        _ results: [GradedResult], failures: [(student: StudentIdentity, sentence: LocalizedText)]
    ) throws {
        let history = record(results)
        let current = current(results)
        try folder.write(try classPage(current, failures, history).html(), as: "index.html")
        try folder.write(AnomaliesJSON(anomalies(results)).text(), as: "anomalies.json")
        let run = GradedRun(manifest, results: current)
        try folder.write(GradesCSV(run).text(), as: "grades.csv")
        try folder.write(MoodleCSV(run).text(), as: "moodle.csv")
    }

    /// The class page for a projector, beside the other.
    func writeProjectorPage(
        _ results: [GradedResult], failures: [(student: StudentIdentity, sentence: LocalizedText)]
    ) throws {
        let history = record(results)
        // The class looks at it.
        let now = Date()
        var page = classPage(current(results).map { $0.shownToStudents(at: now) }, failures, history)
        page.hasPseudonyms = true
        try folder.write(try page.html(), as: "projector.html")
    }

    /// What students have in common that should be each one's own.
    func anomalies(_ results: [GradedResult]) -> [ClassAnomaly] {
        ClassAnomaly.all(in: results, sharedPasswords: manifest.sharedPasswords ?? [])
    }

    private func classPage(
        _ results: [GradedResult], _ failures: [(student: StudentIdentity, sentence: LocalizedText)],
        _ history: [PastRun]
    ) -> ClassPage {
        var page = ClassPage(
            className: manifest.className, title: manifest.title,
            exerciseTitle: results.first?.exerciseTitle ?? LocalizedText(verbatim: manifest.exercise),
            ranAt: manifest.startedAt, results: results,
            notAssessed: failures.map {
                ClassPage.NotAssessed(student: $0.student, reason: $0.sentence)
            },
            language: manifest.language)
        page.runName = folder.name
        page.history = history
        page.anomalies = anomalies(results)
        page.drillOutages = DrillOutages.all(in: results)
        page.theme = theme
        let now = Date()
        page.concealed = Set(results.filter { $0.isConcealed(at: now) }.map(\.student.id))
        return page
    }
}
