extension StringProtocol {
    /// Whether a word's bytes stand anywhere in it: the words of programs and configuration files are ASCII, are
    /// printed as they are, and no combining mark behind them hides them. Many times quicker than by character.
    public func holds(_ word: String) -> Bool {
        let found = utf8.withContiguousStorageIfAvailable { text in
            word.utf8.withContiguousStorageIfAvailable { word in
                guard let first = word.first else { return true }
                var index = 0
                while index + word.count <= text.count {
                    if text[index] == first, text[index..<index + word.count].elementsEqual(word) {
                        return true
                    }
                    index += 1
                }
                return false
            }
        }
        // A text that is not stored in one piece (a bridged one).
        return (found ?? nil) ?? (utf8.firstRange(of: word.utf8) != nil)
    }
}

extension Bytes {
    /// The one word that they are; nil where there is none or more: then it is not a name or an id that was printed.
    public var onlyWord: String? {
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.count == 1 ? words.first.map(String.init) : nil
    }
}
