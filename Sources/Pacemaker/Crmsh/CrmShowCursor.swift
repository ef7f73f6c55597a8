import GraderCore

/// A place in the words of one entry.
struct CrmShowCursor {
    var words: [String] = []
    var position = 0

    var current: String? { position < words.count ? words[position] : nil }

    mutating func advance() { position += 1 }

    /// The word here, which is passed; nil at the end.
    mutating func next() -> String? {
        guard position < words.count else { return nil }
        defer { position += 1 }
        return words[position]
    }

    mutating func takeRest() -> [String] {
        defer { position = words.count }
        return Array(words[position...])
    }

    /// Passes the word if it is this one.
    mutating func take(_ word: String) -> Bool {
        guard current == word else { return false }
        position += 1
        return true
    }

    /// Passes `key=value` for that key, with or without `$` before it, and gives the value.
    mutating func takeValue(of key: String) -> String? {
        guard let word = current, let (name, value) = word.pair, name == key || name == "$" + key else {
            return nil
        }
        position += 1
        return value
    }

    /// Passes `score:` (or `kind:`, `ticket:`) and gives it without the colon.
    mutating func takeColoned() -> String? {
        guard let word = current, word.utf8.count > 1, word.utf8.last == UInt8(ascii: ":") else { return nil }
        position += 1
        return String(word.dropLast())
    }
}

extension String {
    /// What stands before and behind the first `=`; nil without one or with nothing before it.
    var pair: (name: String, value: String)? {
        guard let equals = utf8.firstIndex(of: UInt8(ascii: "=")), equals > startIndex else { return nil }
        return (String(self[..<equals]), String(self[utf8.index(after: equals)...]))
    }

    /// What stands before and behind the last `:`; nil behind where there is none.
    var splitAtColon: (String, String?) {
        guard let colon = utf8.lastIndex(of: UInt8(ascii: ":")) else { return (self, nil) }
        return (String(self[..<colon]), String(self[utf8.index(after: colon)...]))
    }
}
