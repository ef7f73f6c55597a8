import Foundation
import GraderCore

/// What is done about runs after a student's deadline: they are kept and marked late, and the mark of the last run in
/// time stands, whatever has become of that run since.
extension RunPlace {
    /// The result with its lateness, or without where it is in time.
    func dated(_ result: GradedResult) -> GradedResult {
        var dated = result
        dated.lateness = nil
        guard let deadline = manifest.deadlines?[result.student.id], result.collectedAt > deadline else {
            return dated
        }
        dated.lateness = Lateness(
            deadline: deadline,
            late: Lateness.Look(run: folder.name, collectedAt: result.collectedAt, score: result.score),
            // Beside a copy elsewhere lies no other run: what it says itself holds.
            standing: isInClassFolder ? lastInTime(result, deadline) : result.lateness?.standing)
        return dated
    }

    /// What the last run in time found; nil where there is none, it cannot be read, or it cannot count.
    private func standing(for result: GradedResult) -> GradedResult? {
        guard result.isLate, let lateness = result.lateness, let name = lateness.standing?.run,
            SafeName.isValid(name)
        else { return nil }
        let run = RunFolder(path: "\(folder.classFolder)/\(name)")
        guard let standing = try? run.result(of: result.student.id), standing.exercise == manifest.exercise,
            // The name of a run that is gone may be another's by now; and what was late once is not where time was given.
            standing.collectedAt <= lateness.deadline, run.sawSomething(standing)
        else { return nil }
        return standing
    }

    /// The results whose marks count: where one is late, the last in time, which says that there is a late one. Where that
    /// cannot be read nobody's mark stands in its place, least of all the late one: who has none then, and why.
    func current(_ results: [GradedResult]) -> (results: [GradedResult], unread: [NoResult]) {
        guard results.contains(where: { $0.lateness?.standing != nil }) else { return (results, []) }
        var quiet = self
        quiet.remark = { _ in }
        var unread: [NoResult] = []
        let inTime = results.compactMap { stored -> GradedResult? in
            guard stored.isLate, stored.lateness?.standing != nil else { return stored }
            // An older Bascule took another lab sheet's run too, and one that saw nothing.
            let result = standing(for: stored) == nil ? quiet.dated(stored) : stored
            guard var lateness = result.lateness, let look = lateness.standing else { return result }
            guard var standing = standing(for: result) else {
                unread.append(NoResult(result.student, .notSeen(Self.unreadable(look))))
                return nil
            }
            lateness.late.score = result.score
            standing.lateness = lateness
            return standing
        }
        // The teacher's marks as they are now, not as they were then.
        guard let marks = try? marks(MarkableSheet(inTime, isWhole: false)) else { return (inTime, unread) }
        let marked = inTime.map { result -> GradedResult in
            guard result.lateness != nil, !result.isLate else { return result }
            var marked = result.applying(marks.students[result.student.id])
            marked.lateness?.standing?.score = marked.score
            return marked
        }
        return (marked, unread)
    }

    private static func unreadable(_ look: Lateness.Look) -> LocalizedText {
        func points(_ language: Language) -> (earned: String, decided: String) {
            (look.score.earned.formatted(language), look.score.decided.formatted(language))
        }
        return LocalizedText(
            fr: """
                pas de note donnée : celle qui compte est du passage \(look.run), à temps (\(points(.french).earned) sur \
                \(points(.french).decided) alors notés), qui n'est pas lisible à côté de celui-ci, et ce qui a été vu en \
                retard ne la remplace pas : remettre ce passage en place, ou le noter de nouveau (bascule score)
                """,
            en: """
                no mark given: the one that counts is of the run \(look.run), in time (\(points(.english).earned) of \
                \(points(.english).decided) marked then), which cannot be read beside this one, and what was seen late does \
                not stand in its place: put that run back, or score it again (bascule score)
                """)
    }

    /// The last look of this exercise before the deadline that saw something; `score` makes newer runs of the same
    /// evidence, and the newest counts. What the student collected does not stand in the place of what a grader saw.
    private func lastInTime(_ late: GradedResult, _ deadline: Date) -> Lateness.Look? {
        let student = late.student.id
        var best: Lateness.Look?
        func take(_ look: Lateness.Look) {
            guard look.collectedAt <= deadline, best.map({ $0.collectedAt < look.collectedAt }) ?? true else {
                return
            }
            best = look
        }
        var all: [ClassLooks.Found] = []
        do throws(StoreFailure) {
            all = try (looks ?? ClassLooks(reports, of: manifest.className)).all(of: student)
        } catch { remark(error.sentence) }
        // What late looks say of one in time: where its run is gone, or cannot be read any more, that is left of it.
        var noted = [late.lateness?.standing]
        var read: Set<String> = []
        let own = folder.name
        for (run, result) in all where run != own && !leaving.contains(run) {
            let found: ClassLooks.Look
            do throws(StoreFailure) { found = try result.get() } catch {
                remark(
                    LocalizedText(
                        fr: "\(error.sentence) Ce relevé n'a donc pas pu compter à l'échéance de \(student).",
                        en:
                            "\(error.sentence) That look could therefore not count at the deadline of \(student)."
                    ))
                continue
            }
            read.insert(run)
            guard found.exercise == manifest.exercise, late.handIn != nil || !found.isHandIn else { continue }
            noted.append(found.standing)
            if found.sawSomething { take(found.look) }
        }
        noted.append((try? source?.result(of: student))?.lateness?.standing)
        for look in noted.compactMap(\.self) where !read.contains(look.run) && !leaving.contains(look.run) {
            take(look)
        }
        return best
    }
}

extension RunFolder {
    /// Whether a look saw anything of the machines, whatever the teacher has decided since. By the result where that
    /// tells: a class may have hundreds of runs.
    func sawSomething(_ result: GradedResult) -> Bool {
        if result.instability != nil { return false }
        if result.unreachable.isEmpty { return true }
        guard let evidence = try? evidence(of: result.student.id) else {
            return result.applying(nil).score.decided > .zero
        }
        return evidence.nothingToJudge == nil
    }
}
