import GraderCore

/// Foreign text as Markdown (CommonMark 0.31 with GitHub's tables and autolinks) that comes out as the same text:
/// no emphasis, link, image, HTML or heading arises from it. Not for table cells, where even code is split at a bar:
/// ``markdownCell(_:limit:language:)`` is for those.
extension SafeText {
    /// Inline text. Always on one line, so that nothing in it stands at the start of one. Words that a reader might
    /// turn into a link by themselves (`http://…`, `www.…`, `somebody@somewhere`) become code.
    public static func markdown(
        _ text: String, limit: Int = defaultLimit, language: Language
    ) -> String {
        words(text, limit: limit, language: language) { word in
            isLinkLike(word) ? Array(codeSpan(verbatim: String(decoding: word, as: UTF8.self)).utf8) : nil
        }
    }

    /// Inline text for a table's cell. A bar within code would end the cell even there (GitHub's tables), so that a
    /// word that becomes code shows another bar in its place.
    static func markdownCell(
        _ text: String, limit: Int = defaultLimit, language: Language
    ) -> String {
        words(text, limit: limit, language: language) { word in
            guard isLinkLike(word) else { return nil }
            let shown = String(decoding: word, as: UTF8.self).unicodeScalars.map { $0 == "|" ? "¦" : $0 }
            return Array(codeSpan(verbatim: String(String.UnicodeScalarView(shown))).utf8)
        }
    }

    /// One line, word by word: what `code` makes of a word, or the word escaped. All by byte: a combining mark behind
    /// a character that means something must not hide it; and nothing else on a page takes as long.
    private static func words(
        _ text: String, limit: Int, language: Language, code: (Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8]?
    ) -> String {
        var line = line(text, limit: limit, language: language)
        return line.withUTF8 { bytes in
            var out: [UInt8] = []
            out.reserveCapacity(bytes.count + 16)
            for word in bytes.split(separator: UInt8(ascii: " ")) {
                if !out.isEmpty { out.append(UInt8(ascii: " ")) }
                if let code = code(word) {
                    out += code
                } else {
                    // CommonMark, section 2.4: any ASCII punctuation may be escaped.
                    for byte in word {
                        if isSpecial(byte) { out.append(UInt8(ascii: "\\")) }
                        out.append(byte)
                    }
                }
            }
            return String(decoding: out, as: UTF8.self)
        }
    }

    /// A command or a name, as code within a line.
    static func markdownCode(
        _ text: String, limit: Int = defaultLimit, language: Language
    ) -> String {
        codeSpan(verbatim: line(text, limit: limit, language: language))
    }

    /// A fenced block that nothing inside can end.
    static func markdownBlock(
        _ text: String, limit: Int = documentLimit, language: Language, info: String = ""
    ) -> String {
        let content = block(text, limit: limit, language: language)
        let fence = String(repeating: "`", count: max(3, longestRun(of: UInt8(ascii: "`"), in: content) + 1))
        return "\(fence)\(info)\n\(content)\(content.utf8.last == 0x0A ? "" : "\n")\(fence)"
    }

    private static func codeSpan(verbatim text: String) -> String {
        guard text.utf8.contains(where: { $0 != UInt8(ascii: " ") }) else { return "" }
        let backtick = UInt8(ascii: "`")
        let fence = String(repeating: "`", count: longestRun(of: backtick, in: text) + 1)
        // A span that begins or ends with a backtick needs blanks, which the reader takes away again.
        let blank = text.utf8.first == backtick || text.utf8.last == backtick ? " " : ""
        return fence + blank + text + blank + fence
    }

    private static func isLinkLike(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        for (index, byte) in zip(word.indices, word) {
            switch byte {
            case UInt8(ascii: "@"): return true
            case UInt8(ascii: ":") where word[index...].starts(with: "://".utf8): return true
            case UInt8(ascii: "w"), UInt8(ascii: "W"):
                if word[index...].prefix(4).lazy.map({ $0 | 0x20 }).elementsEqual("www.".utf8) { return true }
            default: break
            }
        }
        return false
    }

    /// What can begin a construct within a line.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "|"),
            UInt8(ascii: "~"), UInt8(ascii: "$"), UInt8(ascii: "#"):
            true
        default: false
        }
    }

    private static func longestRun(of byte: UInt8, in text: String) -> Int {
        var longest = 0
        var current = 0
        for each in text.utf8 {
            current = each == byte ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }
}
