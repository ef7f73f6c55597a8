import Foundation
import GraderCore

/// What is done about runs after a student's deadline: they are kept and marked late, and the mark of the last run in
/// time stands.
extension RunPlace {
    /// The result with its lateness, or without where it is in time.
    func dated(_ result: GradedResult) -> GradedResult {
        var dated = result
        dated.lateness = nil
        guard let deadline = manifest.deadlines?[result.student.id], result.collectedAt > deadline else {
            return dated
        }
        let standing =
            isInClassFolder
            ? lastInTime(result.student.id, deadline, acceptsHandIn: result.handIn != nil) : nil
        dated.lateness = Lateness(
            deadline: deadline,
            late: Lateness.Look(run: folder.name, collectedAt: result.collectedAt, score: result.score),
            standing: standing.map { run, result in
                Lateness.Look(run: run.name, collectedAt: result.collectedAt, score: result.score)
            })
        return dated
    }

    /// What the last run in time found; nil of a result that is in time itself, or where there is none.
    private func standing(for result: GradedResult) -> GradedResult? {
        guard result.isLate, let run = result.lateness?.standing?.run else { return nil }
        return try? RunFolder(path: "\(folder.classFolder)/\(run)").result(of: result.student.id)
    }

    /// The results whose marks count: where one is late, the last in time, which says that there is a late one.
    func current(_ results: [GradedResult]) -> [GradedResult] {
        guard results.contains(where: { $0.lateness?.standing != nil }) else { return results }
        let inTime = results.map { stored -> GradedResult in
            // An older Bascule took another lab sheet's run, too.
            let isOther = standing(for: stored).map { $0.exercise != manifest.exercise } ?? false
            let result = isOther ? dated(stored) : stored
            guard var lateness = result.lateness, var standing = standing(for: result) else { return result }
            lateness.late.score = result.score
            standing.lateness = lateness
            return standing
        }
        // The teacher's marks as they are now, not as they were then.
        guard let marks = try? marks(MarkableSheet(inTime, isWhole: false)) else { return inTime }
        return inTime.map { result in
            guard result.lateness != nil, !result.isLate else { return result }
            var marked = result.applying(marks.students[result.student.id])
            marked.lateness?.standing?.score = marked.score
            return marked
        }
    }

    /// The last run of this exercise that found something out before the deadline; `score` makes newer ones of the same
    /// evidence, and the newest counts.
    /// - Parameter acceptsHandIn: whether what the student collected may stand: not in the place of what a grader saw.
    private func lastInTime(
        _ student: String, _ deadline: Date, acceptsHandIn: Bool
    ) -> (RunFolder, GradedResult)? {
        let runs = (try? classRuns()) ?? []
        var best: (RunFolder, GradedResult)?
        for run in runs.reversed() where run.name != folder.name && run.hasResult(of: student) {
            let result: GradedResult
            do { result = try run.result(of: student) } catch {
                remark(
                    LocalizedText(
                        fr: "\(error.sentence) Ce relevé n'a donc pas pu compter à l'échéance de \(student).",
                        en:
                            "\(error.sentence) That look could therefore not count at the deadline of \(student)."
                    ))
                continue
            }
            guard result.exercise == manifest.exercise, result.collectedAt <= deadline,
                result.score.decided > .zero, acceptsHandIn || result.handIn == nil
            else { continue }
            if let found = best, found.1.collectedAt >= result.collectedAt { continue }
            best = (run, result)
        }
        return best
    }
}
