import GraderCore

/// The class page's part about earlier runs.
struct ProgressView: PageView {
    var sentence: String
    var improved: [Student]
    var declined: [Student]
    var understood: [Check]
    var lost: [Check]

    struct Student: PageView {
        var who: String
        var change: String
    }

    struct Check: PageView {
        var question: String
        var checkTitle: String
        var change: String
    }

    /// One run's line: when, how many, the share of the decided points that were earned.
    struct Run: PageView {
        var date: String
        var machineDate: String
        var assessed: Int
        /// In thousandths.
        var share: Int
        var percent: String
    }
}

extension ClassPage {
    /// - Parameter shown: this run last.
    func runRows(_ shown: [PastRun]) -> [ProgressView.Run] {
        let minutes = Dictionary(grouping: shown) { words.date($0.startedAt) }
        return shown.map { run in
            let isAlone = minutes[words.date(run.startedAt)]?.count == 1
            return runRow(run, toTheSecond: !isAlone)
        }
    }

    func view(_ progress: Progress) -> ProgressView {
        let date = words.date(progress.since.startedAt)
        let (up, down, same) = (progress.improved.count, progress.declined.count, progress.unchanged)
        let counts = [
            words.pick("\(up) \(up > 1 ? "progressent" : "progresse")", "\(up) improved"),
            words.pick("\(down) \(down > 1 ? "reculent" : "recule")", "\(down) fell back"),
            words.pick(
                "\(same) \(same > 1 ? "restent" : "reste") au même point", "\(same) stayed as they were"),
        ].joined(separator: ", ")
        return ProgressView(
            sentence: words.pick(
                "Par rapport au passage du \(date), sur ce qui était décidé les deux fois : \(counts).",
                "Compared with the run of \(date), by what was decided both times: \(counts)."),
            improved: progress.improved.prefix(15).map(student),
            declined: progress.declined.prefix(15).map(student),
            understood: progress.understood.prefix(8).map(check),
            lost: progress.lost.prefix(8).map(check))
    }

    private func student(_ student: Progress.Student) -> ProgressView.Student {
        let names = results.first { $0.student.id == student.id }?.student.names ?? []
        return ProgressView.Student(
            who: safe(names.isEmpty ? student.id : names.joined(separator: ", "), limit: 120),
            change: "\(student.before.formatted(language)) → \(student.now.formatted(language))")
    }

    private func check(_ check: Progress.Check) -> ProgressView.Check {
        let known = results.lazy.flatMap(\.questions).flatMap(\.checks).first { $0.result.id == check.id }
        let title = known?.result.title[language] ?? ""
        return ProgressView.Check(
            question: safe(check.id.question.rawValue, limit: 40),
            checkTitle: safe(title.isEmpty ? check.id.rawValue : title),
            change: words.pick(
                "\(check.metBefore) → \(check.metNow) sur \(check.compared)",
                "\(check.metBefore) → \(check.metNow) of \(check.compared)"))
    }

    /// - Parameter toTheSecond: where another run began in the same minute.
    private func runRow(_ run: PastRun, toTheSecond: Bool) -> ProgressView.Run {
        let sum = run.scores.values.reduce(Tally()) { $0 + $1.total }
        let share =
            sum.decided > .zero
            ? (sum.earned.thousandths * 1000 + sum.decided.thousandths / 2) / sum.decided.thousandths : 0
        let assessed = run.scores.values.count { $0.total.decided > .zero }
        let percent = sum.decided > .zero ? words.pick("\(share / 10)\u{A0}%", "\(share / 10)%") : "–"
        let date = DateText(run.startedAt, in: timeZone)
        return ProgressView.Run(
            date: date.formatted(language, toTheSecond: toTheSecond),
            machineDate: date.machineReadable, assessed: assessed, share: share, percent: percent)
    }
}
