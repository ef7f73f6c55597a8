import GraderCore
import Reports

extension GradedRun {
    /// A run as it lies in its folder, with the marks that count: of these students, or of all where none is named;
    /// in the run's own language where that is nil.
    /// - Throws: ``StoreFailure`` where the run or a result of it cannot be read, or it has no such student.
    public init(
        _ folder: RunFolder, students ids: [String] = [], language: Language? = nil,
        remark: @escaping @Sendable (LocalizedText) -> Void
    ) throws {
        let place = try folder.place(remark: remark)
        let manifest = place.manifest
        try folder.requireResults(manifest)
        for id in ids where !manifest.students.contains(where: { $0.id == id }) {
            let known = manifest.students.map(\.id).joined(separator: ", ")
            throw StoreFailure(
                fr: "Le passage n'a pas d'étudiant \(id) ; il a : \(known).",
                en: "The run has no student \(id); it has: \(known).")
        }
        let students = manifest.students.filter { ids.isEmpty || ids.contains($0.id) }
        let stored = try place.storedResults(students)
        let seen = Set(stored.map(\.student.id))
        let current = place.current(stored)
        // Nobody's machines were known, where `run.json` says so; of everybody else there should be a mark.
        let unjudged = students.filter { !seen.contains($0.id) && manifest.notSeen?[$0.id] == nil }
        for missing in unjudged.map(place.noResult) + current.unread {
            let (id, why) = (missing.student.id, missing.sentence)
            remark(LocalizedText(fr: "\(id) : \(why).", en: "\(id): \(why)."))
        }
        self.init(manifest, students: students, results: current.results, language: language)
        let exported = Set(students.map(\.id))
        others = manifest.students.filter { !exported.contains($0.id) }
    }

    init(
        _ manifest: RunManifest, students: [StudentIdentity]? = nil, results: [GradedResult],
        language: Language? = nil
    ) {
        self.init(
            className: manifest.className, exercise: manifest.exercise,
            exerciseTitle: results.first?.exerciseTitle ?? LocalizedText(verbatim: manifest.exercise),
            ranAt: manifest.startedAt, students: students ?? manifest.students, results: results,
            language: language ?? manifest.language, timeZone: manifest.zone)
    }
}

extension RunFolder {
    /// Whether somebody has no mark in what was made of the run, of whom there should be one.
    /// - Throws: ``StoreFailure`` where it cannot be read.
    public func lacksSomebody(_ run: GradedRun) throws(StoreFailure) -> Bool {
        let notSeen = try manifest().notSeen ?? [:]
        let seen = Set(run.results.map(\.student.id))
        return run.students.contains { !seen.contains($0.id) && notSeen[$0.id] == nil }
    }
}
