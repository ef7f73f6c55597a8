import GraderCore

/// A page's template, in the part of Mustache (mustache(5)) that pages need: variables, sections, inverted sections,
/// partials and comments.
///
/// All text is escaped, by byte, so that no combining mark hides a `<`; only what is Bascule's own by name comes as it
/// is: `{{{style}}}`. A value says itself what it is: a library that asks every value at run time takes a sixth of the
/// processor time of a class's run.
struct PageTemplate: Sendable {
    /// What a tag asks for: `title`, `mark.word`; `.name`, of the innermost context only; `.`, that context itself.
    struct Name: Sendable, Hashable {
        var parts: [String]
        var isInnermost: Bool

        init(_ text: String) {
            parts = text.split(separator: ".").map(String.init)
            isInnermost = text.hasPrefix(".")
        }
    }

    indirect enum Part: Sendable {
        case text([UInt8])
        case value(Name)
        case verbatim(String)
        case section(Name, isInverted: Bool, [Part])
        case partial(String)
    }

    let parts: [Part]

    /// - Parameters:
    ///   - text: the file's.
    ///   - constants: what some names stand for on every page, already escaped; nil: it is looked up.
    /// - Throws: what is wrong in which line.
    init(_ text: String, constants: @escaping (String) -> String? = { _ in nil }) throws(PageTemplateError) {
        var parser = PageTemplateParser(Array(text.utf8), constants)
        parts = try parser.read()
    }

    /// The names of its partials.
    var partials: Set<String> { PageTemplate.partials(parts) }

    private static func partials(_ parts: [Part]) -> Set<String> {
        parts.reduce(into: []) { names, part in
            switch part {
            case .partial(let name): names.insert(name)
            case .section(_, _, let parts): names.formUnion(partials(parts))
            case .text, .value, .verbatim: break
            }
        }
    }

    // MARK: Rendering

    /// - Parameters:
    ///   - partials: by name; one that is not there leaves nothing.
    ///   - verbatim: what may stand unescaped, by name.
    /// - Throws: where the page does not end: partials within partials can multiply.
    func render(
        _ fields: PageFields, partials: [String: PageTemplate], verbatim: [String: String]
    ) throws(PageError) -> String {
        var rendering = Rendering(partials: partials, verbatim: verbatim, contexts: [.fields(fields)])
        rendering.out.reserveCapacity(1 << 17)
        try rendering.write(parts)
        return String(decoding: rendering.out, as: UTF8.self)
    }

    private struct Rendering {
        var partials: [String: PageTemplate]
        var verbatim: [String: String]
        /// The innermost last.
        var contexts: [PageValue]
        var out: [UInt8] = []
        var written = 0

        /// Of a thousand students' class page both are below two millions.
        private static let limit = (parts: 20_000_000, bytes: 200_000_000)

        mutating func write(_ parts: [Part]) throws(PageError) {
            written += parts.count
            guard written <= Rendering.limit.parts, out.count <= Rendering.limit.bytes else {
                throw .endless
            }
            for part in parts {
                switch part {
                case .text(let bytes): out += bytes
                case .value(let name):
                    switch value(name) {
                    case .text(let text): HTMLText.escape(text, into: &out)
                    case .flag(let flag): out += (flag ? "true" : "false").utf8
                    case .list, .fields, nil: break
                    }
                case .verbatim(let name): out += (verbatim[name] ?? "").utf8
                case .section(let name, let isInverted, let parts):
                    let value = value(name)
                    if isInverted {
                        if !PageTemplate.isShown(value) { try write(parts) }
                    } else {
                        try writeSection(value, parts)
                    }
                case .partial(let name): try write(partials[name]?.parts ?? [])
                }
            }
        }

        private mutating func writeSection(_ value: PageValue?, _ parts: [Part]) throws(PageError) {
            switch value {
            case nil, .flag(false): break
            case .flag(true): try write(parts)
            case .list(let elements): for element in elements { try write(parts, in: element) }
            case .text?, .fields?: if let value { try write(parts, in: value) }
            }
        }

        private mutating func write(_ parts: [Part], in context: PageValue) throws(PageError) {
            contexts.append(context)
            try write(parts)
            contexts.removeLast()
        }

        private func value(_ name: Name) -> PageValue? {
            guard let first = name.parts.first else { return contexts.last }
            var found: PageValue?
            if name.isInnermost {
                found = contexts.last.flatMap { PageTemplate.field(first, of: $0) }
            } else {
                for context in contexts.reversed() where found == nil {
                    found = PageTemplate.field(first, of: context)
                }
            }
            for part in name.parts.dropFirst() { found = found.flatMap { PageTemplate.field(part, of: $0) } }
            return found
        }
    }

    private static func field(_ name: String, of value: PageValue) -> PageValue? {
        guard case .fields(let fields) = value else { return nil }
        return fields.value(name)
    }

    private static func isShown(_ value: PageValue?) -> Bool {
        switch value {
        case nil, .flag(false): false
        case .list(let elements): !elements.isEmpty
        case .flag(true), .text, .fields: true
        }
    }
}

/// What is wrong with a template.
struct PageTemplateError: Error, CustomStringConvertible {
    /// From 1.
    var line: Int
    /// Half a sentence: `{{#open}} is not closed`.
    var problem: String
    var description: String { "line \(line): \(problem)" }
}
