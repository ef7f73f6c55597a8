import GraderCore
import InputFiles

/// Values that stand in several places of a rubric.
enum RubricValues {
    static let titleForm = "{fr: …, en: …}"

    /// Exact: read digit by digit, so that no sum depends on binary fractions.
    static func points(_ node: InputNode, _ name: String, _ reader: MappingReader) -> Points? {
        let expected = "a number from 0 to 9999 with at most three decimals, such as 0.5"
        guard case .scalar(let text, isNull: false) = node.content, !text.contains(","),
            let points = Points(decimal: text)
        else {
            reader.wrong(node, name, expected: expected)
            return nil
        }
        return points
    }

    /// `show:` and `until:` of a question or a check; nil where neither is there, or they cannot be used.
    static func visibility(_ reader: MappingReader) -> Visibility? {
        let show = reader.node("show")
        let level = show.flatMap { node in
            let levels = Visibility.Level.allCases.map { ($0.rawValue, $0) }
            return reader.choice(node, "show", Dictionary(uniqueKeysWithValues: levels))
        }
        guard let node = reader.node("until") else { return level.map { Visibility($0) } }
        guard show != nil else {
            reader.mistakes.add(
                node.position, "until stands without show",
                expected: "show: missing or show: hidden beside it, for what holds until that day")
            return nil
        }
        if level == .full {
            reader.mistakes.add(
                node.position, "until stands beside show: full",
                expected: "show: missing or show: hidden, for what holds until that day")
            return nil
        }
        guard case .scalar(let text, isNull: false) = node.content, let day = CalendarDay(text) else {
            reader.wrong(node, "until", expected: "a day such as 2026-12-18, the last on which it is so")
            return nil
        }
        return level.map { Visibility($0, until: day) }
    }

    /// Both languages, or one text for both.
    static func title(_ node: InputNode, _ name: String, _ reader: MappingReader) -> LocalizedText? {
        guard case .mapping = node.content else {
            return reader.text(node, name, expected: "\(titleForm), or one text for both languages")
                .map { LocalizedText(verbatim: $0) }
        }
        guard let inner = MappingReader(node, name, keys: ["fr", "en"], mistakes: reader.mistakes) else {
            return nil
        }
        let fr = inner.required("fr", of: name, expected: "the text in French")
            .flatMap { inner.text($0, "fr", expected: "a text") }
        let en = inner.required("en", of: name, expected: "the text in English")
            .flatMap { inner.text($0, "en", expected: "a text") }
        guard let fr, let en else { return nil }
        return LocalizedText(fr: "\(fr)", en: "\(en)")
    }
}

/// Reads a question's `parameters:` by what the question declares.
struct RubricParametersReader {
    let known: QuestionDefinition?
    let question: QuestionID
    let mistakes: InputMistakes

    func read(_ node: InputNode) -> Parameters {
        guard let known else {
            mistakes.add(
                node.position, "Bascule does not judge \(question) yet", expected: "no parameters for it")
            return Parameters()
        }
        let definitions = known.parameters
        if definitions.isEmpty {
            mistakes.add(node.position, "\(question) has no parameters", expected: "none")
            return Parameters()
        }
        guard
            let reader = MappingReader(
                node, "parameters of \(question)", keys: definitions.map(\.name), mistakes: mistakes)
        else { return Parameters() }
        var values: [String: Parameters.Value] = [:]
        for definition in definitions {
            values[definition.name] = reader.node(definition.name).flatMap {
                value($0, definition, reader)
            }
        }
        return Parameters(values)
    }

    private func value(
        _ node: InputNode, _ definition: ParameterDefinition, _ reader: MappingReader
    ) -> Parameters.Value? {
        let name = definition.name
        switch definition.kind {
        case .duration: return duration(node, name, reader).map { .duration($0) }
        case .durations:
            return list(node, name, "durations such as [10s, 30s]", reader) { duration($0, name, reader) }
                .map { .durations($0) }
        case .number: return number(node, name, reader).map { .number($0) }
        case .text: return reader.text(node, name, expected: "a text").map { .text($0) }
        case .texts:
            return list(node, name, "a list of texts", reader) { reader.text($0, name, expected: "a text") }
                .map { .texts($0) }
        case .flag: return reader.choice(node, name, ["true": true, "false": false]).map { .flag($0) }
        }
    }

    private func list<Value>(
        _ node: InputNode, _ name: String, _ expected: String, _ reader: MappingReader,
        _ read: (InputNode) -> Value?
    ) -> [Value]? {
        let items = reader.items(node)
        if items.isEmpty {
            reader.wrong(node, name, expected: expected)
            return nil
        }
        let values = items.compactMap(read)
        return values.count == items.count ? values : nil
    }

    /// In Pacemaker's own notation.
    private func duration(_ node: InputNode, _ name: String, _ reader: MappingReader) -> Duration? {
        if case .scalar(let text, isNull: false) = node.content, let duration = DurationText.parse(text) {
            return duration
        }
        reader.wrong(node, name, expected: "a duration such as 10s, 500ms, 2min or PT10S")
        return nil
    }

    private func number(_ node: InputNode, _ name: String, _ reader: MappingReader) -> Double? {
        if case .scalar(let text, isNull: false) = node.content, let number = Double(text), number.isFinite {
            return number
        }
        reader.wrong(node, name, expected: "a number such as 0.5")
        return nil
    }
}
