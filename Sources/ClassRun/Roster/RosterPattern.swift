import GraderCore
import InputFiles

/// The `pattern:` section: one entry for a whole class, with `{n}` (or `{n:02}`, padded with zeros) for each
/// student's number.
struct RosterPattern {
    static let countLimit = 500
    private static let name = LocalizedText(fr: "la section pattern", en: "the pattern")
    private static let rangeForm = LocalizedText(
        fr: "un intervalle tel que 1..15, ou une liste de nombres",
        en: "a range such as 1..15, or a list of numbers")

    private let entry: InputNode
    private let numbers: [Int]
    private let mistakes: InputMistakes

    init?(_ node: InputNode, keys: [String], mistakes: InputMistakes) {
        guard let reader = mistakes.mapping(node, RosterPattern.name, keys: ["n"] + keys),
            let range = reader.required("n", of: RosterPattern.name, expected: RosterPattern.rangeForm)
        else { return nil }
        self.mistakes = mistakes
        guard let numbers = RosterPattern.numbers(range, reader) else { return nil }
        self.numbers = numbers
        entry = InputNode(
            position: node.position, content: .mapping(reader.all.filter { keys.contains($0.key) }))
        guard let id = reader.node("id") else { return }
        // Reported once here instead of as a doublet of every student.
        if case .scalar(let text, isNull: false) = id.content, numbers.count > 1, !text.contains("{n") {
            reader.wrong(
                id, LocalizedText(fr: "l'id de la section pattern", en: "the pattern's id"),
                expected: LocalizedText(
                    fr: "{n} dedans, comme etu{n}", en: "{n} in it, such as etu{n}"))
            return nil
        }
    }

    func entries() -> [InputNode] {
        guard case .mapping(let lines) = entry.content else { return [] }
        return numbers.map { number in
            let filled = lines.map { line in
                var line = line
                let key = line.key
                line.value = line.value.mapTexts { substitute(number, in: $0, at: $1, of: key) }
                return line
            }
            return InputNode(position: entry.position, content: .mapping(filled))
        }
    }

    private static func numbers(_ node: InputNode, _ reader: MappingReader) -> [Int]? {
        if case .sequence(let items) = node.content, !items.isEmpty, items.count <= countLimit {
            let numbers = items.compactMap { reader.integer($0, .key("n"), in: 0...99_999) }
            return numbers.count == items.count ? numbers : nil
        }
        guard let text = reader.text(node, .key("n"), expected: rangeForm) else { return nil }
        if let dots = text.firstRange(of: ".."), let first = decimal(text[..<dots.lowerBound]),
            let last = decimal(text[dots.upperBound...]), first <= last, last - first < countLimit
        {
            return Array(first...last)
        }
        reader.wrong(
            node, .key("n"),
            expected: LocalizedText(
                fr: "\(rangeForm), \(countLimit) au plus", en: "\(rangeForm), of at most \(countLimit)"))
        return nil
    }

    /// Puts the number in. Braces around anything but a word are the text's own; hooks have placeholders of their own,
    /// and are looked through when they are read.
    private func substitute(
        _ number: Int, in text: String, at position: InputPosition, of key: String
    ) -> String {
        text.parts(between: "{", and: "}").map { part in
            guard case .inside(let inside, _) = part else { return String(part.whole) }
            let parts = inside.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts.first ?? ""
            if name == "n", let padded = padded(number, parts.count > 1 ? parts[1] : nil) { return padded }
            if !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber }), key != "hooks" || name == "n" {
                mistakes.add(
                    position,
                    LocalizedText(
                        fr: "rien à mettre à la place de \(part.whole)",
                        en: "\(part.whole) cannot be filled in"),
                    expected: LocalizedText(
                        fr: "{n}, ou {n:02} pour deux chiffres", en: "{n}, or {n:02} for two digits"),
                    about: "placeholder")
            }
            return String(part.whole)
        }.joined()
    }

    private func padded(_ number: Int, _ format: Substring?) -> String? {
        let digits = String(number)
        guard let format else { return digits }
        guard format.count == 2, format.first == "0", let width = format.last?.wholeNumberValue,
            1...9 ~= width
        else { return nil }
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
