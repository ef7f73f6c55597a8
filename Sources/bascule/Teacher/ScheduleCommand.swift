import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import VirtualClass

struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Prints the systemd timer that has each student looked at just before his deadline.",
        discussion: """
            The timer starts `grade-all --at deadline` a little before each deadline of the roster, also after a boot \
            that came too late; that reads what is done already from the runs. Extra time that is given while it \
            waits counts; a deadline that is moved before it has begun needs the timer to be printed anew.
            Exit status: 0 printed; 65 the roster or the rubric is wrong, or cannot be read without somebody at the \
            keyboard; 74 the files could not be written.
            """)

    @OptionGroup var rosterArgument: RosterArgument

    @Option(name: .long, help: "The rubric, as for grade-all.")
    var rubric: String?

    @Option(name: .long, help: "The folder for reports.")
    var reports = "reports"

    @Option(name: .long, help: "As for grade-all: pairs looked at at once.")
    var jobs = 16

    @Option(
        name: .customLong("lead"),
        help: "As for grade-all: how long before a deadline the look begins, e.g. 2m.")
    var leadText: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write the two files to this folder instead, e.g. ~/.config/systemd/user.", valueName: "folder"))
    var output: String?

    @OptionGroup var voice: VoiceOptions

    func validate() throws {
        try require(jobs >= 1, "--jobs takes a whole number from 1 on")
        _ = try lead()
    }

    private func lead() throws -> Duration? {
        guard let leadText else { return nil }
        guard let lead = DurationText.parse(leadText), DeadlineOptions.leads.contains(lead) else {
            throw ValidationError("--lead is from 5s to 1h, such as 2m")
        }
        return lead
    }

    func run() throws {
        let roster = try rosterArgument.read()
        let deadlines = Deadlines(roster.students, lead: try lead(), jobs: jobs)
        try require(
            !deadlines.looks.isEmpty,
            "\(self.roster) has no deadline: write deadline: 2026-11-27 18:00 at its head, or in a student's entry"
        )
        let language = voice.language
        let missing = try secretsOfTheEnvironment(roster, language)
        let units = TimerUnits(
            className: roster.className, command: command(try rubricFile(roster)),
            starts: deadlines.looks.map(\.begins), folder: FileManager.default.currentDirectoryPath,
            environment: missing, language: language)
        guard let output else {
            for (name, text) in units.files { print("# ——— \(name)\n\(text)") }
            return print(units.howTo(in: nil).map { "# \($0)" }.joined(separator: "\n"))
        }
        try AtomicFile.makeFolders(output)
        for (name, text) in units.files { try AtomicFile.write(text, to: "\(output)/\(name)") }
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
    private func command(_ rubric: String?) -> [String] {
        func absolute(_ path: String) -> String { URL(filePath: path).path(percentEncoded: false) }
        var words = [absolute(OwnProgram.path), "grade-all", absolute(roster), "--at", "deadline"]
        words += ["--reports", absolute(reports), "--jobs", "\(jobs)", "--plain"]
        if let rubric { words += ["--rubric", absolute(rubric)] }
        if let leadText { words += ["--lead", leadText] }
        return words
    }

    /// Names of variables that the unit has to be given.
    /// - Throws: where a password would be asked for: nobody is there to type it.
    private func secretsOfTheEnvironment(_ roster: Roster, _ language: Language) throws -> [String] {
        var names: Set<String> = []
        for source in roster.students.flatMap(\.secretSources) {
            switch source {
            case .file: continue
            case .environment(let name): names.insert(name)
            case .prompt:
                throw StoreFailure(
                    language.pick(
                        "\(self.roster) fait demander un mot de passe au clavier, et personne n'y sera : donnez passwordFile: à la place de askPassword:.",
                        "\(self.roster) has a password asked for at the keyboard, and nobody will be there: give passwordFile: in the place of askPassword:."
                    ))
            }
        }
        return names.sorted()
    }
}
