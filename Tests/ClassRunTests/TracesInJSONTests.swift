import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// What is taken out of the evidence and results of students who stay, whatever somebody who left was called.
struct TracesInJSONTests {
    /// Numbers of clocks and processes, and words that Bascule itself writes.
    private static let ids = [
        "11", "42", "18", "1", "2026", "2026-11", "a", "g1", "met", "notMet", "notAssessed", "exited", "open",
        "udp",
        "grader", "net", "clock", "H0", "Q1", "root", "crm", "activite-2", "unknown", "machines", "test",
        "demo",
    ]

    private let evidence: Evidence
    private let result: GradedResult

    init() throws {
        let judged = try RecordedClass.judged()
        (evidence, result) = try withExtendedLifetime(judged.recorded) {
            (try judged.run.evidence(of: "etu1"), try judged.run.result(of: "etu1"))
        }
    }

    @Test(arguments: ids) func evidenceIsReadAsBefore(_ id: String) throws {
        let hidden = try #require(Traces([id]).hidden(inJSON: StoredJSON.encode(evidence)))
        let read = try EvidenceStore.decode(hidden, path: "evidence.json")
        #expect(read.startedAt == StoredDate.rounded(evidence.startedAt))
        #expect(read.lab == evidence.lab && read.exercise == evidence.exercise)
        #expect(read.observations.map(\.id) == evidence.observations.map(\.id))
        #expect(read.observations.map(\.vantage) == evidence.observations.map(\.vantage))
    }

    @Test(arguments: ids) func resultsAreReadAsBefore(_ id: String) throws {
        let hidden = try #require(Traces([id]).hidden(inJSON: StoredJSON.encode(result)))
        let read = try StoredJSON.decodeLine(GradedResult.self, from: hidden)
        #expect(read.score == result.score && read.student == result.student)
        let (new, old) = (read.questions.flatMap(\.checks), result.questions.flatMap(\.checks))
        #expect(new.map(\.result.id) == old.map(\.result.id))
        #expect(new.map(\.result.verdict) == old.map(\.result.verdict))
        #expect(new.map(\.earned) == old.map(\.earned))
    }

    /// Any output has a 42 and an a.
    @Test(arguments: ["42", "g1", "2026-11"])
    func aNumberIsAStudentWhereItNamesWhatIsTheStudents(_ id: String) throws {
        let traces = Traces([id])
        #expect(traces.found(in: "pid \(id), \(id) s, /\(id)/x, 1/\(id)").isEmpty)
        #expect(traces.found(in: "2026-11-22T101500Z/students/\(id)/report.html") == [id])
        #expect(traces.found(in: "answers/\(id).md") == [id])
        #expect(traces.found(in: "students/\(id)0").isEmpty)
        #expect(traces.found(inFile: Array(#"{"students": [{"id": "\#(id)"}]}"#.utf8)) == [id])
        let bytes = try StoredJSON.encode(evidence)
        #expect(traces.hidden(inJSON: bytes) == bytes)
    }

    @Test func foreignTextsLoseTheirTraces() throws {
        let text = """
            {"id": "net/x", "kind": "etu2", "startedAt": "2026-11-22T18:42:42.661Z", "student": "etu1",
            "lab": {"web": "etu2"}, "sentence": "etu2 was there", "value": "172.16.2.10",
            "standardOutput": "first\\nZoé Dupont\\nGET /students/42/ HTTP/1.1\\nlast 42"}
            """
        let traces = Traces(["42", "etu2", "Zoé Dupont", "172.16.2.10"])
        let hidden = try #require(traces.hidden(inJSON: Array(text.utf8)))
        let read = try #require(try JSONSerialization.jsonObject(with: Data(hidden)) as? [String: Any])
        let texts = read.compactMapValues { $0 as? String }
        #expect(
            texts == [
                "id": "net/x", "kind": "etu2", "startedAt": "2026-11-22T18:42:42.661Z", "student": "etu1",
                "sentence": "[…]", "value": "[…]", "standardOutput": "first\n[…]\n[…]\nlast 42",
            ])
        #expect(read["lab"] as? [String: String] == ["web": "etu2"])
        // What is judged by is not changed, but it is said that it is there.
        #expect(traces.found(inFile: hidden) == ["etu2"])
    }

    /// The student who stays is called by part of the name of who left, and the class has numbers for ids.
    @Test func aPurgeLeavesWhatIsOfThoseWhoStay() throws {
        let (recorded, run) = try RecordedClass.judged()
        var manifest = try run.manifest()
        func score(_ students: [String], hours: Double) throws -> RunFolder {
            let folder = try TestFolder()
            let copy = RunFolder(path: folder.path)
            manifest.startedAt = evidence.startedAt.addingTimeInterval(hours * 3600)
            manifest.students = students.map { StudentIdentity(id: $0, names: ["Nom \($0)"]) }
            try copy.write(manifest)
            for student in students {
                var evidence = evidence
                evidence.student = student
                try copy.write(evidence, student: student)
            }
            return try withExtendedLifetime(folder) {
                try recorded.reports.scoreAgain(copy, manifest, by: recorded.grader) { _ in }.run
            }
        }
        try recorded.reports.remove(run, of: "demo")
        _ = try score(["10", "11"], hours: 0)
        let kept = try score(["10"], hours: 48)
        let before = try (kept.evidence(of: "10"), kept.result(of: "10"))
        let purge = ClassPurge(
            reports: recorded.reports, className: "demo", before: evidence.startedAt.addingTimeInterval(3600))
        let plan = try purge.plan()
        #expect(plan.students.map(\.id) == ["11"])
        let outcome = try purge.carryOut(plan) { _ in }
        #expect(outcome.leftovers.isEmpty, "\(outcome.leftovers)")
        #expect(try kept.evidence(of: "10") == before.0)
        #expect(try kept.result(of: "10").score == before.1.score)
    }
}
