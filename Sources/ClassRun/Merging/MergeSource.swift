import Foundation
import GraderCore
import Reports

/// A run that is to be put together with others, as far as that is decided by it.
struct MergeSource {
    /// One look at a student, by this run or by an earlier one whose mark stands in it.
    struct Look {
        var run: RunFolder
        var runStartedAt: Date
        /// As the student is called there.
        var student: String
        var deadline: Date?
        /// Whether the student collected it himself: then no live look makes way for it.
        var isHandIn: Bool
        /// Whether nothing can be judged by it: another room's grader did not reach the machines.
        var sawNothing: Bool
        var origin: Origin.Look

        var isLate: Bool { deadline.map { origin.collectedAt > $0 } ?? false }

        /// Why it does not stand.
        func reason(besides standing: Look) -> Origin.Other.Reason {
            if isHandIn, !standing.isHandIn { return .notVerified }
            return isLate && !standing.isLate ? .late : .earlier
        }
    }

    var run: RunFolder
    var place: RunPlace
    var manifest: RunManifest
    /// By the student's id there.
    var looks: [String: [Look]] = [:]

    /// - Parameter others: all the runs that are put together.
    /// - Throws: ``StoreFailure`` where it is no run, or something in it cannot be read.
    init(
        _ path: String, with others: [String], remark: @escaping @Sendable (LocalizedText) -> Void
    ) throws(StoreFailure) {
        let named = RunFolder(path: path)
        // `latest` is a name for it.
        run = RunFolder(path: URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false))
        guard run.hasManifest else {
            _ = try named.manifest()
            throw StoreFailure(fr: "Il n'y a pas de passage \(path).", en: "There is no run \(path).")
        }
        place = try run.place(remark: remark)
        manifest = place.manifest
        for student in manifest.students.map(\.id) where run.wasLookedAt(student) {
            var looks = [try look(run, manifest, student)]
            if run.hasResult(of: student), let standing = try run.result(of: student).lateness?.standing {
                if place.isInClassFolder,
                    let earlier = try place.reports.run(standing.run, of: manifest.className)
                {
                    looks.append(try look(earlier, try earlier.manifest(), student))
                } else if !others.contains(where: { isRun(standing.run, at: $0) }) {
                    remark(Self.withoutStanding(standing.run, of: student, beside: run))
                }
            }
            self.looks[student] = looks
        }
    }

    /// Whether that is the run of this class that has the name.
    private func isRun(_ name: String, at path: String) -> Bool {
        let run = RunFolder(path: path)
        return run.name == name && (try? run.manifest())?.className == manifest.className
    }

    private static func withoutStanding(
        _ name: String, of student: String, beside run: RunFolder
    ) -> LocalizedText {
        LocalizedText(
            fr: """
                \(student) : la note qui compte est du passage \(name), à temps, qui n'est pas à côté de \(run.path) : le \
                nommer aussi, sinon ce qui a été vu en retard compte.
                """,
            en: """
                \(student): the mark that counts is of the run \(name), in time, which is not beside \(run.path): name it \
                too, or what was seen late counts.
                """)
    }

    private func look(
        _ run: RunFolder, _ manifest: RunManifest, _ student: String
    ) throws(StoreFailure) -> Look {
        let file = try run.path("evidence.json", student: student)
        try run.refuseLinks(of: student)
        let bytes = try StoredJSON.bytes(file)
        let evidence = try EvidenceStore.decode(bytes, path: file)
        try run.refuse("evidence.json", of: evidence.student, as: student)
        return Look(
            run: run, runStartedAt: manifest.startedAt, student: student,
            deadline: self.manifest.deadlines?[student], isHandIn: evidence.handIn != nil,
            sawNothing: evidence.nothingToJudge != nil,
            origin: Origin.Look(
                className: manifest.className, run: run.name, collectedAt: evidence.startedAt,
                collector: evidence.collector, evidenceSHA256: SHA256Digest.hexadecimal(of: bytes)))
    }

    /// In an order that does not hang on how they were named.
    static func areOrdered(_ left: MergeSource, _ right: MergeSource) -> Bool {
        (left.manifest.className, left.manifest.startedAt, left.run.name, left.run.path)
            < (right.manifest.className, right.manifest.startedAt, right.run.name, right.run.path)
    }
}
