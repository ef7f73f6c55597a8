import Foundation
import GraderCore
import Testing

@testable import Reports

/// The exports, read by programs that know nothing of Bascule.
struct ReadBackTests {
    private var hostile: GradedRun {
        var run = SampleRun.run()
        var result = HostileSample.result
        // Not a number has no form in JSON; no clock of Bascule's gives it.
        result.collectionSeconds = 1
        result.collectedAt = SampleResults.moment
        run.results.append(result)
        run.students.append(result.student)
        run.className = HostileSample.mixed
        run.exerciseTitle = LocalizedText(verbatim: HostileSample.mixed)
        return run
    }

    @Test(.enabled(if: PythonReader.isPresent, "needs python3"))
    func pronoteIsReadByPython() throws {
        let rows = try PythonReader.csv(
            GradesCSV(SampleRun.run()).text(), separator: ";", encoding: "utf-8-sig")
        #expect(
            rows.map { Array($0.prefix(7)) } == [
                [
                    "Identifiant", "Nom", "Note", "Sur", "Points obtenus", "Points décidés",
                    "Points du barème",
                ],
                ["quemener", "Maël Quéméner", "19,13", "20", "19,125", "20", "20"],
                ["abeille-dumas", "Éloïse Abeille-Dumas", "", "20", "16", "17", "20"],
                ["abeille-dumas", "Maël Quéméner", "17,5", "20", "17,5", "20", "20"],
                ["brisset", "Timothée Brisset", "", "20", "4,5", "12", "20"],
                ["cazenave", "Anaïs Cazenave", "N.Not", "20", "0", "0", "20"],
                ["le-goff", "Hoël \"le Grand\" Le Goff; dit l'Ours", "Abs", "20", "0", "0", "20"],
                ["perdu", "Ysée Oudard", "N.Not", "20", "0", "0", "0"],
            ])
        #expect(rows[0].suffix(7) == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Commentaire"])
        #expect(rows[1].suffix(7) == ["4", "2", "3", "3", "2,125", "5", ""])
        #expect(
            rows[3].suffix(7)
                == ["4", "2", "3", "3", "1,5", "4", "'=HYPERLINK(\"http://evil.example\") Oral réussi."])
        #expect(Set(rows.map(\.count)) == [14])
    }

    @Test(.enabled(if: PythonReader.isPresent, "needs python3"))
    func moodleIsReadByPython() throws {
        var csv = MoodleCSV(
            SampleRun.run(.english), options: Gradebook.Options(maximum: Points(100)),
            idColumn: "Email address", gradeColumn: "Lab 2")
        csv.ids = ["quemener": "m@school.example", "Éloïse Abeille-Dumas": "e@school.example"]
        let rows = try PythonReader.csv(csv.text(), separator: ",")
        #expect(
            rows.map { Array($0.prefix(3)) } == [
                ["Email address", "Full name", "Lab 2"],
                ["m@school.example", "Maël Quéméner", "95.63"],
                ["e@school.example", "Éloïse Abeille-Dumas", ""],
                ["", "Maël Quéméner", "87.5"],
                ["brisset", "Timothée Brisset", ""],
                ["cazenave", "Anaïs Cazenave", ""],
                ["le-goff", "Hoël \"le Grand\" Le Goff; dit l'Ours", ""],
                ["perdu", "Ysée Oudard", ""],
            ])
        #expect(Set(rows.map(\.count)) == [4])
    }

    @Test(.enabled(if: PythonReader.isPresent, "needs python3"))
    func hostileTextStaysInItsCell() throws {
        for (text, separator, columns) in [
            (GradesCSV(hostile).text(), ";", 15), (MoodleCSV(hostile).text(), ",", 4),
        ] {
            let rows = try PythonReader.csv(text, separator: separator, encoding: "utf-8-sig")
            #expect(rows.count == SampleRun.run().students.count + 4)
            #expect(Set(rows.map(\.count)) == [columns])
            for cell in rows.joined() {
                #expect(cell.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
                let first = cell.unicodeScalars.first { !$0.properties.isWhitespace }
                #expect(first.map { "=+-@".unicodeScalars.contains($0) } != true, "\(cell.prefix(80))")
            }
        }
    }

    @Test(.enabled(if: PythonReader.hasLXML, "needs python3 with lxml"))
    func junitHasWhoWasNotSeen() throws {
        var run = hostile
        let unseen = try #require(run.results.last).student
        run.results.removeLast()
        let suites = try #require(
            try PythonReader.read(JUnitReport(run).text(), ["junit", PythonReader.junitSchema.path])
                as? [[String]])
        #expect(suites.count == run.results.count + 1 && suites.last == [unseen.id, "error"])
    }

    @Test(.enabled(if: PythonReader.hasLXML, "needs python3 with lxml"))
    func junitKeepsToItsSchema() throws {
        let text = try JUnitReport(hostile).text()
        let suites = try #require(
            try PythonReader.read(text, ["junit", PythonReader.junitSchema.path]) as? [[String]])
        #expect(suites.count == hostile.results.count)
        #expect(
            suites[0] == ["quemener"] + Array(repeating: "success", count: 6) + ["failure", "success"])
        #expect(
            suites[2] == [
                "brisset", "success", "failure", "failure", "success", "failure", "failure", "skipped",
                "skipped",
            ])
        #expect(suites[3].dropFirst().prefix(6).allSatisfy { $0 == "error" })
    }

    @Test(.enabled(if: PythonReader.hasJSONSchema, "needs python3 with jsonschema"))
    func jsonKeepsToItsPublishedSchema() throws {
        let answer = try read(try RunJSON(hostile).text(), by: "run-2.json")
        #expect(answer.errors == [])
        let document = try #require(answer.document)
        let results = try #require(document["results"] as? [[String: Any]])
        #expect(results.count == hostile.results.count)
        let score = try #require(results[0]["score"] as? [String: Int])
        #expect(score == ["earned": 19_125, "decided": 20_000, "total": 20_000])
    }

    private static let anomalies = [
        ClassAnomaly(
            "hostKey", "SHA256:abc", owners: [.init("etu1", .serv1), .init("etu2", .serv2)],
            title: LocalizedText(verbatim: "not in the file")),
        ClassAnomaly(
            "password", nil, owners: [.init("etu1"), .init("l'élève \"2\"")],
            title: LocalizedText(verbatim: "not in the file")),
    ]

    @Test(
        .enabled(if: PythonReader.hasJSONSchema, "needs python3 with jsonschema"),
        arguments: [anomalies, []])
    func anomaliesKeepToTheirSchema(anomalies: [ClassAnomaly]) throws {
        let answer = try read(try AnomaliesJSON(anomalies).text(), by: "anomalies-1.json")
        #expect(answer.errors == [])
        #expect((answer.document?["anomalies"] as? [Any])?.count == anomalies.count)
    }

    @Test(
        .enabled(if: PythonReader.hasJSONSchema, "needs python3 with jsonschema"),
        arguments: [
            ("\"hostKey\"", "\"key\""), ("\"serv1\"", "\"node1\""), ("\"owners\"", "\"students\""),
            ("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"),
        ])
    func theAnomaliesSchemaRefusesWhatIsWrong(_ good: String, _ bad: String) throws {
        try expectRefused(try AnomaliesJSON(Self.anomalies).text(), by: "anomalies-1.json", good, bad)
    }

    /// A schema that lets everything through proves nothing.
    @Test(
        .enabled(if: PythonReader.hasJSONSchema, "needs python3 with jsonschema"),
        arguments: [
            ("\"notMet\"", "\"failed\""), ("\"earned\" : 19125", "\"earned\" : 19.125"),
            ("\"schemaVersion\" : 2", "\"schemaVersion\" : 1"), ("\"serv1\"", "\"node1\""),
            ("\"kind\" : \"listing\"", "\"kind\" : \"film\""), ("\"good\"", "\"well\""),
            ("\"cards\"", "\"nodes\""), ("\"marks\"", "\"lines\""),
        ])
    func theSchemaRefusesWhatIsWrong(_ good: String, _ bad: String) throws {
        try expectRefused(try RunJSON(SampleRun.run()).text(), by: "run-2.json", good, bad)
    }

    /// With `bad` in the place of `good` the document keeps to its schema no more.
    private func expectRefused(_ text: String, by schema: String, _ good: String, _ bad: String) throws {
        try #require(text.contains(good))
        #expect(try !read(text.replacing(good, with: bad), by: schema).errors.isEmpty)
    }

    /// What Python reads, and where it does not keep to the schema.
    private func read(
        _ text: String, by schema: String
    ) throws -> (errors: [String], document: [String: Any]?) {
        let answer = try #require(
            try PythonReader.read(text, ["json", PythonReader.jsonSchemas.path, schema]) as? [String: Any])
        return (try #require(answer["errors"] as? [String]), answer["document"] as? [String: Any])
    }
}
