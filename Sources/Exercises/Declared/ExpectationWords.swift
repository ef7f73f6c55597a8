import Foundation
import GraderCore

extension Expectation {
    /// What is expected, in words that go behind "expected:".
    /// - Parameter values: of the variables; one without a value stands there by its name.
    func words(_ values: (String) -> String?) -> LocalizedText {
        func filled(_ template: Template) -> String { (try? template.filled(values)) ?? template.written }
        func one(_ template: Template) -> LocalizedText { FoundWords.quoted(filled(template)) }
        switch self {
        case .equals(let template): return one(template)
        case .oneOf(let templates): return templates.map(one).joined(FoundWords.or)
        case .number(let range): return Self.words(of: range)
        case .duration(let range):
            // bounded: the ends of a range
            return Self.words(of: range.lowerBound.seconds...range.upperBound.seconds)
                + LocalizedText(verbatim: " s")
        case .permissions(let mode): return LocalizedText(verbatim: FactValue.permissions(mode).trimmed)
        case .flag(let flag):
            return flag ? LocalizedText(fr: "oui", en: "yes") : LocalizedText(fr: "non", en: "no")
        case .address(let template):
            return LocalizedText(fr: "l'adresse \(filled(template))", en: "the address \(filled(template))")
        case .inNetwork(let template):
            return LocalizedText(
                fr: "une adresse de \(filled(template))", en: "an address in \(filled(template))")
        case .contains(let template):
            return LocalizedText(
                fr: "un réseau où est \(filled(template))", en: "a network that \(filled(template)) is in")
        case .matches(let pattern):
            let text = filled(pattern.template)
            return LocalizedText(fr: "ce que décrit « \(text) »", en: "what “\(text)” describes")
        case .lines(let lines): return lines.words(values)
        case .json(let path, let inner):
            return LocalizedText(
                fr: "\(Self.written(path)) : \(inner.words(values))",
                en: "\(Self.written(path)): \(inner.words(values))")
        case .not(let inner):
            return LocalizedText(fr: "pas \(inner.words(values))", en: "not \(inner.words(values))")
        case .implied(let inner): return inner.words(values)
        case .all(let parts):
            return parts.filter { if case .implied = $0 { false } else { true } }.map { $0.words(values) }
                .joined()
        case .any(let parts): return parts.map { $0.words(values) }.joined(FoundWords.or)
        case .fact(let fact, .flag(let flag)): return fact.told[flag] ?? fact.words
        case .fact(let fact, let inner):
            return LocalizedText(
                fr: "\(fact.words) : \(inner.words(values))", en: "\(fact.words): \(inner.words(values))")
        case .header(let name, let inner):
            return LocalizedText(
                fr: "\(name) : \(inner.words(values))", en: "\(name): \(inner.words(values))")
        }
    }

    /// `at least 3`
    static func words(of range: ClosedRange<Double>) -> LocalizedText {
        let (least, most) = (range.lowerBound.words, range.upperBound.words)
        switch (range.lowerBound.isFinite, range.upperBound.isFinite) {
        case (true, true) where range.lowerBound == range.upperBound: return least
        case (true, true): return LocalizedText(fr: "de \(least) à \(most)", en: "\(least) to \(most)")
        case (true, false): return LocalizedText(fr: "au moins \(least)", en: "at least \(least)")
        default: return LocalizedText(fr: "au plus \(most)", en: "at most \(most)")
        }
    }

    static func written(_ path: [JSONStep]) -> String {
        path.reduce(into: "") { text, step in
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .index(let index): text += "[\(index)]"
            }
        }
    }
}

extension Expectation.Lines {
    fileprivate func words(_ values: (String) -> String?) -> LocalizedText {
        var parts = include.map {
            LocalizedText(fr: "avec \($0.words(values))", en: "with \($0.words(values))")
        }
        parts += exclude.map {
            LocalizedText(fr: "sans \($0.words(values))", en: "without \($0.words(values))")
        }
        if let count {
            let words = Expectation.words(of: count)
            parts.append(LocalizedText(fr: "en nombre : \(words)", en: "in number: \(words)"))
        }
        return parts.joined()
    }
}

extension FactValue {
    /// All of it as one text, as it came.
    var whole: String {
        switch self {
        case .text(let text), .name(let text), .page(let text, _), .cutPage(let text, _): text
        case .number(let number): number.digits == 0 ? String(Int(saturating: number)) : String(number)
        case .flag(let flag): String(flag)
        case .lines(let lines), .names(let lines): lines.joined(separator: "\n")
        case .permissions(let mode): "0" + String(mode, radix: 8)
        case .headers(let headers): headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        case .absent, .unknown: ""
        }
    }

    /// Without the blanks around it.
    var trimmed: String { whole.trimmed }

    var number: Double? {
        if case .number(let number) = self { return number }
        return Double(trimmed).flatMap { $0.isFinite ? $0 : nil }
    }

    /// Without blanks around them, and without those that are empty.
    var lines: [String] {
        switch self {
        case .lines(let lines), .names(let lines): return lines
        default: break
        }
        return TextLines(whole).lines.map { String($0.trimmed) }.filter { !$0.isEmpty }
    }

    /// Whether there are more than ``lines`` has.
    var hasTooManyLines: Bool {
        switch self {
        case .lines, .names: false
        default: !TextLines(whole).problems.isEmpty
        }
    }

    /// A number as a number, a name as a name; any other text by all of it.
    func isEqual(to text: String) -> Bool {
        switch self {
        case .number(let number): Double(text).map { $0 == number } ?? (trimmed == text)
        case .name(let name): DNSRecord.canonical(name) == DNSRecord.canonical(text)
        case .names(let names) where names.count == 1:
            DNSRecord.canonical(names[0]) == DNSRecord.canonical(text)
        default: trimmed == text
        }
    }

    /// What was found, in a few words and never all of it.
    var words: LocalizedText {
        switch self {
        case .absent(let why), .unknown(_, let why): return why
        case .flag(let flag):
            return flag ? LocalizedText(fr: "oui", en: "yes") : LocalizedText(fr: "non", en: "no")
        case .number(let number): return number.words
        case .permissions: return LocalizedText(verbatim: whole)
        case .text, .page, .cutPage, .lines, .names, .name, .headers:
            let lines = lines
            guard let first = lines.first else { return LocalizedText(fr: "rien", en: "nothing") }
            let most = 6
            if lines.count == 1 { return FoundWords.quoted(first) }
            if lines.count <= most, whole.utf8.count <= 200 {
                return lines.map(FoundWords.quoted).joined(LocalizedText(verbatim: ", "))
            }
            return LocalizedText(
                fr: "\(lines.count) lignes, dont la première est \(FoundWords.quoted(first))",
                en: "\(lines.count) lines, the first of which is \(FoundWords.quoted(first))")
        }
    }
}

extension Double {
    /// Decimals that are shown of it.
    var digits: Int { self == rounded() && magnitude <= 1e15 ? 0 : 2 }

    /// As people write it; a large one as it is.
    var words: LocalizedText {
        magnitude < 1e9
            ? LocalizedText(fr: "\(self, digits: digits)", en: "\(self, digits: digits)")
            : LocalizedText(verbatim: FactValue.number(self).whole)
    }
}

extension String {
    /// Without the blanks around it.
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

extension Duration {
    fileprivate var seconds: Double { self / .seconds(1) }
}

/// Sentences on what was found.
enum FoundWords {
    static let nothing = LocalizedText(fr: "rien de tel", en: "nothing of the kind")
    static let or = LocalizedText(fr: " ou ", en: " or ")

    /// At most so much of a foreign text is shown.
    static func quoted(_ text: String) -> LocalizedText {
        let shown = text.cut(to: 120)
        return LocalizedText(fr: "« \(shown) »", en: "“\(shown)”")
    }

    static func parts(_ parts: [Seen]) -> LocalizedText {
        parts.map(\.saw).reduce(into: [LocalizedText]()) { said, saw in
            if saw != LocalizedText(verbatim: ""), !said.contains(saw) { said.append(saw) }
        }.joined()
    }

    static func noJSON(_ words: LocalizedText) -> LocalizedText {
        LocalizedText(fr: "ce n'est pas du JSON : \(words)", en: "this is not JSON: \(words)")
    }

    static let cutHeader = LocalizedText(
        fr: "l'en-tête est plus long que ce que Bascule en garde",
        en: "the header is longer than what Bascule keeps of it")
    static let tooManyLines = LocalizedText(
        fr: "il y a plus de lignes que Bascule n'en lit", en: "there are more lines than Bascule reads")

    static func noHeader(_ name: String) -> LocalizedText {
        LocalizedText(fr: "pas d'en-tête \(name)", en: "no header \(name)")
    }

    static func count(_ count: Int) -> LocalizedText {
        LocalizedText(fr: "il y en a \(count)", en: "there are \(count)")
    }

    static func line(_ words: LocalizedText, isThere: Bool) -> LocalizedText {
        isThere
            ? LocalizedText(fr: "\(words) y est", en: "\(words) is there")
            : LocalizedText(fr: "\(words) n'y est pas", en: "\(words) is not there")
    }

    static func beyondLimits(_ error: LocalizedText) -> LocalizedText {
        LocalizedText(
            fr: "l'expression demande plus que ce que Bascule accorde à un texte pareil (\(error))",
            en: "the expression takes more than Bascule grants to such a text (\(error))")
    }
}
