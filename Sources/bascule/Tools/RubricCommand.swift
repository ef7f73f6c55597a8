import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore

struct RubricCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "rubric",
        LocalizedText(fr: "Vérifie et affiche des barèmes.", en: "Looks after rubrics."),
        examples: [
            (
                "bascule rubric print >rubric.yaml",
                LocalizedText(
                    fr: "le barème en usage, à adapter", en: "the rubric in use, for a copy of your own")
            ),
            ("bascule rubric lint rubric.yaml", LocalizedText(fr: "ses erreurs", en: "its mistakes")),
        ],
        subcommands: [Lint.self, Print.self, Schema.self, Graph.self])

    struct Print: ParsableCommand {
        static let configuration = CommandConfiguration.command(
            "print",
            LocalizedText(
                fr: "Affiche le barème pris quand aucun n'est nommé, pour en faire une copie à soi.",
                en: "Prints the rubric that is used where none is named, for a copy of your own."),
            examples: [
                (
                    "bascule rubric print >rubric.yaml",
                    LocalizedText(
                        fr: "une copie à adapter, dans ce dossier", en: "a copy to change, in this folder")
                )
            ])

        @OptionGroup var voice: VoiceOptions

        @Argument(help: .exercise)
        var exercise = Catalog.usual.id

        func run() throws {
            let file = try RunOptions.defaultRubric(Sheets.named(exercise).id)
            guard let text = FileManager.default.contents(atPath: file) else {
                throw ValidationError(fr: "\(file) ne peut pas être lu", en: "\(file) cannot be read")
            }
            StandardOutput.document(String(decoding: text, as: UTF8.self))
        }
    }

    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration.command(
            "schema",
            LocalizedText(
                fr: "Affiche la forme des barèmes d'un TP en JSON Schema, pour les éditeurs.",
                en: "Prints the form of an exercise's rubrics as JSON Schema, for editors."),
            examples: [
                (
                    "bascule rubric schema >rubric.schema.json",
                    LocalizedText(
                        fr: "à donner à l'éditeur, qui complète et corrige",
                        en: "for the editor, which completes and corrects")
                )
            ])

        @OptionGroup var voice: VoiceOptions

        @Argument(help: .exercise)
        var exercise = Catalog.usual.id

        func run() throws {
            print(
                try RubricSchema(Sheets.named(exercise), declaredForms: Declaration.checkForms).text(),
                terminator: "")
        }
    }

    struct Graph: ParsableCommand {
        static let configuration = CommandConfiguration.command(
            "graph",
            LocalizedText(
                fr:
                    "Affiche ce que les vérifications d'un TP attendent l'une de l'autre : une page Markdown avec un graphe (Mermaid).",
                en: "Prints what an exercise's checks wait for, as a Markdown page with a graph (Mermaid)."),
            examples: [
                ("bascule rubric graph >graph.md", LocalizedText(fr: "dans un fichier", en: "in a file"))
            ])

        @OptionGroup var voice: VoiceOptions

        @Argument(help: .exercise)
        var exercise = Catalog.usual.id

        func run() throws { print(CheckGraph(try Sheets.named(exercise)).text(.current), terminator: "") }
    }

    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration.command(
            "lint",
            LocalizedText(
                fr: "Donne chaque erreur d'un barème avec sa ligne et sa colonne.",
                en: "Lists every mistake of a rubric with line and column."),
            examples: [
                (
                    "bascule rubric lint",
                    LocalizedText(fr: "rubric.yaml de ce dossier", en: "rubric.yaml of this folder")
                )
            ])

        @OptionGroup var voice: VoiceOptions

        @Argument(
            help: ArgumentHelp(
                fr: "Le barème ; rubric.yaml de ce dossier, à défaut.",
                en: "The rubric; rubric.yaml of this folder where none is given.", valueName: "rubric.yaml"))
        var rubric = WorkingFolder.rubric

        @Option(
            name: .long,
            help: ArgumentHelp(
                fr: "Le TP auquel il sert ; celui qu'il nomme lui-même, à défaut.",
                en: "The exercise it is for; the one that it names itself where none is given.",
                valueName: "id"))
        var exercise: String?

        /// The one that the rubric names; of one that there is not the usual one's reader says where that stands.
        private var itsOwn: any Exercise {
            get throws {
                let id = try Declaration.head(of: rubric).exercise ?? Catalog.usual.id
                return Sheets.catalog.mistakes[id] == nil
                    ? Sheets.catalog.exercise(id) ?? Catalog.usual : try Sheets.named(id)
            }
        }

        func run() throws {
            let exercise = try self.exercise.map(Sheets.named) ?? itsOwn
            let (extended, rubric) = try Sheets.read(rubric: self.rubric, for: exercise)
            let total = rubric.total
            print(
                String(
                    fr: "\(rubric.exercise) : \(total.formatted(.french)) points, aucune erreur.",
                    en: "\(rubric.exercise): \(total.formatted(.english)) points, no mistakes."))
            for waiting in rubric.checksLeftWaiting(of: extended) {
                let leftOut = waiting.leftOut.map(\.rawValue).joined(separator: ", ")
                Inputs.complain(
                    LocalizedText(
                        fr:
                            "\(self.rubric) : attention : \(waiting.check) rapporte des points et peut être bloqué par des vérifications que ce barème laisse de côté : \(leftOut).",
                        en:
                            "\(self.rubric): warning: \(waiting.check) brings points and may be blocked by checks that this rubric leaves out: \(leftOut)."
                    ))
            }
        }
    }
}
