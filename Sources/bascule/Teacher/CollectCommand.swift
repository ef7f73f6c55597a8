import ArgumentParser
import ClassRun
import Exercises
import GraderCore

struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "collect",
        LocalizedText(
            fr: "Relève les machines d'une classe sans rien juger ; « bascule score » juge ensuite.",
            en: "Collects the evidence of a class and judges nothing; `score` does, later."),
        LocalizedText(
            fr: """
                État de sortie : 0 toutes les machines ont été vues ; 2 certaines n'ont pas pu l'être ; 65 la liste de \
                classe a des erreurs ; 74 le relevé n'a pas pu être écrit.
                """,
            en: """
                Exit status: 0 every node was looked at; 2 some could not be; 65 the roster is wrong; 74 the evidence could \
                not be written.
                """),
        examples: [
            (
                "bascule collect",
                LocalizedText(
                    fr: "Relève toute la classe de class.yaml.",
                    en: "Collects from the whole class of class.yaml.")
            ),
            (
                "bascule collect --student dupont --student martin",
                LocalizedText(fr: "Ces deux étudiants seulement.", en: "Only these two students.")
            ),
        ])

    @OptionGroup var rosterArgument: RosterArgument

    @OptionGroup var voice: VoiceOptions

    @Option(name: .long, help: .reportsFolder)
    var reports = "reports"

    @Option(name: .customLong("student"), help: .onlyStudents)
    var only: [String] = []

    @Option(name: .long, help: .jobs)
    var jobs = 16

    func validate() throws { try require(jobs >= 1, .jobsWanted) }

    func run() async throws {
        let console = Console()
        let roster = try rosterArgument.read()
        let exercise = try Sheets.named(roster.exercise)
        let students = try roster.students(only)
        let secrets = try Composition.secrets(students)
        let progress = RunProgress(
            console: console, students: students.map(\.identity), machines: students,
            language: Language.current,
            json: false)
        // Until it is whole, its run looks like one that was cut off.
        guard case .granted(let claim) = try await ReportsFolder(reports).claimGrading(of: roster.className)
        else {
            throw GradingClaim.refusal(of: roster.className)
        }
        defer { claim.end() }
        let (outcome, wasInterrupted) = try await Composition.working(threads: 2) { group in
            let grader = ClassGrader(
                roster, collector: PairCollector(exercise: exercise, collector: basculeVersion), grader: nil,
                reports: ReportsFolder(reports), transports: .ssh(group, secrets),
                jobs: OpenFiles.fitting(jobs))
            return try await grader.grade(RunOrder(students)) { progress.note($0) }
        }
        progress.end(outcome)
        if !outcome.collected.isEmpty {
            let place = reports == "reports" ? [] : ["--reports", reports]
            console.next(
                NextStep(
                    ["score", outcome.run.path] + place, fr: "juge ce relevé", en: "judges this evidence"))
        }
        if wasInterrupted { throw Exit.interrupted }
        try Exit.endUnlessKept(outcome)
        let isIncomplete = outcome.collected.contains { !$0.unreachable.isEmpty || $0.instability != nil }
        if isIncomplete || outcome.collected.count < students.count { throw Exit.notAssessed }
    }
}
