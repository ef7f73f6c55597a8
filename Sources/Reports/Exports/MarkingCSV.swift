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

    /// Of a filled-in table, in bytes: the answers of some hundred students.
    public static let sizeLimit = 16 << 20

    /// Between several students' ids in a cell: in none of them.
    public static let between = " + "

    /// The table with its header, in the form that the language's spreadsheets open.
    public func text() -> String {
        let columns = MarkingColumn.allCases.filter { pseudonym == nil || $0 != .name }
        let rows = sheet.entries.map { entry in columns.map { cell($0, of: entry) } }
        return CSVWriter(separator: ";", hasByteOrderMark: true, language: language)
            .table([columns.map { .text($0.heading[language]) }] + rows)
    }

    private func name(_ student: String) -> String { pseudonym?(student) ?? student }

    /// Each student's, with his name where there are several and they differ.
    private func each(_ entry: MarkingSheet.Entry, _ text: (MarkingSheet.Author) -> String) -> String {
        let texts = entry.authors.map { (name: name($0.student.id), text: text($0)) }
        guard Set(texts.map(\.text)).count > 1 else { return texts.first?.text ?? "" }
        return texts.map { "\($0.name) : \($0.text)" }.joined(separator: "\n")
    }

    private func certainty(_ entry: MarkingSheet.Entry) -> String {
        guard entry.proposal?.isCertain == true else { return "" }
        return language.pick("oui", "yes")
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
        case .proof: .passage(each(entry) { $0.proofs.joined()[language] })
        case .proposal: .number(entry.proposal?.points?.formatted(language) ?? "")
        case .certain: .word(certainty(entry))
        case .reason: .passage(each(entry) { $0.proposal?.reason[language] ?? "" })
        case .worth: .number(entry.worth.formatted(language))
        case .points: .number(entry.mark?.points?.formatted(language) ?? "")
        case .comment: .passage(entry.mark?.comment ?? "")
        case .fingerprint: .word(entry.shownDigest)
        }
    }
}

/// A column of the marking sheet.
public enum MarkingColumn: Sendable, CaseIterable {
    case id, name, check, title, answer, proof, proposal, certain, reason, worth, points, comment
    /// Of the answer and the mark that the row shows, so that `marks import` knows whether they are still those.
    case fingerprint

    public var heading: LocalizedText {
        switch self {
        case .id: LocalizedText(fr: "Identifiant", en: "Id")
        case .name: LocalizedText(fr: "Nom", en: "Name")
        case .check: LocalizedText(fr: "Vérification", en: "Check")
        case .title: LocalizedText(fr: "Intitulé", en: "Title")
        case .answer: LocalizedText(fr: "Réponse", en: "Answer")
        case .proof: LocalizedText(fr: "Ce que montre l'historique", en: "What the history shows")
        case .proposal: LocalizedText(fr: "Proposition", en: "Proposal")
        case .certain: LocalizedText(fr: "Certaine", en: "Certain")
        case .reason: LocalizedText(fr: "Raison", en: "Reason")
        case .worth: LocalizedText(fr: "Sur", en: "Out of")
        case .points: LocalizedText(fr: "Points", en: "Points")
        case .comment: LocalizedText(fr: "Commentaire", en: "Comment")
        case .fingerprint: LocalizedText(fr: "Empreinte", en: "Fingerprint")
        }
    }
}
