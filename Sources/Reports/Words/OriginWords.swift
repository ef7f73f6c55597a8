import GraderCore

/// Where a result comes from that was put together with others, in words.
extension Sentences {
    /// For a student who was looked at several times: which look counts, and by which rule.
    func originNotices(_ result: GradedResult) -> [Notice] {
        guard let sentence = severalLooks(result.origin) else { return [] }
        return [
            Notice(
                kind: .caution, title: pick("Relevé plusieurs fois", "Examined more than once"),
                sentence: sentence)
        ]
    }

    /// Nil where there was one look only.
    func severalLooks(_ origin: Origin?) -> String? {
        guard let origin, !origin.others.isEmpty else { return nil }
        let rule =
            origin.others.contains { $0.reason == .late }
            ? pick("le dernier relevé dans les temps", "the last one in time")
            : pick("le dernier relevé", "the last one")
        let looks = [origin.standing] + origin.others.map(\.look)
        let isClose = Set(looks.map { date($0.collectedAt) }).count < looks.count
        func look(_ look: Origin.Look) -> String {
            let date = DateText(look.collectedAt, in: zone).formatted(language, toTheSecond: isClose)
            return "\(short(look.className)), \(date)"
        }
        let others = origin.others.map { other in
            look(other.look) + why(other.reason)
        }
        let best = origin.takingBest.map(\.rawValue).joined(separator: ", ")
        return [
            pick(
                "Ce qui compte est \(rule) : \(look(origin.standing)).",
                "What counts is \(rule): \(look(origin.standing))."),
            pick(
                "Aussi relevé dans \(others.joined(separator: " ; ")).",
                "Also examined in \(others.joined(separator: "; "))."),
            best.isEmpty
                ? nil
                : pick(
                    "Pour \(best), le barème retient le meilleur relevé.",
                    "For \(best), the rubric takes the best one."),
        ].compactMap(\.self).joined(separator: " ")
    }

    /// Why a look does not count; of an earlier one that is said already.
    private func why(_ reason: Origin.Other.Reason) -> String {
        switch reason {
        case .earlier: ""
        case .late:
            pick(", après la date limite : il ne compte pas", ", after the deadline: it does not count")
        case .notVerified:
            pick(
                ", relevé par l'étudiant : il ne compte pas",
                ", collected by the student: it does not count")
        }
    }

    /// `sio2-a/2026-11-27T160000Z`
    func run(_ look: Origin.Look) -> String { "\(short(look.className))/\(short(look.run))" }
}

extension ClassPage {
    /// The classes and runs that the page's results come from; empty where they are of one run.
    var originRows: [OriginRow] {
        guard !hasPseudonyms else { return [] }
        let looks = results.compactMap { result in result.origin.map { (result, $0.standing) } }
        var rows: [(className: String, run: String, first: GradedResult, count: Int)] = []
        for (result, look) in looks {
            if let known = rows.firstIndex(where: { $0.className == look.className && $0.run == look.run }) {
                rows[known].count += 1
                if result.collectedAt < rows[known].first.collectedAt { rows[known].first = result }
            } else {
                rows.append((look.className, look.run, result, 1))
            }
        }
        return rows.sorted { ($0.className, $0.run) < ($1.className, $1.run) }.map { row in
            OriginRow(
                className: safe(row.className, limit: 60), run: safe(row.run, limit: 60),
                date: words.date(row.first.collectedAt), count: "\(row.count)")
        }
    }

    /// Who was looked at several times, and what counts.
    var severalTimes: [PersonView] {
        guard !hasPseudonyms else { return [] }
        return results.compactMap { result in
            words.severalLooks(result.origin).map {
                person(result.student, reason: safe($0, limit: 1_000))
            }
        }
    }
}

/// A run of those that were put together.
struct OriginRow: PageView {
    var className: String
    var run: String
    /// When it looked at the first of the students.
    var date: String
    var count: String
}
