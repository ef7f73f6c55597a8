import GraderCore
import Testing

@testable import Reports

/// Moodle would give the mark of one to the other.
struct MoodleIdentifierTests {
    private var csv: MoodleCSV {
        var run = SampleRun.run()
        run.results = []
        run.students = ["etu1", "etu2", "etu3"].map { StudentIdentity(id: $0, names: ["Alex Martin"]) }
        run.students[2].names = ["Lou Martin"]
        return MoodleCSV(run)
    }

    @Test func whatTwoOfOneNameShareIsNobodys() {
        var csv = csv
        csv.ids = ["Alex Martin": "a@school.example", "Lou Martin": "l@school.example"]
        #expect(csv.unidentified == ["Alex Martin", "Alex Martin"])
        let text = csv.text()
        #expect(!text.contains("a@school.example") && text.contains("l@school.example"))
    }

    /// With `--student`, who is left out has his identifier all the same.
    @Test func anIdentifierOfWhoIsNotExportedIsNobodysEither() {
        var csv = csv
        csv.ids = ["Alex Martin": "a@school.example"]
        csv.run.others = Array(csv.run.students.dropFirst())
        csv.run.students.removeLast(2)
        #expect(csv.unidentified == ["Alex Martin"] && !csv.text().contains("a@school.example"))
        csv.run.others.removeFirst()
        #expect(csv.unidentified.isEmpty && csv.text().contains("a@school.example"))
    }

    @Test func theirOwnIdsTellThemApart() {
        var csv = csv
        csv.ids = ["etu1": "a@school.example", "etu2": "b@school.example"]
        #expect(csv.unidentified.isEmpty && csv.text().contains("b@school.example"))
        // Another's id.
        csv.ids = ["etu1": "etu3"]
        #expect(csv.unidentified == ["Alex Martin", "Lou Martin"])
    }
}
