import Foundation
import GraderCore
import History
import Reports

extension StudentBundle {
    /// Makes the folder, as far as the student is shown what is in it today: it is there with all of it or not at all.
    /// - Throws: where something of that name is there already, or a run cannot be read.
    /// - Parameter remark: is told what is damaged and therefore left out.
    public func write(to path: String, remark: @escaping (LocalizedText) -> Void = { _ in }) throws {
        let taken = StoreFailure(
            fr: "\(path) existe déjà : nommer un autre dossier avec --output.",
            en: "\(path) is there already: name another folder with --output.")
        guard !mayBeThere(path) else { throw taken }
        let files = try files(at: Date(), remark)
        let parent = FilePath.folder(of: path)
        if !parent.isEmpty { try AtomicFile.makeFolders(parent) }
        // What a killed one has left of it.
        let place = parent.isEmpty ? "." : parent
        FolderHold.alone(with: place) { Sweep.removeTemporary(in: place, of: FilePath.name(of: path)) }
        let made = try AtomicFile.makeNewFolder([path]) { folder throws(StoreFailure) in
            for file in files {
                try AtomicFile.makeFolders(FilePath.folder(of: "\(folder)/\(file.name)"))
                try AtomicFile.write(file.bytes, to: "\(folder)/\(file.name)")
            }
        }
        guard made != nil else { throw taken }
    }

    /// A file of the bundle, by its path in it.
    private struct File {
        var name: String
        var bytes: [UInt8]

        init(_ name: String, _ bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
        init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
    }

    private func files(at now: Date, _ remark: (LocalizedText) -> Void) throws -> [File] {
        let parts = try parts(remark)
        var files = try parts.flatMap { try self.files(of: $0, at: now) }
        let concealed = parts.compactMap(\.result).reduce(into: Set<CheckID>()) {
            $0.formUnion($1.concealedChecks(at: now))
        }
        if let marks = try marks(concealing: concealed, remark) { files.append(File("marks.yaml", marks)) }
        if let answers = try answers(remark) { files.append(File(answers.name, answers.bytes)) }
        for (number, version) in try reports.answerVersions(of: student, in: className).enumerated() {
            let date = version.savedAt.formatted(Date.ISO8601FormatStyle(timeSeparator: .omitted))
            files.append(File("answers/\(number + 1)-\(date).md", WrittenAnswers.text(version.answers)))
        }
        if let look = try lastLook(at: now) { files.append(File("last-look.json", look)) }
        let language = parts.last?.manifest.language ?? .current
        var runs = try History(path: reports.historyFile(of: className)).runs(of: student)
        if !concealed.isEmpty { runs = shown(parts, at: now) }
        if !runs.isEmpty {
            var history = StudentHistory(student: student, runs: runs, language: language)
            if let zone = parts.last?.manifest.zone { history.timeZone = zone }
            let text = history.lines(colour: false).joined(separator: "\n")
            files.append(File("history.txt", text + "\n"))
        }
        return files + [File("README.md", readMe(parts, !concealed.isEmpty, language))]
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

    private func files(of part: Part, at now: Date) throws -> [File] {
        let folder = part.run.name
        var files = part.evidence.map { [File("\(folder)/evidence.json", $0)] } ?? []
        guard let result = part.result else { return files }
        let shown = result.shownToStudents(at: now)
        // Where all is shown, the very bytes of the run.
        let bytes = result.isConcealed(at: now) ? nil : part.resultBytes
        files.append(File("\(folder)/result.json", try bytes ?? StoredJSON.encode(shown)))
        let report = StudentReport(
            result: shown, language: part.manifest.language, timeZone: part.manifest.zone)
        files.append(File("\(folder)/report.html", try report.html()))
        files.append(File("\(folder)/report.md", report.markdown()))
        return files
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
                    Dans ces passages, ce qui désignait d'autres personnes a été remplacé par `[…]`, ou ce qui commande \
                    l'hyperviseur de l'enseignant a été retiré ; l'empreinte du relevé n'est donc plus celle du compte \
                    rendu : \(changed).
                    """,
                    """
                    In these runs what pointed to others was replaced by `[…]`, or what commands the teacher's hypervisor \
                    was left out, so the evidence no longer has the checksum that the report names: \(changed).
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
