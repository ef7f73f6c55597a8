import GraderCore

/// The class page's table of drills: a row for each student, a column for each drill, how long a client was without
/// the service, or in a word why that is not known.
extension ClassPage {
    var drillTableFields: PageFields {
        let drills = DrillAccount.oneOfEach(in: results)
        let rows = results.filter { !($0.drills ?? []).isEmpty }
        let left = rows.filter { $0.drills?.contains { !$0.differences.isEmpty } ?? false }
        return [
            "hasDrillTable": !rows.isEmpty,
            "drillKinds": drills.map {
                ["title": $0.title[language], "kind": $0.kind.rawValue] as PageFields
            },
            "drillRows": rows.map { result -> PageFields in
                var fields = personFields(result.student)
                fields["cells"] = drills.map { cell(result, $0.kind) }
                return fields
            },
            "hasLeft": !left.isEmpty,
            "left": left.map { personFields($0.student) },
        ]
    }

    private func personFields(_ student: StudentIdentity) -> PageFields {
        let names = student.names.map { SafeText.line($0, limit: 120, language: language) }
        return [
            "names": names.isEmpty
                ? SafeText.line(student.id, limit: 60, language: language) : names.joined(separator: ", "),
            "path": "students/\(ClassPage.pathComponent(student.id))", "hasReport": !hasPseudonyms,
        ]
    }

    private func cell(_ result: GradedResult, _ kind: DrillKind) -> PageFields {
        guard let account = result.drills?.last(where: { $0.kind == kind }) else {
            return ["figure": "", "reason": "", "hasReason": false]
        }
        let (figure, reason) = figure(account)
        // Sentences name machines and people: not for a projector.
        return ["figure": figure, "reason": reason, "hasReason": !reason.isEmpty && !hasPseudonyms]
    }

    private func figure(_ account: DrillAccount) -> (String, String) {
        switch account.outcome {
        case .refused(let refusal):
            return (words.pick("pas fait", "not done"), refusal.sentence[language])
        case .abandoned(let sentence):
            return (words.pick("interrompu", "broken off"), sentence[language])
        case .performed:
            guard let failover = account.timeline?.failover else { return ("–", "") }
            guard failover.count > 0 else { return (words.pick("aucune", "none"), "") }
            guard failover.hasEnded else {
                return (words.pick("pas revenu", "not back"), words.interruption(failover))
            }
            return (words.seconds(failover.total), "± \(words.milliseconds(failover.uncertainty))")
        }
    }
}
