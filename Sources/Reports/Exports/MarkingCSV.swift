import GraderCore

/// The sheet on which the teacher marks written answers, as a table: `;`, UTF-8 with a byte order mark. `marks import`
/// reads it again: by id and check, whatever columns were moved, added or left out.
public struct MarkingCSV: Sendable {
    public var sheet: MarkingSheet
    public var language: Language
    /// What stands in the place of a student's id and name; nil: they stand there themselves.
    public var pseudonym: (@Sendable (String) -> String)?

    public init(_ sheet: MarkingSheet, language: Language) {
        self.sheet = sheet
        self.language = language
    }

    /// Between several students' ids in a cell: in none of them.
    public static let between = " + "

    public func text() -> String {
        let columns = MarkingColumn.allCases.filter { pseudonym == nil || $0 != .name }
        let rows = sheet.entries.map { entry in columns.map { cell($0, of: entry) } }
        return CSVWriter(separator: ";", hasByteOrderMark: true, language: language)
            .table([columns.map { .text($0.heading[language]) }] + rows)
    }

    private func name(_ student: String) -> String { pseudonym?(student) ?? student }

    /// Each student's, with his name where there are several.
    private func proof(_ entry: MarkingSheet.Entry) -> String {
        let proofs = entry.authors.compactMap { author in
            author.proof.map { proof in
                let whose = entry.authors.count > 1 ? "\(name(author.student.id)) : " : ""
                return whose + proof.text[language]
            }
        }
        return proofs.joined(separator: "\n")
    }

    private func cell(_ column: MarkingColumn, of entry: MarkingSheet.Entry) -> CSVWriter.Cell {
        switch column {
        case .id:
            .passage(entry.authors.map { name($0.student.id) }.joined(separator: Self.between))
        case .name:
            .text(entry.authors.flatMap(\.student.names).joined(separator: ", "))
        case .check: .word(entry.check.rawValue)
        case .title: .text(entry.title[language])
        case .answer: .passage(entry.answer ?? "")
        case .proof: .passage(proof(entry))
        case .worth: .number(entry.worth.formatted(language))
        case .points: .number(entry.mark?.points?.formatted(language) ?? "")
        case .comment: .passage(entry.mark?.comment ?? "")
        }
    }
}

/// A column of the marking sheet.
public enum MarkingColumn: Sendable, CaseIterable {
    case id, name, check, title, answer, proof, worth, points, comment

    public var heading: LocalizedText {
        switch self {
        case .id: LocalizedText(fr: "Identifiant", en: "Id")
        case .name: LocalizedText(fr: "Nom", en: "Name")
        case .check: LocalizedText(fr: "Vérification", en: "Check")
        case .title: LocalizedText(fr: "Intitulé", en: "Title")
        case .answer: LocalizedText(fr: "Réponse", en: "Answer")
        case .proof: LocalizedText(fr: "Ce que montre l'historique", en: "What the history shows")
        case .worth: LocalizedText(fr: "Sur", en: "Out of")
        case .points: LocalizedText(fr: "Points", en: "Points")
        case .comment: LocalizedText(fr: "Commentaire", en: "Comment")
        }
    }
}
