import GraderCore

/// The marking sheet on paper: each answer with what the evidence shows beside it, and room for points and a comment. For
/// the teacher alone.
public struct MarkingPage: Sendable {
    public var className: String
    public var sheet: MarkingSheet
    public var language: Language
    /// What stands in the place of a student's id and name; nil: they stand there themselves.
    public var pseudonym: (@Sendable (String) -> String)?
    public var theme: PageTheme?

    public init(className: String, sheet: MarkingSheet, language: Language) {
        self.className = className
        self.sheet = sheet
        self.language = language
    }

    /// One self-contained HTML page (well-formed XML too).
    /// - Throws: where a template of Bascule's own is broken; never because of the answers.
    public func html() throws -> String {
        let templates = try PageTemplates.of(language, theme)
        var checks: [PageFields] = []
        var first = sheet.entries.startIndex
        while first < sheet.entries.endIndex {
            let entry = sheet.entries[first]
            let same = sheet.entries[first...].prefix { $0.check == entry.check }
            checks.append([
                "id": entry.check.rawValue, "anchor": "c-\(entry.check.rawValue)",
                "title": entry.title[language],
                "worth": Phrase.markingOutOf[language] + " " + entry.worth.formatted(language),
                "answers": same.map(answer),
            ])
            first = same.endIndex
        }
        var fields: PageFields = [
            "lang": language.rawValue, "className": safe(className),
            "title": "\(safe(className)) – \(Phrase.markingHeading[language])", "checks": checks,
        ]
        fields.merge(templates.frame(script: nil))
        return try templates.render("marking", fields)
    }

    private func safe(_ text: String) -> String { SafeText.line(text, limit: 300, language: language) }

    private func name(_ student: StudentIdentity) -> String {
        pseudonym?(student.id) ?? ([student.id] + student.names).joined(separator: " ")
    }

    private func answer(_ entry: MarkingSheet.Entry) -> PageFields {
        let proofs = Set(entry.authors.map { $0.proofs.joined()[language] }).sorted().filter { !$0.isEmpty }
        return [
            "who": safe(entry.authors.map(\.student).map(name).joined(separator: ", ")),
            "answer": SafeText.block(
                entry.answer ?? Phrase.markingNothing[language], limit: 20_000, language: language),
            "hasProof": !proofs.isEmpty,
            "proof": SafeText.block(proofs.joined(separator: "\n"), limit: 4_000, language: language),
            "hasProposal": entry.proposal != nil,
            "proposal": entry.proposal?.points?.formatted(language) ?? "–",
            "reason": SafeText.line(entry.proposal?.reason[language] ?? "", limit: 600, language: language),
            "points": entry.mark?.points?.formatted(language) ?? "",
            "comment": SafeText.line(entry.mark?.comment ?? "", limit: 400, language: language),
        ]
    }
}
