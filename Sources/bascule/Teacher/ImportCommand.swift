import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import InputFiles
import NetworkProbes
import Reports

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "import",
        LocalizedText(
            fr: """
                Prend ce que des étudiants ont relevé eux-mêmes de leurs machines et rendu (check --local --hand-in), comme \
                nouveau passage.
                """,
            en:
                "Takes in what students have handed in of their own machines (check --local --hand-in), as a new run."
        ),
        LocalizedText(
            fr: """
                Les parties de chaque étudiant sont réunies et jugées selon la liste de classe ; le relevé est marqué \
                partout comme fait par l'étudiant, non vérifié. Tous les autres restent comme au dernier passage. Le nom du \
                fichier, ou de son dossier, dit de qui il vient, comme pour « answers » : l'identifiant ou le nom de \
                l'étudiant, ou NOM_NUMÉRO_… de Moodle ; à défaut, ce qu'il dit lui-même. Un fichier abîmé, modifié, d'un \
                autre étudiant ou trop ancien est signalé et laissé de côté.
                État de sortie : 0 tous les fichiers ont été pris et tout a pu être évalué ; 2 un fichier n'a pas été pris, \
                ou quelque chose n'a pas pu être évalué ; 65 la liste de classe ou le barème a des erreurs, ou c'est un \
                examen ; 69 unzip manque ; 74 quelque chose n'a pas pu être écrit ; 75 un autre bascule fait un passage de \
                la classe.
                """,
            en: """
                The parts of each student are put together and judged by the roster; the run is marked everywhere as \
                collected by the student, not verified. All others of the class are as in the latest run. Whose a file is \
                its name says, or its folder's, as for `answers`: the student's id or name, or Moodle's NAME_NUMBER_…; \
                otherwise what it says itself. A file that is damaged, edited, another student's or too old is said and \
                left out.
                Exit status: 0 every file was taken and all of it could be assessed; 2 a file was not taken, or something \
                could not be assessed; 65 the roster or the rubric is wrong, or it is an exam; 69 unzip is not there; \
                74 something could not be written; 75 another bascule makes a run of the class.
                """),
        usage: String(
            fr: "bascule import [<class.yaml>] <fichier> ... [<options>]",
            en: "bascule import [<class.yaml>] <file> ... [<options>]"),
        examples: [
            (
                "bascule import dupont-1.zip dupont-2.zip",
                LocalizedText(
                    fr: "Les deux machines d'un étudiant de class.yaml.",
                    en: "The two machines of a student of class.yaml.")
            ),
            (
                "bascule import devoir.zip --not-before 2026-11-27",
                LocalizedText(
                    fr: "Le zip d'un devoir Moodle ; rien d'antérieur à ce jour.",
                    en: "Moodle's zip of an assignment; nothing from before that day.")
            ),
        ])
    @Argument(
        help: ArgumentHelp(
            fr:
                "Des zips, des dossiers de zips, ou le zip d'un devoir de Moodle ; devant, au besoin, la liste de classe.",
            en:
                "Zips, folders of them, or Moodle's zip of an assignment; in front, where needed, the roster.",
            valueName: "file"))
    var words: [String]

    @Option(
        name: .customLong("not-before"),
        help: ArgumentHelp(
            fr:
                "Refuser ce qui a été relevé avant ce jour ou ce moment, à l'horloge de la machine, p. ex. 2026-11-27.",
            en:
                "Refuse what was collected before this day or moment, by the machine's clock, e.g. 2026-11-27.",
            valueName: "date"))
    var notBefore: String?

    @Option(
        name: .customLong("replace-live"),
        help: ArgumentHelp(
            fr: "Prendre les fichiers de cet étudiant même si bascule a vu ses machines ; peut se répéter.",
            en: "Take this student's files although the grader has seen the machines; several times.",
            valueName: "id"))
    var replaceLive: [String] = []

    @Option(name: .long, help: .namesTable)
    var names: String?

    @OptionGroup var options: RunOptions
    @OptionGroup var pages: PageOptions

    /// A roster is YAML, what is handed in never is.
    private var namesRoster: Bool {
        words.first.map { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") } ?? false
    }

    private var files: [String] { Array(words.dropFirst(namesRoster ? 1 : 0)) }

    private var rosterArgument: RosterArgument {
        var argument = RosterArgument()
        argument.given = namesRoster ? words.first : nil
        return argument
    }

    func validate() throws {
        try require(
            !files.isEmpty,
            LocalizedText(
                fr: "dire quels fichiers : bascule import *.zip", en: "say which files: bascule import *.zip")
        )
        try require(
            options.questions.isEmpty,
            LocalizedText(
                fr: "un rendu est jugé en entier : ne pas donner --question",
                en: "a hand-in is judged as a whole: leave --question out"))
    }

    func run() async throws {
        let roster = try rosterArgument.read()
        _ = try roster.students(replaceLive)
        ReportsFolder(options.reports).tellOfUnfinished(roster.className)
        let grader = try options.grader(roster.exercise, acceptsExcerpt: true)
        guard !roster.isExam, !grader.rubric.isExam else {
            throw HandInCheck.examRefusal
        }
        var work = try HandInImport(
            roster, by: grader, into: ReportsFolder(options.reports),
            session: Composition.ownPrograms())
        work.theme = try pages.pageTheme()
        let known = try ReportsFolder(options.reports).knownStudents(of: roster.className)
        let ids = (roster.students.map(\.identity) + known).map(\.id)
        work.names = try names.map { try IdentifierFile.read(file: $0, of: ids) } ?? [:]
        work.replaceLive = Set(replaceLive)
        work.notBefore = try notBefore.map { text in
            guard let date = RosterMoment.beginning(text, roster.timeZone ?? .current) else {
                throw ValidationError(
                    fr:
                        "--not-before prend un jour ou un moment, par exemple 2026-11-27 ou \"2026-11-27 14:00\"",
                    en: "--not-before takes a day or a moment such as 2026-11-27 or \"2026-11-27 14:00\"")
            }
            return date
        }
        let progress = RunProgress(
            console: Console(), students: roster.students.map(\.identity), language: options.language,
            json: options.json)
        let outcome: HandInImport.Outcome
        do {
            outcome = try await Signals.ending { [work, files] in
                try await work.run(files) { progress.note($0) }
            }
        } catch let refusal as GradingRefusal {
            Inputs.complain(refusal.sentence[options.language])
            throw Exit.busy
        }
        try end(outcome, of: roster)
    }

    private func end(_ outcome: HandInImport.Outcome, of roster: Roster) throws {
        let language = options.language
        for refusal in outcome.refusals { Inputs.complain(refusal[language]) }
        let ids = Set(outcome.taken.map(\.id))
        let results = (outcome.run?.results ?? []).filter { ids.contains($0.student.id) }
        if !options.json {
            for result in results {
                for line in ConfirmationList(result).lines(language) { print(line) }
                for line in AnomalyWords.lines(result, language: language) { print(line) }
            }
            for anomaly in outcome.run?.anomalies ?? [] {
                print("? " + AnomalyWords.line(anomaly, language: language))
            }
            print(
                language.pick(
                    "\(results.count) étudiant\(results.count.plural(.french)) pris, non vérifié\(results.count.plural(.french)) ; \(outcome.known) déjà pris ; \(outcome.refusals.count) fichier\(outcome.refusals.count.plural(.french)) refusé\(outcome.refusals.count.plural(.french)).",
                    "\(results.count) student\(results.count.plural(.english)) taken, not verified; \(outcome.known) taken before; \(outcome.refusals.count) file\(outcome.refusals.count.plural(.english)) refused."
                ))
            if let run = outcome.run, run.run.isFinished {
                let page = run.run.path("index.html")
                print(language.pick("Page de la classe : \(page)", "Class page: \(page)"))
                let next = NextStep.after(run, of: roster.className, in: options.reports)
                if let line = next?.line(language) { print(line) }
            }
        }
        try Exit.endUnlessKept(outcome.run)
        if !outcome.refusals.isEmpty || (outcome.run?.isIncomplete(of: ids) ?? false) {
            throw Exit.notAssessed
        }
    }
}
