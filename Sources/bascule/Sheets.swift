import ArgumentParser
import ClassRun
import Exercises
import GraderCore
import InputFiles

/// The exercises of this program and of the files that it finds: in the working folder, and beside the program.
enum Sheets {
    /// Read once, when somebody asks.
    static let catalog = Catalog(
        folders: ["exercises"] + [ShippedFiles.besideProgram("exercises")].compactMap(\.self))

    static var all: [any Exercise] { catalog.exercises }

    /// - Throws: every mistake of its declaration, or a usage error that says which exercises there are.
    static func named(_ id: String) throws -> any Exercise {
        if let exercise = catalog.exercise(id) { return exercise }
        if let errors = catalog.mistakes[id] { throw errors }
        throw ValidationError.unknown(
            id, in: all.map(\.id), fr: "il n'y a pas de TP \(id)", en: "there is no exercise \(id)")
    }

    /// An exercise with what a rubric declares beside its own checks, and that rubric.
    /// - Throws: every mistake of the rubric, those of its declarations among them.
    static func read(
        rubric file: String, for exercise: any Exercise
    ) throws(InputErrors) -> (exercise: any Exercise, rubric: Rubric) {
        let reading = Declaration.exercise(exercise, extendedBy: file)
        let extended = reading.exercise ?? exercise
        do throws(InputErrors) {
            let rubric = try RubricFile.read(file: file, exercise: extended)
            _ = try reading.sound()
            return (extended, rubric)
        } catch {
            // Of one place the same is said once.
            throw InputErrors(Set(reading.mistakes + error.mistakes).sorted())
        }
    }
}
