import Foundation
import GraderCore

@testable import Reports

/// What holds of every result and of its pages, whatever the student's machines have printed.
enum PageRules {
    static func check(_ result: GradedResult) throws {
        for question in result.questions {
            try expect(isWithin(question.score), "\(question.id) has \(question.score)")
            for check in question.checks {
                try expect(isWithin(check.score), "\(check.result.id) has \(check.score)")
            }
        }
        try expect(isWithin(result.score), "the score is \(result.score)")
        try checkPages(result)
    }

    /// Of a result that anybody may have written.
    static func checkPages(_ result: GradedResult) throws {
        for language in Language.allCases {
            let report = StudentReport(result: result, language: language)
            let html = try report.html()
            for tag in ["<script", "<img", "<iframe", "<object", "<svg on", "=\"javascript:"] {
                try expect(html.range(of: tag, options: .caseInsensitive) == nil, "\(tag) in the page")
            }
            try expectVisible(html, "the page")
            try expectVisible(report.markdown(), "the Markdown")
            let terminal = TerminalReport(result, language: language, colour: false, width: 80, hints: true)
            try expectVisible(terminal.lines().joined(separator: " "), "the terminal")
        }
    }

    private static func isWithin(_ tally: Tally) -> Bool {
        .zero <= tally.earned && tally.earned <= tally.decided && tally.decided <= tally.total
    }

    /// Control characters, those that change the direction of writing, and those that nobody sees.
    private static let forbidden: Set<Unicode.Scalar> = [
        "\u{0}", "\u{1B}", "\u{9B}", "\u{7}", "\u{8}", "\u{7F}", "\u{85}", "\u{202A}", "\u{202E}", "\u{2066}",
        "\u{2067}",
        "\u{200E}", "\u{200F}", "\u{200B}", "\u{2060}", "\u{FEFF}", "\u{AD}", "\u{2028}", "\u{FFFE}",
        "\u{0600}", "\r",
    ]

    private static func expectVisible(_ text: String, _ what: String) throws(FuzzFinding) {
        for scalar in text.unicodeScalars where forbidden.contains(scalar) {
            throw FuzzFinding(description: "U+\(String(scalar.value, radix: 16)) in \(what)")
        }
    }
}
