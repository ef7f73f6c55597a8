import GraderCore
import InputFiles

/// A text for people: `{fr: …, en: …}`, or one for both languages.
enum DeclaredText {
    static let form = LocalizedText(
        fr: "{fr: …, en: …}, ou un texte pour les deux langues",
        en: "{fr: …, en: …}, or one text for both languages")

    static func read(_ node: InputNode, _ name: String, _ reader: MappingReader) -> LocalizedText? {
        guard case .mapping = node.content else {
            return reader.text(node, .key(name), expected: form)
                .map { LocalizedText(verbatim: $0) }
        }
        guard let inner = reader.mistakes.mapping(node, .key(name), keys: ["fr", "en"]) else { return nil }
        let texts = ["fr", "en"].map { language in
            inner.required(language, of: .key(name), expected: LocalizedText(fr: "le texte", en: "the text"))
                .flatMap {
                    inner.text($0, .key(language), expected: LocalizedText(fr: "un texte", en: "a text"))
                }
        }
        guard let fr = texts[0], let en = texts[1] else { return nil }  // bounded: one for each language
        return LocalizedText(fr: "\(fr)", en: "\(en)")
    }
}
