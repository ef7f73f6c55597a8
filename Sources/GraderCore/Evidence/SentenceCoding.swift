// A sentence as files hold it: in English under the key that it has had from the beginning, so that an older Bascule
// reads what a newer one wrote, and in both languages beside it.

extension KeyedEncodingContainer {
    mutating func encode(_ sentence: LocalizedText, english: Key, both: Key) throws {
        try encode(sentence.en, forKey: english)
        if sentence.fr != sentence.en { try encode(sentence, forKey: both) }
    }
}

extension KeyedDecodingContainer {
    /// What was written before 1.0 has the English alone, which then stands for both.
    func sentence(english: Key, both: Key) throws -> LocalizedText {
        try decodeIfPresent(LocalizedText.self, forKey: both)
            ?? LocalizedText(verbatim: decode(String.self, forKey: english))
    }
}
