import Foundation
import GraderCore
import InputFiles
import History
import Reports

/// Where a run stands among the others of its class: the teacher's marks and the history lie beside it.
public struct RunPlace: Sendable {
    public var folder: RunFolder
    public var manifest: RunManifest
    var theme: PageTheme?
    /// Told what the teacher should know and what stops nothing.
    public var remark: @Sendable (LocalizedText) -> Void
    /// Runs, by name, that are about to be removed: pages say nothing of them any more.
    var leaving: Set<String> = []
    /// The run whose evidence is judged again in this one, wherever it lies.
    var source: RunFolder?
    /// What the class's runs found, where many are written again one after the other; nil: it is read when it is asked for.
    var looks: ClassLooks?
    /// The class's marks where they have been read; nil: the file says.
    var givenMarks: TeacherMarks??

    /// The runs of the class that this one lies with, the oldest first.
    func classRuns() throws(StoreFailure) -> [RunFolder] {
        try reports.runs(of: manifest.className).filter { !leaving.contains($0.name) }
    }

    public var reports: ReportsFolder {
        ReportsFolder(FilePath.folder(of: folder.classFolder))
    }

    /// Whether the run lies in its class's folder, and is not a copy somewhere else.
    var isInClassFolder: Bool { URL(filePath: folder.classFolder).lastPathComponent == manifest.className }

    /// The results that there are of these students, as they lie in the folder.
    func storedResults(_ students: [StudentIdentity]) throws(StoreFailure) -> [GradedResult] {
        var results: [GradedResult] = []
        // Who could not be kept has none; who has a damaged one is no such case.
        for student in students where folder.hasResult(of: student.id) {
            results.append(try folder.result(of: student.id))
        }
        return results
    }

    /// The teacher's marks; nil where there is no such file: then results keep what they hold.
    /// - Throws: `InputErrors`, all of them.
    func marks(_ sheet: MarkableSheet) throws -> TeacherMarks? {
        guard isInClassFolder else { return nil }
        if let givenMarks { return givenMarks }
        return try reports.marks(of: manifest.className, sheet: sheet, students: manifest.students)
    }

    /// What can be marked in the run. One that was cut off, or looked at some questions only, does not say all: the
    /// newest other run that has results is asked too.
    func sheet(_ results: [GradedResult]) throws -> MarkableSheet {
        if results.count == manifest.students.count, manifest.questions == nil {
            return MarkableSheet(results)
        }
        let others = try isInClassFolder ? classRuns().reversed().filter { $0.name != folder.name } : []
        let known = others.lazy.map(\.readableResults).first { !$0.isEmpty }
        return MarkableSheet(results + (known ?? []), isWhole: false)
    }

    /// With what has been handed in by now; a copy of a run elsewhere keeps the answers that it holds.
    func answered(_ result: GradedResult) -> GradedResult {
        isInClassFolder ? result.answering(answers(of: result.student.id)) : result
    }

    /// What the student has handed in.
    func answers(of student: String) -> WrittenAnswers {
        guard isInClassFolder, let folder = try? reports.answersFolder(of: manifest.className) else {
            return WrittenAnswers()
        }
        return WrittenAnswers.read(folder: folder, student: student)
    }

    /// Says what is wrong with the answers that were handed in, before anything is done.
    func remarkOnAnswers() {
        for student in manifest.students {
            for text in answers(of: student.id).remarks { remark(text) }
        }
    }

    /// Keeps the run in the class's history. A history that cannot be used stops nothing: it can be made again.
    /// - Returns: all runs that it holds.
    func record(_ results: [GradedResult]) -> [PastRun] {
        guard isInClassFolder else { return [] }
        do {
            let history = try History(path: reports.historyFile(of: manifest.className))
            try history.record(
                PastRun(
                    name: folder.name, startedAt: manifest.startedAt, exercise: manifest.exercise,
                    // What nobody has verified is no run that a later one is measured by.
                    results: results.filter { $0.handIn == nil }))
            return try history.runs()
        } catch {
            remark(LocalizedText(explaining: error))
            return []
        }
    }
}

extension RunFolder {
    /// The run with its manifest, ready to be written to.
    /// - Parameter remark: is told what went wrong beside the run itself.
    /// - Throws: ``StoreFailure`` where the folder is no run, its `run.json` is damaged, or marks beside it would not count.
    public func place(
        theme: PageTheme? = nil, remark: @escaping @Sendable (LocalizedText) -> Void
    ) throws(StoreFailure) -> RunPlace {
        let manifest = try manifest()
        try refuseOtherName(manifest)
        return RunPlace(folder: self, manifest: manifest, theme: theme, remark: remark)
    }

    /// Where a class's folder was renamed, what is beside the run would be passed over; a copy of the run alone has nothing
    /// there.
    func refuseOtherName(_ manifest: RunManifest) throws(StoreFailure) {
        guard URL(filePath: classFolder).lastPathComponent != manifest.className,
            ["marks.yaml", "answers", "history.sqlite"].contains(where: { name in
                mayBeThere("\(classFolder)/\(name)")
            })
        else { return }
        throw StoreFailure(
            fr: """
                \(path) se dit de la classe \(manifest.className) et se trouve dans un dossier d'un autre nom, dont les \
                notes, réponses et historique ne compteraient pas : rendre à ce dossier le nom \(manifest.className), dans \
                un autre dossier de --reports s'il y en a déjà un.
                """,
            en: """
                \(path) says that it is of the class \(manifest.className), and lies in a folder of another name, whose \
                marks, answers and history would not count: rename that folder back to \(manifest.className), in another \
                --reports folder where there is one already.
                """)
    }
}

extension ReportsFolder {
    /// The class's runs so far. A history that cannot be read stops nothing, but it is said.
    func history(of className: String, remark: (LocalizedText) -> Void) -> [PastRun] {
        do {
            let file = try historyFile(of: className)
            guard mayBeThere(file) else { return [] }
            return try History(path: file).runs()
        } catch {
            remark(LocalizedText(explaining: error))
            return []
        }
    }

    /// The teacher's marks for a class; nil where there is no such file.
    func marks(
        of className: String, sheet: MarkableSheet, students: [StudentIdentity] = []
    ) throws -> TeacherMarks? {
        let known = try knownStudents(of: className)
        let ids = Set(students.map(\.id))
        return try TeacherMarksFile.read(
            file: marksFile(of: className), className: className, sheet: sheet,
            students: students + known.filter { !ids.contains($0.id) })
    }
}
