// What a check that waits for another comes to, once every check has its own result.

extension CheckResult {
    /// Blocked by the first of these that is not met, whatever it says itself: it holds of what is not there yet, or
    /// fails for it. Where that cannot be told, nor can this.
    mutating func wait(for others: [CheckID], among results: [CheckID: CheckResult]) {
        if case .notRequested = verdict { return }
        let verdicts = others.compactMap { id in results[id].map { (id, $0) } }
        if let (id, other) = verdicts.first(where: { $0.1.verdict.isMissed }) {
            verdict = .blocked(by: id)
            found = LocalizedText(
                fr: "à voir une fois réussi : \(other.title)",
                en: "to be seen once this is met: \(other.title)")
        } else if let (_, other) = verdicts.first(where: { $0.1.verdict.isOpen }) {
            verdict = other.verdict
            found = other.found
        }
    }
}

extension [CheckID: CheckResult] {
    /// The same results, none of which is blocked by a check that was not missed: blocked costs the points because the
    /// other one was missed, which is known of none that is open and untrue of one that is met. A fault of the
    /// prerequisites at the end of a row of waiting checks is the teacher's to decide all along it.
    func blockedByMissedOnly() -> Self {
        mapValues { result in
            let causes = causes(of: result)
            let last = causes.last.flatMap { self[$0]?.verdict }
            var result = result
            switch last {
            case .notAssessed(let reason)?: result.leaveOpen(reason, isTold: true)
            case .notRequested?: result.leaveOpen(.noEvidence)
            case .met?: result.leaveOpen(.contradiction)
            case .partly?, .notMet?, .blocked?, nil:
                if let fault = causes.first(where: { $0.question == .prerequisites }) {
                    result.verdict = .blocked(by: fault)
                }
            }
            return result
        }
    }

    /// What a result is blocked by, what that is blocked by, and so on.
    private func causes(of result: CheckResult) -> [CheckID] {
        var causes: [CheckID] = []
        var verdict: Verdict? = result.verdict
        while case .blocked(let cause)? = verdict, !causes.contains(cause) {
            causes.append(cause)
            verdict = self[cause]?.verdict
        }
        return causes
    }
}

extension CheckResult {
    /// - Parameter isTold: whether it was told that the other is open; what is known of it contradicts this one otherwise.
    fileprivate mutating func leaveOpen(_ reason: NotAssessedReason, isTold: Bool = false) {
        verdict = .notAssessed(reason)
        guard isTold else { return }
        found =
            found
            + LocalizedText(
                fr: " ; ce qui doit être réussi d'abord est resté ouvert",
                en: "; what has to be met first is open")
    }
}

extension Verdict {
    /// Nothing of it is there.
    fileprivate var isMissed: Bool {
        switch self {
        case .notMet, .blocked: true
        case .met, .partly, .notAssessed, .notRequested: false
        }
    }

    fileprivate var isOpen: Bool { if case .notAssessed = self { true } else { false } }
}
