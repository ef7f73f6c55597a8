import GraderCore

/// A table of people and what another program calls them: on each line a name (or a student's id) and the
/// identifier, with `;`, `,` or a tab between them, in quotation marks or not. Lines that begin with `#` are comments.
public enum IdentifierFile {
    /// - Throws: every mistake in it at once.
    public static func read(file: String) throws(InputErrors) -> [String: String] {
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
            if table.updateValue(cells[1], forKey: cells[0]) != nil {
                mistakes.add(
                    position,
                    LocalizedText(
                        fr: "\(quoted(cells[0])) y est deux fois", en: "\(quoted(cells[0])) is there twice"),
                    expected: LocalizedText(fr: "chaque personne une seule fois", en: "each person once"))
            }
        }
        try mistakes.check()
        return table
    }
}
