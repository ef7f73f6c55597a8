import Foundation
import GraderCore
import History
import Reports

extension StudentBundle {
    /// Makes the folder, as far as the student is shown what is in it today.
    /// - Throws: where something of that name is there already, or a run cannot be read.
    /// - Parameter remark: is told what is damaged and therefore left out.
    public func write(to path: String, remark: @escaping (LocalizedText) -> Void = { _ in }) throws {
        guard !mayBeThere(path) else {
            throw StoreFailure(
                fr: "\(path) existe déjà : nommer un autre dossier avec --output.",
                en: "\(path) is there already: name another folder with --output.")
        }
        let parts = try parts(remark)
        let now = Date()
        try AtomicFile.makeFolders(path)
        for part in parts { try write(part, to: path, at: now) }
        let concealed = parts.compactMap(\.result).reduce(into: Set<CheckID>()) {
            $0.formUnion($1.concealedChecks(at: now))
        }
        let marks = try marks(concealing: concealed)
        if let marks { try AtomicFile.write(marks, to: "\(path)/marks.yaml") }
        let answers = try reports.answersFile(of: className, student: student)
        if let answers { try AtomicFile.write(answers.bytes, to: "\(path)/\(answers.name)") }
        for (number, version) in try reports.answerVersions(of: student, in: className).enumerated() {
            let date = version.savedAt.formatted(Date.ISO8601FormatStyle(timeSeparator: .omitted))
            try AtomicFile.makeFolders("\(path)/answers")
            try AtomicFile.write(
                WrittenAnswers.text(version.answers), to: "\(path)/answers/\(number + 1)-\(date).md")
        }
        if let look = try lastLook(at: now) { try AtomicFile.write(look, to: "\(path)/last-look.json") }
        let language = parts.last?.manifest.language ?? .current
        var runs = try History(path: reports.historyFile(of: className)).runs(of: student)
        if !concealed.isEmpty { runs = shown(parts, at: now) }
        if !runs.isEmpty {
            var history = StudentHistory(student: student, runs: runs, language: language)
            if let zone = parts.last?.manifest.zone { history.timeZone = zone }
            let text = history.lines(colour: false).joined(separator: "\n")
            try AtomicFile.write(text + "\n", to: "\(path)/history.txt")
        }
        try AtomicFile.write(readMe(parts, !concealed.isEmpty, language), to: "\(path)/README.md")
    }

    /// The history as far as the student is shown it: made of the results, since its own lines do not know.
    private func shown(_ parts: [Part], at now: Date) -> [PastRun] {
        parts.compactMap { part in
            part.result.map {
                PastRun(
                    name: part.run.name, startedAt: part.manifest.startedAt, exercise: part.manifest.exercise,
                    results: [$0.shownToStudents(at: now)])
            }
        }
    }

    private func write(_ part: Part, to path: String, at now: Date) throws {
        let folder = "\(path)/\(part.run.name)"
        try AtomicFile.makeFolders(folder)
        if let evidence = part.evidence { try AtomicFile.write(evidence, to: "\(folder)/evidence.json") }
        guard let result = part.result else { return }
        let shown = result.shownToStudents(at: now)
        // Where all is shown, the very bytes of the run.
        let bytes = result.isConcealed(at: now) ? nil : part.resultBytes
        try AtomicFile.write(bytes ?? StoredJSON.encode(shown), to: "\(folder)/result.json")
        var report = StudentReport(result: shown, language: part.manifest.language)
        report.timeZone = part.manifest.zone
        try AtomicFile.write(try report.html(), to: "\(folder)/report.html")
        try AtomicFile.write(report.markdown(), to: "\(folder)/report.md")
    }

    /// In the class's language, as the reports beside it are.
    private func readMe(_ parts: [Part], _ isConcealed: Bool, _ language: Language) -> String {
        var paragraphs = [
            "# \(student)",
            language.pick(
                """
                Tout ce que Bascule conserve sur vous dans la classe \(className), et rien sur personne d'autre : un \
                dossier par passage avec le compte rendu (`report.html`, `report.md`), le résultat (`result.json`) et le \
                relevé brut (`evidence.json`) ; les réponses rendues et leurs versions, le dernier regard du tableau de \
                bord (`last-look.json`), les notes de l'enseignant (`marks.yaml`) et l'historique (`history.txt`) s'il \
                y en a.
                """,
                """
                Everything that Bascule keeps about you in the class \(className), and nothing about anybody else: a \
                folder for each run with the report (`report.html`, `report.md`), the result (`result.json`) and the raw \
                evidence (`evidence.json`); the answers handed in and their versions, the board's last look \
                (`last-look.json`), the teacher's marks (`marks.yaml`) and the history (`history.txt`) where there are \
                any.
                """),
        ]
        let changed = parts.filter(\.isChanged).map(\.run.name).joined(separator: ", ")
        if !changed.isEmpty {
            paragraphs.append(
                language.pick(
                    """
                    Dans ces passages, ce qui désignait d'autres personnes a été remplacé par `[…]` ; l'empreinte du \
                    relevé n'est donc plus celle du compte rendu : \(changed).
                    """,
                    """
                    In these runs what pointed to others was replaced by `[…]`, so the evidence no longer has the \
                    checksum that the report names: \(changed).
                    """))
        }
        if isConcealed {
            paragraphs.append(
                language.pick(
                    """
                    L'enseignant ne montre pas, ou pas encore, certaines vérifications : elles manquent ici, avec leurs \
                    notes.
                    """,
                    """
                    The teacher does not show some checks, or not yet: they are left out here, with their marks.
                    """))
        }
        return paragraphs.joined(separator: "\n\n") + "\n"
    }
}
