import GraderCore
import InputFiles

extension RubricQuestionReader {
    /// `answer:` of a check that the teacher marks: what a proposal for it is made of.
    ///
    ///     answer:
    ///       parts:
    ///         - {fact: first-machine}
    ///         - {fact: first-reason, words: {no-preference: [aucune préférence], preference: [préférence]}}
    ///       beside: [ressource, nœud]
    ///       certain: false
    func answerRule(_ node: InputNode, of id: CheckID) -> AnswerRule? {
        let what = LocalizedText(fr: "answer de \(id)", en: "answer of \(id)")
        let expected = LocalizedText(
            fr: "une liste telle que [{fact: …}]", en: "a list such as [{fact: …}]")
        guard let reader = mistakes.mapping(node, what, keys: ["parts", "beside", "certain"]),
            let list = reader.required("parts", of: what, expected: expected)
        else { return nil }
        let parts = reader.list(list, .key("parts"), expected: expected) { part($0) } ?? []
        return AnswerRule(
            parts: parts, beside: reader.node("beside").flatMap { texts($0, "beside", reader) } ?? [],
            mayBeCertain: reader.flag("certain") ?? true)
    }

    private func part(_ node: InputNode) -> AnswerRule.Part? {
        let what = LocalizedText(fr: "un élément de parts", en: "a part")
        guard let reader = mistakes.mapping(node, what, keys: ["fact", "words", "least"]),
            let name = reader.required(
                "fact", of: what,
                expected: LocalizedText(
                    fr: "ce que l'exercice sait montrer", en: "what the exercise can show"))
        else { return nil }
        let facts = exercise.answerFacts
        let known = LocalizedText.key(facts.map(\.name).joined(separator: ", "))
        let fact = reader.value(name, .key("fact"), expected: known) { text in
            facts.first { $0.name == text }
        }
        guard let fact else { return nil }
        var part = AnswerRule.Part(fact: fact.name)
        if let node = reader.node("words") {
            let what = LocalizedText(fr: "words de \(fact.name)", en: "words of \(fact.name)")
            guard let words = mistakes.mapping(node, what, keys: fact.values) else { return nil }
            for value in fact.values {
                part.words[value] = words.node(value).flatMap { texts($0, value, words) }
            }
        }
        if reader.node("least") != nil {
            part.least = reader.integer("least", in: 1...max(fact.isSeveral ? fact.values.count : 1, 1)) ?? 1
        }
        return part
    }

    /// - Returns: each with a letter or digit in it; what has none names nothing, and is a mistake.
    private func texts(_ node: InputNode, _ name: String, _ reader: MappingReader) -> [String]? {
        let list = LocalizedText(
            fr: "une liste de mots telle que [aucune préférence]",
            en: "a list of words such as [aucune préférence]")
        let words = LocalizedText(
            fr: "des mots avec au moins une lettre", en: "words with a letter in them")
        return reader.list(node, .key(name), expected: list) { node in
            reader.value(node, .key(name), expected: words) { text in
                text.contains { $0.isLetter || $0.isNumber } ? text : nil
            }
        }
    }
}
