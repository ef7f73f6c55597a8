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
        var checks: [MarkingView.Check] = []
        var first = sheet.entries.startIndex
        while first < sheet.entries.endIndex {
            let entry = sheet.entries[first]
            let same = sheet.entries[first...].prefix { $0.check == entry.check }
            checks.append(
                MarkingView.Check(
                    id: entry.check.rawValue, anchor: "c-\(entry.check.rawValue)",
                    title: entry.title[language],
                    worth: Phrase.markingOutOf[language] + " " + entry.worth.formatted(language),
                    answers: same.map(answer)))
            first = same.endIndex
        }
        let view = MarkingView(
            lang: language.rawValue, className: safe(className),
            title: "\(safe(className)) – \(Phrase.markingHeading[language])", checks: checks)
        return try templates.render("marking", view)
    }

    func safe(_ text: String) -> String { SafeText.line(text, limit: 300, language: language) }

    private func name(_ student: StudentIdentity) -> String {
        pseudonym?(student.id) ?? ([student.id] + student.names).joined(separator: " ")
    }

    func answer(_ entry: MarkingSheet.Entry) -> MarkingView.Answer {
        let proofs = Set(entry.authors.map { $0.proofs.joined()[language] }).sorted().filter { !$0.isEmpty }
        return MarkingView.Answer(
            who: safe(entry.authors.map(\.student).map(name).joined(separator: ", ")),
            answer: SafeText.block(
                entry.answer ?? Phrase.markingNothing[language], limit: 20_000, language: language),
            proof: proofs.isEmpty
                ? nil : SafeText.block(proofs.joined(separator: "\n"), limit: 4_000, language: language),
            proposal: entry.proposal.map { $0.points?.formatted(language) ?? "–" },
            reason: SafeText.line(entry.proposal?.reason[language] ?? "", limit: 600, language: language),
            points: entry.mark?.points?.formatted(language) ?? "",
            comment: SafeText.line(entry.mark?.comment ?? "", limit: 400, language: language))
    }
}

/// What the marking page's template is given.
struct MarkingView: PageView {
    var lang: String
    var className: String
    var title: String
    var checks: [Check]

    struct Check: PageView {
        var id: String
        var anchor: String
        var title: String
        var worth: String
        var answers: [Answer]
    }

    struct Answer: PageView {
        var who: String
        var answer: String
        var proof: String?
        var proposal: String?
        var reason: String
        var points: String
        var comment: String
    }
}
