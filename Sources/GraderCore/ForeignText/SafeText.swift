/// Makes text from somebody else's machine fit to be shown: nothing in it can move a cursor, turn the reading
/// direction, hide, or run on for ever. What is taken out stays visible, since a stray character is often the very
/// mistake a student looks for.
///
/// This is the first of two steps. The second depends on where the text goes: the page templates escape for HTML,
/// ``markdown(_:limit:language:)`` for Markdown; what is printed goes through ``printed(_:keepsStyles:lineLimit:language:)``.
public enum SafeText {
    /// Characters (Unicode scalars) of one text that are shown where nothing else is said.
    public static let defaultLimit = 2_000
    /// The same for what is a file rather than a sentence: a configuration.
    public static let documentLimit = 100_000

    /// Text on one line: line breaks and tabs are shown as symbols or blanks as well.
    /// - Parameter limit: Unicode scalars kept; a longer text ends with "… (n more characters)".
    public static func line(
        _ text: String, limit: Int = defaultLimit, language: Language
    ) -> String {
        filtered(text, limit: limit, language: language, keepsLines: false)
    }

    /// Text of several lines: `\n` (and `\r\n`, as `\n`) and tabs stay what they are.
    /// - Parameter limit: Unicode scalars kept; a longer text ends with "… (n more characters)".
    public static func block(
        _ text: String, limit: Int = documentLimit, language: Language
    ) -> String {
        filtered(text, limit: limit, language: language, keepsLines: true)
    }

    /// At most `limit` characters, the last one an ellipsis: for labels where there is no room for more.
    public static func label(_ text: String, limit: Int) -> String {
        let clean = line(text, limit: max(limit * 4, 64), language: .english)
        guard clean.count > limit else { return clean }
        return clean.prefix(max(limit - 1, 0)) + "…"
    }

    private static func filtered(
        _ text: String, limit: Int, language: Language, keepsLines: Bool
    ) -> String {
        let scalars = text.unicodeScalars
        // Most texts need nothing, and looking up properties costs more than everything else on a page.
        if text.utf8.count <= limit,
            scalars.allSatisfy({ $0.isPlain || (keepsLines && ($0 == "\n" || $0 == "\t")) })
        {
            return text
        }
        var out = String.UnicodeScalarView()
        var index = scalars.startIndex
        var marksInARow = 0
        var kept = 0
        while index < scalars.endIndex, kept < limit {
            let scalar = scalars[index]
            let next = scalars.index(after: index)
            index = next
            kept += 1
            if keepsLines, scalar == "\r", next < scalars.endIndex, scalars[next] == "\n" { continue }
            if scalar.isCombiningMark {
                marksInARow += 1
                // Real orthographies stack three at most; a tower of them paints over the lines around it.
                if marksInARow <= 3 { out.append(scalar) } else if marksInARow == 4 { out.append("\u{FFFD}") }
                continue
            }
            marksInARow = 0
            switch scalar {
            case "\n" where keepsLines, "\t" where keepsLines: out.append(scalar)
            case "\t": out.append(" ")
            default: append(scalar, to: &out)
            }
        }
        var result = String(out)
        if index < scalars.endIndex {
            let left = scalars.distance(from: index, to: scalars.endIndex)
            result += language.pick(
                "… (encore \(left) caractère\(left > 1 ? "s" : ""))",
                "… (\(left) more character\(left == 1 ? "" : "s"))")
        }
        return result
    }

    private static func append(_ scalar: Unicode.Scalar, to out: inout String.UnicodeScalarView) {
        switch scalar.value {
        case 0x00...0x1F: out.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
        case 0x7F: out.append("\u{2421}")
        case 0x80...0x9F: out.append("\u{FFFD}")
        default:
            if scalar.isUnseen {
                let code = String(scalar.value, radix: 16, uppercase: true)
                let padding = String(repeating: "0", count: max(0, 4 - code.count))
                out.append(contentsOf: "⟨U+\(padding)\(code)⟩".unicodeScalars)
            } else {
                out.append(scalar)
            }
        }
    }
}

extension Unicode.Scalar {
    /// What stays as it is and combines with nothing: a part of what does, known without looking up.
    fileprivate var isPlain: Bool {
        switch value {
        case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF: true
        // Dashes, quotation marks, the ellipsis; the narrow blank of French; arrows.
        case 0x2010...0x2027, 0x202F, 0x2190...0x21FF: true
        default: false
        }
    }

    var isCombiningMark: Bool {
        guard !isPlain else { return false }
        guard !isUnseen else { return false }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return true
        default: return false
        }
    }

    /// Whether it leaves no trace of its own on the screen, or one that cannot be relied on: format characters
    /// (bidirectional controls, zero-width ones, tags), line and paragraph separators, private use, unassigned, and
    /// the letters that are blank by design (Unicode 15, `Default_Ignorable_Code_Point` and the Hangul fillers).
    var isUnseen: Bool {
        switch value {
        case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF: return false
        case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x2800, 0x3164, 0xFFA0: return true
        case 0xFE00...0xFE0F, 0xE0000...0xE0FFF: return true
        default: break
        }
        switch properties.generalCategory {
        case .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: return true
        default: return false
        }
    }
}

extension String {
    /// The longest beginning of whole characters that has at most `limit` bytes in UTF-8.
    public func cut(toUTF8Bytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var kept = String.UnicodeScalarView()
        var room = limit
        for scalar in unicodeScalars {
            room -= UTF8.width(scalar)
            guard room >= 0 else { break }
            kept.append(scalar)
        }
        return String(kept)
    }
}
