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
    /// `Même clé d'hôte SSH (SHA256:…)`.
    static func title(_ anomaly: ClassAnomaly, words: Sentences) -> String {
        let value = anomaly.value.map { SafeText.line($0, limit: 100, language: words.language) } ?? ""
        return switch anomaly.kind {
        case .hostKey:
            words.pick(
                "Même clé d'hôte SSH : machine clonée ? (\(value))",
                "Same SSH host key: a cloned machine? (\(value))")
        case .machineID:
            words.pick(
                "Même identifiant /etc/machine-id : machine clonée ?",
                "Same /etc/machine-id: a cloned machine?")
        case .hardwareAddress:
            words.pick("Même adresse MAC \(value)", "Same MAC address \(value)")
        case .virtualIP:
            words.pick(
                "Même IP virtuelle \(value) : l'une répond peut-être à la place de l'autre",
                "Same virtual IP \(value): one may answer in the other's place")
        case .writtenAnswer:
            words.pick(
                "Réponse écrite à \(value) identique mot pour mot",
                "Word-for-word the same written answer to \(value)")
        case .password:
            words.pick(
                "Un même mot de passe ouvre leurs machines", "One and the same password opens their machines")
        }
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
