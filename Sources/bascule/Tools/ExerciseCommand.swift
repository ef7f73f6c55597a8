import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import InputFiles
import Reports

struct ExerciseCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "exercise",
        LocalizedText(
            fr: "S'occupe des TP déclarés en YAML.", en: "Looks after exercises that are declared in YAML."),
        examples: [
            (
                "bascule exercise new web",
                LocalizedText(
                    fr: "commence un TP à soi, dans exercises/web",
                    en: "begins one of your own in exercises/web")
            ),
            ("bascule exercise lint web", LocalizedText(fr: "ses erreurs", en: "its mistakes")),
        ],
        subcommands: [Lint.self, New.self, Sheet.self, Schema.self])

    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration.command(
            "lint",
            LocalizedText(
                fr: "Donne chaque erreur d'un TP avec sa ligne et sa colonne ; ne touche aucune machine.",
                en: "Lists every mistake of an exercise with line and column; touches no machine."),
            examples: [
                (
                    "bascule exercise lint web",
                    LocalizedText(fr: "exercises/web/exercise.yaml", en: "exercises/web/exercise.yaml")
                )
            ])

        @OptionGroup var voice: VoiceOptions

        @Argument(
            help: ArgumentHelp(
                fr: "La déclaration : exercises/<id>/exercise.yaml, son dossier, ou le nom du TP.",
                en: "The declaration: exercises/<id>/exercise.yaml, its folder, or the exercise's name."))
        var declaration: String

        private var file: String {
            let candidates = ["\(declaration)/exercise.yaml", "exercises/\(declaration)/exercise.yaml"]
            return candidates.first { FileManager.default.fileExists(atPath: $0) } ?? declaration
        }

        func run() throws {
            let reading = Declaration.exercise(file: file)
            var mistakes = reading.mistakes
            // Where the points stand in the same file it is its own rubric.
            if let exercise = reading.exercise, try Declaration.head(of: file).hasPoints {
                do throws(InputErrors) {
                    _ = try RubricFile.read(file: file, exercise: exercise)
                } catch {
                    mistakes += error.mistakes
                }
            }
            guard mistakes.isEmpty, let exercise = reading.exercise else {
                throw InputErrors(Set(mistakes).sorted())
            }
            let checks = exercise.questionDefinitions.flatMap(\.checks).count
            let machines = exercise.machines.map(\.rawValue).joined(separator: ", ")
            print(
                String(
                    fr: "\(exercise.id) : \(checks) vérifications sur \(machines), aucune erreur.",
                    en: "\(exercise.id): \(checks) checks on \(machines), no mistakes."))
        }
    }

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration.command(
            "new",
            LocalizedText(
                fr: "Écrit le début commenté d'un TP à soi, avec une classe virtuelle où l'essayer.",
                en:
                    "Writes the commented beginning of an exercise of your own, with a virtual lab to try it in."
            ),
            examples: [
                ("bascule exercise new web", LocalizedText(fr: "dans exercises/web", en: "in exercises/web"))
            ])

        @OptionGroup var voice: VoiceOptions

        @Argument(
            help: ArgumentHelp(
                fr: "Son nom court : lettres minuscules, chiffres et tirets.",
                en: "Its short name: lower-case letters, digits and hyphens.", valueName: "name"))
        var id: String

        @Option(
            name: .long,
            help: ArgumentHelp(
                fr: "Le dossier des TP.", en: "The folder for exercises.", valueName: "folder"))
        var folder = "exercises"

        func validate() throws {
            try require(
                Beginning.isName(id) && Catalog.builtIn.allSatisfy { $0.id != id },
                LocalizedText(
                    fr:
                        "le nom d'un TP a des lettres minuscules, des chiffres et des tirets, commence par une lettre, et n'est celui d'aucun autre",
                    en:
                        "an exercise's name has lower-case letters, digits and hyphens, begins with a letter, and is no other's"
                ))
        }

        func run() throws {
            let place = "\(folder)/\(id)"
            try require(
                !FileManager.default.fileExists(atPath: place),
                LocalizedText(
                    fr: "\(place) existe déjà : prendre un autre nom",
                    en: "\(place) is there already: take another name")
            )
            for (name, text) in Beginning.files(id) {
                let file = URL(filePath: "\(place)/\(name)")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            print(
                String(
                    fr: "\(place)/exercise.yaml : ce qui est demandé, regardé, et compté ; commencer par là.",
                    en: "\(place)/exercise.yaml: what is asked, looked at, and worth; begin there."))
            guard !voice.quiet else { return }
            print(
                """
                bascule exercise lint \(place)/exercise.yaml
                bascule lab up --exercise \(id) --class \(id) --students 2 --situation-of etu1=solved
                bascule lab shell --class \(id) teacher bascule grade-all "$(bascule lab status --class \(id) --roster)"
                """)
        }
    }

    struct Sheet: ParsableCommand {
        static let configuration = CommandConfiguration.command(
            "sheet",
            LocalizedText(
                fr: "Affiche ce que reçoivent les étudiants : les questions, ce qui est regardé, les points.",
                en: "Prints what students are handed: questions, what is looked at, points."),
            examples: [
                (
                    "bascule exercise sheet \(Catalog.usual.id) --html >sujet.html",
                    LocalizedText(fr: "une page à imprimer", en: "a page to print")
                )
            ])

        @Argument(help: .exercise)
        var id: String

        @OptionGroup var options: RunOptions

        @Flag(
            name: .long,
            help: ArgumentHelp(
                fr: "Une page HTML au lieu de Markdown.", en: "A page of HTML instead of Markdown."))
        var html = false

        func run() throws {
            let grader = try options.grader(id, acceptsExcerpt: true)
            let page = SheetPage(
                title: grader.rubric.title, rubric: grader.rubric,
                checks: grader.exercise.questionDefinitions.flatMap(\.checks), language: options.language)
            StandardOutput.document(html ? try page.html() : page.markdown)
        }
    }

    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration.command(
            "schema",
            LocalizedText(
                fr: "Affiche la forme des déclarations de TP en JSON Schema, pour les éditeurs.",
                en: "Prints the form of declarations as JSON Schema, for editors."),
            examples: [
                (
                    "bascule exercise schema >exercise.schema.json",
                    LocalizedText(
                        fr: "à donner à l'éditeur, qui complète et corrige",
                        en: "for the editor, which completes and corrects")
                )
            ])

        @OptionGroup var voice: VoiceOptions

        func run() throws { print(try Declaration.schema().json()) }
    }
}
