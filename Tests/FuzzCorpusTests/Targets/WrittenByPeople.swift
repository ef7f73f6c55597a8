import Foundation
import GraderCore

@testable import ClassRun
@testable import Exercises
@testable import InputFiles

extension FuzzTarget {
    /// What teachers and students write.
    static let people: [FuzzTarget] = [
        FuzzTarget("roster", text: 8192) { text in
            try refusing {
                let roster = try Roster.read(
                    InputText(text: text, file: "class.yaml"), exercises: [Activite2()])
                try expect(SafeName.isValid(roster.className), "\(roster.className) cannot name a folder")
                let ids = roster.students.map(\.identity.id)
                try expect(Set(ids).count == ids.count, "an id is there twice")
                try expect(ids.allSatisfy(SafeName.isValid), "an id cannot name a folder")
            }
            try refusing {
                _ = try Roster.read(
                    InputText(text: text, file: "own.yaml"), exercises: [Activite2()], ownOf: "activite-2")
            }
        },
        FuzzTarget("rubric", text: 32768) { text in
            try refusing {
                let rubric = try RubricFile.read(
                    InputText(text: text, file: "rubric.yaml"), exercise: Activite2())
                let sum = rubric.questions.flatMap(\.checks).reduce(Points.zero) { $0 + $1.points }
                try expect(rubric.isExcerpt || sum == rubric.total, "the points do not add up")
            }
        },
        FuzzTarget("marks", text: 4096) { text in
            try refusing {
                _ = try TeacherMarksFile.read(
                    InputText(text: text, file: "marks.yaml"), className: "sample", sheet: try sheet.get(),
                    students: [
                        StudentIdentity(id: "etu1", names: ["A"]),
                        StudentIdentity(id: "etu2", names: ["B", "C"]),
                    ])
            }
        },
        FuzzTarget("answers", upTo: 8192) { bytes in
            guard let text = try? DocumentText.text(bytes) else { return }
            let answers = WrittenAnswers.parse(text)
            // What would be a heading is moved to the right, once.
            let again = WrittenAnswers.parse(WrittenAnswers.text(answers))
            try expect(
                answers.mapValues(unindented) == again.mapValues(unindented)
                    && WrittenAnswers.parse(WrittenAnswers.text(again)) == again,
                "kept and read again, the answers are others: \(answers) \(again)")
        },
        FuzzTarget("students", upTo: 4096) { bytes in
            try ScratchFile.with(bytes, named: "students.csv") { file in
                try refusing { _ = try StudentList.read(file: file) }
                try refusing { _ = try IdentifierFile.read(file: file) }
            }
        },
        FuzzTarget("exercise", text: 8192) { text in
            try refusing {
                let mistakes = InputMistakes(file: "exercise.yaml")
                let root = YAMLDocument.read(
                    try InputText(text: text, file: "exercise.yaml"), mistakes: mistakes)
                let reader = ExerciseReader(file: "exercise.yaml", folder: nowhere, mistakes: mistakes)
                guard let root, let exercise = reader.read(root) else { return }
                try mistakes.check()
                _ = try EvidenceStory.everyLook.get().result(of: exercise)
            }
        },
        // Checks that a rubric adds to an exercise's own.
        FuzzTarget("checks", upTo: 8192) { bytes in
            try ScratchFile.with(bytes, named: "rubric.yaml") { file in
                try refusing {
                    let exercise = try Declaration.exercise(Activite2(), extendedBy: file).sound()
                    _ = try RubricFile.read(file: file, exercise: exercise)
                }
                try refusing { _ = try Declaration.head(of: file) }
            }
        },
        FuzzTarget("lab", text: 8192) { text in
            try refusing {
                _ = try DeclaredLab.read(
                    InputText(text: text, file: "lab.yaml"), machines: [MachineID("web"), MachineID("db")])
            }
        },
    ]

    private static func unindented(_ text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.drop { $0 == " " } }
    }

    /// Where there is nothing.
    private static let nowhere = "/nonexistent"

    private static let sheet = Result {
        MarkableSheet(
            try RubricFile.read(file: Repository.path("rubrics/activite-2.yaml"), exercise: Activite2()))
    }

    /// Mistakes are an answer; each has a sentence and a place in the file.
    private static func refusing(_ read: () throws -> Void) throws {
        do {
            try read()
        } catch let errors as InputErrors {
            try expect(!errors.mistakes.isEmpty, "refused without a mistake")
            for mistake in errors.mistakes {
                try expect(
                    !mistake.message.fr.isEmpty && !mistake.message.en.isEmpty, "a mistake without a word")
                try expect(mistake.line >= 0 && mistake.column >= 0, "a mistake that is nowhere")
            }
        }
    }
}
