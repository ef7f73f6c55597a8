import GraderCore

/// What students have in common that should be each one's own, as the class page lists it. The projector's page has
/// none of it.
struct AnomalyView: PageView {
    var what: String
    /// Nobody is named.
    var isWholeClass: Bool
    var wholeClass: String
    var owners: [Owner]

    struct Owner: PageView {
        var names: String
        var path: String
        /// In brackets; empty where it is all of them.
        var node: String
    }
}

extension ClassPage {
    var anomalyViews: [AnomalyView] { hasPseudonyms ? [] : anomalies.map(view) }

    private func view(_ anomaly: ClassAnomaly) -> AnomalyView {
        let students = Set(anomaly.owners.map(\.student))
        let isWholeClass = students.count > 2 && students.count == results.count
        return AnomalyView(
            what: AnomalyWords.title(anomaly, words: words),
            isWholeClass: isWholeClass, wholeClass: words.pick("toute la classe", "the whole class"),
            owners: isWholeClass ? [] : anomaly.owners.map(owner))
    }

    private func owner(_ owner: ClassAnomaly.Owner) -> AnomalyView.Owner {
        let student =
            results.first { $0.student.id == owner.student }?.student
            ?? StudentIdentity(id: owner.student, names: [])
        return AnomalyView.Owner(
            names: names(student), path: ClassPage.path(student),
            node: owner.node.map { " (\($0.rawValue))" } ?? "")
    }
}

/// The words for it, for pages and for the terminal.
public enum AnomalyWords {
    /// For the terminal: a line for each that a student's machines show, `! etu1/web: …`.
    public static func lines(_ result: GradedResult, language: Language) -> [String] {
        (result.anomalies ?? []).map { anomaly in
            let who =
                SafeText.line(result.student.id, limit: 60, language: language)
                + (anomaly.machine.map { "/\($0.rawValue)" } ?? "")
            let said = "! " + who + language.pick(" : ", ": ")
            return said + SafeText.line(anomaly.seen[language], limit: 300, language: language)
        }
    }

    static func title(_ anomaly: ClassAnomaly, words: Sentences) -> String {
        anomaly.title[words.language]
    }

    /// One line, for the terminal: what, and who by id.
    public static func line(_ anomaly: ClassAnomaly, language: Language) -> String {
        let who = anomaly.owners.map { owner in
            SafeText.line(owner.student, limit: 60, language: language)
                + (owner.node.map { "/\($0.rawValue)" } ?? "")
        }
        let shown = who.prefix(8).joined(separator: ", ") + (who.count > 8 ? ", … (\(who.count))" : "")
        return title(anomaly, words: Sentences(language)) + " – " + shown
    }
}
