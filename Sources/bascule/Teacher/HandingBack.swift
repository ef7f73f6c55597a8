import ClassRun
import Foundation
import GraderCore
import LinuxFacts
import Reports

/// Reports as students get them back: as far as the rubric shows them, made with programs of this machine.
struct HandingBack {
    var run: GradedRun
    var session: LocalSession
    private let scratch: ScratchFolder
    private var work: String { scratch.path }

    /// Makes a folder of its own, which `end` removes.
    init(_ run: GradedRun, session: LocalSession) throws {
        guard !run.results.isEmpty else {
            throw StoreFailure(
                fr: "Ce passage n'a pas de résultats à rendre : « bascule score » juge ses observations.",
                en: "This run has no results to hand back: `bascule score` judges its evidence.")
        }
        let now = Date()
        self.run = run
        self.run.results = run.results.map { $0.shownToStudents(at: now) }
        self.session = session
        scratch = try ScratchFolder()
    }

    func end() { scratch.end() }

    private func html(_ result: GradedResult) throws -> String {
        try StudentReport(result: result, language: run.language, timeZone: run.timeZone).html()
    }

    /// The zip that Moodle's assignment takes under “Upload multiple feedback files in a zip”: a folder for each, called
    /// NAME_NUMBER_assignfeedback_file (`assignfeedback_file_zip_importer`, Moodle 2.x to 5.x), the report in it.
    /// - Parameter participants: by student's id, the numbers that the assignment knows them by, of a team one each.
    func moodleFeedback(to file: String, participants: [String: [Int]]) async throws {
        guard run.results.contains(where: { participants[$0.student.id] != nil }) else {
            throw StoreFailure(
                fr: """
                    Personne de ce passage n'a rendu par Moodle, pour ce qu'on en sait : prendre d'abord les réponses, avec \
                    « bascule answers ».
                    """,
                en: """
                    Nobody of this run has handed in through Moodle as far as is known: take the answers in first, with \
                    `bascule answers`.
                    """)
        }
        for result in run.results {
            // Moodle cuts the folder's name at “_”; whose it is the number alone says.
            let name = (result.student.names.first ?? result.student.id).foldedWords.joined(separator: " ")
                // A long one no folder can have (NAME_MAX).
                .cut(toUTF8Bytes: 100)
            for participant in participants[result.student.id] ?? [] {
                let folder = "\(work)/zip/\(name)_\(participant)_assignfeedback_file"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try Data(try html(result).utf8).write(to: URL(filePath: "\(folder)/compte-rendu.html"))
            }
        }
        try await make(
            ["sh", "-c", #"cd "$0" && exec zip -q -X -r "$1" ."#, "\(work)/zip", "\(work)/made"],
            package: "zip",
            as: "\(work)/made.zip", to: file)
    }

    /// One PDF for the class, each report on sheets of its own.
    func print(to file: String) async throws {
        var pages: [String] = []
        for (index, result) in run.results.enumerated() {
            let page = "\(work)/\(index).html"
            try Data(try html(result).utf8).write(to: URL(filePath: page))
            pages.append("\(work)/\(index).pdf")
            try await run(
                Self.alone + [
                    "chromium", "--headless", "--no-sandbox", "--disable-gpu",
                    "--user-data-dir=\(work)/browser",
                    "--no-pdf-header-footer", "--print-to-pdf=\(work)/\(index).pdf", "file://\(page)",
                ], package: "chromium")
        }
        try await make(
            ["pdfunite"] + pages + ["\(work)/made.pdf"], package: "poppler-utils", as: "\(work)/made.pdf",
            to: file)
    }

    /// Without a network: a page asks nobody for anything.
    private static let alone =
        (geteuid() == 0 ? ["unshare", "--net"] : ["unshare", "--map-root-user", "--net"]) + ["--"]

    private func make(_ arguments: [String], package: String, as made: String, to file: String) async throws {
        try await run(arguments, package: package)
        let data = try Data(contentsOf: URL(filePath: made))
        try WholeOutput.put(Array(data), in: file)
    }

    private func run(_ arguments: [String], package: String) async throws {
        let result = try await session.run(RemoteCommand(arguments, asRoot: false, timeLimit: .seconds(120)))
        switch result.ending {
        case .exited(0): return
        // Not to be executed, not found (timeout(1)).
        case .exited(126), .exited(127):
            throw StoreFailure(
                fr: "Il faut un programme du paquet \(package), qui ne fonctionne pas ici : l'installer.",
                en: "This needs a program of the package \(package), which does not run here: install it.",
                .unavailable)
        default:
            let said = result.complaint
            let command = arguments.joined(separator: " ").prefix(60)
            throw StoreFailure(
                fr: "\(command)… a échoué : \(said).",
                en: "\(command)… failed: \(said).",
                // 10, 14, 15: no temporary file, an error while writing, no output file (zip(1)).
                package == "zip" && [10, 14, 15].map(CommandResult.Ending.exited).contains(result.ending)
                    ? .notWritten : .unavailable)
        }
    }
}
