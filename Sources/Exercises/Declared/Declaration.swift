import Foundation
import GraderCore
import InputFiles

/// Exercises, and checks of exercises, that teachers write in YAML (`docs/exercises.md`).
public enum Declaration {
    /// What was read, as far as it could be, and what is wrong with it.
    public struct Reading: Sendable {
        /// Nil where not even its head could be read.
        public var exercise: (any Exercise)?
        /// In the order of the file.
        public var mistakes: [InputMistake]

        /// - Throws: ``InputErrors`` where there is any mistake.
        public func sound() throws(InputErrors) -> any Exercise {
            guard mistakes.isEmpty, let exercise else { throw InputErrors(mistakes) }
            return exercise
        }
    }

    /// `exercises/<id>/exercise.yaml`, with the `lab.yaml` beside it where there is one.
    public static func exercise(file: String) -> Reading {
        let folder = URL(filePath: file).deletingLastPathComponent().path(percentEncoded: false)
        return read(file) { root, mistakes in
            ExerciseReader(file: file, folder: folder, mistakes: mistakes).read(root)
        }
    }

    /// An exercise with the checks that a rubric declares beside the exercise's own; the exercise as it is where it declares
    /// none.
    public static func exercise(_ exercise: any Exercise, extendedBy rubric: String) -> Reading {
        read(rubric) { root, mistakes in extend(exercise, by: root, in: rubric, mistakes) }
    }

    /// What a file is, by its first keys.
    public struct Head: Sendable {
        /// The exercise that it names; nil where it names none.
        public var exercise: String?
        /// Whether it declares that exercise, and does not only add to it.
        public var isWhole: Bool
        /// Whether it says what the checks are worth, and is a rubric.
        public var hasPoints: Bool
    }

    /// - Throws: ``InputErrors`` where the file cannot be read as YAML.
    public static func head(of file: String) throws(InputErrors) -> Head {
        try YAMLDocument.read(
            InputText(file: file), as: LocalizedText(fr: "une déclaration", en: "a declaration")
        ) { root, mistakes in
            guard case .mapping(let entries) = root.content else {
                mistakes.add(
                    root.position,
                    LocalizedText(fr: "le fichier : \(root.kind)", en: "the file is \(root.kind)"),
                    expected: LocalizedText(
                        fr: "des clés dont la première est exercise:",
                        en: "a mapping that begins with exercise:"))
                return nil
            }
            var head = Head(exercise: nil, isWhole: isDeclaration(root), hasPoints: false)
            for entry in entries {
                if entry.key == "total" { head.hasPoints = true }
                if entry.key == "exercise", case .scalar(let id, false) = entry.value.content {
                    head.exercise = id
                }
            }
            return head
        }
    }

    private static func extend<Base: Exercise>(
        _ base: Base, by root: InputNode, in file: String, _ mistakes: InputMistakes
    ) -> any Exercise {
        guard !(base is DeclaredExercise && isDeclaration(root)), case .mapping(let entries) = root.content
        else {
            return base
        }
        let reader = SheetReader(
            machines: base.machines, labKeys: base.labKeys, own: base.definitions,
            folder: URL(filePath: file).deletingLastPathComponent().path(percentEncoded: false),
            mistakes: mistakes)
        let declared = reader.read(entries.first { $0.key == "questions" }?.value, isSheet: false)
        // With nothing declared its keys may stand there all the same: a check without a look is then told what it lacks.
        return declared.isEmpty ? base : ExtendedExercise(base, by: declared)
    }

    /// Whether a file is an exercise's declaration, which may hold the points as well.
    private static func isDeclaration(_ root: InputNode) -> Bool {
        guard case .mapping(let entries) = root.content else { return false }
        return entries.contains { $0.key == "machines" }
    }

    private static func read(
        _ file: String, _ body: (InputNode, InputMistakes) -> (any Exercise)?
    ) -> Reading {
        do throws(InputErrors) {
            let input = try InputText(file: file)
            let mistakes = InputMistakes(file: file)
            let exercise = YAMLDocument.read(input, mistakes: mistakes).flatMap { body($0, mistakes) }
            return Reading(exercise: exercise, mistakes: mistakes.errors.mistakes)
        } catch {
            return Reading(exercise: nil, mistakes: error.mistakes)
        }
    }
}
