import ArgumentParser
import Foundation
import GraderCore
import VirtualClass

struct LabStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "status",
        LocalizedText(
            fr: "Donne les classes de ce poste avec leurs machines.",
            en: "Lists the classes of this machine with their labs."),
        examples: [
            ("bascule lab status", LocalizedText(fr: "toutes les classes", en: "all classes")),
            (
                "bascule lab status --class essai --roster",
                LocalizedText(fr: "le chemin de sa liste de classe", en: "where its roster is")
            ),
        ])

    @OptionGroup var voice: VoiceOptions

    @Flag(
        help: ArgumentHelp(
            fr: "N'afficher que le chemin de la liste de la classe donnée par --class, qui doit être montée.",
            en: "Print only the path of the roster of the class given with --class, which has to be up."))
    var roster = false

    @OptionGroup var options: LabOptions

    func run() async throws {
        if roster { return print(try options.runningClass().rosterFiles.roster) }
        let places = options.places()
        let classes = try ClassInventory(base: places.stateBase).classes
        if classes.isEmpty {
            print(String(fr: "il n'y a pas de classe sur ce poste", en: "there is no class on this machine"))
        }
        for (name, condition) in classes.sorted(by: { $0.key < $1.key }) {
            switch condition {
            case .up:
                // One may be of an exercise that lies in another folder.
                do {
                    try printClass(.running(name, places: places))
                } catch let error as LabError {
                    print(String(fr: "\(name) : \(error.sentence)", en: "\(name): \(error.sentence)"))
                }
            case .busy:
                print(
                    String(
                        fr: "\(name) : est en train d'être montée ou enlevée",
                        en: "\(name): is just being raised or removed"))
            case .leftOver:
                print(
                    String(
                        fr: "\(name) : abandonnée ; l'enlever par « bascule lab down --class \(name) »",
                        en: "\(name): left over; remove it with `bascule lab down --class \(name)`"))
            }
        }
    }

    private func printClass(_ found: VirtualClass) throws {
        let specification = found.specification
        let traits =
            [specification.release.rawValue]
            + (specification.forwarded ? [String(fr: "ports redirigés", en: "forwarded ports")] : [])
            + (specification.onOneNetwork ? [String(fr: "un seul réseau", en: "one network")] : [])
        let list = traits.joined(separator: ", ")
        print(String(fr: "\(specification.name) : \(list)", en: "\(specification.name): \(list)"))
        print(
            String(fr: "  liste ", en: "  roster ") + found.rosterFiles.roster)
        for lab in try found.status() {
            let power = lab.power.map { "\($0.machine) \($0.state)" }.joined(separator: ", ")
            print("  \(lab.student.id)  \(power)  \(lab.situation)  (\(lab.student.name))")
        }
    }
}

struct LabApply: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "apply",
        LocalizedText(
            fr: "Amène une paire à une situation, ou y met une panne ou une variante.",
            en: "Brings a pair to a situation, or puts a fault or a variation into it."),
        LocalizedText(
            fr: """
                Une paire déjà en chemin vers la situation continue d'où elle est ; toute autre repart de zéro. Ce qui a \
                été fait à la main n'est pas connu ici : « lab reset » ensuite.
                """,
            en: """
                A pair that is on the way to the situation goes on from where it is; any other is started anew. What \
                was done by hand is not known here: use `lab reset` after that.
                """),
        examples: [
            (
                "bascule lab apply --class essai etu1 after-q3",
                LocalizedText(fr: "comme après la question 3", en: "as after question 3")
            )
        ])

    @OptionGroup var voice: VoiceOptions

    @OptionGroup var options: LabOptions

    @Option(name: .customLong("student"), help: .namedVirtualStudent)
    var named: String?

    @Argument(help: .virtualStudent)
    var student: String

    @Argument(
        help: ArgumentHelp(
            fr: "fresh, after-q1 … after-q9, solved, off, une panne ou une variante.",
            en: "fresh, after-q1 … after-q9, solved, off, a fault or a variation.", valueName: "situation"))
    var situation: String?

    func validate() throws {
        try require(
            (named == nil) == (situation != nil),
            LocalizedText(
                fr: "dire l'étudiant, une fois, et la situation : lab apply etu1 after-q3",
                en: "say the student, once, and the situation: lab apply etu1 after-q3"))
    }

    func run() async throws {
        // With --student what stands alone is the situation.
        let (student, situation) = (named ?? self.student, self.situation ?? self.student)
        try await options.runningClass().apply(situation, to: student, progress: printLabProgress)
    }
}

struct LabReset: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "reset",
        LocalizedText(
            fr: "Jette les machines d'un étudiant et les remonte, neuves.",
            en: "Throws a student's machines away and raises them anew, fresh."),
        examples: [
            ("bascule lab reset --class essai etu1", LocalizedText(fr: "celles d'etu1", en: "those of etu1"))
        ])

    @OptionGroup var voice: VoiceOptions

    @Flag(
        help: ArgumentHelp(
            fr: "Donner aux machines de nouvelles clés d'hôte SSH, comme à une machine réinstallée.",
            en: "Give the machines new SSH host keys, as a reinstalled machine has."))
    var newHostKeys = false

    @OptionGroup var options: LabOptions

    @Option(name: .customLong("student"), help: .namedVirtualStudent)
    var named: String?

    @Argument(help: .virtualStudent)
    var student: String?

    func validate() throws { _ = try chosen() }

    func run() async throws {
        try await options.runningClass().reset(chosen(), newHostKeys: newHostKeys, progress: printLabProgress)
    }

    private func chosen() throws -> String {
        guard let student = student ?? named, self.student == nil || named == nil else {
            throw ValidationError(
                fr: "dire l'étudiant, une fois : lab reset etu1", en: "say the student, once: lab reset etu1")
        }
        return student
    }
}

extension VirtualClass.Power: ExpressibleByArgument {}

struct LabPower: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "power",
        LocalizedText(
            fr: "Allume une machine, l'arrête, ou débranche sa prise.",
            en: "Switches a machine on, shuts it down, or pulls its plug."),
        examples: [
            (
                "bascule lab power --class essai \(exampleMachines[0]) loss",
                LocalizedText(fr: "débranche cette machine", en: "pulls that machine's plug")
            )
        ])

    @OptionGroup var voice: VoiceOptions

    @OptionGroup var options: LabOptions

    @Argument(
        help: ArgumentHelp(
            fr: "La machine, p. ex. \(exampleMachines[0]).", en: "The machine, e.g. \(exampleMachines[0]).",
            valueName: "machine"))
    var node: String

    @Argument(
        help: ArgumentHelp(
            fr: "on (et attendre le démarrage), off (arrêt propre) ou loss (prise débranchée).",
            en: "on (and wait for the boot), off (clean shutdown), or loss (the plug is pulled).",
            valueName: "power"))
    var power: VirtualClass.Power

    func run() async throws {
        try await options.runningClass().power(node, power)
        print(String(fr: "\(node) : \(power.rawValue)", en: "\(node): \(power.rawValue)"))
    }
}
