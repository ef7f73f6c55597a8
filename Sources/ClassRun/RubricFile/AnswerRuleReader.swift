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
        let what = "answer of \(id)"
        guard let reader = mistakes.mapping(node, what, keys: ["parts", "beside", "certain"]),
            let list = reader.required("parts", of: what, expected: "a list such as [{fact: …}]")
        else { return nil }
        let parts = reader.list(list, "parts", expected: "a list such as [{fact: …}]") { part($0) } ?? []
        return AnswerRule(
            parts: parts, beside: reader.node("beside").flatMap { texts($0, "beside", reader) } ?? [],
            mayBeCertain: reader.flag("certain") ?? true)
    }

    private func part(_ node: InputNode) -> AnswerRule.Part? {
        guard let reader = mistakes.mapping(node, "a part", keys: ["fact", "words", "least"]),
            let name = reader.required("fact", of: "a part", expected: "what the exercise can show")
        else { return nil }
        let facts = exercise.answerFacts
        let fact = reader.value(name, "fact", expected: facts.map(\.name).joined(separator: ", ")) { text in
            facts.first { $0.name == text }
        }
        guard let fact else { return nil }
        var part = AnswerRule.Part(fact: fact.name)
        if let node = reader.node("words") {
            guard let words = mistakes.mapping(node, "words of \(fact.name)", keys: fact.values) else {
                return nil
            }
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
        reader.list(node, name, expected: "a list of words such as [aucune préférence]") { node in
            reader.value(node, name, expected: "words with a letter in them") { text in
                text.contains { $0.isLetter || $0.isNumber } ? text : nil
            }
        }
    }
}
