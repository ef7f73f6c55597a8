import Foundation
import GraderCore
import InputFiles

/// Where runs are kept: `<reports>/<class>/<run>/…`, and `<reports>/<class>/latest`, a link to the last run that
/// came to its end.
public struct ReportsFolder: Sendable, Hashable {
    public var path: String

    public init(_ path: String) { self.path = path }

    /// Makes the folder of a new run, named by its beginning in UTC (`2026-11-22T141530Z`), with `-2`, `-3`, …
    /// behind it where several begin in the same second. It is there with its manifest or not at all, whatever
    /// becomes of this program; what a killed one has left is swept away first.
    /// - Parameter rosterText: kept as `roster.yaml` in it, where no file of the teacher's holds the roster.
    /// - Throws: ``StoreFailure`` where the disk is full or the folder cannot be written.
    func newRun(
        _ manifest: RunManifest, at start: Date, rosterText: String? = nil
    ) throws(StoreFailure) -> RunFolder {
        let folder = try folder(of: manifest.className)
        try RunFolder.refuseLink(folder)
        try AtomicFile.makeFolders(folder)
        sweep(manifest.className)
        var manifest = manifest
        manifest.follows = (try? latestRun(of: manifest.className))?.name
        let name = start.formatted(Date.ISO8601FormatStyle(timeSeparator: .omitted))
        let names = (1...1000).map { "\(folder)/\(name)" + ($0 == 1 ? "" : "-\($0)") }
        let path = try AtomicFile.makeNewFolder(names) { path throws(StoreFailure) in
            let run = RunFolder(path: path)
            try run.write(manifest)
            if let rosterText { try run.write(rosterText, as: "roster.yaml") }
        }
        guard let path else {
            throw StoreFailure(
                fr: "\(folder) a déjà mille passages de \(name) : vérifier l'horloge de cette machine.",
                en: "\(folder) has a thousand runs of \(name) already: check this machine's clock.")
        }
        return RunFolder(path: path)
    }

    /// Makes a run the class's latest.
    /// - Throws: ``StoreFailure`` where the disk is full or the folder cannot be written.
    func pointLatest(at run: RunFolder) throws(StoreFailure) {
        let folder = FilePath.folder(of: run.path)
        try AtomicFile.link("\(folder)/latest", to: FilePath.name(of: run.path))
    }

    /// Makes the link again where a copy has lost it, or a program was killed just before it made the first.
    func mendLatest(of className: String) throws {
        guard Self.latestName(in: try folder(of: className)) == nil else { return }
        try withLock(on: className) {
            if let run = try latestRun(of: className) { try pointLatest(at: run) }
        }
    }

    /// The class's latest run; nil where there is none. Where the link is not there, as in a copy by way of something that
    /// knows no links, or leads to a run that is gone or emptied, the last that came to its end and holds something is meant
    /// (`remarksOnUnfinished` says so).
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder, or its folder cannot be read.
    public func latestRun(of className: String) throws(StoreFailure) -> RunFolder? {
        let folder = try folder(of: className)
        let linked = try Self.latestName(in: folder).flatMap { name throws(StoreFailure) in
            try run(name, of: className)
        }
        if let linked, !linked.isEmptied, !linked.isDamaged { return linked }
        return try runs(of: className).last { $0.isFinished && !$0.isEmptied } ?? linked
    }

    /// The run that was cut off before it became the latest, where none has come to its end since.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder, or its folder cannot be read.
    func cutOffRun(of className: String) throws(StoreFailure) -> RunFolder? {
        let runs = try runs(of: className)
        guard let latest = try latestRun(of: className)?.name else { return runs.last }
        func follows(_ run: RunFolder) -> String? { (try? run.manifest())?.follows }
        // Where somebody has set the clock back, one that came to its end may have a later name.
        if let run = runs.last(where: { $0.name != latest && follows($0) == latest }) { return run }
        guard let last = runs.last, last.name != latest else { return nil }
        // Which of the two came first is not known where what it followed is not, or is gone.
        let before = follows(last)
        return last.isEmptied || !last.isFinished && !runs.contains { $0.name == before } ? last : nil
    }

    /// A run by its name; nil where there is none.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    public func run(_ name: String, of className: String) throws(StoreFailure) -> RunFolder? {
        let run = RunFolder(path: "\(try folder(of: className))/\(name)")
        return SafeName.isValid(name) && run.hasManifest ? run : nil
    }
}

/// One run of a class: `index.html`, `run.json`, and `students/<id>/` with `evidence.json`, `result.json`,
/// `report.html`, `report.md`, and `teacher.html` where the report does not show all. Folders are 0700, files 0600;
/// every file is there whole or not at all.
public struct RunFolder: Sendable, Hashable {
    public var path: String

    /// A folder that is there.
    public init(path: String) { self.path = path }

    /// The path of a file of the run as a whole, e.g. `index.html`.
    public func path(_ name: String) -> String { "\(path)/\(name)" }

    /// The path of a student's file, e.g. `report.html`.
    /// - Throws: ``StoreFailure`` where the student's id cannot name a folder.
    public func path(_ name: String, student: String) throws(StoreFailure) -> String {
        guard SafeName.isValid(student) else {
            throw StoreFailure(
                fr: "L'étudiant \(quoted(student)) ne peut pas nommer un dossier : prendre \(SafeName.rule).",
                en: "The student \(quoted(student)) cannot name a folder: use \(SafeName.rule).")
        }
        return "\(path)/students/\(student)/\(name)"
    }

    /// Writes `run.json`.
    /// - Throws: ``StoreFailure`` where the disk is full or the folder cannot be written.
    public func write(_ manifest: RunManifest) throws(StoreFailure) {
        try StoredJSON.write(manifest, to: path("run.json"))
    }

    /// - Returns: the SHA-256 of the file's bytes in hexadecimal.
    /// - Throws: ``StoreFailure`` where the disk is full or the folder cannot be written.
    @discardableResult
    public func write(_ evidence: Evidence, student: String) throws(StoreFailure) -> String {
        try StoredJSON.write(evidence, to: try newPath("evidence.json", student: student))
    }

    /// Writes the student's `result.json`.
    /// - Throws: ``StoreFailure`` where the disk is full or the folder cannot be written.
    public func write(_ result: GradedResult) throws(StoreFailure) {
        try StoredJSON.write(result, to: try newPath("result.json", student: result.student.id))
    }

    /// A page or text, e.g. `index.html` of the run as a whole or `report.html` of a student's.
    /// - Parameter isFlushed: false: nobody waits for the disk, and after a power cut the page may be empty, or the one
    ///   before.
    /// - Throws: ``StoreFailure`` where the disk is full or the folder cannot be written.
    public func write(
        _ text: String, as name: String, student: String? = nil, isFlushed: Bool = true
    ) throws(StoreFailure) {
        var file = path(name)
        if let student { file = try newPath(name, student: student) }
        try AtomicFile.write(text, to: file, isFlushed: isFlushed)
    }

    /// What a student's report leaves out, beside it.
    public static let teachersPage = "teacher.html"

    /// Takes a student's file away, where it is there.
    /// - Throws: ``StoreFailure`` where it is there and cannot be removed.
    public func remove(_ name: String, student: String) throws(StoreFailure) {
        let file = try path(name, student: student)
        guard mayBeThere(file) else { return }
        do { try FileManager.default.removeItem(atPath: file) } catch {
            throw StoreFailure(
                fr: "\(file) ne peut pas être supprimé : le supprimer à la main, il n'est plus à jour.",
                en: "\(file) cannot be removed: remove it by hand, it is out of date.", .notWritten)
        }
    }

    /// What `run.json` says.
    /// - Throws: ``StoreFailure`` where there is none, it is damaged, or a newer Bascule wrote it.
    public func manifest() throws(StoreFailure) -> RunManifest {
        guard hasManifest else { throw missing }
        let file = path("run.json")
        return try StoredJSON.decode(
            RunManifest.self, from: try StoredJSON.bytes(file), newest: RunManifest.currentSchemaVersion,
            path: file)
    }

    /// Whether `run.json` is there, whole or damaged: without it a folder is no run.
    public var hasManifest: Bool { mayBeThere(path("run.json")) }

    private var missing: StoreFailure {
        if mayBeThere(path) {
            return StoreFailure(
                fr:
                    "\(path) n'est pas un passage de Bascule : il n'a pas de run.json ; nommer un autre dossier.",
                en: "\(path) is no run of Bascule's: it has no run.json; name another folder.")
        }
        if FilePath.name(of: path) == "latest" {
            let (reports, name) = (FilePath.folder(of: classFolder), FilePath.name(of: classFolder))
            if let run = try? ReportsFolder(reports).latestRun(of: name) {
                return StoreFailure(
                    fr: "\(path) n'est pas là, ou ne mène nulle part : nommer le passage, \(run.path).",
                    en: "\(path) is not there, or leads nowhere: name the run, \(run.path).")
            }
            return StoreFailure(
                fr:
                    "\(path) : aucun passage de cette classe n'est arrivé à son terme : la noter, ou continuer avec --resume.",
                en:
                    "\(path): no run of this class has come to its end yet: grade it, or go on with --resume."
            )
        }
        return StoreFailure(
            fr: "Il n'y a pas de passage \(path) : vérifier le chemin.",
            en: "There is no run \(path): check the path.")
    }

    /// What was observed of a student.
    /// - Throws: ``StoreFailure`` where there is none, it is damaged or another student's, or a newer Bascule wrote it.
    public func evidence(of student: String) throws(StoreFailure) -> Evidence {
        let file = try path("evidence.json", student: student)
        try refuseLinks(of: student)
        let evidence = try EvidenceStore.read(file)
        try refuse("evidence.json", of: evidence.student, as: student)
        return evidence
    }

    /// Whether the student's evidence is there and whole.
    func hasEvidence(of student: String) -> Bool { (try? evidence(of: student)) != nil }

    /// Whether there is a result of this student, whole or damaged.
    public func hasResult(of student: String) -> Bool { has("result.json", of: student) }

    func has(_ name: String, of student: String) -> Bool {
        (try? path(name, student: student)).map(mayBeThere) ?? false
    }

    /// The student's result as it was written last.
    /// - Throws: ``StoreFailure`` where there is none, it is damaged, or a newer Bascule wrote it.
    public func result(of student: String) throws(StoreFailure) -> GradedResult {
        let file = try path("result.json", student: student)
        try refuseLinks(of: student)
        let result = try StoredJSON.decode(
            GradedResult.self, from: try StoredJSON.bytes(file), newest: GradedResult.currentSchemaVersion,
            path: file)
        try refuse("result.json", of: result.student.id, as: student)
        return result
    }

    /// The results that there are and that can be read.
    var readableResults: [GradedResult] {
        ((try? manifest())?.students ?? []).compactMap { try? result(of: $0.id) }
    }

    private func newPath(_ name: String, student: String) throws(StoreFailure) -> String {
        let file = try path(name, student: student)
        try refuseLinks(of: student)
        try AtomicFile.makeFolders(FilePath.folder(of: file))
        return file
    }
}
