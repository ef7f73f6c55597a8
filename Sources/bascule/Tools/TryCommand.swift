import ArgumentParser
import ClassRun
import Exercises
import GraderCore
import InputFiles
import Reports

struct TryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "try",
        LocalizedText(
            fr:
                "Essaie des vérifications déclarées sur les machines d'un étudiant et montre ce que chacune de leurs parties a vu.",
            en: "Tries declared checks on one student's machines and shows what each part of them saw."),
        LocalizedText(
            fr: """
                Sur les machines d'une liste de classe : --roster et --student. Sur d'autres : --on 172.16.1.10, ou \
                --on web=172.16.1.10 --on db=172.16.1.11, avec --user et --identity ou --password-file.
                État de sortie : 0 toutes sont obtenues ; 1 une ne l'est pas ; 2 une n'a pas pu être évaluée ; 65 le \
                fichier ou la liste de classe est faux.
                """,
            en: """
                On machines of a roster: --roster and --student. On others: --on 172.16.1.10, or \
                --on web=172.16.1.10 --on db=172.16.1.11, with --user and --identity or --password-file.
                Exit status: 0 all are met; 1 one is not; 2 one could not be assessed; 65 the file or the roster is wrong.
                """),
        examples: [
            (
                "bascule try exercises/web/exercise.yaml --roster class.yaml --student dupont",
                LocalizedText(fr: "sur les machines d'un étudiant", en: "on a student's machines")
            ),
            (
                "bascule try rubric.yaml --check Q1.site --on 172.16.1.10 --identity id_ed25519",
                LocalizedText(
                    fr: "une seule vérification, sur une machine quelconque", en: "one check, on any machine")
            ),
        ])

    @Argument(
        help: ArgumentHelp(
            fr: "Un TP (exercise.yaml) ou un barème qui déclare des vérifications.",
            en: "An exercise (exercise.yaml) or a rubric with declared checks.", valueName: "file"))
    var file: String

    @Option(
        name: .customLong("check"),
        help: ArgumentHelp(
            fr: "Cette vérification seulement, p. ex. Q1.site ; peut se répéter.",
            en: "Only this check, e.g. Q1.site; may be given several times.", valueName: "check"))
    var only: [String] = []

    @Option(
        help: ArgumentHelp(
            fr: "ADRESSE, ou MACHINE=ADRESSE pour chacune.", en: "ADDRESS, or MACHINE=ADDRESS for each.",
            valueName: "machine"))
    var on: [String] = []

    @Option(
        help: ArgumentHelp(
            fr: "Ce qu'une liste de classe dirait : CLÉ=VALEUR.", en: "What a roster would say: KEY=VALUE.",
            valueName: "key=value"))
    var value: [String] = []

    @Option(help: .account)
    var user = "root"

    @Option(help: ArgumentHelp(fr: "Une clé privée.", en: "A private key.", valueName: "key"))
    var identity: String?

    @Option(
        help: ArgumentHelp(
            fr: "Un fichier avec le mot de passe du compte.", en: "A file with the account's password.",
            valueName: "file"))
    var passwordFile: String?

    @Option(
        help: ArgumentHelp(
            fr:
                "La liste de classe d'où viennent les machines d'un étudiant ; class.yaml de ce dossier avec --student.",
            en: "A roster to take a student's machines from; class.yaml of this folder with --student.",
            valueName: "class.yaml"))
    var roster: String?

    @Option(
        help: ArgumentHelp(
            fr: "Cet étudiant ; inutile si la liste n'en a qu'un.",
            en: "That student; not needed where the roster has only one.", valueName: "id"))
    var student: String?

    @OptionGroup var voice: VoiceOptions

    var language: Language { voice.language }

    func validate() throws {
        try require(
            (rosterFile == nil) != on.isEmpty,
            LocalizedText(
                fr: "donner les machines, par --roster class.yaml ou par --on ADRESSE",
                en: "give the machines, by --roster class.yaml or by --on ADDRESS"))
    }

    /// The one given, or that of the working folder for a student of it.
    private var rosterFile: String? {
        roster ?? (student != nil && on.isEmpty && WorkingFolder.hasRoster ? WorkingFolder.roster : nil)
    }

    func run() async throws {
        let exercise = try exercise()
        let declared = Declaration.declared(in: exercise)
        let wanted = try only.isEmpty ? declared.map(\.id) : only.map { try check($0, among: declared) }
        try require(
            !wanted.isEmpty,
            LocalizedText(fr: "\(file) ne déclare aucune vérification", en: "\(file) declares no check"))
        let roster =
            try rosterFile.map { try Roster.read(file: $0, exercises: [exercise]) } ?? ownRoster(exercise)
        let students = try roster.students([student].compactMap(\.self))
        guard let student = students.first, students.count == 1 else {
            let some = students.first?.identity.id ?? "etu1"
            throw ValidationError(
                fr: "dire quel étudiant : --student \(some)", en: "say which student: --student \(some)")
        }
        let secrets = try Composition.secrets([student])
        let collector = PairCollector(
            exercise: exercise, questions: Set(wanted.map(\.question)), collector: basculeVersion)
        let (evidence, wasInterrupted) = try await Composition.working { group in
            let ways = try await Transports.ssh(group, secrets).open([student])
            return await collector.collect(
                student: student.identity.id, lab: student.lab, access: ways(student))
        }
        if wasInterrupted { throw Exit.interrupted }
        let trials = wanted.compactMap { id in
            Declaration.trial(of: id, in: exercise, on: evidence).map { (id, $0) }
        }
        for (id, trial) in trials { for line in lines(id, trial, evidence) { print(line) } }
        let verdicts = trials.map(\.1.judgement.verdict)
        if verdicts.contains(where: \.isOpen) { throw Exit.notAssessed }
        if verdicts.contains(where: { $0 != .met }) { throw Exit.notMet }
    }

    private func exercise() throws -> any Exercise {
        let head = try Declaration.head(of: file)
        if head.isWhole { return try Declaration.exercise(file: file).sound() }
        return try Declaration.exercise(Sheets.named(head.exercise ?? Catalog.usual.id), extendedBy: file)
            .sound()
    }

    private func check(_ name: String, among declared: [CheckDefinition]) throws -> CheckID {
        let known = declared.map(\.id.rawValue)
        guard known.contains(name) else {
            throw ValidationError.unknown(
                name, in: known, fr: "\(file) ne déclare pas de vérification \(name)",
                en: "\(file) declares no check \(name)")
        }
        return CheckID(name)
    }

    /// Read as the same lines in a roster are.
    private func ownRoster(_ exercise: any Exercise) throws -> Roster {
        func pair(_ text: String, _ option: String) throws -> (String, String) {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { return (parts[0], parts[1]) }
            guard option == "on", exercise.machines.count == 1 else {
                let machines = exercise.machines.map(\.rawValue).joined(separator: ", ")
                throw option == "on"
                    ? ValidationError(
                        fr: "--on \(text) : NOM=ADRESSE est attendu, avec \(machines)",
                        en: "--on \(text): expected NAME=VALUE, with \(machines)")
                    : ValidationError(
                        fr: "--\(option) \(text) : NOM=VALEUR est attendu",
                        en: "--\(option) \(text): expected NAME=VALUE")
            }
            return (exercise.machines[0].rawValue, text)
        }
        let login = [
            "user: \(YAMLScalar.quoted(user))", identity.map { "identityFile: \(YAMLScalar.quoted($0))" },
            passwordFile.map { "passwordFile: \(YAMLScalar.quoted($0))" },
        ].compactMap(\.self)
        let lines = try (on.map { try pair($0, "on") } + value.map { try pair($0, "value") })
            .map { "    \($0.0): \(YAMLScalar.quoted($0.1))" }
        let text = """
            class: try
            exercise: \(exercise.id)
            defaults: {ssh: {\(login.joined(separator: ", "))}}
            students:
              - id: try
                name: try
            \(lines.joined(separator: "\n"))
            """
        do {
            return try Roster.read(InputText(text: text, file: "try"), exercises: [exercise])
        } catch {
            throw ValidationError(error.mistakes.map { $0.message[.current] }.joined(separator: "\n"))
        }
    }
}
