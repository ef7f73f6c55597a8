import GraderCore

/// What a run of a class is to do.
public struct RunOrder: Sendable {
    /// Who belongs to the run, in roster order.
    public var students: [RosterStudent]
    /// Who of them is not looked at again.
    public var earlier = EarlierEvidence()
    /// Who belongs to the class and cannot be looked at, since nobody knows the machines.
    public var notSeen: [NoResult] = []
    /// The roster's text where no file of the teacher's holds it: it is kept in the run's folder.
    public var rosterText: String?
    /// Nil: nothing is perturbed.
    public var drills: DrillRequest?

    public init(_ students: [RosterStudent]) { self.students = students }

    /// Who is looked at.
    public var lookedAt: [RosterStudent] { students.filter { earlier.runs[$0.identity.id] == nil } }

    /// Whose results are waited for.
    public var expected: [StudentIdentity] { lookedAt.map(\.identity) + notSeen.map(\.student) }

    /// Everybody of the run.
    public var everybody: [StudentIdentity] { students.map(\.identity) + notSeen.map(\.student) }

    /// Goes on with a run that was interrupted.
    /// - Returns: nil where the last run is complete; what a program killed at its very end left is taken away then.
    public static func resuming(_ roster: Roster, in reports: ReportsFolder) throws -> RunOrder? {
        guard let (earlier, ids) = try EarlierEvidence.resuming(reports, className: roster.className) else {
            reports.sweep(roster.className)
            return nil
        }
        var order = RunOrder(roster.students.filter { ids?.contains($0.identity.id) ?? true })
        order.earlier = earlier
        return order
    }

    /// Looks again at those who could not be assessed in the latest run.
    public static func onlyFailed(_ roster: Roster, in reports: ReportsFolder) throws -> RunOrder {
        var order = RunOrder(roster.students)
        order.earlier = try .assessed(reports, className: roster.className)
        return order
    }

    /// Looks at these students; the others of the latest run are taken over from it.
    public static func only(
        _ students: [RosterStudent], of roster: Roster, in reports: ReportsFolder
    ) throws -> RunOrder {
        let ids = students.map(\.identity.id)
        let earlier = try EarlierEvidence.others(than: ids, reports, className: roster.className)
        var order = RunOrder(
            roster.students.filter { ids.contains($0.identity.id) || earlier.runs[$0.identity.id] != nil })
        order.earlier = earlier
        return order
    }
}

/// Drills that a run, or a student's look, was asked for.
public struct DrillRequest: Sendable {
    public var kinds: Set<DrillKind>
    public var settings: DrillSettings

    public init(_ kinds: Set<DrillKind>, settings: DrillSettings = DrillSettings()) {
        self.kinds = kinds
        self.settings = settings
    }
}
