import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import Reports

struct GradeAllCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "grade-all",
        LocalizedText(
            fr: "Examine toutes les paires d'une classe, sans rien y changer, et écrit les comptes rendus.",
            en: "Looks at every pair of a class, read-only, and writes the reports."),
        LocalizedText(
            fr: """
                Avec --subnet à la place d'une liste de classe, les paires sont d'abord cherchées, comme par « discover », \
                et la liste utilisée est conservée avec les comptes rendus (roster.yaml dans le dossier du passage). Sur des \
                machines que personne n'a inscrites, la connexion se fait par clé seulement, et les exercices de bascule \
                demandent une liste relue par l'enseignant.
                Avec --at deadline, attend et examine chaque étudiant juste avant son échéance ; « bascule schedule » \
                donne le minuteur systemd qui le lance.
                Tant que « bascule board » a la classe, c'est lui qui fait le passage, avec ses --jobs, --give-up-after et \
                --theme ; il est montré ici.
                État de sortie : 0 tout ce qui était demandé a été évalué, quelles que soient les notes ; 2 quelque chose \
                n'a pas pu l'être ; 65 la liste de classe ou le barème a des erreurs (aucune machine n'est touchée) ; 69 \
                le tableau de bord s'est arrêté avant la fin du passage ; 74 quelque chose n'a pas pu être écrit ; 75 un \
                autre grade-all travaille sur la classe ; 130 interrompu.
                """,
            en: """
                With --subnet in the place of a roster, the pairs are looked for first, as `discover` does, and the \
                roster that was used is kept beside the reports (roster.yaml in the run's folder). Machines that nobody \
                has listed are logged in to by key only, and drills are for rosters that you have looked through.
                With --at deadline it waits and looks at each student just before his own deadline; `bascule schedule` \
                prints the systemd timer that starts it.
                While `bascule board` has the class, the run is made by it, with its --jobs, --give-up-after and \
                --theme, and shown here.
                Exit status: 0 everything asked for was assessed, whatever the marks; 2 something could not be \
                assessed; 65 the roster or the rubric is wrong (no machine is touched); 69 the board ended before the \
                run did; 74 something could not be written; 75 another grade-all is at work on the class; 130 interrupted.
                """),
        examples: [
            (
                "bascule grade-all",
                LocalizedText(fr: "Note la classe de class.yaml.", en: "Grades the class of class.yaml.")
            ),
            (
                "bascule grade-all --student dupont --question Q3",
                LocalizedText(
                    fr: "Une question d'un étudiant ; les autres restent comme au dernier passage.",
                    en: "One question of one student; the others stay as they were in the latest run.")
            ),
        ])

    @OptionGroup var rosterArgument: RosterArgument

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Chercher d'abord les paires de ce sous-réseau ; peut se répéter.",
            en: "Find the pairs of this subnet first; several times.", valueName: "172.16.0.0/22"))
    var subnet: [String] = []

    @OptionGroup(title: String(fr: "Avec --subnet", en: "With --subnet")) var discovery: DiscoveryOptions

    @OptionGroup var options: RunOptions
    @OptionGroup var drillOptions: DrillOptions
    @OptionGroup var pages: PageOptions

    @Option(name: .customLong("student"), help: .onlyStudents)
    var only: [String] = []

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Reprendre un passage interrompu : qui a été vu n'est pas revu.",
            en: "Go on with a run that was interrupted: who is done is not looked at again."))
    var resume = false

    @Flag(
        name: .customLong("only-failed"),
        help: ArgumentHelp(
            fr: "N'examiner que ceux qui n'ont pas pu être évalués au dernier passage.",
            en: "Look only at those who could not be assessed in the latest run."))
    var onlyFailed = false

    @Option(name: .long, help: .jobs)
    var jobs = 16

    @OptionGroup var patience: PatienceOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr:
                "Écrire aussi les événements dans ce fichier ou ce tube, en lignes JSON, à mesure ; - équivaut à --json.",
            en: "Also write events as JSON lines to this file or pipe as they happen; - is --json.",
            valueName: "file"))
    var events: String?

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Des lignes à mesure, même sur un terminal.", en: "Lines as they come, on a terminal too."))
    var plain = false

    @OptionGroup var repeatOptions: RepeatOptions
    @OptionGroup var deadlineOptions: DeadlineOptions

    func validate() throws {
        try require(
            rosterArgument.given == nil || subnet.isEmpty,
            LocalizedText(
                fr: "--subnet cherche lui-même les paires : ne pas donner de liste de classe",
                en: "--subnet looks for the pairs itself: leave the roster out"))
        if !subnet.isEmpty {
            try require(
                !resume && !onlyFailed && only.isEmpty && !waitsForDeadlines,
                LocalizedText(
                    fr: """
                        --resume, --only-failed, --student et --at demandent une liste de classe : donner celle que le \
                        premier passage a gardée, roster.yaml dans son dossier
                        """,
                    en: """
                        --resume, --only-failed, --student and --at need a roster: give the one that the first run kept, \
                        roster.yaml in its folder
                        """))
            try require(
                drillOptions.list == nil,
                LocalizedText(
                    fr: "--drills demande une liste de classe relue : « bascule discover » en écrit une",
                    en:
                        "--drills needs a roster that you have looked through: write one with `bascule discover`"
                ))
        } else if discovery.isGiven {
            throw ValidationError(
                fr: """
                    la liste de classe dit déjà comment se connecter et à qui sont les machines : ces options vont avec \
                    --subnet
                    """,
                en:
                    "how to log in, and whose machines are whose, stands in the roster: these options go with --subnet"
            )
        }
        try require(
            repeatOptions.every == nil && !waitsForDeadlines || drillOptions.list == nil,
            LocalizedText(
                fr: "--every et --at ne font que regarder : ils ne vont pas avec --drills",
                en: "--every and --at only look; they do not go together with --drills"))
        try require(
            [resume, onlyFailed, !only.isEmpty, repeatOptions.every != nil, waitsForDeadlines].count(
                where: \.self) <= 1,
            LocalizedText(
                fr: "--resume, --only-failed, --student, --every et --at s'excluent",
                en: "--resume, --only-failed, --student, --every and --at do not go together"))
        try require(jobs >= 1, .jobsWanted)
    }

    func run() async throws {
        let console = Console()
        if !subnet.isEmpty { return try await gradeSubnet(console) }
        let file = try rosterArgument.file()
        let roster = try Roster.read(file: file, exercises: Sheets.all)
        if waitsForDeadlines { return try await gradeAtDeadlines(of: roster, file: file, console) }
        guard let order = try order(roster) else {
            console.line(
                onlyFailed
                    ? options.language.pick(
                        "Rien à refaire : tous ont pu être évalués au dernier passage.",
                        "Nothing to do again: everybody could be assessed in the latest run.")
                    : options.language.pick(
                        "Rien à reprendre : le dernier passage est complet.",
                        "Nothing to resume: the last run is complete."))
            return
        }
        try await grade(order, of: roster, by: try judging(roster.exercise), console)
    }

    /// Who is looked at; nil where nothing is to be resumed, or nobody to be looked at again.
    private func order(_ roster: Roster) throws -> RunOrder? {
        let folder = ReportsFolder(options.reports)
        if resume { return try RunOrder.resuming(roster, in: folder) }
        if onlyFailed {
            let order = try RunOrder.onlyFailed(roster, in: folder)
            return order.lookedAt.isEmpty ? nil : order
        }
        if only.isEmpty { return RunOrder(roster.students) }
        return try RunOrder.only(try roster.students(only), of: roster, in: folder)
    }
}

extension GradeAllCommand {
    func grade(_ order: RunOrder, of roster: Roster, by judging: Judging, _ console: Console) async throws {
        let reports = ReportsFolder(options.reports)
        let rounds = try repeatOptions.rounds(of: roster)
        tellOfLeftovers(roster.className, in: reports, console)
        var order = order
        order.drills = judging.drills
        let stream = try eventStream()
        let wanted = order
        // Passwords are asked for before the view has the terminal; a board has its own.
        let isHandedOver = drillOptions.isDryRun ? false : try await hasBoard(roster.className, reports)
        let asked = drillOptions.isDryRun ? order.students : order.lookedAt
        let secrets = isHandedOver ? nil : try Composition.secrets(asked)
        let (outcome, wasInterrupted) = try await Composition.working(threads: 2) { group in
            var known = secrets
            let grader = {
                // A board that is gone by a later round leaves them to be read here.
                let secrets = try known ?? Composition.secrets(asked)
                known = secrets
                return classGrader(roster, judging, .ssh(group, secrets, of: roster))
            }
            if drillOptions.isDryRun, let drills = wanted.drills {
                try await grader().rehearse(drills, wanted.students) { console.line($0) }
                return nil as RunOutcome?
            }
            let round = GradingRound(
                order: wanted, roster: roster, judging: judging, reports: reports, grader: grader,
                events: stream, console: console)
            guard let rounds else { return try await run(round) }
            let last = try await rounds.run {
                try await runUnlessInTheWay(round)
            } onPause: { pause in
                guard !printsJSON else { return }
                let seconds = max(1, pause.wholeSeconds)
                console.progress(
                    options.language.pick(
                        "Prochain passage dans \(seconds) s ; Ctrl-C pour finir.",
                        "Next run in \(seconds) s; Ctrl-C to end."))
            }
            return last ?? nil
        }
        console.endProgress()
        if wasInterrupted { throw Exit.interrupted }
        if drillOptions.isDryRun { return }
        if repeatOptions.every == nil { try Exit.endUnlessKept(outcome) }
        // With --student, others are taken over from the run before: the status is of those who were asked for.
        let meant = only.isEmpty ? Set(order.everybody.map(\.id)) : Set(only)
        let isIncomplete = outcome?.isIncomplete(of: meant) ?? true
        if !printsJSON, let outcome { console.next(next(outcome, isIncomplete, order, roster)) }
        if isIncomplete { throw Exit.notAssessed }
    }
}
