import GraderCore

/// What a run left behind.
public struct RunOutcome: Sendable {
    public var run: RunFolder
    /// In roster order.
    public var results: [GradedResult] = []
    /// Of a run that only collects.
    public var collected: [Evidence] = []
    /// Who has no result at all, and why.
    public var missing: [NoResult] = []
    /// What students have in common that should be each one's own.
    public var anomalies: [ClassAnomaly] = []
    /// How late the grader itself was at worst for what came from the machines.
    public var worstLag = Duration.zero

    /// Whether somebody has no result because of a bug of ours.
    public var hasFault: Bool {
        missing.contains { if case .programFault = $0.reason { true } else { false } }
    }

    /// Whether somebody has no result because it could not be written.
    public var isUnwritten: Bool {
        missing.contains {
            if case .notStored(let failure) = $0.reason { failure.cause == .notWritten } else { false }
        }
    }

    /// Whether something that was asked for of these students could not be assessed.
    public func isIncomplete(of students: Set<String>) -> Bool {
        let assessed = Set(results.filter { !$0.hasUnassessed }.map(\.student.id))
        return !students.isSubset(of: assessed.subtracting(missing.map(\.student.id)))
    }

    mutating func note(_ event: RunEvent) {
        switch event {
        case .started, .drill, .remark: break
        case .graded(let result):
            // Judged a second time after its drills.
            results.removeAll { $0.student.id == result.student.id }
            results.append(result)
        case .collected(_, let evidence): collected.append(evidence)
        case .noResult(let student): missing.append(student)
        }
    }

    /// Those whose turn did not come are no less of the class.
    mutating func completeWithNotReached(_ students: [StudentIdentity]) {
        let known = Set(results.map(\.student.id) + collected.map(\.student) + missing.map(\.student.id))
        missing += students.filter { !known.contains($0.id) }.map { NoResult($0, .notReached) }
    }

    mutating func sort(as students: [StudentIdentity]) {
        let places = Dictionary(
            students.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        func place(_ id: String) -> Int { places[id] ?? Int.max }
        results.sort { place($0.student.id) < place($1.student.id) }
        collected.sort { place($0.student) < place($1.student) }
        missing.sort { place($0.student.id) < place($1.student.id) }
    }
}

extension RunOutcome {
    /// A run that somebody else brought to its end, as it lies in its folder.
    /// - Throws: ``StoreFailure`` where something of it cannot be read.
    init(of run: RunFolder, missing: [NoResult]) throws(StoreFailure) {
        self.init(run: run)
        let place = try run.place { _ in }
        results = try place.storedResults(place.manifest.students)
        self.missing = missing
        anomalies = place.anomalies(results)
    }
}

extension GradedResult {
    public var allChecks: [ScoredCheck] { questions.flatMap(\.checks) }

    /// Whether something that was asked for could not be assessed: a drill too that was not brought to its end, or
    /// that did not give everything back.
    public var hasUnassessed: Bool {
        let hasOpenDrill = (drills ?? []).contains { $0.outcome != .performed || !$0.differences.isEmpty }
        return hasOpenDrill
            || allChecks.contains { if case .notAssessed = $0.result.verdict { true } else { false } }
    }

    /// Whether something that brings points is not met, or only in part.
    public var hasUnmet: Bool {
        allChecks.contains { check in
            guard check.points > .zero else { return false }
            return switch check.result.verdict {
            case .notMet, .partly, .blocked: true
            case .met, .notAssessed, .notRequested: false
            }
        }
    }
}
