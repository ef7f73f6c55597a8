import Foundation
import GraderCore

/// What students are handed: the questions of an exercise with what is looked at and what it is worth. What the rubric
/// does not show them is left out; its points count in the question's.
public struct SheetPage: Sendable {
    public var title: LocalizedText
    public var rubric: Rubric
    /// What the checks say of themselves, by their ids.
    public var checks: [CheckID: CheckDefinition]
    public var language: Language
    public var theme: PageTheme?

    public init(title: LocalizedText, rubric: Rubric, checks: [CheckDefinition], language: Language) {
        self.title = title
        self.rubric = rubric
        self.checks = Dictionary(checks.map { ($0.id, $0) }) { first, _ in first }
        self.language = language
    }

    /// One self-contained HTML page.
    /// - Throws: where a template of Bascule's own is broken.
    public func html() throws -> String {
        try PageTemplates.of(language, theme).render("sheet", view)
    }

    /// The same as Markdown.
    public var markdown: String {
        let view = view
        var lines = ["# \(SafeText.markdown(view.title, language: language))", "", view.worth]
        for question in view.questions {
            lines += [
                "",
                "## \(question.id) \(SafeText.markdown(question.title, language: language)) (\(question.worth))",
                "",
            ]
            lines += question.checks.map { check in
                let why = check.why.map { " \(SafeText.markdown($0, language: language))" } ?? ""
                return "- **\(SafeText.markdown(check.title, language: language))** (\(check.worth)).\(why)"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var view: SheetView {
        SheetView(
            lang: language.rawValue, title: title[language], worth: worth(rubric.total),
            questions: rubric.questions.filter { $0.id != .prerequisites && !$0.checks.isEmpty }.map(question)
        )
    }

    private func question(_ question: RubricQuestion) -> SheetView.Question {
        let shown = question.checks.filter { check in
            let level = (check.visibility ?? question.visibility ?? .full).level
            return level == .full || level == .found
        }
        return SheetView.Question(
            id: question.id.rawValue, title: question.title[language], worth: worth(question.points),
            checks: shown.map { check in
                let why = checks[check.id]?.why[language] ?? ""
                return SheetView.Check(
                    title: (checks[check.id]?.title ?? check.title ?? question.title)[language],
                    worth: worth(check.points), why: why.isEmpty ? nil : why)
            })
    }

    private func worth(_ points: Points) -> String {
        let isOne = points.thousandths < 2000
        let number = points.formatted(language)
        return language.pick(
            "\(number)\u{A0}point\(isOne ? "" : "s")",
            "\(number) point\(points.thousandths == 1000 ? "" : "s")")
    }
}

/// What the sheet's template is given.
struct SheetView: PageView {
    var lang: String
    var title: String
    var worth: String
    var questions: [Question]

    struct Question: PageView {
        var id: String
        var title: String
        var worth: String
        var checks: [Check]
    }

    struct Check: PageView {
        var title: String
        var worth: String
        var why: String?
    }
}
