import GraderCore

/// The class page's part about earlier runs.
extension ClassPage {
    var progressFields: PageFields {
        let run = asPastRun
        let earlier = run.predecessors(in: history)
        let progress = Progress(of: run, since: earlier)
        let shown = earlier.suffix(7) + [run]
        let minutes = Dictionary(grouping: shown) { words.date($0.startedAt) }
        let runs = shown.map { run in
            let isAlone = minutes[words.date(run.startedAt)]?.count == 1
            return runRow(run, toTheSecond: !isAlone)
        }
        return [
            "hasProgress": progress != nil,
            "hasMoved": progress?.hasMoved ?? true,
            "progress": progress.map(fields) ?? [:],
            "hasRuns": !earlier.isEmpty,
            "runs": runs,
        ]
    }

    private func fields(_ progress: Progress) -> PageFields {
        let date = words.date(progress.since.startedAt)
        func people(_ number: Int, _ fr: (String, String), _ en: String) -> String {
            words.pick("\(number) \(number > 1 ? fr.1 : fr.0)", "\(number) \(en)")
        }
        let counts = [
            people(progress.improved.count, ("progresse", "progressent"), "improved"),
            people(progress.declined.count, ("recule", "reculent"), "fell back"),
            people(
                progress.unchanged, ("reste au même point", "restent au même point"), "stayed as they were"),
        ].joined(separator: ", ")
        return [
            "sentence": words.pick(
                "Par rapport au passage du \(date), sur ce qui était décidé les deux fois : \(counts).",
                "Compared with the run of \(date), by what was decided both times: \(counts)."),
            "hasImproved": !progress.improved.isEmpty, "improved": progress.improved.prefix(15).map(student),
            "hasDeclined": !progress.declined.isEmpty, "declined": progress.declined.prefix(15).map(student),
            "hasUnderstood": !progress.understood.isEmpty,
            "understood": progress.understood.prefix(8).map(check),
            "hasLost": !progress.lost.isEmpty, "lost": progress.lost.prefix(8).map(check),
        ]
    }

    private func student(_ student: Progress.Student) -> PageFields {
        let names = results.first { $0.student.id == student.id }?.student.names ?? []
        return [
            "who": safe(names.isEmpty ? student.id : names.joined(separator: ", "), limit: 120),
            "change": "\(student.before.formatted(language)) → \(student.now.formatted(language))",
        ]
    }

    private func check(_ check: Progress.Check) -> PageFields {
        let known = results.lazy.flatMap(\.questions).flatMap(\.checks).first { $0.result.id == check.id }
        let title = known?.result.title[language] ?? ""
        return [
            "question": safe(check.id.question.rawValue, limit: 40),
            "checkTitle": safe(title.isEmpty ? check.id.rawValue : title),
            "change": words.pick(
                "\(check.metBefore) → \(check.metNow) sur \(check.compared)",
                "\(check.metBefore) → \(check.metNow) of \(check.compared)"),
        ]
    }

    /// One run's line: when, how many, the share of the decided points that were earned.
    /// - Parameter toTheSecond: where another run began in the same minute.
    private func runRow(_ run: PastRun, toTheSecond: Bool) -> PageFields {
        let sum = run.scores.values.reduce(Tally()) { $0 + $1.total }
        let share =
            sum.decided > .zero
            ? (sum.earned.thousandths * 1000 + sum.decided.thousandths / 2) / sum.decided.thousandths : 0
        let assessed = run.scores.values.count { $0.total.decided > .zero }
        let percent = sum.decided > .zero ? words.pick("\(share / 10)\u{A0}%", "\(share / 10)%") : "–"
        let date = DateText(run.startedAt, in: timeZone)
        return [
            "date": date.formatted(language, toTheSecond: toTheSecond),
            "machineDate": date.machineReadable, "assessed": assessed,
            "share": share, "percent": percent,
        ]
    }
}
