import GraderCore
import InputFiles

/// Matchers of what has parts: lines, and JSON.
extension MatcherReader {
    func lines(
        _ node: InputNode, _ keys: [String], _ inner: (InputNode, Fact) -> Expectation?
    ) -> Expectation? {
        guard let mapping = mistakes.mapping(node, .key("lines"), keys: keys) else { return nil }
        let line = Fact("line", .text, LocalizedText(fr: "ligne", en: "line"))
        let listOfLines = LocalizedText(fr: "une liste de lignes", en: "a list of lines")
        func entries(_ name: String) -> [Expectation]? {
            guard let node = mapping.node(name) else { return [] }
            return reader.list(node, .key(name), expected: listOfLines) { inner($0, line) }
        }
        guard let include = entries("include"), let exclude = entries("exclude") else { return nil }
        var lines = Expectation.Lines(include: include, exclude: exclude)
        if let node = mapping.node("count") {
            if case .mapping = node.content {
                lines.count = range(node, .key("count"), ["atLeast", "atMost"])
            } else {
                lines.count = number(node, "count").map { $0...$0 }
            }
            guard let count = lines.count else { return nil }
            let least = Set(include).count { if case .equals = $0 { true } else { false } }
            if count.upperBound < Double(least) {
                mistakes.add(
                    node.position,
                    LocalizedText(
                        fr: "count est trop petit pour les \(least) lignes de include",
                        en: "count is too small for the \(least) lines of include"),
                    expected: LocalizedText(fr: "au moins \(least)", en: "at least \(least)"))
                return nil
            }
        }
        if let both = include.first(where: exclude.contains) {
            let words = both.words { _ in nil }
            mistakes.add(
                node.position,
                LocalizedText(
                    fr: "\(words) est à la fois dans include et dans exclude",
                    en: "\(words) is both in include and in exclude"),
                expected: LocalizedText(fr: "une ligne dans l'un des deux", en: "a line in one of them"))
            return nil
        }
        guard !include.isEmpty || !exclude.isEmpty || lines.count != nil else {
            reader.wrong(
                node, .key("lines"),
                expected: LocalizedText(
                    fr: "des clés parmi include, exclude et count",
                    en: "a mapping with include, exclude or count"))
            return nil
        }
        return .lines(lines)
    }

    func json(_ node: InputNode, _ inner: (InputNode, Fact) -> Expectation?) -> Expectation? {
        guard case .mapping(let entries) = node.content,
            let path = entries.first(where: { $0.key == "path" })
        else {
            reader.wrong(node, .key("json"), expected: .key("{path: \"a.b[0]\", equals: …}"))
            return nil
        }
        guard let steps = steps(path.value) else { return nil }
        let rest = entries.filter { $0.key != "path" }
        let value = Fact("value", .text, LocalizedText(fr: "valeur", en: "value"))
        guard !rest.isEmpty else {
            reader.wrong(node, .key("json"), expected: .key("{path: \"a.b[0]\", equals: …}"))
            return nil
        }
        var expected = node
        expected.content = .mapping(rest)
        return inner(expected, value).map { .json(steps, $0) }
    }

    /// `a.b[0].c`, or a list of keys and numbers where a key has a dot or a bracket in it.
    private func steps(_ node: InputNode) -> [Expectation.JSONStep]? {
        if case .sequence(let items) = node.content {
            let steps = items.compactMap { item in
                reader.value(
                    item, .key("path"),
                    expected: LocalizedText(fr: "une clé ou un nombre", en: "a key or a number")
                ) { text in
                    decimal(text).map { Expectation.JSONStep.index($0) } ?? .key(text)
                }
            }
            return steps.count == items.count ? steps : nil
        }
        return reader.value(
            node, .key("path"),
            expected: LocalizedText(fr: "un chemin tel que a.b[0].c", en: "a path such as a.b[0].c")
        ) { text in
            var steps: [Expectation.JSONStep] = []
            for part in text.split(separator: ".", omittingEmptySubsequences: false) {
                let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
                if let key = pieces.first, !key.isEmpty {
                    steps.append(.key(String(key)))
                } else if pieces.count < 2 {
                    return nil
                }
                for piece in pieces.dropFirst() {
                    guard piece.hasSuffix("]"), let index = decimal(piece.dropLast()) else { return nil }
                    steps.append(.index(index))
                }
            }
            return steps
        }
    }
}
