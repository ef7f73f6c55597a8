import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import InputFiles
import History
import Reports

/// What every command that writes pages takes.
struct PageOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "A folder with logo.svg, title.txt, style.css and templates/ of your own, for all pages.")
    var theme: String?

    /// - Throws: a sentence where the theme cannot be used, before anything is done.
    func pageTheme() throws -> PageTheme? {
        try Inputs.reportingNow { try theme.map { try PageTheme(folder: $0) } }
    }
}

/// Where a run stands among the others of its class: the teacher's marks and the history lie beside it.
struct RunPlace: Sendable {
    var folder: RunFolder
    var manifest: RunManifest
    var theme: PageTheme?

    /// The runs of the class that this one lies with, the oldest first.
    func classRuns() throws(StoreFailure) -> [RunFolder] { try reports.runs(of: manifest.className) }

    private var reports: ReportsFolder {
        ReportsFolder(
            URL(filePath: folder.classFolder).deletingLastPathComponent().path(percentEncoded: false))
    }

    /// Whether the run lies in its class's folder, and is not a copy somewhere else.
    var isInClassFolder: Bool {
        URL(filePath: folder.classFolder).lastPathComponent == manifest.className
    }

    /// The teacher's marks; nil where there is no such file: then results keep what they hold.
    /// - Throws: `InputErrors`, all of them.
    func marks(_ sheet: MarkableSheet, others: [StudentIdentity] = []) throws -> TeacherMarks? {
        guard isInClassFolder else { return nil }
        return try reports.marks(of: manifest.className, sheet: sheet, students: manifest.students + others)
    }

    /// What can be marked in the run. One that was cut off, or looked at some questions only, does not say all: the
    /// newest other run that has results is asked too.
    func sheet(_ results: [GradedResult]) throws -> MarkableSheet {
        if results.count == manifest.students.count, manifest.questions == nil {
            return MarkableSheet(results)
        }
        let others = try isInClassFolder ? classRuns().reversed().filter { $0.name != folder.name } : []
        let known = others.lazy.compactMap { run -> [GradedResult]? in
            let students = (try? run.manifest())?.students ?? []
            let results = students.compactMap { try? run.result(of: $0.id) }
            return results.isEmpty ? nil : results
        }
        return MarkableSheet(results + (known.first ?? []), isWhole: false)
    }

    /// What the student has handed in.
    func answers(of student: String) -> WrittenAnswers {
        guard isInClassFolder, let folder = try? reports.answersFolder(of: manifest.className) else {
            return WrittenAnswers()
        }
        return WrittenAnswers.read(folder: folder, student: student)
    }

    /// Says on standard error what is wrong with the answers that were handed in, before anything is done.
    func complainOfAnswers() {
        for student in manifest.students {
            for remark in answers(of: student.id).remarks { Inputs.complain(remark) }
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
                    results: results))
            return try history.runs()
        } catch {
            Inputs.complain(String(describing: error))
            return []
        }
    }
}

extension ReportsFolder {
    /// The class's runs so far. A history that cannot be read stops nothing, but it is said.
    func history(of className: String) -> [PastRun] {
        do {
            let file = try historyFile(of: className)
            guard FileManager.default.fileExists(atPath: file) else { return [] }
            return try History(path: file).runs()
        } catch {
            Inputs.complain(String(describing: error))
            return []
        }
    }

    /// Names on standard error the folders of a class that are no whole runs and hold something all the same.
    func complainOfUnfinished(_ className: String, but others: [RunFolder] = []) {
        for run in (try? unfinishedRuns(of: className)) ?? [] where !others.contains(run) {
            Inputs.complain(
                TerminalLanguage.current == .french
                    ? "\(run.path) n'a pas de run.json : ce dossier est laissé de côté, tel qu'il est. À regarder, "
                        + "puis à supprimer à la main."
                    : "\(run.path) has no run.json: it is passed over and stays as it is. Look at it, then remove it "
                        + "by hand.")
        }
    }

    /// The teacher's marks for a class; nil where there is no such file.
    func marks(
        of className: String, sheet: MarkableSheet, students: [StudentIdentity]
    ) throws -> TeacherMarks? {
        let known = try knownStudents(of: className)
        let ids = Set(students.map(\.id))
        return try TeacherMarksFile.read(
            file: marksFile(of: className), className: className, sheet: sheet,
            students: students + known.filter { !ids.contains($0.id) })
    }
}
