import Foundation
import GraderCore

/// What a reader of a page sees of it: the same words may be stored in another encoding, as entities, over several
/// lines or with tags between them, and are none the less there.
struct ShownText {
    fileprivate let text: String

    init(_ response: HTTPExchange.Response) {
        text = ShownText.words(ShownText.withoutMarkup(ShownText.decoded(response.body.raw)))
    }

    func holds(_ wanted: String) -> Bool { text.contains(ShownText.words(wanted)) }

    /// UTF-8, or else Windows-1252, which a browser takes for ISO 8859-1 too (Encoding Standard, section 4.2).
    private static func decoded(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? String(bytes: bytes, encoding: .windowsCP1252)
            ?? String(decoding: bytes, as: UTF8.self)
    }

    /// One blank for any run of blanks, the no-break ones of French included; the apostrophe that keyboards have for
    /// the one that printers have.
    fileprivate static func words(_ text: String) -> String {
        text.replacing("\u{2019}", with: "'").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Tags and comments away, entities as what they stand for. In linear time, whatever is left open.
    private static func withoutMarkup(_ text: String) -> String {
        let source = Array(text.unicodeScalars)
        var shown = String.UnicodeScalarView()
        var index = 0
        // The first ">" that is not behind us, and the first "-->": each is looked for once.
        var close = 0
        var commentClose = 0
        while index < source.count {
            let scalar = source[index]
            index += 1
            if scalar == "<", source[index...].starts(with: "!--".unicodeScalars) {
                commentClose = max(commentClose, index + 3)
                while commentClose < source.count, !source[commentClose...].starts(with: "-->".unicodeScalars)
                {
                    commentClose += 1
                }
                if commentClose < source.count {
                    index = commentClose + 3
                    continue
                }
            } else if scalar == "<", isTag(source, index) {
                close = max(close, index)
                while close < source.count, source[close] != ">" { close += 1 }
                if close < source.count {
                    if isLineBreak(source[index..<close]) { shown.append(" ") }
                    index = close + 1
                    continue
                }
            } else if scalar == "&", let end = source[index...].prefix(12).firstIndex(of: ";"),
                let meant = entity(String(String.UnicodeScalarView(source[index..<end])))
            {
                shown.append(meant)
                index = end + 1
                continue
            }
            shown.append(scalar)
        }
        return String(shown)
    }

    /// A tag begins with a letter or a mark; before anything else it is a less-than sign.
    private static func isTag(_ source: [Unicode.Scalar], _ index: Int) -> Bool {
        guard index < source.count else { return false }
        let next = source[index]
        return next == "/" || next == "!" || next.properties.isAlphabetic
    }

    /// Most tags may stand within a word; these may not.
    private static func isLineBreak(_ tag: ArraySlice<Unicode.Scalar>) -> Bool {
        let name = tag.drop { $0 == "/" }.prefix { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        return ["br", "p", "div", "li", "td", "h1", "h2", "h3", "title"].contains(
            String(String.UnicodeScalarView(name.prefix(8))).lowercased())
    }

    private static func entity(_ name: String) -> Unicode.Scalar? {
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
            return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        }
        if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) }
        return entities[name]
    }

    /// Those of HTML that a page in French or English is likely to have.
    private static let entities: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "rsquo": "\u{2019}",
        "lsquo": "\u{2018}", "ldquo": "\u{201C}", "rdquo": "\u{201D}", "laquo": "«", "raquo": "»",
        "hellip": "…", "ndash": "–", "mdash": "—", "deg": "°", "copy": "©", "euro": "€", "agrave": "à",
        "acirc": "â", "auml": "ä", "aelig": "æ", "ccedil": "ç", "egrave": "è", "eacute": "é", "ecirc": "ê",
        "euml": "ë", "icirc": "î", "iuml": "ï", "ocirc": "ô", "ouml": "ö", "oelig": "œ", "ugrave": "ù",
        "ucirc": "û", "uuml": "ü", "Agrave": "À", "Acirc": "Â", "AElig": "Æ", "Ccedil": "Ç", "Egrave": "È",
        "Eacute": "É", "Ecirc": "Ê", "Icirc": "Î", "Ocirc": "Ô", "OElig": "Œ", "Ugrave": "Ù",
    ]
}

extension HTTPExchange.Response {
    /// Whether the page has the text, as it is or as a reader sees it.
    public func shows(_ text: String) -> Bool { body.text.contains(text) || ShownText(self).holds(text) }

    /// The page as a reader sees it, in one line.
    public var shownText: String { ShownText(self).text }
}

extension String {
    /// Spelt as `shownText` spells it: blanks and apostrophes.
    public var asShown: String { ShownText.words(self) }
}
