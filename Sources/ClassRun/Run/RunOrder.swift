import Foundation
import GraderCore

/// What a run of a class is to do.
public struct RunOrder: Sendable {
    /// Who belongs to the run, in roster order.
    public var students: [RosterStudent]
    /// By student, the earlier run that looked: its evidence is taken over as it is, with its date, and judged like
    /// everybody's. So a run of some students is still a run of the class.
    public var takenOver: [String: RunFolder] = [:]
    /// By student, the log-ins that machines refused when they were asked last: they count each, and are not tried again.
    var refused: [String: [MachineID: TransportFailure]] = [:]
    /// Who belongs to the class and cannot be looked at, since nobody knows the machines.
    public var notSeen: [NoResult] = []
    /// The roster's text where no file of the teacher's holds it: it is kept in the run's folder.
    public var rosterText: String?
    /// The questions asked; nil: those that the class's grader asks.
    public var questions: Set<QuestionID>?
    /// Nil: nothing is perturbed.
    public var drills: DrillRequest?

    public init(_ students: [RosterStudent]) { self.students = students }

    /// Who is looked at.
    public var lookedAt: [RosterStudent] { students.filter { takenOver[$0.identity.id] == nil } }

    /// Whose results are waited for.
    public var expected: [StudentIdentity] { lookedAt.map(\.identity) + notSeen.map(\.student) }

    /// Everybody of the run.
    public var everybody: [StudentIdentity] { students.map(\.identity) + notSeen.map(\.student) }

    /// Goes on with the last run of the class where it was interrupted (``ReportsFolder/cutOffRun(of:)``): who was seen in it, or was to be taken over by
    /// it, is not looked at again. One that was cut off before it had begun begins anew.
    /// - Returns: nil where the last run is complete; what a program killed at its very end left is taken away then.
    /// - Throws: ``StoreFailure`` where the runs of the class cannot be read.
    public static func resuming(_ roster: Roster, in reports: ReportsFolder) throws -> RunOrder? {
        var order = RunOrder(roster.students)
        let exercise = roster.exercise
        let cutOff = try reports.cutOffRun(of: roster.className, exercise: exercise)
        guard let last = try cutOff ?? reports.latestRun(of: roster.className, exercise: exercise) else {
            return order
        }
        let manifest = try last.manifest()
        let ids = manifest.students.map(\.id).filter { manifest.notSeen?[$0] == nil }
        // It is the latest when everything else is done.
        if cutOff == nil, ids.allSatisfy({ last.hasResult(of: $0) }) {
            reports.sweep(roster.className)
            try reports.mendLatest(of: roster.className)
            return nil
        }
        order.students.removeAll { !ids.contains($0.identity.id) }
        for id in ids { order.takenOver[id] = last.holder(of: id) { $0.hasEvidence(of: id) } }
        order.notSeen = manifest.unseen
        return order
    }

    /// Looks again at those whom something kept from being assessed in the latest run.
    /// - Throws: ``StoreFailure`` where there is no run to go on from, or it cannot be read.
    public static func onlyFailed(_ roster: Roster, in reports: ReportsFolder) throws -> RunOrder {
        try takingOver(roster, reports) { run, id in
            guard run.hasResult(of: id) else { return false }
            return try run.hasEvidence(of: id) && !run.result(of: id).hasUnassessed
        }
    }

    /// Looks at these students; the others of the latest run are taken over from it, or from the last that has evidence of
    /// them. Of whom none has any is in the run all the same, and is said not to be looked at.
    /// - Throws: ``StoreFailure`` where the runs of the class cannot be read.
    public static func only(
        _ students: [RosterStudent], of roster: Roster, in reports: ReportsFolder
    ) throws -> RunOrder {
        let ids = Set(students.map(\.identity.id))
        // Evidence that is damaged is taken over too: whoever cannot be judged by it is said not to be.
        var order = try takingOver(roster, reports) { _, id in !ids.contains(id) }
        if let last = try reports.latestRun(of: roster.className, exercise: roster.exercise) {
            let manifest = try last.manifest()
            let earlier = try reports.runs(of: roster.className, exercise: roster.exercise).reversed()
            for student in manifest.students where roster[student.id] != nil && !ids.contains(student.id) {
                guard order.takenOver[student.id] == nil else { continue }
                order.takenOver[student.id] =
                    last.holder(of: student.id) ?? earlier.first { $0.hasEvidence(of: student.id) }
                guard order.takenOver[student.id] == nil else { continue }
                order.notSeen.append(
                    NoResult(student, .notSeen(manifest.notSeen?[student.id] ?? Self.withoutEvidence)))
            }
        }
        order.students.removeAll { !ids.contains($0.identity.id) && order.takenOver[$0.identity.id] == nil }
        return order
    }

    private static let withoutEvidence = LocalizedText(
        fr:
            "pas regardé cette fois, et aucun passage n'a rien observé de ses machines (grade-all --only-failed le regarde)",
        en: "not looked at this time, and no run has evidence (grade-all --only-failed looks)")

    /// Those of the latest run who are meant, and who are in it and nowhere else.
    private static func takingOver(
        _ roster: Roster, _ reports: ReportsFolder, where isMeant: (RunFolder, String) throws -> Bool
    ) throws -> RunOrder {
        var order = RunOrder(roster.students)
        guard let run = try reports.latestRun(of: roster.className, exercise: roster.exercise) else {
            return order
        }
        let manifest = try run.manifest()
        for id in manifest.students.map(\.id)
        where try isMeant(run, id) && run.wasLookedAt(id) { order.takenOver[id] = run }
        // Whose machines a search did not find no roster has.
        order.notSeen = manifest.unseen.filter { roster[$0.student.id] == nil }
        return order
    }
}

extension ReportsFolder {
    /// The class's runs, the oldest first: by what each says that it followed, whatever the clock has made of their names;
    /// by these where they do not say.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder, or its folder cannot be read.
    func runsAsMade(of className: String) throws(StoreFailure) -> [RunFolder] {
        let runs = Array(try runs(of: className).reversed())
        var follows: [RunFolder: String] = [:]
        for run in runs { follows[run] = (try? run.manifest())?.follows }
        var ordered: [RunFolder] = []
        var next = try cutOffRun(of: className)
        if next == nil { next = try latestRun(of: className) }
        while let run = next, !ordered.contains(run) {
            ordered.append(run)
            let before = follows[run]
            // Cut off, and begun anew.
            ordered += runs.filter { before != nil && follows[$0] == before && !ordered.contains($0) }
            next = runs.first { FilePath.name(of: $0.path) == before }
        }
        return (ordered + runs.filter { !ordered.contains($0) }).reversed()
    }

    /// The latest run of an exercise: what was collected for another says nothing of this one. Where none has come to its
    /// end since another's, the last.
    /// - Throws: as ``runs(of:)`` does.
    public func latestRun(of className: String, exercise: String) throws(StoreFailure) -> RunFolder? {
        if let run = try latestRun(of: className), run.isOf(exercise) { return run }
        return try runs(of: className, exercise: exercise).last
    }

    /// The run that was cut off after all others, where it is of this exercise.
    /// - Throws: as ``cutOffRun(of:)`` does.
    func cutOffRun(of className: String, exercise: String) throws(StoreFailure) -> RunFolder? {
        try cutOffRun(of: className).flatMap { $0.isOf(exercise) ? $0 : nil }
    }

    /// The class's runs of one exercise, the oldest first.
    /// - Throws: as ``runs(of:)`` does.
    func runs(of className: String, exercise: String) throws(StoreFailure) -> [RunFolder] {
        try runsAsMade(of: className).filter { $0.isOf(exercise) }
    }
}

extension RunFolder {
    func isOf(_ exercise: String) -> Bool { (try? manifest())?.exercise == exercise }
}

extension RunManifest {
    /// Those at whose machines nobody could look, and why.
    var unseen: [NoResult] {
        students.compactMap { student in notSeen?[student.id].map { NoResult(student, .notSeen($0)) } }
    }

    /// Of a run of all questions.
    init(_ order: RunOrder, of roster: Roster, exercise: String, startedAt: Date) {
        let places = Dictionary(
            roster.students.enumerated().map { ($1.identity.id, $0) }, uniquingKeysWith: { first, _ in first }
        )
        // A column of marks is pasted beside the roster's names.
        let everybody = order.everybody.enumerated().sorted { left, right in
            (places[left.element.id] ?? .max, left.offset) < (places[right.element.id] ?? .max, right.offset)
        }
        self.init(
            className: roster.className, title: roster.title, exercise: exercise, language: roster.language,
            startedAt: startedAt, students: everybody.map(\.element))
        func byStudent<Value>(_ pairs: [(String, Value)]) -> [String: Value]? {
            pairs.isEmpty ? nil : Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        }
        notSeen = byStudent(order.notSeen.map { ($0.student.id, $0.sentence) })
        deadlines = byStudent(
            order.students.compactMap { student in student.deadline.map { (student.identity.id, $0) } })
        timeZone = (roster.timeZone ?? .current).identifier
        carried = byStudent(order.takenOver.map { ($0.key, $0.value.name) })
        let earlier = order.takenOver.mapValues { try? $0.manifest() }
        origins = byStudent(
            earlier.compactMap { id, manifest in (manifest?.origins?[id]).map { (id, $0) } })
    }
}
