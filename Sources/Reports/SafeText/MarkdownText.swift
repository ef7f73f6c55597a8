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
        line(text, limit: limit, language: language)
            .split(separator: " ", omittingEmptySubsequences: true)
            .map { word in isLinkLike(word) ? codeSpan(verbatim: String(word)) : escaped(word) }
            .joined(separator: " ")
    }

    /// Inline text for a table's cell. A bar within code would end the cell even there (GitHub's tables), so that a
    /// word that becomes code shows another bar in its place.
    static func markdownCell(
        _ text: String, limit: Int = defaultLimit, language: Language
    ) -> String {
        line(text, limit: limit, language: language)
            .split(separator: " ", omittingEmptySubsequences: true)
            .map { word in
                isLinkLike(word)
                    ? codeSpan(verbatim: String(word.map { $0 == "|" ? "¦" : $0 })) : escaped(word)
            }
            .joined(separator: " ")
    }

    /// A command or a name, as code within a line.
    public static func markdownCode(
        _ text: String, limit: Int = defaultLimit, language: Language
    ) -> String {
        codeSpan(verbatim: line(text, limit: limit, language: language))
    }

    /// A fenced block that nothing inside can end.
    public static func markdownBlock(
        _ text: String, limit: Int = documentLimit, language: Language, info: String = ""
    ) -> String {
        let content = block(text, limit: limit, language: language)
        let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: content) + 1))
        return "\(fence)\(info)\n\(content)\(content.utf8.last == 0x0A ? "" : "\n")\(fence)"
    }

    private static func codeSpan(verbatim text: String) -> String {
        guard text.contains(where: { $0 != " " }) else { return "" }
        let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
        // A span that begins or ends with a backtick needs blanks, which the reader takes away again.
        let backtick = UInt8(ascii: "`")
        let blank = text.utf8.first == backtick || text.utf8.last == backtick ? " " : ""
        return fence + blank + text + blank + fence
    }

    private static func isLinkLike(_ word: Substring) -> Bool {
        // By byte: a combining mark behind one of these characters must not hide it.
        guard
            word.utf8.contains(where: {
                $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: ":") || $0 | 0x20 == UInt8(ascii: "w")
            })
        else { return false }
        let bytes = word.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        return ["@", "://", "www."].contains { bytes.firstRange(of: Array($0.utf8)) != nil }
    }

    /// Escapes what can begin a construct within a line (CommonMark, section 2.4: any ASCII punctuation may be
    /// escaped). By scalar, not by character: a combining mark behind a `<` must not hide it.
    private static func escaped(_ word: Substring) -> String {
        guard word.utf8.contains(where: special.contains) else { return String(word) }
        var out = String.UnicodeScalarView()
        for scalar in word.unicodeScalars {
            if let byte = UInt8(exactly: scalar.value), special.contains(byte) { out.append("\\") }
            out.append(scalar)
        }
        return String(out)
    }

    private static let special = Set("\\`*_[]<>&|~$#".utf8)

    private static func longestRun(of scalar: Unicode.Scalar, in text: String) -> Int {
        var longest = 0
        var current = 0
        for each in text.unicodeScalars {
            current = each == scalar ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }
}
