import Foundation
import GraderCore
import History

/// What a purge makes sure of before it removes anything: done by half, it would leave marks without their runs.
extension ClassPurge {
    /// - Throws: what would stop the purge on its way: mistakes in the marks, a history that cannot be used, a folder that
    ///   cannot be written.
    func prepare(_ plan: Plan) throws {
        let folder = try reports.folder(of: className)
        for place in [folder] + (plan.removed + plan.kept).map(\.path) {
            guard access(place, R_OK | W_OK | X_OK) == 0 else { throw StoreFailure(writing: place, errno) }
        }
        _ = try reports.marks(of: className, sheet: sheet(plan))
        let file = try reports.historyFile(of: className)
        if !plan.isAll, mayBeThere(file) { _ = try History(path: file).runs() }
        for run in plan.kept { _ = try run.place { _ in }.marks(sheet(plan)) }
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
