import ArgumentParser
import ClassRun
import GraderCore
import Reports

struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "merge",
        LocalizedText(
            fr:
                "Réunit en une classe les passages de plusieurs salles ou de plusieurs correcteurs, ou un rattrapage.",
            en: "Puts runs of several rooms or graders, or a retake, together as one class."),
        LocalizedText(
            fr: """
                Les observations de chacun sont jugées à nouveau avec un seul barème, comme nouveau passage de la classe \
                --class ; les passages eux-mêmes restent tels quels. De plusieurs passages d'un étudiant, c'est le dernier qui \
                compte, et pour les questions où le barème dit `runs: best`, le meilleur ; les pages le disent, et d'où \
                vient chacun. Notes et réponses viennent avec, là où la classe n'en a pas.
                État de sortie comme pour grade-all ; 65 aussi si les passages ne vont pas ensemble, et rien n'est alors \
                écrit.
                """,
            en: """
                Everybody's evidence is judged anew by one rubric, as a new run of the class --class; the runs themselves \
                stay as they are. Of several looks at a student the last in time counts, and in questions for which the \
                rubric says `runs: best` the best; the pages say so, and where everybody's come from. Marks and answers \
                come along where the class has none.
                Exit status as for grade-all; 65 also where the runs do not go together, and then nothing is written.
                """),
        examples: [
            (
                "bascule merge reports/sio2-a/latest reports/sio2-b/latest --class sio2",
                LocalizedText(
                    fr: "Deux demi-groupes réunis en une classe sio2.",
                    en: "Two half-groups, together as a class sio2.")
            )
        ])

    @Argument(
        help: ArgumentHelp(
            fr: "Les dossiers des passages, p. ex. reports/sio2-a/latest.",
            en: "The folders of the runs, e.g. reports/sio2-a/latest.", valueName: "run"))
    var runs: [String]

    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(
            fr: "Le nom de la classe qu'ils forment ; à défaut la leur, s'ils sont d'une seule classe.",
            en: "What the class is called that they make; the runs' own where they are of one class.",
            valueName: "name"))
    var className: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "L'intitulé de la classe ; à défaut le leur, s'ils ont le même.",
            en: "The class's title; the runs' own where they have the same.",
            valueName: String(fr: "titre", en: "title")))
    var title: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: """
                Ce que veut dire un identifiant que plusieurs classes ont : same (un seul étudiant) ou per-class \
                (CLASSE-ID désormais) ; à défaut, les noms en décident.
                """,
            en: """
                What an id means that several classes have: same (one student) or per-class (CLASS-ID from then on); \
                names decide where it is not given.
                """, valueName: "same|per-class"))
    var ids: SharedIDs?

    @OptionGroup var options: RunOptions
    @OptionGroup var pages: PageOptions

    func validate() throws {
        try require(
            options.questions.isEmpty,
            LocalizedText(
                fr: "merge juge ce que les passages demandaient : ne pas donner --question",
                en: "merge judges what the runs asked: leave --question out"))
    }

    func run() throws {
        let theme = try pages.pageTheme()
        let merge = try ClassMerge(
            runs, into: ReportsFolder(options.reports), className: className, title: title, sharedIDs: ids,
            remark: Inputs.complain(_:))
        ReportsFolder(options.reports).tellOfUnfinished(merge.manifest.className)
        let grader = try options.grader(merge.manifest.exercise)
        for doubt in merge.doubts { Inputs.complain(doubt) }
        let console = Console()
        let progress = RunProgress(
            console: console, students: merge.manifest.students, language: options.language,
            json: options.json)
        let outcome = try merge.carryOut(by: grader, theme: theme) { progress.note($0) }
        progress.end(outcome)
        if !options.json {
            console.next(.after(outcome, of: merge.manifest.className, in: options.reports))
        }
        try Exit.endUnlessKept(outcome)
        if !outcome.missing.isEmpty || outcome.results.contains(where: \.hasUnassessed) {
            throw Exit.notAssessed
        }
    }
}

extension SharedIDs: ExpressibleByArgument {}
