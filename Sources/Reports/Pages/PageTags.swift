import GraderCore

/// A template's tags, read to be checked before the library reads it: what it may not hold is refused here, with its
/// line. By character, as the library reads.
struct PageTags: Sendable {
    struct Tag: Sendable {
        enum Kind { case value, section, inverted, end, partial }
        var kind: Kind
        var name: String
        /// From 1.
        var line: Int
    }

    private(set) var tags: [Tag] = []
    private var open: [Tag] = []

    /// The library goes back in the text at each tag, and into itself at each section.
    private static let limit = (tags: 2_000, depth: 64)
    /// What may stand in triple braces: the page's own style and script.
    private static let verbatim: Set<String> = ["style", "script"]

    /// - Throws: what is wrong in which line, or with the template as a whole.
    init(_ text: String, named template: String) throws(PageTemplateError) {
        var rest = text[...]
        var line = 1
        func problem(_ problem: LocalizedText, at line: Int) -> PageTemplateError {
            PageTemplateError(template: template, line: line, problem: problem)
        }
        while let start = rest.firstRange(of: "{{") {
            line += rest[..<start.lowerBound].count(where: \.isNewline)
            rest = rest[start.upperBound...]
            let isVerbatim = rest.first == "{"
            if isVerbatim { rest.removeFirst() }
            guard let end = rest.firstRange(of: isVerbatim ? "}}}" : "}}") else {
                throw problem(
                    LocalizedText(
                        fr: "une balise commence ici et ne finit pas",
                        en: "a tag that begins here does not end"), at: line)
            }
            let inside = String(rest[..<end.lowerBound])
            do throws(Refusal) {
                if isVerbatim {
                    guard PageTags.verbatim.contains(inside) else { throw .unescaped("{{{") }
                    tags.append(Tag(kind: .value, name: inside, line: line))
                } else {
                    try add(inside, line)
                }
            } catch {
                throw problem(error.problem, at: line)
            }
            line += inside.count(where: \.isNewline)
            rest = rest[end.upperBound...]
        }
        if let section = open.last {
            let tag = "{{\(section.kind == .section ? "#" : "^")\(section.name)}}"
            throw problem(
                LocalizedText(fr: "\(tag) n'est pas fermé", en: "\(tag) is not closed"), at: section.line)
        }
    }

    private mutating func add(_ inside: String, _ line: Int) throws(Refusal) {
        let trimmed = inside.trimmingPrefix(while: \.isWhitespace)
        guard let sigil = trimmed.first else {
            throw Refusal(fr: "une balise sans nom", en: "a tag without a name")
        }
        let (most, depth) = PageTags.limit
        guard tags.count < most else {
            throw Refusal(fr: "plus de \(most) balises", en: "more than \(most) tags")
        }
        guard !sigil.isLetter, sigil != "." else {
            return tags.append(Tag(kind: .value, name: try name(trimmed), line: line))
        }
        guard !"&=%".contains(sigil) else { throw .unescaped("{{\(sigil)") }
        // The library knows a sigil only where it stands first.
        guard inside.first == sigil else {
            throw Refusal(
                fr: "il y a une espace avant \(sigil) : l'enlever",
                en: "a blank stands before \(sigil): take it out")
        }
        if sigil == "!" { return }
        let kinds: [Character: Tag.Kind] = ["#": .section, "^": .inverted, "/": .end, ">": .partial]
        guard let kind = kinds[sigil] else {
            throw Refusal(
                fr: "{{\(sigil) n'est pas une balise des modèles de Bascule",
                en: "{{\(sigil) is no tag of Bascule's templates")
        }
        let tag = Tag(
            kind: kind, name: try name(trimmed.dropFirst().trimmingPrefix(while: \.isWhitespace)), line: line)
        switch kind {
        case .section, .inverted: open.append(tag)
        case .end:
            guard let section = open.popLast(), section.name == tag.name else {
                throw Refusal(
                    fr: "{{/\(tag.name)}} ferme ce qui n'est pas ouvert",
                    en: "{{/\(tag.name)}} closes what is not open")
            }
        case .partial, .value: break
        }
        guard open.count <= depth else {
            throw Refusal(
                fr: "plus de \(depth) sections l'une dans l'autre",
                en: "more than \(depth) sections within one another")
        }
        tags.append(tag)
    }

    private func name(_ text: Substring) throws(Refusal) -> String {
        let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) || ".-_".contains($0) }
        guard !name.isEmpty, text[name.endIndex...].allSatisfy(\.isWhitespace) else {
            throw Refusal(
                fr: "une balise dont le nom n'en est pas un", en: "a tag whose name is no name")
        }
        return String(name)
    }

    private struct Refusal: Error {
        var problem: LocalizedText

        init(fr: LocalizedText.Wording, en: LocalizedText.Wording) {
            problem = LocalizedText(fr: fr, en: en)
        }

        static func unescaped(_ sigil: String) -> Refusal {
            Refusal(
                fr: "\(sigil) laisserait passer du texte sans échappement : écrire {{nom}}",
                en: "\(sigil) would let text through unescaped: use {{name}}")
        }
    }
}

/// What is wrong with a template.
struct PageTemplateError: Error, CustomStringConvertible {
    /// By its name.
    var template: String
    /// From 1.
    var line: Int
    /// Half a sentence: `{{#open}} is not closed`.
    var problem: LocalizedText

    /// The place first, as compilers say it, so that editors can jump to it.
    var sentence: LocalizedText {
        LocalizedText(verbatim: "\(template).mustache:\(line): ") + problem
    }

    var description: String { sentence[.current] }
}
