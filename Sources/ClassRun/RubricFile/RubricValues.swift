import GraderCore
import InputFiles

/// Values that stand in several places of a rubric.
enum RubricValues {
    static let titleForm = "{fr: …, en: …}"
    static let aText = LocalizedText(fr: "un texte", en: "a text")

    /// Exact: read digit by digit, so that no sum depends on binary fractions.
    static func points(_ node: InputNode, _ name: String, _ reader: MappingReader) -> Points? {
        let expected = LocalizedText(
            fr: "un nombre de 0 à 9999 avec au plus trois décimales après un point, par exemple 0.5",
            en: "a number from 0 to 9999 with at most three decimals, such as 0.5")
        return reader.value(node, .key(name), expected: expected) { text in
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
                node.position,
                isAlone
                    ? LocalizedText(fr: "until est sans show", en: "until stands without show")
                    : LocalizedText(
                        fr: "until est à côté de show: full", en: "until stands beside show: full"),
                expected: isAlone
                    ? LocalizedText(
                        fr: "à côté, show: found, missing ou hidden, ce qui vaut jusqu'à ce jour",
                        en: "show: found, missing or hidden beside it, for what holds until that day")
                    : LocalizedText(
                        fr: "show: found, missing ou hidden, ce qui vaut jusqu'à ce jour",
                        en: "show: found, missing or hidden, for what holds until that day"))
            return nil
        }
        let expected = LocalizedText(
            fr: "un jour tel que 2026-12-18, le dernier où il en est ainsi",
            en: "a day such as 2026-12-18, the last on which it is so")
        let day = reader.value(node, .key("until"), expected: expected) { CalendarDay($0) }
        guard let level, let day else { return nil }
        return Visibility(level, until: day)
    }

    /// Both languages, or one text for both.
    static func title(_ node: InputNode, _ name: String, _ reader: MappingReader) -> LocalizedText? {
        guard case .mapping = node.content else {
            let expected = LocalizedText(
                fr: "\(titleForm), ou un seul texte pour les deux langues",
                en: "\(titleForm), or one text for both languages")
            return reader.text(node, .key(name), expected: expected).map { LocalizedText(verbatim: $0) }
        }
        guard let inner = reader.mistakes.mapping(node, .key(name), keys: ["fr", "en"]) else { return nil }
        let inFrench = LocalizedText(fr: "le texte en français", en: "the text in French")
        let fr = inner.required("fr", of: .key(name), expected: inFrench)
            .flatMap { inner.text($0, .key("fr"), expected: aText) }
        let inEnglish = LocalizedText(fr: "le texte en anglais", en: "the text in English")
        let en = inner.required("en", of: .key(name), expected: inEnglish)
            .flatMap { inner.text($0, .key("en"), expected: aText) }
        guard let fr, let en else { return nil }
        return LocalizedText(fr: "\(fr)", en: "\(en)")
    }
}

extension RubricQuestionReader {
    /// Reads a question's `parameters:` by what the question declares.
    func parameters(_ node: InputNode, of question: QuestionID, _ known: QuestionDefinition?) -> Parameters {
        guard let known else {
            mistakes.add(
                node.position,
                LocalizedText(
                    fr: "Bascule ne juge pas encore \(question)",
                    en: "Bascule does not judge \(question) yet"),
                expected: LocalizedText(fr: "pas de parameters", en: "no parameters for it"))
            return Parameters()
        }
        let definitions = known.parameters
        if definitions.isEmpty {
            mistakes.add(
                node.position,
                LocalizedText(fr: "\(question) n'a pas de paramètres", en: "\(question) has no parameters"),
                expected: LocalizedText(fr: "aucun", en: "none"))
            return Parameters()
        }
        let keys = definitions.map(\.name)
        let what = LocalizedText(fr: "parameters de \(question)", en: "parameters of \(question)")
        guard let reader = mistakes.mapping(node, what, keys: keys) else { return Parameters() }
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
            let expected = LocalizedText(
                fr: "des durées telles que [10s, 30s]", en: "durations such as [10s, 30s]")
            return reader.list(node, .key(name), expected: expected) {
                duration($0, name, reader)
            }.map { .durations($0) }
        case .number:
            let expected = LocalizedText(fr: "un nombre tel que 0.5", en: "a number such as 0.5")
            return reader.value(node, .key(name), expected: expected) { text in
                Double(text).flatMap { $0.isFinite ? .number($0) : nil }
            }
        case .text: return reader.text(node, .key(name), expected: RubricValues.aText).map { .text($0) }
        case .texts:
            let expected = LocalizedText(fr: "une liste de textes", en: "a list of texts")
            return reader.list(node, .key(name), expected: expected) {
                reader.text($0, .key(name), expected: RubricValues.aText)
            }.map { .texts($0) }
        case .flag: return reader.choice(node, .key(name), ["true": true, "false": false]).map { .flag($0) }
        }
    }

    /// In Pacemaker's own notation.
    private func duration(_ node: InputNode, _ name: String, _ reader: MappingReader) -> Duration? {
        let expected = LocalizedText(
            fr: "une durée telle que 10s, 500ms, 2min ou PT10S",
            en: "a duration such as 10s, 500ms, 2min or PT10S")
        return reader.value(node, .key(name), expected: expected) {
            DurationText.parse($0)
        }
    }
}
