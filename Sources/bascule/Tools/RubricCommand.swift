import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore

struct RubricCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rubric", abstract: "Looks after rubrics.",
        subcommands: [Lint.self, Print.self, Schema.self, Graph.self])

    struct Print: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the rubric that is used where none is named, for a copy of your own.")

        @Argument(help: "The exercise.")
        var exercise = Catalog.usual.id

        func run() throws {
            let file = try RunOptions.defaultRubric(exercise)
            guard let text = FileManager.default.contents(atPath: file) else {
                throw ValidationError("\(file) cannot be read")
            }
            try FileHandle.standardOutput.write(contentsOf: text)
        }
    }

    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the form of an exercise's rubrics as JSON Schema, for editors.")

        @Argument(help: "The exercise.")
        var exercise = Catalog.usual.id

        func run() throws {
            print(
                try RubricSchema(Sheets.named(exercise), declaredForms: Declaration.checkForms).text(),
                terminator: "")
        }
    }

    struct Graph: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints what an exercise's checks wait for, as a Markdown page with a graph (Mermaid).")

        @Argument(help: "The exercise.")
        var exercise = Catalog.usual.id

        func run() throws { print(CheckGraph(try Sheets.named(exercise)).text(), terminator: "") }
    }

    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every mistake of a rubric with line and column.")

        @Argument(help: "The rubric (rubrics/<exercise>.yaml).")
        var rubric: String

        @Option(
            name: .long, help: "The exercise it is for; the one that it names itself where none is given.")
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
            print("\(rubric.exercise): \(rubric.total.formatted(.english)) points, no mistakes.")
            for waiting in rubric.checksLeftWaiting(of: extended) {
                let leftOut = waiting.leftOut.map(\.rawValue).joined(separator: ", ")
                Inputs.complain(
                    "\(self.rubric): warning: \(waiting.check) brings points and may be blocked by checks that this rubric "
                        + "leaves out: \(leftOut).")
            }
        }
    }
}
