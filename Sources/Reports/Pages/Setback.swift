import GraderCore

/// What cost points or stands in the way of some: a check with all that wait for it.
struct Setback: Sendable {
    var id: CheckID
    /// Nil where it is not in this report.
    var check: ScoredCheck?
    /// What cannot be met before it, in the order of the sheet.
    var waiting: [ScoredCheck] = []

    /// The points that hang on it besides its own.
    var waitingPoints: Points { waiting.reduce(.zero) { $0 + $1.points } }
}

extension GradedResult {
    /// What a report says first: every check that cost points by itself and every one that others wait for, in the
    /// order of the sheet. A check that waits for one that waits hangs on what is at the bottom of it.
    var setbacks: [Setback] {
        let checks = questions.flatMap(\.checks)
        let byID = Dictionary(checks.map { ($0.result.id, $0) }, uniquingKeysWith: { first, _ in first })
        func root(of id: CheckID) -> CheckID {
            var (root, seen) = (id, Set<CheckID>())
            while case .blocked(let by)? = byID[root]?.result.verdict, seen.insert(root).inserted {
                root = by
            }
            return root
        }
        var waiting: [CheckID: [ScoredCheck]] = [:]
        var elsewhere: [CheckID] = []
        for check in checks {
            guard case .blocked(let by) = check.result.verdict else { continue }
            let root = root(of: by)
            if byID[root] == nil, waiting[root] == nil { elsewhere.append(root) }
            waiting[root, default: []].append(check)
        }
        let lost = Set(lostChecks.map(\.result.id))
        return checks.filter { lost.contains($0.result.id) || waiting[$0.result.id] != nil }.map {
            Setback(id: $0.result.id, check: $0, waiting: waiting[$0.result.id] ?? [])
        } + elsewhere.map { Setback(id: $0, waiting: waiting[$0] ?? []) }
    }

    /// What checks say of machines that could not be looked at, or of a lab that did not hold still, where several say
    /// the same: the notice at the head says it once.
    var saidOnce: Set<LocalizedText> {
        guard !unreachable.isEmpty || instability != nil else { return [] }
        var counts: [LocalizedText: Int] = [:]
        for check in questions.flatMap(\.checks) {
            if case .notAssessed = check.result.verdict { counts[check.result.found, default: 0] += 1 }
        }
        return Set(counts.filter { $0.value > 1 }.keys)
    }
}
