import Foundation
import GraderCore
import History
import InputFiles
import Reports

/// Puts runs of several graders or rooms, or a retake, together as one run of one class. The evidence is judged anew by one
/// rubric; where there are several looks at a student, the last in time stands, and in the questions in which the rubric takes
/// the best run the others count as earlier runs do. What comes of it does not hang on the order in which runs are named.
public struct ClassMerge {
    public var reports: ReportsFolder
    public var className: String
    private var sources: [MergeSource]
    private var decided: [Decided] = []
    public private(set) var manifest: RunManifest

    private struct Decided {
        var student: MergedStudent
        /// The one that stands, first; empty where nobody looked.
        var looks: [MergeSource.Look]
        /// The sources that the looks are of.
        var sources: [MergeSource]
    }

    /// Reads the runs and decides; nothing is written.
    /// - Parameters:
    ///   - className: nil: the runs' own, where they are of one class.
    ///   - title: nil: the runs' own, where they have one and the same.
    ///   - sharedIDs: nil: an id is one student's where the classes or the names are the same, and refused where not.
    /// - Throws: ``StoreFailure`` where a run cannot be read, or they do not go together.
    public init(
        _ runs: [String], into reports: ReportsFolder, className: String? = nil, title: String? = nil,
        sharedIDs: SharedIDs? = nil, remark: @escaping @Sendable (LocalizedText) -> Void
    ) throws(StoreFailure) {
        self.reports = reports
        var sources: [MergeSource] = []
        for run in runs {
            let source = try MergeSource(run, with: runs, remark: remark)
            if !sources.contains(where: { $0.run == source.run }) { sources.append(source) }
        }
        sources.sort(by: MergeSource.areOrdered)
        guard sources.count > 1, let first = sources.first else {
            throw StoreFailure(
                fr: "Il n'y a rien à réunir : nommer au moins deux passages.",
                en: "Name at least two runs: there is nothing to put together.")
        }
        let heads = sources.map(\.manifest)
        let exercises = Set(heads.map(\.exercise)).sorted()
        guard exercises.count == 1 else {
            let list = exercises.joined(separator: ", ")
            throw StoreFailure(
                fr: "Les passages sont de plusieurs TP (\(list)) : réunir ceux d'un seul.",
                en: "The runs are of several exercises (\(list)): put those of one together.")
        }
        guard Set(heads.map { $0.questions?.sorted() }).count == 1 else {
            throw StoreFailure(
                fr:
                    "Les passages ne portent pas sur les mêmes questions : les noter d'abord de la même façon (bascule score PASSAGE --question …).",
                en:
                    "The runs did not ask the same questions: score them alike first (bascule score RUN --question …)."
            )
        }
        let names = Set(heads.map(\.className))
        guard let name = className ?? (names.count == 1 ? names.first : nil) else {
            let list = names.sorted().joined(separator: ", ")
            throw StoreFailure(
                fr:
                    "Les passages sont de plusieurs classes (\(list)) : donner avec --class le nom de celle qu'ils forment.",
                en:
                    "The runs are of several classes (\(list)): say --class and the name of the one that they make."
            )
        }
        self.className = name
        self.sources = sources
        _ = try reports.folder(of: name)
        let students = try MergedStudent.all(of: sources, sharedIDs)
        let titles = Set(heads.map(\.title))
        manifest = RunManifest(
            className: name, title: title ?? (titles.count == 1 ? first.manifest.title : name),
            exercise: first.manifest.exercise, language: first.manifest.language,
            startedAt: heads.map(\.startedAt).max() ?? first.manifest.startedAt,
            students: students.map(\.identity), questions: first.manifest.questions)
        manifest.timeZone = first.manifest.timeZone
        decided = students.map { Self.decide($0, sources) }
        fillIn()
    }

    /// What a grader saw before what the student collected, in time before late, then the last.
    private static func decide(_ student: MergedStudent, _ sources: [MergeSource]) -> Decided {
        var seen: Set<String> = []
        let looks = student.places.flatMap { sources[$0.source].looks[$0.id] ?? [] }.filter {
            // A run that was copied, or scored again, has made no look of its own.
            seen.insert($0.origin.evidenceSHA256).inserted
        }.sorted { left, right in
            if left.isHandIn != right.isHandIn { return right.isHandIn }
            if left.isLate != right.isLate { return right.isLate }
            return (right.origin.collectedAt, right.origin.className, right.origin.run)
                < (left.origin.collectedAt, left.origin.className, left.origin.run)
        }
        // Where two graders have one roster, each sees his own room's machines alone.
        let telling = looks.filter { !$0.sawNothing }
        return Decided(
            student: student, looks: telling.isEmpty ? looks : telling,
            sources: student.places.map { sources[$0.source] })
    }

    /// What the manifest says of each student.
    private mutating func fillIn() {
        var (origins, deadlines) = ([String: Origin](), [String: Date]())
        var notSeen: [String: LocalizedText] = [:]
        for decision in decided {
            let id = decision.student.identity.id
            if let standing = decision.looks.first {
                deadlines[id] = standing.deadline
                origins[id] = Origin(
                    standing: standing.origin,
                    others: decision.looks.dropFirst().map {
                        Origin.Other($0.origin, $0.reason(besides: standing))
                    })
            } else {
                let reasons = decision.student.places.compactMap {
                    sources[$0.source].manifest.notSeen?[$0.id]
                }
                notSeen[id] = reasons.first
            }
        }
        manifest.origins = origins
        manifest.deadlines = deadlines.isEmpty ? nil : deadlines
        manifest.notSeen = notSeen.isEmpty ? nil : notSeen
        let shared = sources.enumerated().flatMap { index, source in
            (source.manifest.sharedPasswords ?? []).map { group in
                decided.map(\.student).filter { student in
                    student.places.contains { $0.source == index && group.contains($0.id) }
                }.map(\.identity.id)
            }
        }
        var known: Set<[String]> = []
        let groups = shared.filter { $0.count > 1 && known.insert($0).inserted }
        manifest.sharedPasswords = groups.isEmpty ? nil : groups
    }

    /// What the teacher should know before relying on it.
    public var doubts: [LocalizedText] {
        let named = Dictionary(grouping: manifest.students.filter { !$0.names.isEmpty }) {
            $0.names.map { $0.foldedWords.sorted() }.description
        }
        // bounded: of those that have more than one
        return named.values.filter { $0.count > 1 }.sorted { $0[0].id < $1[0].id }.map { group in
            let ids = group.map(\.id).joined(separator: ", ")
            return LocalizedText(
                // bounded: more than one
                fr: "\(group[0].names.joined(separator: ", ")) y est plusieurs fois : \(ids).",
                // bounded: more than one
                en: "\(group[0].names.joined(separator: ", ")) is in it several times: \(ids).")
        }
    }

    /// Makes the run, with the teacher's marks, the answers and the earlier runs that belong to it.
    /// - Throws: before anything is written where marks have mistakes; ``StoreFailure`` where the class is being graded, or
    ///   something cannot be written.
    public func carryOut(
        by grader: Grader, theme: PageTheme? = nil, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) throws -> RunOutcome {
        let remark: @Sendable (LocalizedText) -> Void = { onEvent(.remark($0)) }
        var grader = grader
        grader.questions = grader.questions ?? manifest.questions.map { Set($0) }
        let shares = decided.map { decision in
            MergedShare(
                student: decision.student.identity, looks: decision.looks,
                places: zip(decision.student.places, decision.sources).map { ($1.place, $0.id) })
        }
        // A mistake in them is found before anything is written; marks that are given until then count below.
        _ = try MergedShare.marks(shares, into: reports, className, by: grader.rubric) { _ in }
        try AtomicFile.makeFolders(try reports.folder(of: className))
        let claim = try reports.holdGrading(of: className)
        defer { claim?.end() }
        try reports.withLock(on: className) {
            try MergedShare.marks(shares, into: reports, className, by: grader.rubric, remark).write()
            try MergedShare.writeAnswers(shares, into: reports, className)
            try MergedShare.recordEarlier(shares, into: reports, className, by: grader)
        }
        let read = try reports.marks(
            of: className, sheet: MarkableSheet(grader.rubric), students: manifest.students)
        let byID = Dictionary(
            shares.map { ($0.student.id, $0.looks.first) }, uniquingKeysWith: { first, _ in first })
        return try reports.judge(
            manifest, at: manifest.startedAt, by: grader, read, theme: theme, onEvent: onEvent
        ) { student in
            guard let look = byID[student] ?? nil else { return nil }
            var evidence = try look.run.evidence(of: look.student)
            evidence.student = student
            return evidence
        }
    }
}
