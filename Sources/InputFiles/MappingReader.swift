import GraderCore

/// Reads one mapping strictly: only known keys, each value of its type, and every mistake is noted while
/// reading goes on. A value that cannot be used is nil and already reported, so that nothing is said twice.
public struct MappingReader {
    /// Where the mapping begins, for what it lacks.
    public let position: InputPosition
    public let mistakes: InputMistakes
    private let entries: [InputEntry]

    /// - Parameter entries: none: for single values.
    public init(position: InputPosition, mistakes: InputMistakes, entries: [InputEntry] = []) {
        self.position = position
        self.mistakes = mistakes
        self.entries = entries
    }

    /// The value of an optional key.
    public func node(_ key: String) -> InputNode? { entry(key)?.value }

    /// The entry of a key, with the key's own place in the file.
    public func entry(_ key: String) -> InputEntry? { entries.first { $0.key == key } }

    /// Every entry, in the order of the file.
    public var all: [InputEntry] { entries }

    /// The value of a key that has to be there; its lack is noted where the mapping begins.
    public func required(_ key: String, of what: LocalizedText, expected: LocalizedText) -> InputNode? {
        if let node = node(key) { return node }
        mistakes.add(
            position, LocalizedText(fr: "\(what) : il manque « \(key) »", en: "\(what) has no “\(key)”"),
            expected: LocalizedText(fr: "\(key): \(expected)", en: "\(key): \(expected)"), about: key)
        return nil
    }

    /// A text of an optional key; one that is empty is noted.
    public func text(_ key: String) -> String? {
        node(key).flatMap {
            text($0, .key(key), expected: LocalizedText(fr: "un texte", en: "a text"))
        }
    }

    /// `true` or `false`; anything else, YAML's `yes` too, is noted.
    public func flag(_ key: String) -> Bool? {
        node(key).flatMap { choice($0, .key(key), ["true": true, "false": false]) }
    }

    /// A whole number of an optional key; one out of range is noted.
    public func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        node(key).flatMap { integer($0, .key(key), in: range) }
    }

    /// One of a type's words.
    public func choice<Word: CaseIterable & RawRepresentable<String>>(_ key: String) -> Word? {
        node(key).flatMap { choice($0, .key(key)) }
    }

    // MARK: single values

    /// What `parse` makes of the text; what it makes nothing of is noted.
    public func value<Value>(
        _ node: InputNode, _ name: LocalizedText, expected: LocalizedText, _ parse: (String) -> Value?
    ) -> Value? {
        if case .scalar(let text, isNull: false) = node.content, let value = parse(text) { return value }
        wrong(node, name, expected: expected)
        return nil
    }

    /// A text that is there and not empty.
    public func text(_ node: InputNode, _ name: LocalizedText, expected: LocalizedText) -> String? {
        value(node, name, expected: expected) { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }

    /// A whole number in decimal digits.
    public func integer(_ node: InputNode, _ name: LocalizedText, in range: ClosedRange<Int>) -> Int? {
        let expected = LocalizedText(
            fr: "un nombre entier de \(range.lowerBound) à \(range.upperBound)",
            en: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        return value(node, name, expected: expected) { decimal($0).flatMap { range ~= $0 ? $0 : nil } }
    }

    /// One of these words, and what it stands for.
    public func choice<Value>(_ node: InputNode, _ name: LocalizedText, _ values: [String: Value]) -> Value? {
        value(node, name, expected: alternatives(values.keys.sorted())) { values[$0] }
    }

    /// One of a type's words.
    public func choice<Word: CaseIterable & RawRepresentable<String>>(
        _ node: InputNode, _ name: LocalizedText
    ) -> Word? {
        choice(node, name, Dictionary(Word.allCases.map { ($0.rawValue, $0) }) { first, _ in first })
    }

    /// A list of at least one value, or one value standing for a list of one; nil where one cannot be used.
    public func list<Value>(
        _ node: InputNode, _ name: LocalizedText, expected: LocalizedText, _ read: (InputNode) -> Value?
    ) -> [Value]? {
        let items = items(node)
        if items.isEmpty { wrong(node, name, expected: expected) }
        let values = items.compactMap(read)
        return values.count == items.count && !items.isEmpty ? values : nil
    }

    /// A list, or one value standing for a list of one.
    public func items(_ node: InputNode) -> [InputNode] {
        if case .sequence(let nodes) = node.content { nodes } else { [node] }
    }

    /// Notes that a value cannot be used.
    /// - Parameter expected: what would do, e.g. `a whole number from 1 to 32`.
    public func wrong(_ node: InputNode, _ name: LocalizedText, expected: LocalizedText) {
        mistakes.add(
            node.position, LocalizedText(fr: "\(name) : \(node.kind)", en: "\(name) is \(node.kind)"),
            expected: expected)
    }
}

extension InputMistakes {
    /// Reads a mapping; notes unknown keys at once.
    /// - Parameters:
    ///   - what: names the mapping in messages, e.g. `a student`.
    ///   - advice: for keys that people try and that cannot stand there: what to do instead.
    /// - Returns: nil where the value is no mapping, which is noted.
    public func mapping(
        _ node: InputNode, _ what: LocalizedText, keys: [String], advice: [String: LocalizedText] = [:]
    ) -> MappingReader? {
        let known = LocalizedText(verbatim: keys.joined(separator: ", "))
        guard case .mapping(let entries) = node.content else {
            add(
                node.position, LocalizedText(fr: "\(what) : \(node.kind)", en: "\(what) is \(node.kind)"),
                expected: LocalizedText(fr: "les clés \(known)", en: "a mapping with \(known)"))
            return nil
        }
        for entry in entries where !keys.contains(entry.key) {
            let advice = advice[entry.key]
            let hint = advice == nil ? suggestion(for: entry.key, in: keys) : LocalizedText(verbatim: "")
            add(
                entry.keyPosition,
                LocalizedText(
                    fr: "clé inconnue \(quoted(entry.key)) dans \(what)\(hint)",
                    en: "unknown key \(quoted(entry.key)) in \(what)\(hint)"),
                expected: advice ?? known)
        }
        return MappingReader(position: node.position, mistakes: self, entries: entries)
    }
}

extension LocalizedText {
    /// A key or a name as a file has it, the same in every language.
    public static func key(_ name: String) -> LocalizedText { LocalizedText(verbatim: name) }
}

/// A number of at most nine digits, and nothing else.
public func decimal(_ text: some StringProtocol) -> Int? {
    guard 1...9 ~= text.utf8.count, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)  // bounded: of a text
}
