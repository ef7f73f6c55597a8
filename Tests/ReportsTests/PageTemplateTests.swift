import GraderCore
import Testing

@testable import Reports

/// What a template may ask for, and what is told where it asks for something else.
struct PageTemplateTests {
    private struct Page: PageView {
        var title: String
        var number: Int
        var isOpen: Bool
        var count: Int?
        var note: String?
        var inner: Inner?
        var rows: [Inner]
        var words: [String]
        var style: PageCode

        struct Inner: PageView {
            var name: String
            var note: String?
        }
    }

    private func check(_ text: String, _ partials: [String: String] = [:]) throws {
        var tags = try partials.reduce(into: [:]) { tags, partial in
            tags[partial.key] = try PageTags(partial.value, named: partial.key)
        }
        tags["page"] = try PageTags(text, named: "page")
        var check = PageTemplateCheck(tags, foreign: ["page"], view: try Page.shape)
        try check.check("page")
    }

    /// The templates of this build, against the views that they are given.
    @Test func everyNameOfOurOwnTemplatesIsInItsView() throws { try PageTemplates.check() }

    @Test func aViewSaysItsNames() throws {
        #expect(
            Set(try Page.shape.names.keys) == [
                "title", "number", "isOpen", "count", "hasCount", "note", "hasNote", "inner", "hasInner",
                "rows",
                "hasRows", "words", "hasWords", "style",
            ])
        let page = Page(
            title: "", number: 1, isOpen: true, rows: [Page.Inner(name: "n")], words: [],
            style: PageCode(text: ""))
        #expect(Set(page.fields.values.keys) == Set(try Page.shape.names.keys))
    }

    @Test(arguments: [
        "{{title}}{{number}}{{isOpen}}{{count}}{{{style}}}", "{{#inner}}{{name}}{{title}}{{/inner}}",
        "{{inner.name}} {{#rows}}{{.name}}{{^.note}}{{number}}{{/.note}}{{/rows}}",
        "{{#words}}{{.}}{{title}}{{/words}}",
        "{{#hasRows}}{{#isOpen}}{{title}}{{/isOpen}}{{/hasRows}}{{^hasInner}}{{/hasInner}}",
        "{{#rows}}{{> part}}{{/rows}}", "{{! {{{anything }}",
        "{{ title }}{{# rows }}{{ name }}{{/ rows }}{{>  none }}",
    ])
    func whatTheViewHasIsFound(_ text: String) throws {
        try check(text, ["part": "{{name}}{{title}}", "none": ""])
    }

    @Test(arguments: [
        (
            "<p>\n{{titel}}", 2,
            "there is no {{titel}} here; there is: count, inner, isOpen, note, number, rows, style, title, words"
        ),
        ("{{name}}", 1, "no {{name}} here"), ("{{#rows}}{{/rows}}\n{{name}}", 2, "no {{name}} here"),
        ("{{#rows}}\n{{nmae}}{{/rows}}", 2, "there is: name, note"),
        ("{{#rows}}{{.title}}{{/rows}}", 1, "no {{.title}} here"),
        ("{{^rwos}}{{/rwos}}", 1, "no {{rwos}} here"),
        ("{{^rows}}{{name}}{{/rows}}", 1, "no {{name}} here"),
        ("{{inner.title}}", 1, "there is no {{inner.title}} here; there is: name, note"),
        ("{{hasTitle}}", 1, "there is: hasCount, hasInner, hasNote, hasRows, hasWords"),
        ("{{title.more}}", 1, "no {{title.more}} here"),
        ("{{inner}}", 1, "{{inner}} is no text"), ("{{words}}", 1, "{{words}} is no text"),
        ("\n{{> chek}}", 2, "{{> chek}} names no template; there is: deep, loop, page, part"),
        ("{{> loop}}", 1, "page.mustache comes back to itself by its partials"),
        // Said of what is not Bascule's own.
        (
            "\n\n{{> deep}}", 3,
            "no {{name}} here; there is: count, inner, "
        ),
        ("\n\n{{> deep}}", 3, "(asked for by part.mustache)"),
    ])
    func whatItLacksIsToldWithItsLine(text: String, line: Int, problem: String) throws {
        let partials = ["part": "{{name}}", "deep": "{{> part}}", "loop": "{{> page}}"]
        let error = try #require(throws: PageTemplateError.self) { try check(text, partials) }
        #expect(error.template == "page")
        #expect(error.line == line)
        #expect(error.problem.en.contains(problem), "\(error)")
    }

    @Test func partialsThatMultiplyAreRefused() throws {
        let names = ["a", "b", "c", "d", "e"]
        var partials = ["e": "{{title}}"]
        for (name, next) in zip(names, names.dropFirst()) {
            partials[name] = String(repeating: "{{> \(next)}}", count: 200)
        }
        let error = try #require(throws: PageTemplateError.self) { try check("{{> a}}", partials) }
        #expect(error.problem.en.contains("too often"))
    }

    @Test(arguments: [
        ("a\n{{#b}}\n", 2, "{{#b}} is not closed"), ("{{^b}}", 1, "{{^b}} is not closed"),
        (String(repeating: "{{#a}}\n", count: 10_000), 65, "within one another"),
        (String(repeating: "{{a}}\n", count: 10_000), 2_001, "more than 2000 tags"),
        ("{{/b}}", 1, "closes what is not open"),
        ("{{#a}}{{#b}}\n{{/a}}{{/b}}", 2, "closes what is not open"), ("\n\n{{a", 3, "does not end"),
        ("{{{a}}}", 1, "unescaped"), ("{{&a}}", 1, "unescaped"), ("{{ & a}}", 1, "unescaped"),
        ("{{=<% %>=}}", 1, "unescaped"), ("{{% X}}", 1, "unescaped"), ("{{}}", 1, "without a name"),
        ("{{a b}}", 1, "no name"), ("{{a(b)}}", 1, "no name"), ("{{\u{e9}}}", 1, "no name"),
        ("{{a\u{301}}}", 1, "no name"), ("{{$a}}{{/a}}", 1, "no tag"), ("{{<a}}{{/a}}", 1, "no tag"),
        ("{{>*a}}", 1, "no name"), ("{{ #a}}{{/a}}", 1, "a blank stands before #"),
        ("{{{style}}", 1, "does not end"),
        // The library reads by character: here is no comment, and a tag.
        ("\u{0600}{{! {{{a}}}", 1, "unescaped"), ("{{!\u{301}{{{a}}}}}", 1, "no tag"),
        ("\r\n{{! a\r\nb }}\r\n{{&a}}", 4, "unescaped"),
    ])
    func whatNoTemplateMayHoldIsToldWithItsLine(text: String, line: Int, problem: String) throws {
        let error = try #require(throws: PageTemplateError.self) { try PageTags(text, named: "page") }
        #expect(error.line == line)
        #expect(error.problem.en.contains(problem), "\(error)")
    }

    // MARK: Rendering

    private func render(_ text: String, note: String?, _ name: String = "n") throws -> String {
        let page = Page(
            title: "outer", number: 3, isOpen: true, note: note,
            inner: Page.Inner(name: name), rows: [Page.Inner(name: name, note: note)], words: ["a", name],
            style: PageCode(text: "a>b{}"))
        return try PageTemplates([("page", Array(text.utf8))], .english, .none).render("page", page)
    }

    @Test func textIsEscapedWhateverStandsBehindIt() throws {
        #expect(
            try render("<{{note}}>", note: "\u{0600}<b>\"\u{301}'&")
                == "<\u{0600}&lt;b&gt;&quot;\u{301}&#39;&amp;>")
        #expect(try render("<style>{{{style}}}</style>", note: nil) == "<style>a>b{}</style>")
        #expect(try render("{{note}}", note: "{{title}}{{{style}}}") == "{{title}}{{{style}}}")
    }

    /// Were one of these let into a template: text is escaped by itself.
    @Test(arguments: [
        "{{{note}}}", "{{&note}}", "{{% CONTENT_TYPE:TEXT}}{{note}}", "{{=<% %>=}}<%&note%>", "{{inner}}",
        "{{rows}}",
        "{{#rows}}{{.}}{{/rows}}", "{{words}}", "{{#words}}{{{.}}}{{/words}}", "{{{words}}}", "{{.}}",
        "{{{rows}}}",
        "{{first(words)}}", "{{#reversed(words)}}{{{.}}}{{/reversed(words)}}", "{{{capitalized(note)}}}",
    ])
    func noTagLetsTextThrough(_ text: String) throws {
        #expect(!(try render(text, note: "<b>", "<b>")).contains("<b>"))
    }

    /// What is nil is there, with nothing in it: the name is not looked for further out.
    @Test func whatIsNilHidesWhatStandsFurtherOut() throws {
        #expect(try render("{{#inner}}[{{note}}]{{/inner}}", note: "outer's") == "[]")
        #expect(
            try render("{{#inner}}{{^note}}-{{/note}}{{#hasNote}}+{{/hasNote}}{{/inner}}", note: "o") == "-")
        #expect(
            try render("{{#rows}}{{#note}}{{.}} {{name}} {{title}}{{/note}}{{/rows}}", note: "o")
                == "o n outer")
        #expect(try render("{{#note}}[{{.}}]{{/note}}{{count}}{{inner.note}}", note: "") == "[]")
    }

    @Test func aTagThatHasItsLineToItselfTakesItWithIt() throws {
        let text =
            "a\n  {{#isOpen}}  \nb\n{{! no word\nof this}}\n{{/isOpen}}\nc {{#isOpen}}d{{/isOpen}}\ne\n"
        #expect(try render(text, note: nil) == "a\nb\nc d\ne\n")
        #expect(try render("{{! a }}\n{{#isOpen}}\r\na\r\n{{/isOpen}}\r\n", note: nil) == "a\r\n")
    }
}
