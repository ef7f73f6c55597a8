import Foundation
import GraderCore
import Testing

/// The recorded class, judged and scored again without a machine.
struct RecordedClassTests {
    private static let recorded = "exercises/activite-2/recorded"

    @Test func theRecordedClassIsGraded() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try await Program.run(
            ["score", Self.recorded, "--reports", folder.path(percentEncoded: false), "--lang", "fr"])
        // The machines of the fifth student were off.
        #expect(outcome.status == 2, "\(outcome.complaints)")
        let latest = folder.appending(path: "demo/latest")
        let page = try String(contentsOf: latest.appending(path: "index.html"), encoding: .utf8)
        for student in ["etu1", "etu2", "etu3", "etu4", "etu5"] {
            #expect(page.contains("students/\(student)/report.html"))
            let result = try JSONDecoder.results.decode(
                GradedResult.self,
                from: Data(contentsOf: latest.appending(path: "students/\(student)/result.json")))
            #expect(result.student.id == student)
            #expect(result.score.total == Points(20))
            for name in ["report.html", "report.md", "evidence.json"] {
                let file = latest.appending(path: "students/\(student)/\(name)").path(percentEncoded: false)
                let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
                #expect(mode == 0o600, "\(file)")
            }
        }
    }

    /// Two processes hash differently; time zone and language differ too.
    @Test func twoProcessesGiveTheSameBytes() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var results: [[Data]] = []
        for (name, environment) in [
            ("first", ["TZ": "UTC", "LC_ALL": "C.UTF-8"]),
            ("second", ["TZ": "Asia/Tokyo", "LC_ALL": "fr_FR"]),
        ] {
            let reports = folder.appending(path: name).path(percentEncoded: false)
            try await Program.run(["score", Self.recorded, "--reports", reports], environment: environment)
            results.append(
                try ["etu1", "etu2", "etu3", "etu4", "etu5"].flatMap { student in
                    try ["result.json", "report.html", "report.md"].map { file in
                        try Data(
                            contentsOf: folder.appending(
                                path: "\(name)/demo/latest/students/\(student)/\(file)"))
                    }
                })
        }
        #expect(results[0].count == 15 && results[0] == results[1])
    }

    @Test func theUnreachableStudentHasNoMark() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try await Program.run(
            ["score", Self.recorded, "--reports", folder.path(percentEncoded: false), "--lang", "fr"])
        let line = try #require(outcome.lines.first { $0.hasPrefix("etu5") })
        #expect(line.contains("non évalué"))
        let report = try String(
            contentsOf: folder.appending(path: "demo/latest/students/etu5/report.md"), encoding: .utf8)
        #expect(report.contains("Non évalué") || report.contains("non évalué"))
    }
}

extension JSONDecoder {
    static var results: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let text = try decoder.singleValueContainer().decode(String.self)
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            return try style.parse(text)
        }
        return decoder
    }
}
