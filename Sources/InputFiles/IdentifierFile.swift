import GraderCore

/// A table of people and what another program calls them: on each line a name (or a student's id) and the
/// identifier, with `;`, `,` or a tab between them, in quotation marks or not. Lines that begin with `#` are comments.
public enum IdentifierFile {
    /// - Parameter known: who the identifiers are of, where they are the class's own ids.
    /// - Throws: every mistake in it at once.
    public static func read(file: String, of known: [String]? = nil) throws(InputErrors) -> [String: String] {
        let input = try InputText(file: file)
        let mistakes = InputMistakes(file: file)
        var table: [String: String] = [:]
        for row in CSVTable.rows(of: input.text, mistakes) {
            let (position, cells) = (row.position, row.cells)
            guard cells.count == 2, cells.allSatisfy({ !$0.isEmpty }) else {
                mistakes.add(
                    position,
                    LocalizedText(fr: "cette ligne n'a pas deux cellules", en: "this line has not two cells"),
                    expected: LocalizedText(
                        fr: "un nom et un identifiant, tels que Dupont Camille;20231234",
                        en: "a name and an identifier, such as Dupont Camille;20231234"))
                continue
            }
            let (person, id) = (cells[0], cells[1])
            if let known, !known.contains(id) {
                let hint = suggestion(for: id, in: known)
                mistakes.add(
                    position,
                    LocalizedText(
                        fr: "\(quoted(person)) est \(quoted(id)), qui n'est pas dans la classe\(hint)",
                        en: "\(quoted(person)) is \(quoted(id)), who is not in the class\(hint)"),
                    expected: LocalizedText(
                        fr: "l'identifiant d'un étudiant de la classe", en: "the id of a student of the class"
                    ))
            }
            if table.updateValue(id, forKey: person) != nil {
                mistakes.add(
                    position,
                    LocalizedText(
                        fr: "\(quoted(person)) y est deux fois", en: "\(quoted(person)) is there twice"),
                    expected: LocalizedText(fr: "chaque personne une seule fois", en: "each person once"))
            }
        }
        try mistakes.check()
        return table
    }
}
