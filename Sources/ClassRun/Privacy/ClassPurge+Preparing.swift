import Foundation
import GraderCore
import History

/// What a purge makes sure of before it removes anything: done by half, it would leave marks without their runs.
extension ClassPurge {
    /// - Throws: what would stop the purge on its way: mistakes in the marks, a history that cannot be used, a folder that
    ///   cannot be written.
    func prepare(_ plan: Plan) throws {
        let folder = try reports.folder(of: className)
        let answers = try reports.answersFolder(of: className)
        // What lies elsewhere is not this class's to remove.
        try RunFolder.refuseLink(answers)
        let beside = [answers, try reports.board(of: className).path, reports.journalFolder(of: className)]
        let places = [folder] + ((plan.removed + plan.kept).map(\.path) + beside).flatMap(Self.folders)
        for place in places {
            guard access(place, R_OK | W_OK | X_OK) == 0 else { throw StoreFailure(writing: place, errno) }
        }
        let sheet = sheet(plan)
        _ = try reports.marks(of: className, sheet: sheet)
        if !plan.isAll { _ = try reports.board(of: className).storedCodes() }
        let file = try reports.historyFile(of: className)
        if !plan.isAll, mayBeThere(file) { _ = try History(path: file).runs() }
        for run in plan.kept { _ = try run.place { _ in }.marks(sheet) }
    }

    /// A folder and those in it; none where there is no such folder. Links are not followed.
    private static func folders(_ path: String) -> [String] {
        guard Sweep.isFolder(path) else { return [] }
        return [path] + Sweep.names(in: path).flatMap { folders("\(path)/\($0)") }
    }

    /// The marks and answers that lie there, each with what is other once it has been written again: what is given while
    /// somebody thinks a plan over goes by no plan.
    func handwork() throws(StoreFailure) -> Set<String> {
        let folder = try reports.folder(of: className)
        let answers = (try? FileManager.default.subpathsOfDirectory(atPath: "\(folder)/answers")) ?? []
        let names = ["marks.yaml"] + answers.map { "answers/\($0)" }
        return Set(
            names.compactMap { name in
                var status = stat()
                // A sweep takes away what nobody has made.
                guard !TemporaryName.isOne(FilePath.name(of: name)), lstat("\(folder)/\(name)", &status) == 0,
                    status.st_mode & S_IFMT != S_IFDIR
                else { return nil }
                return "\(name) \(status.st_ino) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
            })
    }

    /// Why a plan is not carried out that is no longer one.
    var outdated: StoreFailure {
        StoreFailure(
            fr: """
                Depuis que cela a été annoncé, un passage, des notes ou des réponses de \(className) ont changé : rien n'a \
                été effacé, recommencer.
                """,
            en: """
                A run, marks or answers of \(className) have changed since this was announced: nothing was removed, try \
                again.
                """, .busy)
    }

    /// Runs that have gone or were cut off may have had more than these.
    func sheet(_ plan: Plan) -> MarkableSheet {
        MarkableSheet((plan.removed + plan.kept).flatMap(\.readableResults), isWhole: false)
    }

    /// Evidence and results of a run that are there and cannot be read.
    static func unreadable(_ run: RunFolder) -> [String] {
        ((try? run.manifest())?.students ?? []).flatMap { student -> [String] in
            var files: [String] = []
            if run.has("evidence.json", of: student.id), !run.hasEvidence(of: student.id) {
                files += [try? run.path("evidence.json", student: student.id)].compactMap { $0 }
            }
            if run.hasResult(of: student.id), (try? run.result(of: student.id)) == nil {
                files += [try? run.path("result.json", student: student.id)].compactMap { $0 }
            }
            return files
        }
    }
}
