import ArgumentParser
import ClassRun
import Exercises
import GraderCore

struct RosterCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "roster", LocalizedText(fr: "Vérifie une liste de classe.", en: "Looks after rosters."),
        examples: [
            (
                "bascule roster lint",
                LocalizedText(fr: "class.yaml de ce dossier", en: "class.yaml of this folder")
            )
        ],
        subcommands: [Lint.self])

    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration.command(
            "lint",
            LocalizedText(
                fr:
                    "Donne chaque erreur d'une liste de classe avec sa ligne et sa colonne ; ne touche aucune machine.",
                en: "Lists every mistake of a roster with line and column; touches no machine."),
            examples: [
                (
                    "bascule roster lint",
                    LocalizedText(fr: "class.yaml de ce dossier", en: "class.yaml of this folder")
                ),
                ("bascule roster lint bts-sio-2.yaml", LocalizedText(fr: "une autre", en: "another one")),
            ])

        @OptionGroup var rosterArgument: RosterArgument
        @OptionGroup var voice: VoiceOptions

        func run() throws {
            let roster = try rosterArgument.read()
            let (name, count) = (roster.className, roster.students.count)
            print(
                count == 1
                    ? String(
                        fr: "\(name) : 1 étudiant, aucune erreur.", en: "\(name): 1 student, no mistakes.")
                    : String(
                        fr: "\(name) : \(count) étudiants, aucune erreur.",
                        en: "\(name): \(count) students, no mistakes."))
        }
    }
}
