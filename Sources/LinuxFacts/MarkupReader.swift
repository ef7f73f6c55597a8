/// A page's text and tags one after the other, as a browser comes to them: comments are left out, entities are what they
/// stand for. In linear time, whatever is left open.
struct MarkupReader {
    enum Piece {
        case text(Unicode.Scalar)
        case tag(MarkupTag)
    }

    private let source: [Unicode.Scalar]
    private var index = 0
    // The first ">" that is not behind us, and the first "-->": each is looked for once.
    private var close = 0
    private var commentClose = 0

    init(_ text: String) { source = Array(text.unicodeScalars) }

    mutating func next() -> Piece? {
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
            } else if scalar == "<", isTag {
                close = max(close, index)
                while close < source.count, source[close] != ">" { close += 1 }
                if close < source.count {
                    let tag = MarkupTag(text: source[index..<close])
                    index = close + 1
                    return .tag(tag)
                }
            } else if scalar == "&", let end = source[index...].prefix(12).firstIndex(of: ";"),
                let meant = Self.entity(String(String.UnicodeScalarView(source[index..<end])))
            {
                index = end + 1
                return .text(meant)
            }
            return .text(scalar)
        }
        return nil
    }

    /// What an element holds that is no markup, up to its end or to that of the page, which comes next.
    mutating func content(of element: String) -> ArraySlice<Unicode.Scalar> {
        let start = index
        let end = Array("</\(element)".unicodeScalars)
        func isSame(_ scalar: Unicode.Scalar, _ small: Unicode.Scalar) -> Bool {
            scalar == small || ("A"..."Z").contains(scalar) && scalar.value + 32 == small.value
        }
        while index < source.count, !source[index...].starts(with: end, by: isSame) { index += 1 }
        return source[start..<index]
    }

    /// A tag begins with a letter or a mark; before anything else it is a less-than sign.
    private var isTag: Bool {
        guard index < source.count else { return false }
        let next = source[index]
        return next == "/" || next == "!" || next.properties.isAlphabetic
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

/// What stands between `<` and `>`.
struct MarkupTag {
    fileprivate let text: ArraySlice<Unicode.Scalar>

    /// In small letters, of an end tag too.
    var name: String {
        let name = text.drop { $0 == "/" }.prefix { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        return String(String.UnicodeScalarView(name.prefix(10))).lowercased()
    }

    var isEnd: Bool { text.first == "/" }

    /// The first value of each, without its quotation marks; names in small letters.
    var attributes: [String: String] {
        var values: [String: String] = [:]
        var rest = text.drop { !Self.isBetween($0) }
        while !rest.isEmpty {
            rest = rest.drop(while: Self.isBetween)
            let name = rest.prefix { !Self.isBetween($0) && $0 != "=" }
            rest = rest.dropFirst(name.count).drop(while: \.properties.isWhitespace)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst().drop(while: \.properties.isWhitespace)
            let value: ArraySlice<Unicode.Scalar>
            if let mark = rest.first, mark == "\"" || mark == "'" {
                value = rest.dropFirst().prefix { $0 != mark }
                rest = rest.dropFirst(value.count + 2)
            } else {
                value = rest.prefix { !$0.properties.isWhitespace }
                rest = rest.dropFirst(value.count)
            }
            let key = String(String.UnicodeScalarView(name)).lowercased()
            if values[key] == nil { values[key] = String(String.UnicodeScalarView(value)) }
        }
        return values
    }

    private static func isBetween(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "/" || scalar.properties.isWhitespace
    }
}
