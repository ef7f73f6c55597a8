import ArgumentParser
import Exercises
import Foundation
import GraderCore
import VirtualClass

/// `bascule lab`: real pairs in namespaces on this machine.
struct LabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "lab",
        LocalizedText(
            fr: "Une classe virtuelle : de vraies machines sur ce poste (root seulement).",
            en: "A virtual class: real machines on this one (root only)."),
        LocalizedText(
            fr:
                "\(summary) « lab shell teacher COMMANDE » lance une commande de ce poste dans ce réseau.",
            en:
                "\(summary) `lab shell teacher COMMAND` runs a command of this machine inside that network."),
        examples: [
            (
                "bascule lab up --class essai --students 3",
                LocalizedText(
                    fr: "trois étudiants et leurs machines", en: "three students and their machines")
            ),
            ("bascule lab down --class essai", LocalizedText(fr: "tout enlever", en: "takes all of it away")),
        ],
        subcommands: [
            LabUp.self, LabDown.self, LabStatus.self, LabShell.self, LabApply.self, LabReset.self,
            LabPower.self, LabPrepare.self, LabCheck.self,
        ])

    private static var summary: LocalizedText {
        Catalog.usual.virtualLab.map { LocalizedText(fr: "\($0.summary)", en: "\($0.summary)") }
            ?? LocalizedText(verbatim: "")
    }
}

struct LabOptions: ParsableArguments {
    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(fr: "Le nom de la classe.", en: "The name of the class.", valueName: "name"))
    var className = LabOptions.usualName

    static let usualName = "demo"

    @Option(
        help: ArgumentHelp(
            fr: "L'identifiant du TP, ou son dossier avec situations, pannes et variantes.",
            en: "The exercise's id, or its folder with situations, faults and variations.",
            valueName: "exercise"))
    var exercise: String?

    func places() -> VirtualClass.Places {
        let choice = LabChoice(asked: exercise)
        return VirtualClass.Places(
            environment: ProcessInfo.processInfo.environment, exercise: { try choice.lab(of: $0) })
    }

    func runningClass() throws -> VirtualClass { try .running(className, places: places()) }
}

/// A machine as the subcommands take it, for their help.
let exampleMachines = Catalog.usual.machines.map { "etu1/\($0)" }

/// One line of progress, at once, on standard output; nothing with `--quiet`.
@Sendable func printLabProgress(_ line: LocalizedText) {
    if !Voice.current.isQuiet { StandardOutput.say("\(line)\n") }
}

extension ArgumentHelp {
    static var release: ArgumentHelp {
        ArgumentHelp(
            fr: "Version de Debian : bookworm, bullseye ou trixie.",
            en: "Debian release: bookworm, bullseye or trixie.", valueName: "release")
    }

    static var virtualStudent: ArgumentHelp {
        ArgumentHelp(fr: "L'étudiant, p. ex. etu1.", en: "The student, e.g. etu1.", valueName: "student")
    }

    static var namedVirtualStudent: ArgumentHelp {
        ArgumentHelp(
            fr: "L'étudiant, p. ex. etu1, s'il n'est pas dit sans option.",
            en: "The student, e.g. etu1, where it is not said without an option.", valueName: "id")
    }
}

extension Release: ExpressibleByArgument {}

struct LabUp: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "up",
        LocalizedText(
            fr: "Monte une classe et écrit sa liste, sa clé et ses mots de passe.",
            en: "Raises a class and writes its roster, key and passwords."),
        examples: [
            (
                "bascule lab up --class essai --students 3 --situation-of etu1=solved",
                LocalizedText(
                    fr: "trois étudiants, dont l'un a tout fait",
                    en: "three students, of whom one has done all")
            )
        ])

    @OptionGroup var voice: VoiceOptions

    @Option(
        help: ArgumentHelp(
            fr: "Combien d'étudiants, chacun avec une paire.", en: "How many students, each with a pair.",
            valueName: "number"))
    var students = 1

    @Option(help: .release)
    var release = Release.bookworm

    @Option(
        help: ArgumentHelp(
            fr: "Situation de chaque paire : fresh, after-q1 … after-q9, solved, une panne, ou off.",
            en: "Situation of every pair: fresh, after-q1 … after-q9, solved, a fault, or off.",
            valueName: "situation"))
    var situation = "fresh"

    @Option(
        name: .customLong("situation-of"), parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Les situations qui diffèrent, p. ex. etu2=after-q7 etu5=off.",
            en: "Situations that differ, e.g. etu2=after-q7 etu5=off.", valueName: "student=situation"))
    var situationsOf: [String] = []

    @Flag(
        help: ArgumentHelp(
            fr: "Les mêmes adresses pour tous, derrière des ports SSH redirigés, comme avec VirtualBox.",
            en: "The same lab addresses for everybody, behind forwarded SSH ports, as with VirtualBox."))
    var forwarded = false

    @Flag(
        name: .customLong("one-network"),
        help: ArgumentHelp(
            fr: "Toutes les paires dans un /24 (25 au plus), comme en salle.",
            en: "All pairs in one /24 (25 at most), as in a classroom."))
    var onOneNetwork = false

    @Option(
        help: ArgumentHelp(
            fr: "Le dossier de la liste, de la clé et des mots de passe ; celui de la classe, à défaut.",
            en: "The folder for roster, key and passwords; by default the class's own.", valueName: "folder"))
    var out: String?

    @OptionGroup var options: LabOptions

    func run() async throws {
        var members = (0..<max(students, 0)).map { VirtualStudent(number: $0 + 1, situation: situation) }
        for text in situationsOf {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let index = members.firstIndex(where: { $0.id == parts[0] }) else {
                throw LabError(
                    LocalizedText(
                        fr:
                            "--situation-of \(text) : ÉTUDIANT=SITUATION est attendu, avec un étudiant de cette classe.",
                        en: "--situation-of \(text): expected STUDENT=SITUATION with a student of this class."
                    ))
            }
            members[index].situation = parts[1]
        }
        let specification = try ClassSpecification(
            name: options.className, release: release, students: members, forwarded: forwarded,
            onOneNetwork: onOneNetwork)
        let folder = out.map { URL(filePath: $0).standardizedFileURL.path() }
        let began = ContinuousClock.now
        let raised = try await VirtualClass.up(
            specification, places: options.places(), rosterFolder: folder, progress: printLabProgress)
        let seconds = (ContinuousClock.now - began).wholeSeconds
        print(
            String(
                fr: "la classe \(specification.name) est montée (\(seconds)\u{A0}s)",
                en: "class \(specification.name) is up (\(seconds) s)"))
        print(
            String(
                fr: "liste de classe : \(raised.rosterFiles.roster)",
                en: "roster: \(raised.rosterFiles.roster)"))
        let isUsual = options.className == LabOptions.usualName
        let next = NextStep(
            ["lab", "shell"] + (isUsual ? [] : ["--class", options.className]) + ["teacher"], asRoot: true,
            fr: "un shell dans le réseau de la classe", en: "a shell in the class's network")
        if let line = next.line() { print(line) }
    }
}

struct LabDown: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "down",
        LocalizedText(
            fr: "Enlève une classe, même si elle a été coupée pendant qu'elle montait.",
            en: "Removes a class, also one that was cut off while it was raised."),
        examples: [
            ("bascule lab down --class essai", LocalizedText(fr: "cette classe", en: "this class")),
            (
                "bascule lab down --all",
                LocalizedText(fr: "toutes celles de ce poste", en: "all on this machine")
            ),
        ])

    @OptionGroup var voice: VoiceOptions

    @Flag(help: ArgumentHelp(fr: "Toutes les classes de ce poste.", en: "Every class on this machine."))
    var all = false

    @OptionGroup var options: LabOptions

    func run() async throws {
        let places = options.places()
        let names =
            all ? try ClassInventory(base: places.stateBase).classes.keys.sorted() : [options.className]
        for name in names {
            let removed = try await VirtualClass.down(name, places: places)
            print(
                removed
                    ? String(fr: "la classe \(name) est enlevée", en: "class \(name) is gone")
                    : String(fr: "il n'y a pas de classe \(name)", en: "there is no class \(name)"))
        }
    }
}
