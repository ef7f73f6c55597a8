import ClassRun
import Foundation
import GraderCore
import Reports
import Testing

@testable import Exercises

extension StudentViewLeakTests {
    /// The program's own files: the student's are silent, the teacher's say it.
    @Test func theFilesOfARun() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let reports = folder.path(percentEncoded: false)
        let file = Program.repository.appending(path: "rubrics/activite-2.yaml")
        func rubric(_ until: String) throws -> String {
            let text = try String(contentsOf: file, encoding: .utf8)
                .replacing(
                    "Q1.netmask: 0.5", with: "Q1.netmask: {points: 0.5, show: hidden, until: \(until)}"
                )
                .replacing("Q9.order: 0.25", with: "Q9.order: {points: 0.25, show: missing, until: \(until)}")
            let path = folder.appending(path: "rubric.yaml")
            try text.write(to: path, atomically: true, encoding: .utf8)
            return path.path(percentEncoded: false)
        }
        let recorded = "exercises/activite-2/recorded"
        func text(_ path: String) throws -> String {
            try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        }
        let words = [
            "Q1.netmask", "Le masque de sous-réseau", "Q9.order", "L’adresse d’abord, le service ensuite",
        ]
        func said(_ text: String) -> [String] { words.filter { Self.says(Data(text.utf8), $0) } }

        try await Program.run(["score", recorded, "--reports", reports, "--rubric", try rubric("2999-12-31")])
        // The mark is whole: the wrong netmask costs its points.
        let grades = try await Program.run([
            "export", "\(reports)/demo/latest", "--format", "pronote", "--provisional",
        ]).output
        #expect(grades.contains("16,25") && !grades.contains("15,5"), "\(grades)")
        try await Program.run([
            "mark", "--class", "demo", "--student", "etu4", "Q1.netmask", "0.125", "--comment",
            "Masque à revoir", "--reports",
            reports,
        ])
        try await Program.run([
            "report", "\(reports)/demo/latest", "--pseudonyms", "--lang", "fr",
        ])
        for name in ["report.html", "report.md"] {
            let page = try text("demo/latest/students/etu4/\(name)")
            #expect(said(page) == [] && page.contains("Vérifications non montrées"), "\(name)")
            #expect(!page.contains("Masque à revoir") && page.contains("31/12/2999"))
        }
        #expect(said(try text("demo/latest/projector.html")) == [])
        for name in ["teacher.html", "result.json"] {
            let page = try text("demo/latest/students/etu4/\(name)")
            #expect(said(page).count >= 2 && page.contains("Masque à revoir"), "\(name)")
        }
        #expect(try text("demo/latest/index.html").contains("students/etu4/teacher.html"))
        #expect(said(try text("demo/latest/index.html")).contains("Le masque de sous-réseau"))

        let bundle = folder.appending(path: "bundle")
        let bundled = try await Program.run([
            "bundle", "--student", "etu4", "--reports", reports, "-o", bundle.path(percentEncoded: false),
        ])
        #expect(bundled.status == 0, "\(bundled.complaints)")
        for path in try FileManager.default.subpathsOfDirectory(atPath: bundle.path(percentEncoded: false)) {
            // What the machines said, raw, is the student's own.
            guard
                let data = FileManager.default.contents(
                    atPath: "\(bundle.path(percentEncoded: false))/\(path)"),
                !path.hasSuffix("evidence.json")
            else { continue }
            let text = String(decoding: data, as: UTF8.self)
            #expect(said(text) == [] && !text.contains("Masque à revoir"), "\(path)")
        }
        for format in ["junit", "json"] {
            let run = [
                "export", "\(reports)/demo/latest", "--format", format, "--student", "etu4", "--lang", "fr",
            ]
            #expect(said(try await Program.run(run).output).isEmpty == false)
            #expect(said(try await Program.run(run + ["--as-students-see-it"]).output) == [])
        }
        let gradescope = try await Program.run([
            "export", "\(reports)/demo/latest", "--format", "gradescope", "--student", "etu4", "--lang", "fr",
            "--provisional",
        ])
        #expect(said(gradescope.output) == [] && gradescope.output.contains("16.38"))

        // When the day is over all is there again, and the teacher's own page is gone.
        try await Program.run(["score", recorded, "--reports", reports, "--rubric", try rubric("2020-01-01")])
        let page = try text("demo/latest/students/etu4/report.html")
        #expect(said(page) == words && page.contains("Masque à revoir"))
        let teachers = folder.appending(path: "demo/latest/students/etu4/teacher.html")
        #expect(!FileManager.default.fileExists(atPath: teachers.path(percentEncoded: false)))
    }
}
