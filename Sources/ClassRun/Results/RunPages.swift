import Foundation
import GraderCore
import Reports

extension RunPlace {
    /// A student's result and pages.
    func write(_ result: GradedResult, pagesAreFlushed: Bool = true) throws {
        try folder.write(result)
        looks?.note(result, in: folder)
        let now = Date()
        let student = result.student.id
        let shown = result.shownToStudents(at: now)
        func write(_ text: String, _ name: String) throws(StoreFailure) {
            try folder.write(text, as: name, student: student, isFlushed: pagesAreFlushed)
        }
        let report = StudentReport(
            result: shown, language: manifest.language, theme: theme, timeZone: manifest.zone)
        try write(try report.html(), "report.html")
        try write(report.markdown(), "report.md")
        // For the teacher's eyes, where the student's page does not say all.
        if result.hasTeachersPage(at: now) {
            var whole = StudentReport(
                result: result, language: manifest.language, theme: theme, timeZone: manifest.zone)
            whole.isTeachers = true
            try write(try whole.html(), RunFolder.teachersPage)
        } else {
            try folder.remove(RunFolder.teachersPage, student: student)
        }
    }

    /// The class page and the tables for gradebooks, and the run's place in the history.
    func writeClassPage(_ outcome: RunOutcome) throws {
        let history = record(outcome.results)
        let current = current(outcome.results)
        try folder.write(try classPage(current, outcome.missing, history).html(), as: "index.html")
        try folder.write(AnomaliesJSON(anomalies(outcome.results)).text(), as: "anomalies.json")
        let run = GradedRun(manifest, results: current.results)
        try folder.write(GradesCSV(run).text(), as: "grades.csv")
        try folder.write(MoodleCSV(run).text(), as: "moodle.csv")
    }

    /// The class page for a projector, beside the other.
    /// - Throws: ``StoreFailure`` where the disk is full or the folder cannot be written.
    public func writeProjectorPage(_ outcome: RunOutcome) throws {
        let history = record(outcome.results)
        // The class looks at it.
        let now = Date()
        var current = current(outcome.results)
        current.results = current.results.map { $0.shownToStudents(at: now) }
        var page = classPage(current, outcome.missing, history)
        // Of a copy elsewhere there is no class that keeps one.
        page.pseudonymKey =
            try isInClassFolder ? reports.board(of: manifest.className).pseudonymKey() : AccessCodes.newCode()
        try folder.write(try page.html(), as: "projector.html")
    }

    /// All pages of a run anew, from its results and the teacher's marks as they are now.
    /// - Throws: ``StoreFailure`` where a result cannot be read, or a page cannot be written.
    @discardableResult
    public func writeAgain() throws -> RunOutcome {
        try folder.requireResults(manifest)
        guard isInClassFolder else { return try rewrite() }
        return try reports.withLock(on: manifest.className) { try rewrite() }
    }

    /// The same, for who holds the class's lock.
    /// - Parameter only: whose pages; nil: everybody's. The class page is always written.
    @discardableResult
    func rewrite(only: String? = nil) throws -> RunOutcome {
        folder.sweep()
        var results = try storedResults(manifest.students)
        remarkOnAnswers()
        results = results.map(answered)
        if let marks = try marks(try sheet(results)) {
            results = results.map { $0.applying(marks.students[$0.student.id]) }
        }
        results = results.map(dated)
        for result in results where only == nil || only == result.student.id { try write(result) }
        var outcome = RunOutcome(run: folder)
        let seen = Set(results.map(\.student.id))
        outcome.results = results
        outcome.missing = manifest.students.filter { !seen.contains($0.id) }.map(noResult)
        try writeClassPage(outcome)
        return outcome
    }

    /// What students have in common that should be each one's own.
    func anomalies(_ results: [GradedResult]) -> [ClassAnomaly] {
        ClassAnomaly.all(in: results, sharedPasswords: manifest.sharedPasswords ?? [])
    }

    private func classPage(
        _ current: (results: [GradedResult], unread: [NoResult]), _ missing: [NoResult],
        _ history: [PastRun]
    ) -> ClassPage {
        let results = current.results
        var page = ClassPage(
            className: manifest.className, title: manifest.title,
            exerciseTitle: results.first?.exerciseTitle ?? LocalizedText(verbatim: manifest.exercise),
            ranAt: manifest.startedAt, results: results,
            notAssessed: (missing + current.unread).map {
                ClassPage.NotAssessed(student: $0.student, reason: $0.sentence)
            },
            language: manifest.language)
        page.runName = folder.name
        page.history = history
        page.anomalies = anomalies(results)
        page.drillOutages = DrillOutages.all(in: results)
        page.theme = theme
        page.timeZone = manifest.zone
        let now = Date()
        page.concealed = Set(results.filter { $0.hasTeachersPage(at: now) }.map(\.student.id))
        return page
    }
}

extension GradedResult {
    /// Whether there is something that only the teacher reads: what students are not shown, or what should be confirmed.
    fileprivate func hasTeachersPage(at now: Date) -> Bool {
        handIn != nil || anomalies != nil || isConcealed(at: now)
    }
}
