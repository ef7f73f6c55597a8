import ArgumentParser
import ClassRun
import GraderCore
import Reports

struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Puts runs of several rooms or graders, or a retake, together as one class.",
        discussion: """
            Everybody's evidence is judged anew by one rubric, as a new run of the class --class; the runs themselves stay as \
            they are. Of several looks at a student the last in time counts, and in questions for which the rubric says \
            `runs: best` the best; the pages say so, and where everybody's come from. Marks and answers come along where \
            the class has none.
            Exit status as for grade-all; 65 also where the runs do not go together, and then nothing is written.
            """)

    @Argument(
        help: ArgumentHelp("The folders of the runs, e.g. reports/sio2-a/latest.", valueName: "run"))
    var runs: [String]

    @Option(
        name: .customLong("class"),
        help: "What the class is called that they make; the runs' own where they are of one class.")
    var className: String?

    @Option(name: .long, help: "The class's title; the runs' own where they have the same.")
    var title: String?

    @Option(
        name: .long,
        help:
            "What an id means that several classes have: same (one student) or per-class (CLASS-ID from then on); names decide where it is not given."
    )
    var ids: SharedIDs?

    @OptionGroup var options: RunOptions
    @OptionGroup var pages: PageOptions

    func validate() throws {
        try require(options.questions.isEmpty, "merge judges what the runs asked: leave --question out")
    }

    func run() throws {
        let theme = try pages.pageTheme()
        let merge = try ClassMerge(
            runs, into: ReportsFolder(options.reports), className: className, title: title, sharedIDs: ids,
            remark: Inputs.complain(_:))
        let grader = try options.grader(merge.manifest.exercise)
        for doubt in merge.doubts { Inputs.complain(doubt) }
        let progress = RunProgress(
            console: Console(), students: merge.manifest.students, language: options.language,
            json: options.json)
        let outcome = try merge.carryOut(by: grader, theme: theme) { progress.note($0) }
        progress.end(outcome)
        try Exit.endUnlessKept(outcome)
        if !outcome.missing.isEmpty || outcome.results.contains(where: \.hasUnassessed) {
            throw Exit.notAssessed
        }
    }
}

extension SharedIDs: ExpressibleByArgument {}
