import GraderCore

/// The entries of `crm configure show`, each a line with its continuations, cut into words.
///
/// Lines are stripped and joined on a trailing backslash; `#` starts a comment only at the start of an entry
/// (crmsh's `lines2cli`).
struct CrmShowLines {
    private(set) var entries: [Entry] = []
    private(set) var problems: [LocalizedText]

    /// One entry.
    struct Entry {
        var text: String
        var words: [String]
        /// False where a quote is not closed.
        var isComplete: Bool
    }

    init(_ text: String) {
        let source = TextLines(
            text,
            named: LocalizedText(
                fr: "la sortie de crm configure show", en: "the output of crm configure show"))
        problems = source.problems
        var pieces: [Substring] = []
        func flush(_ pieces: inout [Substring], into entries: inout [Entry]) {
            defer { pieces.removeAll(keepingCapacity: true) }
            let joined = pieces.joined(separator: " ")
            let entry = Substring(joined).trimmed
            guard let first = entry.utf8.first, first != UInt8(ascii: "#") else { return }
            let (words, isComplete) = Self.words(of: entry)
            entries.append(Entry(text: String(entry), words: words, isComplete: isComplete))
        }
        for line in source.lines {
            var stripped = line.trimmed
            let continues = stripped.utf8.last == UInt8(ascii: "\\")
            if continues { stripped = Substring(stripped.utf8.dropLast()) }
            pieces.append(stripped)
            if !continues { flush(&pieces, into: &entries) }
        }
        if !pieces.isEmpty { flush(&pieces, into: &entries) }
    }

    /// Splits at blanks outside of quotes, which are taken away.
    ///
    /// Within double quotes only `\"` is an escape: crmsh escapes nothing else when it prints, though it reads
    /// like a POSIX shell, to which `\\` is one too.
    static func words(of text: Substring) -> (words: [String], isComplete: Bool) {
        var words: [String] = []
        var word: [UInt8] = []
        var isInWord = false
        var quote: UInt8?
        let bytes = Array(text.utf8)
        let backslash = UInt8(ascii: "\\")
        let double = UInt8(ascii: "\"")
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if let open = quote {
                if byte == open {
                    quote = nil
                } else if byte == backslash, open == double, index < bytes.count, bytes[index] == double {
                    word.append(double)
                    index += 1
                } else {
                    word.append(byte)
                }
            } else if byte.isBlank {
                if isInWord { words.append(String(decoding: word, as: UTF8.self)) }
                if words.count >= ParsingLimits.words { return (words, false) }
                word.removeAll(keepingCapacity: true)
                isInWord = false
            } else {
                isInWord = true
                switch byte {
                // An apostrophe inside a word is one: crmsh prints no single quotes, and older versions print
                // values with apostrophes bare.
                case double: quote = double
                case UInt8(ascii: "'") where word.isEmpty || word.last == UInt8(ascii: "="): quote = byte
                default: word.append(byte)
                }
            }
        }
        if isInWord { words.append(String(decoding: word, as: UTF8.self)) }
        return (words, quote == nil)
    }
}
