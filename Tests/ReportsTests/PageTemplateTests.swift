import Testing

@testable import Reports

/// Mustache as mustache(5) has it, as far as the pages' templates use it.
@Suite struct PageTemplateTests {
    private func render(
        _ text: String, _ fields: PageFields = [:], partials: [String: String] = [:]
    ) throws -> String {
        try PageTemplate(text).render(
            fields, partials: try partials.mapValues { try PageTemplate($0) }, verbatim: ["style": "a>b{}"])
    }

    @Test func textIsEscapedWhateverStandsBehindIt() throws {
        #expect(
            try render("<{{a}}>", ["a": "\u{0600}<b>\"\u{301}'&"])
                == "<\u{0600}&lt;b&gt;&quot;\u{301}&#39;&amp;>")
        #expect(try render("<style>{{{style}}}</style>") == "<style>a>b{}</style>")
    }

    @Test func foreignTextIsNoTemplate() throws {
        #expect(try render("{{a}}", ["a": "{{b}}{{{style}}}", "b": "x"]) == "{{b}}{{{style}}}")
    }

    @Test func namesAreLookedUpFromTheInnermostContextOutwards() throws {
        let fields: PageFields = [
            "name": "outer",
            "inner": ["name": "inner", "deep": ["name": "deep"] as PageFields] as PageFields,
            "bare": [:] as PageFields, "list": ["a", "b"], "number": 3,
        ]
        #expect(
            try render("{{name}} {{#inner}}{{name}}{{/inner}} {{inner.deep.name}}", fields)
                == "outer inner deep")
        #expect(try render("{{#bare}}{{name}}{{/bare}}", fields) == "outer")
        #expect(try render("{{#bare}}[{{.name}}]{{/bare}}", fields) == "[]")
        #expect(try render("{{#list}}{{.}},{{/list}}{{number}}", fields) == "a,b,3")
        // The first context that has the name decides, whatever it lacks further on.
        #expect(try render("{{#inner}}[{{name.deep}}]{{/inner}}", fields) == "[]")
        #expect(try render("[{{missing}}{{missing.more}}{{inner}}]", fields) == "[]")
    }

    @Test(arguments: [
        ("yes", true), ("no", false), ("missing", false), ("empty", false), ("list", true), ("text", true),
        ("blank", true), ("fields", true),
    ])
    func sections(name: String, isShown: Bool) throws {
        let fields: PageFields = [
            "yes": true, "no": false, "empty": [] as [String], "list": ["x"], "text": "t", "blank": "",
            "fields": [:] as PageFields,
        ]
        #expect(try render("{{#\(name)}}1{{/\(name)}}", fields) == (isShown ? "1" : ""))
        #expect(try render("{{^\(name)}}1{{/\(name)}}", fields) == (isShown ? "" : "1"))
    }

    @Test func aTagThatHasItsLineToItselfTakesItWithIt() throws {
        let text = "a\n  {{#yes}}  \nb\n{{! no word\nof this}}\n{{/yes}}\nc {{#yes}}d{{/yes}}\n{{> p}}\ne"
        #expect(try render(text, ["yes": true], partials: ["p": "p\n"]) == "a\nb\nc d\np\ne")
        #expect(try render("{{#yes}}\r\na\r\n{{/yes}}\r\n", ["yes": true]) == "a\r\n")
        #expect(try render("x {{> p}} y", partials: ["p": "{{#a}}no{{/a}}p"]) == "x p y")
        #expect(try render("[{{> p}}]") == "[]")
    }

    /// Each of these took seconds, or the square of its length, in a first form of the parser.
    @Test(arguments: [
        String(repeating: "{{t.b}}", count: 20_000), String(repeating: "x{{!}}", count: 20_000),
        String(repeating: "{{#a}}{{/a}}", count: 10_000),
        String(repeating: "{{#a}}\n{{/a}}\n", count: 10_000),
    ])
    func aLongTemplateIsReadWhole(text: String) throws {
        let phrase = String(repeating: "y", count: 120)
        let page = try PageTemplate(text, constants: { $0 == "t.b" ? phrase : nil })
            .render(["a": true], partials: [:], verbatim: [:])
        #expect(page.utf8.count == (text.hasPrefix("{{t") ? 2_400_000 : text.hasPrefix("x") ? 20_000 : 0))
    }

    @Test func partialsThatMultiplyAreStopped() throws {
        let names = ["a", "b", "c", "d", "e"]
        var partials: [String: PageTemplate] = [:]
        for (name, next) in zip(names, names.dropFirst()) {
            partials[name] = try PageTemplate(String(repeating: "{{> \(next)}}", count: 200))
        }
        let page = try PageTemplate("{{> a}}")
        #expect(throws: PageError.self) { try page.render([:], partials: partials, verbatim: [:]) }
    }

    @Test func constantsArePutInWithoutALookUp() throws {
        let template = try PageTemplate("a {{t.b}}{{t.c}}", constants: { $0 == "t.b" ? "&lt;" : nil })
        #expect(
            try template.render(["t": ["c": "!"] as PageFields], partials: [:], verbatim: [:]) == "a &lt;!")
    }

    @Test(arguments: [
        ("a\n{{#b}}\n", 2, "{{#b}} is not closed"), ("{{^b}}", 1, "{{^b}} is not closed"),
        (String(repeating: "{{#a}}\n", count: 10_000), 65, "within one another"),
        ("{{/b}}", 1, "closes what is not open"),
        ("{{#a}}{{#b}}\n{{/a}}{{/b}}", 2, "closes what is not open"), ("\n\n{{a", 3, "does not end"),
        ("{{{a}}}", 1, "unescaped"), ("{{&a}}", 1, "unescaped"), ("{{=<% %>=}}", 1, "unescaped"),
        ("{{% X}}", 1, "unescaped"), ("{{}}", 1, "without a name"), ("{{a b}}", 1, "no name"),
        ("{{$a}}{{/a}}", 1, "no tag"), ("{{{style}}", 1, "does not end"),
    ])
    func whatIsWrongIsToldWithItsLine(text: String, line: Int, problem: String) throws {
        let error = try #require(throws: PageTemplateError.self) { try PageTemplate(text) }
        #expect(error.line == line)
        #expect(error.problem.contains(problem), "\(error)")
    }
}
