import Foundation
import GraderCore
import Reports
import Testing

/// Writes every sample page into the folder that `BASCULE_SAMPLE_PAGES` names, for somebody to look at.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["BASCULE_SAMPLE_PAGES"] != nil))
struct SamplePages {
    /// The board's pages in a folder of their own, with what the board serves beside them.
    @Test func writeBoard() throws {
        let path = try #require(ProcessInfo.processInfo.environment["BASCULE_SAMPLE_PAGES"])
        let folder = URL(fileURLWithPath: path, isDirectory: true).appending(path: "board")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try BoardAssets.style().write(
            to: folder.appending(path: "board.css"), atomically: true, encoding: .utf8)
        try BoardAssets.script.write(
            to: folder.appending(path: "board.js"), atomically: true, encoding: .utf8)
        let recorded = try recordedResults()
        for language in Language.allCases {
            let pages = try SampleBoard.pages(language) + SampleBoard.pages(recorded, language)
            for (name, html) in pages {
                try html.write(
                    to: folder.appending(path: "\(name)-\(language.rawValue).html"), atomically: true,
                    encoding: .utf8)
            }
        }
    }

    /// A run's, where `BASCULE_SAMPLE_RESULTS` names its folder `students`: `bascule score exercises/…/recorded` makes one.
    private func recordedResults() throws -> [GradedResult] {
        guard let path = ProcessInfo.processInfo.environment["BASCULE_SAMPLE_RESULTS"] else { return [] }
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            try Date(
                decoder.singleValueContainer().decode(String.self),
                strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        }
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted().map { name in
            let file = folder.appending(path: name).appending(path: "result.json")
            return try decoder.decode(GradedResult.self, from: Data(contentsOf: file))
        }
    }

    @Test func write() throws {
        let path = try #require(ProcessInfo.processInfo.environment["BASCULE_SAMPLE_PAGES"])
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for language in Language.allCases {
            for result in SampleResults.all + [HostileSample.result] {
                let report = StudentReport(result: result, language: language, timeZone: .gmt)
                let name = "\(result.student.id.prefix(20).filter(\.isLetter))-\(language.rawValue)"
                try report.html().write(
                    to: folder.appending(path: name + ".html"), atomically: true, encoding: .utf8)
                try report.markdown().write(
                    to: folder.appending(path: name + ".md"), atomically: true, encoding: .utf8)
                try TerminalReport(result, language: language, colour: true, width: 90, hints: true).lines()
                    .joined(separator: "\n")
                    .write(to: folder.appending(path: name + ".txt"), atomically: true, encoding: .utf8)
            }
            for result in [SampleRun.concealed, SampleRun.team, SampleRun.decided, SampleDrills.drilled] {
                try StudentReport(result: result, language: language, timeZone: .gmt).html().write(
                    to: folder.appending(path: "marked-\(result.student.id)-\(language.rawValue).html"),
                    atomically: true, encoding: .utf8)
            }
            var page = ClassPage(
                className: "BTS SIO 2 SISR", title: "", exerciseTitle: SampleResults.solved.exerciseTitle,
                ranAt: SampleResults.moment, results: SampleResults.classOf35,
                notAssessed: [
                    .init(
                        student: StudentIdentity(id: "etu36", names: ["Ysée Oudard"]),
                        reason: LocalizedText(
                            fr: "Le relevé a dépassé le temps accordé à une paire (60 s).",
                            en: "Collecting took longer than a pair is given (60 s)."))
                ], language: language)
            page.runName = "2026-11-22T141500Z"
            page.history = [1, 2].map { week in
                let name = week == 1 ? "2026-11-15T141500Z" : "2026-11-08T141500Z"
                return PastRun(
                    name: name, startedAt: SampleResults.moment.addingTimeInterval(Double(week) * -604_800),
                    exercise: "activite-2",
                    results: SampleResults.classOf35.indices.map { index in
                        let all = SampleResults.classOf35
                        var result = all[(index + 1 + week) % all.count]
                        result.student = all[index].student
                        return result
                    })
            }
            page.drillOutages = [
                DrillOutages(
                    drill: LocalizedText(fr: "Mise en standby", en: "Standby"),
                    outages: SampleResults.classOf35.enumerated().map { index, result in
                        DrillOutages.Outage(
                            student: result.student, seconds: 0.6 + Double(index * index % 17) / 7)
                    })
            ]
            try page.html().write(
                to: folder.appending(path: "class-\(language.rawValue).html"), atomically: true,
                encoding: .utf8)
            var large = page
            large.results = (0..<500).map { index in
                var result = SampleResults.classOf35[index % 35]
                result.student.id = "etu\(index + 1)"
                return result
            }
            try large.html().write(
                to: folder.appending(path: "class500-\(language.rawValue).html"), atomically: true,
                encoding: .utf8)
            page.pseudonymKey = "key"
            try page.html().write(
                to: folder.appending(path: "projector-\(language.rawValue).html"), atomically: true,
                encoding: .utf8)
        }
    }
}
