import GraderCore

/// The configuration as collected, line by line, with notes at the decisive ones.
extension StudentReport {
    var configurationFields: PageFields {
        let words = Sentences(language)
        let text = result.picture.configuration ?? ""
        // Cut off as a whole first, so that a flood of lines is one flood.
        let shown = SafeText.block(text, language: language)
        var lines = DecisiveLines(shown, result.questions).lines
        if lines.last?.text.isEmpty == true { lines.removeLast() }
        return [
            "hasConfiguration": !text.isEmpty,
            "hasNotes": lines.contains { !$0.notes.isEmpty },
            "configuration": lines.map { line -> PageFields in
                [
                    "text": line.text, "isMarked": !line.notes.isEmpty,
                    "notes": line.notes.map { note in
                        [
                            "anchor": anchor(note.check.rawValue), "name": note.mark.rawValue,
                            "label": SafeText.line(note.check.rawValue, limit: 60, language: language),
                            "inWords": words.pick(" : ", ": ") + note.mark.word[language],
                        ] as PageFields
                    },
                ]
            },
        ]
    }
}

extension StudentMarkdown {
    /// A list: within code nothing can be marked.
    func decisiveLines() -> [String] {
        let lines = DecisiveLines(
            SafeText.block(result.picture.configuration ?? "", language: language), result.questions
        ).lines.filter { !$0.notes.isEmpty }
        guard !lines.isEmpty else { return [] }
        return ["### \(Phrase.decisiveHeading[language])", ""]
            + lines.map { line in
                let notes = line.notes.map {
                    "\($0.mark.symbol) \(SafeText.markdown($0.title[language], limit: 300, language: language))"
                }
                // Without the indentation, and the backslash that only says that the statement goes on.
                let text = line.text.split(separator: " ").filter { $0 != "\\" }.joined(separator: " ")
                return "- \(SafeText.markdownCode(text, limit: 300, language: language)) – "
                    + notes.joined(separator: " · ")
            } + [""]
    }
}
