import Foundation
import GraderCore

/// Everything that a class's runs hold about one student, for that student: evidence, results, marks, and nothing
/// about anybody else.
///
/// A pair's evidence may mention others (the grader's table of neighbours, a log line): whatever they can be
/// recognised by is taken out, and what older evidence says of the teacher's hypervisor. Files in which nothing had to be
/// are the very bytes of the run.
public struct StudentBundle: Sendable {
    public var reports: ReportsFolder
    public var className: String
    public var student: String

    public init(reports: ReportsFolder, className: String, student: String) {
        self.reports = reports
        self.className = className
        self.student = student
    }

    /// What a run holds about the student.
    public struct Part: Sendable {
        public var run: RunFolder
        public var manifest: RunManifest
        public var evidence: [UInt8]?
        public var result: GradedResult?
        /// `result.json`.
        public var resultBytes: [UInt8]?
        /// Whether something of others, or of the teacher's, had to be taken out.
        public var isChanged: Bool
    }

    /// By run, the oldest first. What is damaged cannot be shown to hold nothing of others: it is left out and told.
    func parts(_ remark: (LocalizedText) -> Void = { _ in }) throws(StoreFailure) -> [Part] {
        let runs = try reports.runs(of: className)
        let others = try others(runs)
        var parts: [Part] = []
        for run in runs {
            let manifest = try run.manifest()
            guard manifest.students.contains(where: { $0.id == student }) else { continue }
            var evidence: (bytes: [UInt8], isChanged: Bool)?
            var result: (bytes: [UInt8], isChanged: Bool)?
            do throws(StoreFailure) {
                evidence = try self.evidence(run, others)
            } catch { remark(error.sentence) }
            do throws(StoreFailure) {
                if run.hasResult(of: student) { _ = try run.result(of: student) }
                result = try bytes("result.json", run, others)
            } catch { remark(error.sentence) }
            // A run that never came to the student, or was cut off before, holds nothing.
            guard evidence != nil || result != nil else { continue }
            parts.append(
                Part(
                    run: run, manifest: manifest, evidence: evidence?.bytes,
                    result: try result.map { result throws(StoreFailure) in
                        try StoredJSON.decode(
                            GradedResult.self, from: result.bytes, newest: GradedResult.currentSchemaVersion,
                            path: try run.path("result.json", student: student))
                    }, resultBytes: result?.bytes,
                    isChanged: evidence?.isChanged ?? false || result?.isChanged ?? false))
        }
        return parts
    }

    /// What the board saw last, as the student may see it; nil where there was no board.
    func lastLook(at now: Date) throws -> [UInt8]? {
        guard let look = try reports.board(of: className).lastLook(of: student) else { return nil }
        let bytes = try StoredJSON.encode(look.shownToStudents(at: now))
        let others = try others(try reports.runs(of: className))
        return others.found(inFile: bytes).isEmpty ? bytes : others.hidden(inJSON: bytes)
    }

    /// By what the others of the class can be recognised.
    private func others(_ runs: [RunFolder]) throws(StoreFailure) -> Traces {
        let everybody = try reports.knownStudents(of: className)
        let own = Traces(of: everybody.filter { $0.id == student }, in: runs)
        return Traces(of: everybody.filter { $0.id != student }, in: runs).without(own)
    }

    /// The student's own marks, as a file; nil where there are none.
    /// - Parameters:
    ///   - concealed: checks that students are not shown: what the teacher gave or said for them stays out.
    ///   - remark: is told where the class's marks are damaged or cannot be read.
    func marks(
        concealing concealed: Set<CheckID> = [], _ remark: (LocalizedText) -> Void = { _ in }
    ) throws -> String? {
        let sheet = MarkableSheet(
            try reports.runs(of: className).compactMap { run in try? run.result(of: student) }, isWhole: false
        )
        let marks: TeacherMarks?
        do { marks = try reports.marks(of: className, sheet: sheet) } catch {
            remark(LocalizedText(explaining: error))
            return nil
        }
        guard let own = marks?.students[student]?.without(concealed) else { return nil }
        return MarksYAML.text(TeacherMarks(students: [student: own]), className: className)
    }

    /// What the student has handed in; nil where there is nothing.
    /// - Parameter remark: is told where it is there and cannot be had.
    func answers(
        _ remark: (LocalizedText) -> Void
    ) throws(StoreFailure) -> (name: String, bytes: [UInt8])? {
        if let answers = try reports.answersFile(of: className, student: student) { return answers }
        let folder = try reports.answersFolder(of: className)
        WrittenAnswers.read(folder: folder, student: student).remarks.forEach(remark)
        return nil
    }

    private func evidence(
        _ run: RunFolder, _ others: Traces
    ) throws(StoreFailure) -> (bytes: [UInt8], isChanged: Bool)? {
        guard run.has("evidence.json", of: student) else { return nil }
        let whole = try run.evidence(of: student)
        let shown = whole.withoutHostCommands
        guard shown != whole else { return try bytes("evidence.json", run, others) }
        let file = try run.path("evidence.json", student: student)
        return (try hidden(StoredJSON.bytes(of: shown, for: file), of: file, others).bytes, true)
    }

    private func bytes(
        _ name: String, _ run: RunFolder, _ others: Traces
    ) throws(StoreFailure) -> (bytes: [UInt8], isChanged: Bool)? {
        let file = try run.path(name, student: student)
        guard mayBeThere(file) else { return nil }
        return try hidden(StoredJSON.bytes(file), of: file, others)
    }

    private func hidden(
        _ bytes: [UInt8], of file: String, _ others: Traces
    ) throws(StoreFailure) -> (bytes: [UInt8], isChanged: Bool) {
        if others.found(inFile: bytes).isEmpty { return (bytes, false) }
        guard let hidden = others.hidden(inJSON: bytes) else {
            throw StoreFailure(
                fr: """
                    \(file) est endommagé, ou parle d'autres étudiants à un endroit qui ne peut pas être retiré : il ne \
                    peut pas être remis à l'étudiant ; le vérifier.
                    """,
                en: """
                    \(file) is damaged, or speaks of other students in a place that cannot be taken out: it cannot go into \
                    a bundle; look at it.
                    """)
        }
        return (hidden, hidden != bytes)
    }
}

extension StudentMarks {
    fileprivate func without(_ checks: Set<CheckID>) -> StudentMarks {
        var marks = self
        for check in checks { marks.marks[.check(check)] = nil }
        marks.members = members.mapValues { $0.without(checks) }
        return marks
    }
}
