import GraderCore
import Reports

extension ReportsFolder {
    /// Sets what the teacher decides by hand, and brings the latest run's pages up to date.
    /// - Parameters:
    ///   - member: of a team; nil: all of it.
    ///   - mark: nil takes the entry away. What it leaves nil stays as it was.
    /// - Returns: the student's result as it is now; nil where the run has none: the mark is kept for the next.
    public func mark(
        _ student: String, member: String? = nil, _ subject: MarkSubject, _ mark: TeacherMark?,
        in className: String, theme: PageTheme? = nil, remark: @escaping @Sendable (LocalizedText) -> Void
    ) throws -> GradedResult? {
        try withLock(on: className) {
            try markLocked(
                student, member: member, subject, mark, in: className, theme: theme, remark: remark)
        }
    }

    private func markLocked(
        _ student: String, member: String?, _ subject: MarkSubject, _ mark: TeacherMark?,
        in className: String, theme: PageTheme?, remark: @escaping @Sendable (LocalizedText) -> Void
    ) throws -> GradedResult? {
        guard let latest = try latestRun(of: className) else {
            throw StoreFailure("\(path)/\(className) has no finished run: grade the class first, then mark.")
        }
        let place = try latest.place(theme: theme, remark: remark)
        let results = try place.storedResults(place.manifest.students)
        let editor = TeacherMarksEditor(
            file: try marksFile(of: className), className: className,
            sheet: try place.sheet(results), students: try knownStudents(of: className))
        _ = try editor.apply(.init(student: student, member: member, subject: subject, mark: mark))
        return try place.rewrite(only: student).results.first { $0.student.id == student }
    }
}
