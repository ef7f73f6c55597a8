import ClassRun
import Exercises
import GraderCore
import Reports

/// By what a run is judged and shown, read and found to be right before any machine is touched.
struct Judging {
    var grader: Grader
    var theme: PageTheme?
    var drills: DrillRequest?

    /// The questions that are looked at, in the order of the sheet.
    var columns: [QuestionID] {
        (grader.exercise.prerequisitesDefinition.map { [$0.id] } ?? [])
            + grader.exercise.questionDefinitions.map(\.id).filter { grader.questions?.contains($0) ?? true }
    }
}

extension GradeAllCommand {
    func judging(_ exercise: String) throws -> Judging {
        let grader = try options.grader(exercise)
        return Judging(
            grader: grader, theme: try pages.pageTheme(),
            drills: try drillOptions.request(of: grader.exercise))
    }

    /// `--events -` is another way to say --json.
    var printsJSON: Bool { options.json || events == "-" }

    var waitsForDeadlines: Bool { deadlineOptions.moment != nil }

    /// Whether the command goes on after a run.
    var makesSeveralRuns: Bool { repeatOptions.every != nil || waitsForDeadlines }

    /// What earlier runs left that the teacher should know of.
    func tellOfLeftovers(_ className: String, in reports: ReportsFolder, _ console: Console) {
        for sentence in reports.openDrills(of: className) { console.line(sentence[options.language]) }
        for remark in reports.remarksOnUnfinished(className) { Inputs.complain(remark) }
    }

    func eventStream() throws -> EventStream? {
        drillOptions.isDryRun || events == "-" ? nil : try events.map { try EventStream(path: $0) }
    }

    func classGrader(
        _ roster: Roster, _ judging: Judging, _ transports: Transports
    ) -> ClassGrader {
        ClassGrader(
            roster, collector: judging.grader.collector, grader: judging.grader,
            reports: ReportsFolder(options.reports), transports: transports, theme: judging.theme,
            jobs: OpenFiles.fitting(jobs),
            pairDeadline: patience.limit)
    }
}
