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
        let results = place.current(try place.storedResults(students))
        self.init(manifest, students: students, results: results, language: language)
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
