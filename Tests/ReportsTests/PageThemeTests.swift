import Foundation
import GraderCore
import Testing

@testable import Reports

struct PageThemeTests {
    private func theme(_ files: [String: String]) throws -> PageTheme {
        let folder = FileManager.default.temporaryDirectory.appending(path: "theme-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "templates"), withIntermediateDirectories: true)
        for (name, text) in files {
            try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        return try PageTheme(folder: folder.path)
    }

    private func html(_ theme: PageTheme) throws -> String {
        try StudentReport(result: HostileSample.result, language: .french, theme: theme).html()
    }

    @Test func logoTitleAndStyleAreOnEveryPage() throws {
        let theme = try theme([
            "logo.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "title.txt": "Lycée <Exemple>\n",
            "style.css": ".brand { color: teal }",
        ])
        var page = ClassPage(
            className: "c", title: "", exerciseTitle: SampleResults.solved.exerciseTitle,
            ranAt: SampleResults.moment, results: [SampleResults.solved], language: .french)
        page.theme = theme
        for text in [try html(theme), try page.html()] {
            let parsed = try ParsedPage(text)
            let logo = try #require(parsed.elements.first { $0.name == "img" })
            #expect(logo.attributes["src"]?.hasPrefix("data:image/svg+xml;base64,") == true)
            #expect(logo.attributes["alt"] == "Lycée <Exemple>")
            #expect(text.contains(".brand { color: teal }"))
        }
    }

    @Test func anOwnTemplateEscapesAllTheSame() throws {
        let theme = try theme([
            "templates/check.mustache": "<p data-found=\"{{title}}\">{{#facts}}{{value}}{{/facts}}</p>"
        ])
        let text = try html(theme)
        #expect(text.contains("<p data-found="))
        #expect(!text.contains("<script"))
        #expect(!text.contains("<img"))
        _ = try ParsedPage(text)
    }

    /// As it was written on 23 November 2026, when views still had a flag for each of these.
    @Test func aThemeOfEarlierDaysIsStillRead() throws {
        let masthead = """
            {{#hasLogo}}<p class="brand"><img class="logo" src="{{logo}}" alt="{{themeTitle}}"/></p>{{/hasLogo}}
            {{^hasLogo}}{{#hasThemeTitle}}<p class="brand">{{themeTitle}}</p>{{/hasThemeTitle}}{{/hasLogo}}
            """
        let text = try html(try theme(["title.txt": "Lycée", "templates/masthead.mustache": masthead]))
        #expect(text.contains("<p class=\"brand\">Lycée</p>"))
        let page = """
            {{#hasHeading}}{{exerciseTitle}}{{/hasHeading}}
            {{#hasAbsent}}{{#absent}}{{#hasReport}}{{path}}/{{page}}{{/hasReport}}{{reason}}{{/absent}}{{/hasAbsent}}
            {{#hasAnomalies}}{{#anomalies}}{{#isWholeClass}}{{wholeClass}}{{/isWholeClass}}
            {{/anomalies}}{{/hasAnomalies}}
            {{#rows}}{{#hasReport}}{{path}}/{{page}}{{/hasReport}}{{names}}{{studentID}}{{#isAssessed}}
            {{earned}}{{/isAssessed}}
            {{#isOpen}}{{toCome}}{{/isOpen}}{{#isLate}}{{late}}{{/isLate}}{{^isAssessed}}{{missing}}
            {{/isAssessed}}{{/rows}}
            {{#hasMarks}}{{#marks}}{{> histogram}}{{/marks}}{{/hasMarks}}{{> progress}}
            {{#hasDrillTable}}{{#drillRows}}{{#hasReport}}{{path}}/{{page}}{{/hasReport}}{{names}}
            {{#cells}}{{#hasReason}}{{reason}}{{/hasReason}}{{/cells}}{{/drillRows}}{{/hasDrillTable}}
            {{#hasOutages}}{{> outages}}{{/hasOutages}}{{#hasMissed}}{{#missed}}{{/missed}}{{/hasMissed}}
            """
        let drills = """
            {{#hasTimelines}}{{/hasTimelines}}{{#drills}}{{#hasObstacle}}{{obstacle}}{{/hasObstacle}}
            {{#hasFacts}}{{/hasFacts}}            {{#hasRows}}{{#rows}}{{#hasNumber}}{{number}}{{/hasNumber}}
            {{/rows}}{{/hasRows}}{{/drills}}
            """
        let timeline = "{{#spans}}{{#hasLabel}}{{label}}{{/hasLabel}}{{/spans}}"
        for (name, template) in [("class", page), ("drills", drills), ("timeline", timeline)] {
            _ = try theme(["templates/\(name).mustache": template])
        }
    }

    @Test(arguments: [
        "{{{found}}}", "{{& found}}", "{{ & found }}", "{{=<% %>=}}", "{{% CONTENT_TYPE:TEXT}}",
        "{ {{{ style }}}",
    ])
    func aTemplateThatWouldNotEscapeIsRefused(_ text: String) throws {
        let error = try #require(throws: PageThemeError.self) {
            try theme(["templates/check.mustache": "<p>\n\(text)</p>"])
        }
        #expect(error.description.contains("check.mustache:2: "))
    }

    @Test func whatIsWrongIsASentenceThatNamesTheFile() throws {
        for files in [
            ["templates/chek.mustache": ""], ["style.css": "</style><script>"],
            ["logo.svg": String(repeating: " ", count: 300_000)],
        ] {
            let error = try #require(throws: PageThemeError.self) { try theme(files) }
            let name = try #require(files.keys.first)
            #expect(error.description.contains(name))
        }
        #expect(throws: PageThemeError.self) { try PageTheme(folder: "/nonexistent") }
        // A device or a pipe would be read for ever, or be waited for.
        let folder = FileManager.default.temporaryDirectory.appending(path: "theme-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "style.css"), withDestinationURL: URL(filePath: "/dev/null"))
        let device = try #require(throws: PageThemeError.self) {
            try PageTheme(folder: folder.path(percentEncoded: false))
        }
        #expect(device.description.contains("style.css cannot be read"))
        for (text, told) in [
            ("<p>\n{{#open}}\n", "check.mustache:2: {{#open}} is not closed"),
            ("<p>{{> chek}}", "{{> chek}} names no template"),
            ("<p>{{> facts}}{{> check}}", "check.mustache:1: check.mustache comes back to itself"),
            ("<p>{{> student}}", "check.mustache:1: student.mustache comes back to itself"),
            // A name that is misspelt, or of another page's view.
            (
                "<p>\n<b>{{titel}}</b>",
                "check.mustache:2: there is no {{titel}} here; there is: anchor, blocker, "
            ),
            (
                "{{#facts}}\n{{valu}}{{/facts}}",
                "check.mustache:2: there is no {{valu}} here; there is: name, value."
            ),
            ("{{heading}}", "check.mustache:1: there is no {{heading}} here"),
            ("{{t.marc}}", "no {{t.marc}} here"),
            ("{{mark}}", "check.mustache:1: {{mark}} is no text"),
        ] {
            let error = try #require(throws: PageThemeError.self) {
                try theme(["templates/check.mustache": text])
            }
            #expect(error.description.contains(told), "\(error)")
        }
    }
}
