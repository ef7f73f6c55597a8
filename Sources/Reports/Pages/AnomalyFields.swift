import GraderCore

/// What students have in common that should be each one's own, as the class page lists it. The projector's page has
/// none of it.
extension ClassPage {
    var anomalyFields: PageFields {
        let list = hasPseudonyms ? [] : anomalies
        return ["hasAnomalies": !list.isEmpty, "anomalies": list.map(fields)]
    }

    private func fields(_ anomaly: ClassAnomaly) -> PageFields {
        let students = Set(anomaly.owners.map(\.student))
        let isWholeClass = students.count > 2 && students.count == results.count
        return [
            "what": AnomalyWords.title(anomaly, words: words),
            "isWholeClass": isWholeClass,
            "wholeClass": words.pick("toute la classe", "the whole class"),
            "owners": isWholeClass ? [] : anomaly.owners.map(owner),
        ]
    }

    private func owner(_ owner: ClassAnomaly.Owner) -> PageFields {
        let student =
            results.first { $0.student.id == owner.student }?.student
            ?? StudentIdentity(id: owner.student, names: [])
        let names = student.names.map { SafeText.line($0, limit: 120, language: language) }
            .joined(separator: ", ")
        return [
            "names": names.isEmpty ? SafeText.line(owner.student, limit: 60, language: language) : names,
            "path": "students/\(ClassPage.pathComponent(owner.student))",
            "node": owner.node.map { " (\($0.rawValue))" } ?? "",
        ]
    }
}

/// The words for it, for pages and for the terminal.
public enum AnomalyWords {
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
