import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import InputFiles
import Reports

struct ExerciseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exercise", abstract: "Looks after exercises that are declared in YAML.",
        subcommands: [Lint.self, New.self, Sheet.self, Schema.self])

    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every mistake of an exercise with line and column; touches no machine.")

        @Argument(help: "The declaration: exercises/<id>/exercise.yaml, its folder, or the exercise's name.")
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
            print("\(exercise.id): \(checks) checks on \(machines), no mistakes.")
        }
    }

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Writes the commented beginning of an exercise of your own, with a virtual lab to try it in.")

        @Argument(help: "Its short name: lower-case letters, digits and hyphens.")
        var id: String

        @Option(name: .long, help: "The folder for exercises.")
        var folder = "exercises"

        func validate() throws {
            try require(
                Beginning.isName(id) && Catalog.builtIn.allSatisfy { $0.id != id },
                "an exercise's name has lower-case letters, digits and hyphens, begins with a letter, and is no other's"
            )
        }

        func run() throws {
            let place = "\(folder)/\(id)"
            try require(
                !FileManager.default.fileExists(atPath: place), "\(place) is there already: take another name"
            )
            for (name, text) in Beginning.files(id) {
                let file = URL(filePath: "\(place)/\(name)")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            print(
                """
                \(place)/exercise.yaml: what is asked, looked at, and worth; begin there.
                bascule exercise lint \(place)/exercise.yaml
                bascule lab up --exercise \(id) --class \(id) --students 2 --situation-of etu1=solved
                bascule lab shell --class \(id) teacher bascule grade-all "$(bascule lab status --class \(id) --roster)"
                """)
        }
    }

    struct Sheet: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints what students are handed: questions, what is looked at, points.")

        @Argument(help: "The exercise.")
        var id: String

        @OptionGroup var options: RunOptions

        @Flag(name: .long, help: "A page of HTML instead of Markdown.")
        var html = false

        func run() throws {
            let grader = try options.grader(id, acceptsExcerpt: true)
            let page = SheetPage(
                title: grader.rubric.title, rubric: grader.rubric,
                checks: grader.exercise.questionDefinitions.flatMap(\.checks), language: options.language)
            print(html ? try page.html() : page.markdown, terminator: "")
        }
    }

    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the form of declarations as JSON Schema, for editors.")

        func run() throws { print(try Declaration.schema().json()) }
    }
}
