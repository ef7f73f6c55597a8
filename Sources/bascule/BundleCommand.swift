import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import History
import Reports

struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Puts everything about one student, and nothing about anybody else, into a folder.",
        discussion: """
            For a student who asks what is kept: evidence, results, reports, marks and history of every run. What \
            others could be recognised by (in a table of neighbours, in a log line) is taken out.
            """)

    @OptionGroup var options: StudentOptions

    @Option(name: .shortAndLong, help: "The folder to make; STUDENT-bundle in the working folder by default.")
    var output: String?

    func run() throws {
        let path = output ?? "\(options.student)-bundle"
        try Inputs.reportingNow {
            let name = try options.theClass()
            guard !FileManager.default.fileExists(atPath: path) else {
                throw StoreFailure("\(path) is there already: name another folder with --output.")
            }
            let bundle = StudentBundle(reports: options.folder, className: name, student: options.student)
            let parts = try bundle.parts()
            let now = Date()
            try RunFolder.makeFolder(path)
            for part in parts { try write(part, to: path, at: now) }
            let concealed = parts.compactMap(\.result).reduce(into: Set<CheckID>()) {
                $0.formUnion($1.concealedChecks(at: now))
            }
            let marks = try bundle.marks(concealing: concealed)
            if let marks { try RunFolder.write(marks, to: "\(path)/marks.yaml") }
            let answers = try options.folder.answersFile(of: name, student: options.student)
            if let answers { try RunFolder.write(answers.bytes, to: "\(path)/\(answers.name)") }
            var runs = try History(path: options.folder.historyFile(of: name)).runs(of: options.student)
            if !concealed.isEmpty { runs = shown(parts, at: now) }
            if !runs.isEmpty {
                let text = StudentHistory(student: options.student, runs: runs, language: .english)
                    .lines(colour: false).joined(separator: "\n")
                try RunFolder.write(text + "\n", to: "\(path)/history.txt")
            }
            try RunFolder.write(readMe(parts, name, !concealed.isEmpty), to: "\(path)/README.md")
        }
        print(path)
    }

    /// The history as far as the student is shown it: made of the results, since its own lines do not know.
    private func shown(_ parts: [StudentBundle.Part], at now: Date) -> [PastRun] {
        parts.compactMap { part in
            part.result.map {
                PastRun(
                    name: part.run.name, startedAt: part.manifest.startedAt, exercise: part.manifest.exercise,
                    results: [$0.shownToStudents(at: now)])
            }
        }
    }

    private func write(_ part: StudentBundle.Part, to path: String, at now: Date) throws {
        let folder = "\(path)/\(part.run.name)"
        try RunFolder.makeFolder(folder)
        if let evidence = part.evidence { try RunFolder.write(evidence, to: "\(folder)/evidence.json") }
        guard let result = part.result else { return }
        // Without what had to be taken out of the evidence.
        let evidence = part.evidence.flatMap { try? EvidenceJSON.decode($0, path: folder) }
        let shown = result.showing(evidence).shownToStudents(at: now)
        // Where all is shown, the very bytes of the run.
        let bytes = result.isConcealed(at: now) ? nil : part.resultBytes
        try RunFolder.write(bytes ?? StoredResult.bytes(shown), to: "\(folder)/result.json")
        let report = StudentReport(result: shown, language: part.manifest.language)
        try RunFolder.write(try report.html(), to: "\(folder)/report.html")
        try RunFolder.write(report.markdown(), to: "\(folder)/report.md")
    }

    private func readMe(
        _ parts: [StudentBundle.Part], _ className: String, _ isConcealed: Bool
    ) -> String {
        let changed = parts.filter(\.isChanged).map(\.run.name)
        return """
            # \(options.student)

            Tout ce que Bascule conserve sur vous dans la classe \(className), et rien sur personne d'autre : un \
            dossier par passage avec le compte rendu (`report.html`, `report.md`), le résultat (`result.json`) et le \
            relevé brut (`evidence.json`) ; les réponses rendues, les notes de l'enseignant (`marks.yaml`) et l'historique \
            (`history.txt`) s'il y en a.

            Everything that Bascule keeps about you in the class \(className), and nothing about anybody else: a \
            folder for each run with the report, the result and the raw evidence; the answers handed in, the teacher's \
            marks and the history where there are any.

            """
                + (changed.isEmpty
                    ? ""
                    : """

                    Dans ces passages, ce qui désignait d'autres personnes a été remplacé par `[…]` ; l'empreinte du relevé \
                    n'est donc plus celle du compte rendu. In these runs what pointed to others was replaced by `[…]`, so \
                    the evidence no longer has the checksum that the report names: \(changed.joined(separator: ", ")).

                    """)
                + (isConcealed
                    ? """

                    L'enseignant ne montre pas, ou pas encore, certaines vérifications : elles manquent ici, avec leurs \
                    notes. The teacher does not show some checks, or not yet: they are left out here, with their marks.

                    """
                    : "")
    }
}
