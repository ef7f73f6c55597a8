import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import InputFiles
import Reports

struct CheckCommand: AsyncParsableCommand {
    @OptionGroup var rosterArgument: RosterArgument

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "L'identifiant de l'étudiant ; inutile si la liste n'en a qu'un.",
            en: "The student's id; not needed where the roster has only one.", valueName: "id"))
    var student: String?

    @OptionGroup var own: OwnLabOptions

    @OptionGroup var options: RunOptions
    @OptionGroup var drillOptions: DrillOptions
    @OptionGroup var watchOptions: WatchOptions

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Sur l'une des machines : regarder celle-ci sans SSH, et dire ce qui ne se voit pas d'ici.",
            en: "On one of the machines: look at this machine without SSH, and say what is not seen."))
    var local = false

    @Option(
        name: .customLong("hand-in"),
        help: ArgumentHelp(
            fr:
                "Avec --local : écrire aussi le relevé dans ce zip, à rendre là où le correcteur ne peut pas venir ; une fois sur chaque machine.",
            en:
                "With --local: also write what was seen to this zip, to be handed in where the grader cannot come; once on each machine.",
            valueName: "file.zip"))
    var handIn: String?

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr:
                "Afficher le fichier où écrire ses réponses, sans rien regarder : un titre par question rédigée.",
            en:
                "Print the file to write your answers in, and look at nothing: a heading for each written question."
        ))
    var template = false

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Afficher aussi les indices, si le barème les montre.",
            en: "Print the hints too, where the rubric shows them."))
    var hints = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr:
                "Seulement les indices de cette question, p. ex. Q3 : ce qui n'est pas obtenu, et pourquoi cela compte.",
            en: "Only hints for this question, e.g. Q3: what is not met, and why it matters.",
            valueName: "question"))
    var hint: String?

    @Option(
        name: .customLong("hint-level"),
        help: ArgumentHelp(
            fr:
                "1 : pourquoi cela compte ; 2 : quoi regarder ; 3 : avec quelle commande, et ce qu'elle a montré.",
            en: "1: why it matters; 2: what to look at; 3: with which command, and what it showed.",
            valueName: "1-3"))
    var hintLevel = 1

    @OptionGroup var patience: PatienceOptions

    func validate() throws {
        guard !template else { return }
        try require(
            hasRoster || own.isGiven,
            LocalizedText(
                fr:
                    "donner la liste de classe (class.yaml) ; sur l'une des machines de la paire : check --local \(OwnLabOptions.example)",
                en:
                    "give the roster (class.yaml); on one of the pair's own machines: check --local \(OwnLabOptions.example)"
            ))
        try require(
            rosterArgument.given == nil || !own.isGiven,
            LocalizedText(
                fr:
                    "\(OwnLabOptions.fewNames) et les autres remplacent une liste de classe : ne donner que l'un des deux",
                en: "\(OwnLabOptions.fewNames) and their like stand in for a roster: leave one of the two out"
            ))
        try require(
            local || !own.isGiven,
            LocalizedText(
                fr: "\(OwnLabOptions.fewNames) et les autres ne vont pas sans --local",
                en: "\(OwnLabOptions.fewNames) and their like go with --local"))
        try require(
            1...RubricQuestion.mostHints ~= hintLevel,
            LocalizedText(
                fr: "--hint-level va de 1 à \(RubricQuestion.mostHints)",
                en: "--hint-level is from 1 to \(RubricQuestion.mostHints)"))
        try require(
            !watchOptions.isOn || hint == nil,
            LocalizedText(fr: "--watch et --hint s'excluent", en: "--watch and --hint do not go together"))
        try require(
            handIn?.lowercased().hasSuffix(".zip") ?? true,
            LocalizedText(
                fr: "--hand-in prend un nom qui finit par .zip",
                en: "--hand-in takes a name that ends in .zip"))
        try require(
            handIn == nil || local,
            LocalizedText(
                fr: "--hand-in ne va pas sans --local, sur chacune des machines",
                en: "--hand-in goes with --local, on each of the machines"))
        try require(
            handIn == nil
                || !watchOptions.isOn && hint == nil && options.questions.isEmpty
                    && drillOptions.list == nil,
            LocalizedText(
                fr: "--hand-in regarde tout le TP, une fois : sans --watch, --hint, --question ni --drills",
                en:
                    "--hand-in looks at the whole sheet, once: leave out --watch, --hint, --question and --drills"
            ))
        try require(
            !watchOptions.isOn || drillOptions.list == nil,
            LocalizedText(
                fr: "--watch ne fait que regarder : --drills ne va pas avec",
                en: "--watch only looks; it does not go together with --drills"))
        try require(
            !options.json || !drillOptions.isDryRun,
            LocalizedText(
                fr: "--dry-run affiche du texte : --json ne va pas avec",
                en: "--dry-run prints text; it does not go together with --json"))
    }

    func run() async throws {
        let console = Console()
        if template { return StandardOutput.document(try answerSheet() + "\n") }
        let roster = try readRoster()
        let student = try chosen(from: roster)
        let zone = roster.timeZone ?? .current
        try require(
            !local || drillOptions.list == nil,
            LocalizedText(
                fr: "--drills se lance d'une troisième machine : un nœud ne voit pas sa propre bascule",
                en: "--drills needs a third machine: a node cannot see its own failover"))
        var grader = try options.grader(roster.exercise, acceptsExcerpt: true)
        let drills = try drillOptions.request(of: grader.exercise)
        if roster.isExam || grader.rubric.isExam {
            if handIn != nil { throw HandInCheck.examRefusal }
            let secrets = try secrets(student)
            return try await tryLogins(student, console) { local ? .onOwnMachine($0) : .ssh($0, secrets) }
        }
        let hinted = try hint.map { name in
            guard let section = grader.rubric[QuestionID(name.uppercased())] else {
                throw options.noQuestion(name, grader.rubric)
            }
            return section
        }
        if let hinted { grader.questions = [hinted.id] }
        if let handIn {
            return try await writeHandIn(to: handIn, student, roster, grader, zone, console)
        }
        let reports = ReportsFolder(options.reports)
        for sentence in reports.openDrills(of: roster.className) {
            if options.json { Inputs.complain(sentence) } else { console.line(sentence[options.language]) }
        }
        tell(ofMachines: student, console)
        let began = ContinuousClock.now
        let (secrets, judge) = (try secrets(student), grader)
        let (result, wasInterrupted) = try await Composition.working { group in
            let grader = ClassGrader(
                roster, collector: judge.collector, grader: judge, reports: reports,
                transports: local ? .onOwnMachine(group) : .ssh(group, secrets, of: roster),
                pairDeadline: patience.limit)
            if let drills, drillOptions.isDryRun {
                try await grader.rehearse(drills, [student]) { console.line($0) }
                return nil as GradedResult?
            }
            guard watchOptions.isOn else {
                console.progress(options.language.pick("Lecture de la paire…", "Looking at the pair…"))
                return try await grader.check(student, drills: drills) { say($0, judge, console) }
            }
            return try await grader.watch(student, pause: watchOptions.pause, looks: watchOptions.mostLooks) {
                try show($0, since: $1, next: $2, zone, console)
            }
        }
        console.endProgress()
        if drillOptions.isDryRun, !wasInterrupted { return }
        if Voice.current.isVerbose, !options.json {
            let seconds = (ContinuousClock.now - began) / .seconds(1)
            console.line(
                options.language.pick(
                    "fini en \(seconds, digits: 1)\u{A0}s", "done in \(seconds, digits: 1) s"))
        }
        if watchOptions.isOn {
            if wasInterrupted, !options.json {
                console.line(options.language.pick("Fin du suivi.", "No longer watching."))
            }
        } else if let result {
            for line in try lines(result, hinted, zone, console) { console.line(styled: line) }
        }
        if wasInterrupted { throw Exit.interrupted }
        if let result { try Exit.end(check: result) }
    }

    private var hasRoster: Bool { rosterArgument.given != nil || WorkingFolder.hasRoster }

    private func answerSheet() throws -> String {
        let exercise = try hasRoster ? readRoster().exercise : Catalog.usual.id
        let sheet = AnswerSheet(try options.grader(exercise, acceptsExcerpt: true).rubric)
        try require(
            !sheet.isEmpty,
            LocalizedText(
                fr: "ce barème n'a pas de question à réponse rédigée",
                en: "this rubric has no question that is answered in writing"))
        return sheet.text(options.language)
    }

    /// On one of the pair's own machines nobody logs in.
    private func secrets(_ student: RosterStudent) throws -> [SecretSource: Secret] {
        local ? [:] : try Composition.secrets([student])
    }

    private func readRoster() throws -> Roster {
        if own.isGiven { return try own.roster() }
        return try Roster.read(
            InputText(file: rosterArgument.file()), exercises: Sheets.all,
            ownOf: local ? Catalog.usual.id : nil)
    }

    private func chosen(from roster: Roster) throws -> RosterStudent {
        if let student { return try roster.students([student])[0] }
        guard roster.students.count == 1, let only = roster.students.first else {
            let ids = roster.students.map(\.identity.id).joined(separator: ", ")
            throw ValidationError(
                fr: "la liste de classe a plusieurs étudiants : dire lequel avec --student, parmi \(ids)",
                en: "the roster has several students: say which of \(ids) with --student")
        }
        return only
    }
}
