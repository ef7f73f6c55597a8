import ArgumentParser
import ClassRun
import Exercises
import GraderCore

struct EnrollCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "enroll",
        LocalizedText(
            fr: "Essaie chaque connexion une fois et retient les clés d'hôte ; dit qui n'est pas prêt.",
            en: "Tries each log-in once and pins the host keys; says who is not ready."),
        LocalizedText(
            fr: """
                État de sortie : 0 toutes les connexions réussissent ; 2 certaines échouent ; 65 la liste de classe a des \
                erreurs.
                """,
            en: "Exit status: 0 everybody can be logged in to; 2 somebody cannot; 65 the roster is wrong."),
        examples: [
            (
                "bascule enroll --print-setup --identity-file id_ed25519.pub",
                LocalizedText(
                    fr: "Affiche les lignes que les étudiants collent sur leurs machines.",
                    en: "Prints the lines that students paste on their machines.")
            ),
            (
                "bascule enroll",
                LocalizedText(
                    fr: "Essaie chaque connexion de class.yaml.", en: "Tries each log-in of class.yaml.")
            ),
        ])

    @OptionGroup var rosterArgument: RosterArgument

    @OptionGroup var setup: SetupOptions

    @Option(
        name: .customLong("replace"),
        help: ArgumentHelp(
            fr: "Oublier d'abord les clés d'hôte de cet étudiant (machines refaites) ; peut se répéter.",
            en: "Forget this student's host keys first (rebuilt machines); may be given several times.",
            valueName: "id"))
    var replaced: [String] = []

    @Option(name: .customLong("student"), help: .onlyStudents)
    var only: [String] = []

    @OptionGroup var voice: VoiceOptions

    func validate() throws {
        try require(
            setup.isWanted || !setup.isGiven,
            LocalizedText(
                fr: "--identity-file, --user, --from et --until vont avec --print-setup",
                en: "--identity-file, --user, --from and --until go with --print-setup"))
        try require(
            !setup.isWanted || (replaced.isEmpty && only.isEmpty),
            LocalizedText(
                fr: "--print-setup ne touche aucune machine : ne pas donner --replace ni --student",
                en: "--print-setup touches no machine: leave --replace and --student out"))
    }

    func run() async throws {
        let console = Console()
        // The page is made before anybody is in a roster, too.
        let hasNone = setup.isWanted && rosterArgument.given == nil && !WorkingFolder.hasRoster
        let named = try hasNone ? nil : rosterArgument.read()
        guard !setup.isWanted, let roster = named else {
            for page in try await setup.setups(named) {
                console.line(page.page(voice.language))
            }
            return
        }
        let students = try roster.students(only.isEmpty ? replaced : only)
        let forgotten = try roster.students(replaced).filter { replaced.contains($0.identity.id) }
        let secrets = try Composition.secrets(roster.students)
        let failures = try await Composition.withNetwork { group in
            let factory = try PairAccessFactory(students: roster.students, group: group, secrets: secrets)
            for student in forgotten {
                let count = try factory.forgetHostKeys(of: student)
                console.line(
                    voice.language.pick(
                        "\(student.identity.id) : \(count) clé\(count.plural(.french)) d'hôte oubliée\(count.plural(.french)).",
                        "\(student.identity.id): \(count) host key\(count.plural(.english)) forgotten."))
            }
            var failures = 0
            let transports = Transports { _ in { factory.access(to: $0) } }
            try await transports.tryLogins(students) { login in
                let who = "\(login.student.id)/\(login.node.rawValue)"
                if let failure = login.failure {
                    failures += 1
                    console.line("✗ \(failure.message)")
                } else {
                    console.line(
                        voice.language.pick("✓ \(who) : prêt", "✓ \(who): ready"))
                }
            }
            return failures
        }
        if failures > 0 { throw Exit.notAssessed }
        console.next(
            NextStep(["grade-all"] + rosterArgument.words, fr: "note la classe", en: "grades the class"))
    }
}
