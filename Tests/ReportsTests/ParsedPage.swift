import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A page as an XML parser reads it: what elements and attributes there are, and the text between them.
final class ParsedPage: NSObject, XMLParserDelegate {
    private(set) var elements: [(name: String, attributes: [String: String])] = []
    private(set) var text = ""
    private var inStyle = false

    init(_ html: String) throws {
        super.init()
        let parser = XMLParser(data: Data(html.utf8))
        parser.delegate = self
        let isWellFormed = parser.parse()
        try #require(
            isWellFormed,
            "line \(parser.lineNumber), column \(parser.columnNumber): \(html.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(parser.lineNumber - 1).first ?? "")"
        )
    }

    var names: Set<String> { Set(elements.map(\.name)) }
    var ids: [String] { elements.compactMap { $0.attributes["id"] } }
    var headings: [Int] { elements.compactMap { $0.name.first == "h" ? Int($0.name.dropFirst()) : nil } }

    /// What the page links to or loads: the value of every attribute that can cause a request.
    var references: [String] {
        let loading = [
            "href", "src", "srcset", "action", "data", "poster", "background", "formaction", "xlink:href",
        ]
        return elements.flatMap { element in loading.compactMap { element.attributes[$0] } }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        elements.append((name, attributes))
        if name == "style" || name == "script" { inStyle = true }
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        if name == "style" || name == "script" { inStyle = false }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if !inStyle { text += string }
    }
}

/// Everything a page may be made of; a foreign string that becomes markup brings something else.
enum PageVocabulary {
    static let elements: Set<String> = [
        "html", "head", "meta", "link", "title", "style", "body", "header", "main", "footer", "section",
        "article", "div",
        "figure", "figcaption", "h1", "h2", "h3", "p", "ul", "li", "dl", "dt", "dd", "a", "span", "strong",
        "time", "abbr",
        "code", "pre", "details", "summary", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "svg",
        "symbol", "use",
        "g", "path", "rect", "circle", "text", "desc", "blockquote",
    ]
    static let attributes: Set<String> = [
        "lang", "xml:lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id", "role",
        "title",
        "aria-labelledby", "aria-describedby", "aria-hidden", "aria-label", "focusable", "tabindex", "scope",
        "datetime",
        "viewBox", "preserveAspectRatio", "width", "height", "x", "y", "rx", "cx", "cy", "r", "d",
        "text-anchor", "data-sort", "open",
    ]
}
