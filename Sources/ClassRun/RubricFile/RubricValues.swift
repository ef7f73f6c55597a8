import GraderCore
import InputFiles

/// Values that stand in several places of a rubric.
enum RubricValues {
    static let titleForm = "{fr: …, en: …}"

    /// Exact: read digit by digit, so that no sum depends on binary fractions.
    static func points(_ node: InputNode, _ name: String, _ reader: MappingReader) -> Points? {
        let expected = "a number from 0 to 9999 with at most three decimals, such as 0.5"
        return reader.value(node, name, expected: expected) { text in
            text.contains(",") ? nil : Points(decimal: text)
        }
    }

    /// `show:` and `until:` of a question or a check; nil where neither is there, or they cannot be used.
    static func visibility(_ reader: MappingReader) -> Visibility? {
        let level: Visibility.Level? = reader.choice("show")
        guard let node = reader.node("until") else { return level.map { Visibility($0) } }
        let isAlone = reader.node("show") == nil
        if isAlone || level == .full {
            reader.mistakes.add(
                node.position, "until stands \(isAlone ? "without show" : "beside show: full")",
                expected: "show: found, missing or hidden\(isAlone ? " beside it" : ""), "
                    + "for what holds until that day")
            return nil
        }
        let expected = "a day such as 2026-12-18, the last on which it is so"
        let day = reader.value(node, "until", expected: expected) { CalendarDay($0) }
        guard let level, let day else { return nil }
        return Visibility(level, until: day)
    }

    /// Both languages, or one text for both.
    static func title(_ node: InputNode, _ name: String, _ reader: MappingReader) -> LocalizedText? {
        guard case .mapping = node.content else {
            return reader.text(node, name, expected: "\(titleForm), or one text for both languages")
                .map { LocalizedText(verbatim: $0) }
        }
        guard let inner = reader.mistakes.mapping(node, name, keys: ["fr", "en"]) else { return nil }
        let fr = inner.required("fr", of: name, expected: "the text in French")
            .flatMap { inner.text($0, "fr", expected: "a text") }
        let en = inner.required("en", of: name, expected: "the text in English")
            .flatMap { inner.text($0, "en", expected: "a text") }
        guard let fr, let en else { return nil }
        return LocalizedText(fr: "\(fr)", en: "\(en)")
    }
}

extension RubricQuestionReader {
    /// Reads a question's `parameters:` by what the question declares.
    func parameters(_ node: InputNode, of question: QuestionID, _ known: QuestionDefinition?) -> Parameters {
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
        let keys = definitions.map(\.name)
        guard let reader = mistakes.mapping(node, "parameters of \(question)", keys: keys) else {
            return Parameters()
        }
        return Parameters(
            definitions.reduce(into: [:]) { values, definition in
                values[definition.name] = reader.node(definition.name).flatMap {
                    value($0, definition, reader)
                }
            })
    }

    private func value(
        _ node: InputNode, _ definition: ParameterDefinition, _ reader: MappingReader
    ) -> Parameters.Value? {
        let name = definition.name
        switch definition.kind {
        case .duration: return duration(node, name, reader).map { .duration($0) }
        case .durations:
            return reader.list(node, name, expected: "durations such as [10s, 30s]") {
                duration($0, name, reader)
            }.map { .durations($0) }
        case .number:
            return reader.value(node, name, expected: "a number such as 0.5") { text in
                Double(text).flatMap { $0.isFinite ? .number($0) : nil }
            }
        case .text: return reader.text(node, name, expected: "a text").map { .text($0) }
        case .texts:
            return reader.list(node, name, expected: "a list of texts") {
                reader.text($0, name, expected: "a text")
            }.map { .texts($0) }
        case .flag: return reader.choice(node, name, ["true": true, "false": false]).map { .flag($0) }
        }
    }

    /// In Pacemaker's own notation.
    private func duration(_ node: InputNode, _ name: String, _ reader: MappingReader) -> Duration? {
        reader.value(node, name, expected: "a duration such as 10s, 500ms, 2min or PT10S") {
            DurationText.parse($0)
        }
    }
}
