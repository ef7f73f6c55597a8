import Foundation
import FoundationXML
import GraderCore

/// One element of a document that was read whole, within bounds.
struct XMLTree: Sendable {
    var name: String
    var attributes: [String: String]
    var children: [XMLTree] = []

    subscript(attribute: String) -> String? { attributes[attribute] }

    func number(_ attribute: String) -> Int? { self[attribute].flatMap { Int($0) } }

    func milliseconds(_ attribute: String) -> Duration? {
        self[attribute].flatMap { Int64($0) }.map { .milliseconds($0) }
    }

    func flag(_ attribute: String) -> Bool? { self[attribute].flatMap { ClusterBoolean.parse($0) } }

    /// nil too where it is none.
    func score(_ attribute: String) -> Score? { self[attribute].flatMap { Score($0) } }

    func children(named name: String) -> some Sequence<XMLTree> { children.lazy.filter { $0.name == name } }

    func first(_ name: String) -> XMLTree? { children.first { $0.name == name } }

    /// Reads a document. What cannot be read ends it: the tree then holds what came before, and a problem says why.
    ///
    /// Document type declarations are refused before parsing: nothing here prints one, and they are the way to
    /// entities that grow without end.
    static func read(
        _ bytes: [UInt8], named document: LocalizedText
    ) -> (root: XMLTree?, problems: [LocalizedText]) {
        guard !bytes.isEmpty else {
            return (nil, [LocalizedText(fr: "\(document) : vide", en: "\(document) is empty")])
        }
        guard bytes.count <= ParsingLimits.bytes else {
            return (
                nil,
                [
                    LocalizedText(
                        fr: "\(document) : \(bytes.count) octets ; \(ParsingLimits.bytes) au plus sont lus",
                        en:
                            "\(document) is \(bytes.count) bytes long; no more than \(ParsingLimits.bytes) are read"
                    )
                ]
            )
        }
        // Commands print warnings before the document; it starts at the first `<`.
        guard let start = bytes.firstIndex(of: UInt8(ascii: "<")) else {
            let shown = String(decoding: bytes, as: UTF8.self).excerpt
            return (
                nil,
                [
                    LocalizedText(
                        fr: "\(document) : pas du XML : \(shown)", en: "\(document) is no XML: \(shown)")
                ]
            )
        }
        guard !containsDeclaration(bytes[start...]) else {
            return (
                nil,
                [
                    LocalizedText(
                        fr:
                            "\(document) : contient une déclaration de type de document, qu'aucun cluster n'écrit ; non lu",
                        en: "\(document) holds a document type declaration, which no cluster prints; not read"
                    )
                ]
            )
        }
        guard mostAttributes(bytes[start...]) <= ParsingLimits.attributes else {
            return (
                nil,
                [
                    LocalizedText(
                        fr:
                            "\(document) : plus de \(ParsingLimits.attributes) attributs d'un élément ; non lu",
                        en:
                            "\(document) has more than \(ParsingLimits.attributes) attributes of one element; not read"
                    )
                ]
            )
        }
        let builder = XMLTreeBuilder()
        // XMLParser crashes on attribute values that are not UTF-8; decoding replaces what is not.
        let text = String(decoding: bytes[start...], as: UTF8.self)
        let parser = XMLParser(data: Data(text.utf8))
        parser.shouldResolveExternalEntities = false
        parser.delegate = builder
        let complete = parser.parse()
        var problems: [LocalizedText] = []
        if let reason = builder.refusal {
            problems.append(
                LocalizedText(
                    fr: "\(document) : lu en partie seulement : \(reason)",
                    en: "\(document) is read only in part: \(reason)"))
        } else if !complete || !builder.isComplete {
            // `parse()` also returns true for a document that only breaks off.
            problems.append(
                LocalizedText(
                    fr: "\(document) : interrompu ou mal formé vers la ligne \(parser.lineNumber)",
                    en: "\(document) breaks off or is not well formed near line \(parser.lineNumber)"))
        }
        return (builder.finish(), problems)
    }

    /// At least as many as any element has: what looks like one from a `<` to the next. libxml2 holds each attribute of an
    /// element against all others.
    private static func mostAttributes(_ bytes: ArraySlice<UInt8>) -> Int {
        var (most, here) = (0, 0)
        for byte in bytes {
            if byte == UInt8(ascii: "<") { here = 0 }
            if byte == UInt8(ascii: "=") { here += 1 }
            most = max(most, here)
        }
        return most
    }

    /// Whether `<!D` or `<!E` occurs (`<!--` and `<![CDATA[` are harmless).
    private static func containsDeclaration(_ bytes: ArraySlice<UInt8>) -> Bool {
        var index = bytes.startIndex
        while let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")), open + 2 < bytes.endIndex {
            if bytes[open + 1] == UInt8(ascii: "!") {
                let letter = bytes[open + 2] & 0xDF
                if letter == UInt8(ascii: "D") || letter == UInt8(ascii: "E") { return true }
            }
            index = open + 1
        }
        return false
    }
}

/// Builds the tree from the parser's events; stops it at the limits.
private final class XMLTreeBuilder: NSObject, XMLParserDelegate {
    private var open: [XMLTree] = []
    private var root: XMLTree?
    private var count = 0
    private(set) var refusal: LocalizedText?

    /// Whether there is a root element and nothing is left open.
    var isComplete: Bool { open.isEmpty && root != nil }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
    ) {
        count += 1
        if count > ParsingLimits.elements {
            refusal = LocalizedText(
                fr: "plus de \(ParsingLimits.elements) éléments",
                en: "more than \(ParsingLimits.elements) elements")
        } else if open.count >= ParsingLimits.depth {
            refusal = LocalizedText(
                fr: "éléments imbriqués sur plus de \(ParsingLimits.depth) niveaux",
                en: "elements nested more than \(ParsingLimits.depth) deep")
        }
        guard refusal == nil else {
            parser.abortParsing()
            return
        }
        open.append(XMLTree(name: elementName, attributes: attributeDict))
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
        qualifiedName qName: String?
    ) {
        close()
    }

    /// Also what libxml2 would read on after, such as a prefix that stands for nothing: no cluster prints it, and
    /// XMLParser loses memory with every error that it tells of.
    func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) { parser.abortParsing() }

    private func close() {
        guard let element = open.popLast() else { return }
        if open.isEmpty { root = root ?? element } else { open[open.count - 1].children.append(element) }
    }

    /// The tree, with everything closed that was still open when the parser stopped.
    func finish() -> XMLTree? {
        while !open.isEmpty { close() }
        return root
    }
}
