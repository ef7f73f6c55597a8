import GraderCore
import InputFiles
import Reports

/// Reads a marking sheet that the teacher has filled in (`MarkingCSV`). Only ids, check, points, comment
/// and fingerprint are read.
struct MarkingTable {
    var sheet: MarkableSheet
    var students: [StudentIdentity]
    /// The students who are meant by what stands in the place of an id.
    var idsByPseudonym: [String: String]
    /// Those that there are now.
    var marks = TeacherMarks()

    /// What the table says of a student.
    private struct Given: Hashable {
        var student: String
        var subject: MarkSubject
    }

    /// What is to be set.
    struct Row {
        /// What the table calls the student: the id, or a pseudonym.
        var name: String
        var change: TeacherMarksEditor.Change
        /// Of what whoever gives the mark has read; empty where the table does not say.
        var fingerprint: String
        var position: InputPosition
    }

    /// - Returns: in the table's order; rows without points and comment say nothing.
    /// - Throws: every mistake in the table at once.
    func read(_ input: InputText) throws(InputErrors) -> [Row] {
        let mistakes = InputMistakes(file: input.file)
        let rows = CSVTable.rows(of: input.text, remarks: .beforeHeader, mistakes)
        var all: [Row] = []
        var lines: [Given: Int] = [:]
        if let header = rows.first, let columns = columns(header, mistakes) {
            // Below the header it is a remark where no text of somebody's can begin so.
            let first = columns.first { $0.value == 0 }?.key
            let mayBeText = first.map { [.answer, .proof, .reason, .comment].contains($0) } ?? true
            for row in rows.dropFirst() where mayBeText || row.cells.first?.hasPrefix("#") != true {
                for read in changes(row, columns, of: header.cells.count, mistakes) {
                    let (name, change) = (read.name, read.change)
                    let given = Given(student: change.student, subject: change.subject)
                    if let line = lines.updateValue(row.line, forKey: given) {
                        mistakes.add(
                            row.position,
                            LocalizedText(
                                fr: "\(name) est noté deux fois pour \(change.subject), aussi ligne \(line)",
                                en: "\(name) is marked twice for \(change.subject), on line \(line) too"),
                            expected: LocalizedText(
                                fr: "chaque étudiant une seule fois par vérification",
                                en: "each student once for each check"),
                            about: name)
                    }
                    all.append(read)
                }
            }
        }
        if rows.isEmpty {
            mistakes.add(
                InputPosition(line: 1, column: 1),
                LocalizedText(fr: "le tableau est vide", en: "the table is empty"),
                expected: LocalizedText(
                    fr: "celui qu'a écrit marks export", en: "the one that marks export wrote"))
        }
        try mistakes.check()
        return all
    }

    private func columns(_ header: CSVTable.Row, _ mistakes: InputMistakes) -> [MarkingColumn: Int]? {
        var columns: [MarkingColumn: Int] = [:]
        for column in MarkingColumn.allCases {
            // A teacher's own table may have a mark for a whole question.
            let others = column == .check ? ["question"] : []
            let found = ColumnHeading(name: column.heading, others: others).indices(in: header.cells)
            columns[column] = found.first
            if found.count > 1, [.id, .check, .points, .comment, .fingerprint].contains(column) {
                mistakes.add(
                    header.position,
                    LocalizedText(
                        fr: "il y a \(found.count) colonnes \(column.heading.fr) (\(column.heading.en))",
                        en: "there are \(found.count) columns \(column.heading.en) (\(column.heading.fr))"),
                    expected: LocalizedText(
                        fr: "une seule : renommer celle qui ne compte pas",
                        en: "one: rename those that do not count"),
                    about: column.heading.en)
            }
        }
        let missing = [MarkingColumn.id, .check, .points].filter { columns[$0] == nil }
        for column in missing {
            mistakes.add(
                header.position,
                LocalizedText(
                    fr: "il n'y a pas de colonne \(column.heading.fr) (\(column.heading.en))",
                    en: "there is no column \(column.heading.en) (\(column.heading.fr))"),
                expected: LocalizedText(
                    fr: "les en-têtes qu'a écrits marks export",
                    en: "the headings that marks export wrote"),
                about: column.heading.en)
        }
        return missing.isEmpty ? columns : nil
    }

    private func changes(
        _ row: CSVTable.Row, _ columns: [MarkingColumn: Int], of width: Int, _ mistakes: InputMistakes
    ) -> [Row] {
        // Spreadsheets leave out empty cells at the end, and some add some.
        guard row.cells.dropFirst(width).allSatisfy(\.isEmpty) else {
            mistakes.add(
                row.position,
                LocalizedText(
                    fr: "cette ligne a \(row.cells.count) cellules",
                    en: "this line has \(row.cells.count) cells"),
                expected: LocalizedText(
                    fr: "\(width), une par colonne de l'en-tête",
                    en: "\(width), one for each column of the header"))
            return []
        }
        func cell(_ column: MarkingColumn) -> String {
            columns[column].flatMap { row.cells.indices.contains($0) ? row.cells[$0] : nil } ?? ""
        }
        let written = cell(.comment)
        let comment = CSVWriter.meant(written)
        guard !cell(.points).isEmpty || !comment.isEmpty else { return [] }
        let subject = MarkSubject(cell(.check))
        let points = points(cell(.points), subject, row.position, mistakes)
        let ids = ids(cell(.id), row.position, mistakes)
        // Not every character of a comment can stand in a table: what `marks export` makes of the one that is there is that.
        let isKept = ids.map { _, id in
            marks.students[id]?.marks[subject]?.comment.map { old in
                Language.allCases.contains {
                    // Without the blanks at the ends, which a spreadsheet may cut off.
                    CSVWriter.passage(old, $0).trimmingCharacters(in: .whitespacesAndNewlines)
                        == written.trimmingCharacters(in: .whitespacesAndNewlines)
                }
            } ?? false
        }
        if comment.utf8.count > TeacherMark.commentLimit, !isKept.allSatisfy(\.self) {
            mistakes.add(
                row.position,
                LocalizedText(
                    fr: "le commentaire fait \(comment.utf8.count) octets",
                    en: "the comment has \(comment.utf8.count) bytes"),
                expected: LocalizedText(
                    fr: "\(TeacherMark.commentLimit) au plus", en: "\(TeacherMark.commentLimit) at most"),
                about: "comment")
        }
        return zip(ids, isKept).map { who, isKept in
            let mark = TeacherMark(points: points, comment: isKept || comment.isEmpty ? nil : comment)
            return Row(
                name: who.name,
                change: TeacherMarksEditor.Change(
                    student: who.id, member: nil, subject: subject, mark: mark),
                fingerprint: cell(.fingerprint), position: row.position)
        }
    }

    private func points(
        _ text: String, _ subject: MarkSubject, _ position: InputPosition, _ mistakes: InputMistakes
    ) -> Points? {
        do throws(StoreFailure) { try sheet.check(subject, nil) } catch {
            mistakes.add(
                position,
                LocalizedText(fr: "la fiche n'a pas de \(subject)", en: "the sheet has no \(subject)"),
                expected: .key(sheet.names.joined(separator: ", ")))
            return nil
        }
        guard !text.isEmpty else { return nil }
        let most = sheet.points(of: subject) ?? .zero
        guard let points = Points(decimal: text), points <= most else {
            mistakes.add(
                position,
                LocalizedText(
                    fr: "\(quoted(text)) : ce ne sont pas des points pour \(subject)",
                    en: "\(quoted(text)) are no points for \(subject)"),
                expected: LocalizedText(
                    fr: "de 0 à \(most.formatted(.french)), trois décimales au plus",
                    en: "0 to \(most.formatted(.english)), with at most three decimals"),
                about: "points")
            return nil
        }
        return points
    }

    private func ids(
        _ text: String, _ position: InputPosition, _ mistakes: InputMistakes
    ) -> [(name: String, id: String)] {
        let names = text.split(separator: "+").map { $0.trimmingCharacters(in: .whitespaces) }
        if names.isEmpty {
            mistakes.add(
                position, LocalizedText(fr: "personne n'est nommé", en: "nobody is named"),
                expected: LocalizedText(fr: "un id de la classe", en: "an id of the class"), about: "id")
        }
        return names.compactMap { name in
            let id = idsByPseudonym[name] ?? name
            if students.contains(where: { $0.id == id }) { return (name, id) }
            let near = suggestion(for: id, in: students.map(\.id))
            mistakes.add(
                position,
                LocalizedText(
                    fr: "la classe n'a pas d'étudiant \(quoted(name))\(near)",
                    en: "the class has no student \(quoted(name))\(near)"),
                expected: LocalizedText(
                    fr: "un id de la classe, ou plusieurs avec + entre eux",
                    en: "an id of the class, or several with + between them"),
                about: name)
            return nil
        }
    }
}
