import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import VirtualClass

struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "schedule",
        LocalizedText(
            fr: "Affiche le minuteur systemd qui fait examiner chaque étudiant juste avant son échéance.",
            en: "Prints the systemd timer that has each student looked at just before his deadline."),
        LocalizedText(
            fr: """
                Le minuteur lance « grade-all --at deadline » un peu avant chaque échéance de la liste de classe, aussi \
                après un démarrage trop tardif de la machine ; les passages disent à grade-all ce qui est déjà fait. Un délai \
                accordé pendant l'attente compte ; une échéance avancée ou reculée avant qu'elle ait commencé demande \
                d'afficher à nouveau le minuteur.
                État de sortie : 0 affiché ; 65 la liste de classe ou le barème a des erreurs, ou ne peut pas être lu sans \
                quelqu'un au clavier ; 74 les fichiers n'ont pas pu être écrits.
                """,
            en: """
                The timer starts `grade-all --at deadline` a little before each deadline of the roster, also after a boot \
                that came too late; that reads what is done already from the runs. Extra time that is given while it \
                waits counts; a deadline that is moved before it has begun needs the timer to be printed anew.
                Exit status: 0 printed; 65 the roster or the rubric is wrong, or cannot be read without somebody at the \
                keyboard; 74 the files could not be written.
                """),
        examples: [
            (
                "bascule schedule",
                LocalizedText(
                    fr: "Affiche les deux fichiers et ce qu'il faut en faire.",
                    en: "Prints the two files and what to do with them.")
            ),
            (
                "bascule schedule --output ~/.config/systemd/user",
                LocalizedText(
                    fr: "Les écrit là où systemd les cherche.",
                    en: "Writes them where systemd looks for them.")
            ),
        ])

    @OptionGroup var rosterArgument: RosterArgument

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Le barème, comme pour grade-all.", en: "The rubric, as for grade-all.",
            valueName: "rubric.yaml"))
    var rubric: String?

    @Option(name: .long, help: .reportsFolder)
    var reports = "reports"

    @Option(name: .long, help: .jobs)
    var jobs = 16

    @Option(
        name: .customLong("lead"),
        help: ArgumentHelp(
            fr: "Comme pour grade-all : combien de temps avant une échéance le passage commence, p. ex. 2m.",
            en: "As for grade-all: how long before a deadline the look begins, e.g. 2m.", valueName: "2m"))
    var lead: Duration?

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Écrire plutôt les deux fichiers dans ce dossier, p. ex. ~/.config/systemd/user.",
            en: "Write the two files to this folder instead, e.g. ~/.config/systemd/user.",
            valueName: "folder"))
    var output: String?

    @OptionGroup var voice: VoiceOptions

    func validate() throws {
        try require(jobs >= 1, .jobsWanted)
        try require(lead.map(DeadlineOptions.leads.contains) ?? true, .leadBounds)
    }

    func run() throws {
        let file = try rosterArgument.file()
        let roster = try Roster.read(file: file, exercises: Sheets.all)
        let deadlines = Deadlines(roster.students, lead: lead, jobs: jobs)
        try require(!deadlines.looks.isEmpty, .noDeadline(file))
        let language = voice.language
        let missing = try secretsOfTheEnvironment(roster, file)
        let units = TimerUnits(
            className: roster.className, command: command(file, try rubricFile(roster)),
            starts: deadlines.looks.map(\.begins), folder: FileManager.default.currentDirectoryPath,
            environment: missing, language: language)
        guard let output else {
            for (name, text) in units.files { print("# ——— \(name)\n\(text)") }
            return print(units.howTo(in: nil).map { "# \($0)" }.joined(separator: "\n"))
        }
        try AtomicFile.makeFolders(output)
        for (name, text) in units.files { try WholeOutput.put(text, in: "\(output)/\(name)") }
        for line in units.howTo(in: output) { print(line) }
    }

    /// Read now, so that its mistakes are not found when it is due.
    private func rubricFile(_ roster: Roster) throws -> String? {
        _ = try Sheets.read(
            rubric: try rubric ?? RunOptions.defaultRubric(roster.exercise),
            for: Sheets.named(roster.exercise))
        return rubric
    }

    /// With absolute paths: who starts it is somewhere else.
    private func command(_ roster: String, _ rubric: String?) -> [String] {
        func absolute(_ path: String) -> String { URL(filePath: path).path(percentEncoded: false) }
        var words = [absolute(OwnProgram.path), "grade-all", absolute(roster), "--at", "deadline"]
        words += ["--reports", absolute(reports), "--jobs", "\(jobs)", "--plain"]
        if let rubric { words += ["--rubric", absolute(rubric)] }
        if let lead { words += ["--lead", lead.defaultValueDescription] }
        return words
    }

    /// Names of variables that the unit has to be given.
    /// - Throws: where a password would be asked for: nobody is there to type it.
    private func secretsOfTheEnvironment(_ roster: Roster, _ file: String) throws -> [String] {
        var names: Set<String> = []
        for source in roster.students.flatMap(\.secretSources) {
            switch source {
            case .file: continue
            case .environment(let name): names.insert(name)
            case .prompt:
                throw StoreFailure(
                    fr:
                        "\(file) fait demander un mot de passe au clavier, et personne n'y sera : donner passwordFile: à la place de askPassword:.",
                    en:
                        "\(file) has a password asked for at the keyboard, and nobody will be there: give passwordFile: in the place of askPassword:."
                )
            }
        }
        return names.sorted()
    }
}
