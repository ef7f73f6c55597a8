import GraderCore

/// What one drill's outages were over a class: for the class page's distribution.
public struct DrillOutages: Sendable {
    /// One outage of one drill.
    public struct Outage: Sendable {
        public var student: StudentIdentity
        /// In seconds.
        public var seconds: Double

        public init(student: StudentIdentity, seconds: Double) {
            self.student = student
            self.seconds = seconds
        }
    }

    public var drill: LocalizedText
    public var outages: [Outage]

    public init(drill: LocalizedText, outages: [Outage]) {
        self.drill = drill
        self.outages = outages
    }
}

extension DrillOutages {
    /// Of all drills that were performed and survived, a kind at a time; a drill run more than once counts with its
    /// last.
    public static func all(in results: [GradedResult]) -> [DrillOutages] {
        DrillAccount.oneOfEach(in: results).compactMap { drill in
            let outages = results.compactMap { result -> Outage? in
                guard let account = result.drills?.last(where: { $0.kind == drill.kind }),
                    account.outcome == .performed, let failover = account.timeline?.failover,
                    failover.count > 0, failover.hasEnded
                else { return nil }
                return Outage(student: result.student, seconds: failover.total / .seconds(1))
            }
            return outages.isEmpty ? nil : DrillOutages(drill: drill.title, outages: outages)
        }
    }
}

extension DrillAccount {
    /// One account of every kind of drill that a class had, in the order in which they were run.
    static func oneOfEach(in results: [GradedResult]) -> [DrillAccount] {
        var found: [DrillAccount] = []
        for account in results.flatMap({ $0.drills ?? [] })
        where !found.contains(where: { $0.kind == account.kind }) {
            found.append(account)
        }
        return found
    }
}
