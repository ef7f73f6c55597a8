import Foundation
import GraderCore
import InputFiles
import Reports

extension Evidence {
    /// - Throws: ``StoreFailure`` where it was collected for another exercise: it would be judged by what it was not
    ///   asked for.
    func refuseOther(than wanted: String, of student: String) throws(StoreFailure) {
        guard exercise != wanted else { return }
        throw StoreFailure(
            fr:
                "le relevé de \(student) est de l'exercice \(quoted(exercise)), pas de \(wanted) : relever de nouveau",
            en:
                "the evidence of \(student) is of the exercise \(quoted(exercise)), not of \(wanted): collect again"
        )
    }
}

extension ReportsFolder {
    /// Judges and scores the evidence of an earlier run again, as a new run beside the old one, without touching a
    /// machine.
    /// - Parameters:
    ///   - source: the run, in this folder or a copy elsewhere; its manifest is `old`.
    ///   - grader: asks the questions that the old run asked where it names none.
    /// - Throws: before anything is written where the marks have mistakes; ``StoreFailure`` where somebody else makes the
    ///   class's runs, or the folder cannot be written.
    public func scoreAgain(
        _ source: RunFolder, _ old: RunManifest, by grader: Grader, theme: PageTheme? = nil,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) throws -> RunOutcome {
        try source.refuseOtherName(old)
        let marks = try marks(of: old.className, sheet: MarkableSheet(grader.rubric), students: old.students)
        let isHere = try isOwn(source, of: old.className)
        if !isHere, let remark = try remarkOnMarks(heldBy: source, old, but: marks) {
            onEvent(.remark(remark))
        }
        var grader = grader
        var manifest = old
        if let asked = grader.questions {
            manifest.questions = asked.sorted()
        } else {
            grader.questions = old.questions.map { Set($0) }
        }
        // Cut off, it is gone on with from the same evidence, not by looking at the machines.
        manifest.carried =
            isHere
            ? Dictionary(
                old.students.map { ($0.id, (source.holder(of: $0.id) ?? source).name) },
                uniquingKeysWith: { first, _ in first })
            : nil
        let folder = try folder(of: old.className)
        try RunFolder.refuseLink(folder)
        try AtomicFile.makeFolders(folder)
        // Until it is whole, the new run looks like one that was cut off: nobody is to clear it away. Beside a board, a
        // `grade-all` and others of its kind it may be made.
        let claim = try holdJudging(of: old.className, .shared)
        defer { claim?.end() }
        return try judge(
            manifest, of: source, at: Date(), by: grader, marks, theme: theme, onEvent: onEvent
        ) { student in
            guard let evidence = try source.holder(of: student)?.evidence(of: student) else { return nil }
            try evidence.refuseOther(than: old.exercise, of: student)
            return evidence
        }
    }

    /// Of whom a run from elsewhere has marks in its results, which the class's file has not: they would go without a word.
    private func remarkOnMarks(
        heldBy source: RunFolder, _ old: RunManifest, but marks: TeacherMarks?
    ) throws(StoreFailure) -> LocalizedText? {
        let held = old.students.map(\.id).filter { id in
            marks?.students[id] == nil && (try? source.result(of: id))?.heldMarks != nil
        }
        guard !held.isEmpty else { return nil }
        let (who, file) = (held.joined(separator: ", "), try marksFile(of: old.className))
        return LocalizedText(
            fr: """
                \(who) : \(source.path) contient des notes de l'enseignant qui ne sont pas dans \(file), et ne comptent donc \
                pas ici : les y reprendre du marks.yaml de la classe d'où il vient, puis « bascule report ».
                """,
            en: """
                \(who): \(source.path) holds marks of the teacher's that are not in \(file), and so do not count here: take \
                them over from the marks.yaml of the class that it comes from, then `bascule report`.
                """)
    }

    /// Judges and scores evidence that is there already, as a new run, without touching a machine. Whoever calls it keeps
    /// `purge` away meanwhile (``holdGrading(of:)``, ``holdJudging(of:_:)``).
    /// - Parameters:
    ///   - source: the one run that the evidence is of, where it is of one.
    ///   - start: by which the run is named.
    ///   - marks: as they were read before anything was written.
    ///   - evidence: of the manifest's students, each asked for once; nil: there is none, and why not the manifest says.
    /// - Throws: where the folder cannot be written.
    func judge(
        _ manifest: RunManifest, of source: RunFolder? = nil, at start: Date, by grader: Grader,
        _ marks: TeacherMarks?, theme: PageTheme?, onEvent: @escaping @Sendable (RunEvent) -> Void,
        evidence: (String) throws -> Evidence?
    ) throws -> RunOutcome {
        let folder = try newRun(manifest, at: start)
        let remark: @Sendable (LocalizedText) -> Void = { onEvent(.remark($0)) }
        let place = RunPlace(
            folder: folder, manifest: manifest, theme: theme, remark: remark, source: source)
        let writer = writer(place, by: grader, marks)
        var outcome = RunOutcome(run: folder)
        for student in manifest.students {
            let event = RunEvent.finishing(student) {
                guard let evidence = try evidence(student.id) else {
                    return .noResult(writer.place.noResult(of: student))
                }
                return .graded(try writer.finish(evidence, student: student))
            }
            outcome.note(event)
            onEvent(event)
        }
        outcome.sort(as: manifest.students)
        try finish(&outcome, writer)
        return outcome
    }

    /// A run's class page, and the run as the latest. Marks that were given while it went on count. One of which something
    /// could not be written comes to no end: the one before it stands, and `--resume` goes on with it.
    func finish(_ outcome: inout RunOutcome, _ writer: ResultWriter) throws {
        let place = writer.place
        try withLock(on: place.manifest.className) {
            if try stands(besides: outcome, place) { return }
            do {
                let sheet = MarkableSheet(writer.grader.rubric)
                let marks = try marks(
                    of: place.manifest.className, sheet: sheet, students: place.manifest.students)
                let isAnswered = outcome.results.contains { $0 != place.answered($0) }
                if marks != writer.marks || isAnswered { outcome.results = try place.rewrite().results }
            } catch let mistakes as InputErrors {
                // Made meanwhile: what is there is worth more than none.
                place.remark(LocalizedText(explaining: mistakes))
            }
            try place.writeClassPage(outcome)
            try pointLatest(at: place.folder)
        }
    }

    /// Whether the latest run stands besides one of which something could not be written; then it is said.
    func stands(besides outcome: RunOutcome, _ place: RunPlace) throws -> Bool {
        guard outcome.isUnwritten, let latest = try latestRun(of: place.manifest.className),
            latest.name != place.folder.name, !latest.isEmptied,
            try latest.manifest().exercise == place.manifest.exercise
        else { return false }
        place.remark(
            LocalizedText(
                fr: """
                    \(place.folder.path) n'est pas entier, quelque chose n'a pas pu y être écrit : latest reste \
                    \(latest.name). Une fois cela réglé, recommencer, ou continuer avec grade-all --resume.
                    """,
                en: """
                    \(place.folder.path) is not whole, something could not be written to it: latest is still \
                    \(latest.name). Once that is mended, try again, or go on with grade-all --resume.
                    """))
        return true
    }

    /// Whether a run lies in the class's folder here and is not a copy elsewhere.
    private func isOwn(_ run: RunFolder, of className: String) throws(StoreFailure) -> Bool {
        func place(_ run: RunFolder) -> URL { URL(filePath: run.path).resolvingSymlinksInPath() }
        return try self.run(run.name, of: className).map { place($0) == place(run) } ?? false
    }
}
