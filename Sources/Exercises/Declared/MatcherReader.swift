import GraderCore
import InputFiles

/// Reads one matcher of an expectation.
struct MatcherReader {
    let known: [String]
    let mistakes: InputMistakes

    static let someList = LocalizedText(fr: "une liste non vide", en: "a list with something in it")

    var reader: MappingReader {
        MappingReader(position: InputPosition(line: 0, column: 0), mistakes: mistakes)
    }

    /// - Parameter inner: reads what stands within it, of a fact.
    func read(
        _ name: String, _ node: InputNode, _ fact: Fact, _ inner: (InputNode, Fact) -> Expectation?
    ) -> Expectation? {
        switch name {
        case "equals": return bare(node, fact)
        case "oneOf":
            guard case .sequence(let items) = node.content, !items.isEmpty else {
                reader.wrong(node, .key(name), expected: Self.someList)
                return nil
            }
            let values = items.compactMap { bare($0, fact) }
            guard values.count == items.count else { return nil }
            let templates = values.compactMap { if case .equals(let template) = $0 { template } else { nil } }
            return templates.count == values.count ? .oneOf(templates) : .any(values)
        case "number":
            if case .mapping = node.content {
                return range(node, .key(name), ["atLeast", "atMost"]).map { .number($0) }
            }
            return number(node, name).map { .number($0...$0) }
        case "duration": return duration(node)
        case "address":
            return literal(node, name, Self.anAddress) { IPAddress($0) != nil }.map {
                .address($0)
            }
        case "network":
            if case .mapping = node.content {
                guard let mapping = mistakes.mapping(node, .key(name), keys: ["contains"]),
                    let contained = mapping.required(
                        "contains", of: .key(name),
                        expected: LocalizedText(fr: "une adresse", en: "an address"))
                else { return nil }
                return literal(contained, "contains", Self.anAddress) {
                    IPAddress($0) != nil
                }
                .map { .contains($0) }
            }
            return literal(
                node, name,
                LocalizedText(fr: "un réseau tel que 172.16.0.0/16", en: "a network such as 172.16.0.0/16")
            ) { IPNetwork($0) != nil }
            .map { .inNetwork($0) }
        case "lines": return lines(node, ["include", "exclude", "count"], inner)
        case "json": return json(node, inner)
        default: return pattern(node)
        }
    }

    private static let anAddress = LocalizedText(
        fr: "une adresse telle que 172.16.1.12", en: "an address such as 172.16.1.12")

    /// A value as such, of the fact's form.
    func bare(_ node: InputNode, _ fact: Fact) -> Expectation? {
        switch fact.form {
        case .text, .lines:
            guard
                let template = reader.template(
                    node, .key(fact.name), expected: fact.form.expected, known: known)
            else {
                return nil
            }
            if let words = fact.words(of: template), !words.contains(template.written) {
                mistakes.add(
                    node.position,
                    LocalizedText(
                        fr: "\(fact.name) n'est jamais \(quoted(template.written))",
                        en: "\(fact.name) is never \(quoted(template.written))"),
                    expected: .key(words.joined(separator: ", ")))
                return nil
            }
            return .equals(template)
        case .number:
            guard let number = number(node, fact.name) else { return nil }
            if let range = fact.possible, !range.contains(number) {
                mistakes.add(
                    node.position,
                    LocalizedText(
                        fr: "\(fact.name) n'est jamais \(node.kind)", en: "\(fact.name) is never \(node.kind)"
                    ),
                    expected: LocalizedText(
                        fr:
                            "un nombre de \(Int(saturating: range.lowerBound)) à \(Int(saturating: range.upperBound))",
                        en:
                            "a number from \(Int(saturating: range.lowerBound)) to \(Int(saturating: range.upperBound))"
                    ))
                return nil
            }
            return .number(number...number)
        case .flag:
            return reader.choice(
                node, .key(fact.name), ["true": Expectation.flag(true), "false": .flag(false)])
        case .permissions:
            return reader.value(
                node, .key(fact.name),
                expected: LocalizedText(
                    fr: "des droits entre guillemets tels que \"0640\"",
                    en: "permissions in quotation marks such as \"0640\"")
            ) { text in
                LabWords.mode(text).map { .permissions($0) }
            }
        case .headers:
            reader.wrong(node, .key(fact.name), expected: fact.form.expected)
            return nil
        }
    }

    func number(_ node: InputNode, _ name: String) -> Double? {
        reader.value(
            node, .key(name),
            expected: LocalizedText(fr: "un nombre tel que 3 ou 0.5", en: "a number such as 3 or 0.5")
        ) { text in
            Double(text).flatMap { $0.isFinite ? $0 : nil }
        }
    }

    /// `{atLeast: 1, atMost: 3}`; one that nothing is in is noted.
    func range(_ node: InputNode, _ name: LocalizedText, _ keys: [String]) -> ClosedRange<Double>? {
        guard let mapping = mistakes.mapping(node, name, keys: keys) else { return nil }
        let (least, most) = (mapping.node("atLeast"), mapping.node("atMost"))
        guard least != nil || most != nil else {
            reader.wrong(
                node, name,
                expected: LocalizedText(
                    fr: "{atLeast: 1, atMost: 3}, ou l'un des deux",
                    en: "{atLeast: 1, atMost: 3}, or one of the two"))
            return nil
        }
        let low = least.map { number($0, "atLeast") } ?? -Expectation.mostNumber
        let high = most.map { number($0, "atMost") } ?? Expectation.mostNumber
        guard let low, let high else { return nil }
        return bounds(mapping, low, high)
    }

    private func bounds<Bound: Comparable>(
        _ mapping: MappingReader, _ low: Bound, _ high: Bound
    ) -> ClosedRange<Bound>? {
        guard low <= high else {
            // As they stand in the file; what is not there is no bound.
            let none = LocalizedText.key("…")
            let (least, most) = (mapping.node("atLeast")?.kind ?? none, mapping.node("atMost")?.kind ?? none)
            mistakes.add(
                mapping.position,
                LocalizedText(
                    fr: "rien n'est à la fois d'au moins \(least) et d'au plus \(most)",
                    en: "nothing is at least \(least) and at most \(most)"),
                expected: LocalizedText(fr: "atLeast plus petit que atMost", en: "atLeast below atMost"))
            return nil
        }
        return low...high
    }

    private func duration(_ node: InputNode) -> Expectation? {
        func value(_ node: InputNode, _ name: String) -> Duration? {
            reader.value(
                node, .key(name),
                expected: LocalizedText(
                    fr: "une durée telle que 10s, 500ms ou 2min", en: "a duration such as 10s, 500ms or 2min")
            ) {
                DurationText.parse($0)
            }
        }
        guard case .mapping = node.content else { return value(node, "duration").map { .duration($0...$0) } }
        guard let mapping = mistakes.mapping(node, .key("duration"), keys: ["atLeast", "atMost"]) else {
            return nil
        }
        let low = mapping.node("atLeast").map { value($0, "atLeast") } ?? .zero
        let high = mapping.node("atMost").map { value($0, "atMost") } ?? Expectation.longestDuration
        guard let low, let high else { return nil }
        return bounds(mapping, low, high).map { .duration($0) }
    }

    /// A text that has to be of a form, where no variable stands in it.
    private func literal(
        _ node: InputNode, _ name: String, _ expected: LocalizedText, _ isOfForm: (String) -> Bool
    ) -> Template? {
        guard let template = reader.template(node, .key(name), expected: expected, known: known)
        else { return nil }
        guard !template.variables.isEmpty || isOfForm(template.written) else {
            reader.wrong(node, .key(name), expected: expected)
            return nil
        }
        return template
    }

    private func pattern(_ node: InputNode) -> Expectation? {
        let expected = LocalizedText(
            fr: "une expression régulière de PCRE2", en: "a regular expression as PCRE2 has it")
        guard let template = reader.template(node, .key("matches"), expected: expected, known: known) else {
            return nil
        }
        let pattern = Pattern(template: template)
        if let mistake = pattern.mistake {
            mistakes.add(
                node.position,
                LocalizedText(
                    fr:
                        "matches n'est pas une expression régulière : \(mistake.sentence), au caractère \(mistake.offset + 1)",
                    en:
                        "matches is no regular expression: \(mistake.sentence), at character \(mistake.offset + 1)"
                ),
                expected: expected)
            return nil
        }
        return .matches(pattern)
    }
}
