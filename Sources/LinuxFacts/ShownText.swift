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
    static func decoded(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? String(bytes: bytes, encoding: .windowsCP1252)
            ?? String(decoding: bytes, as: UTF8.self)
    }

    /// One blank for any run of blanks, the no-break ones of French included; the apostrophe that keyboards have for
    /// the one that printers have.
    fileprivate static func words(_ text: String) -> String {
        text.replacing("\u{2019}", with: "'").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Most tags may stand within a word; these may not.
    private static let lineBreaks: Set<String> = [
        "br", "p", "div", "li", "td", "h1", "h2", "h3", "title",
    ]

    private static func withoutMarkup(_ text: String) -> String {
        var reader = MarkupReader(text)
        var shown = String.UnicodeScalarView()
        while let piece = reader.next() {
            switch piece {
            case .text(let scalar): shown.append(scalar)
            case .tag(let tag): if lineBreaks.contains(tag.name) { shown.append(" ") }
            }
        }
        return String(shown)
    }
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
