import GraderCore
import InputFiles

extension Fact {
    /// Whether a matcher can be asked of it.
    func takes(_ matcher: String) -> Bool {
        switch form {
        case .text: true
        case .number: ["equals", "oneOf", "number"].contains(matcher)
        case .permissions: ["equals", "oneOf"].contains(matcher)
        case .lines: ["equals", "oneOf", "lines", "matches"].contains(matcher)
        case .flag, .headers: false
        }
    }
}

extension Fact.Form {
    var expected: String {
        switch self {
        case .text: "a text, or a mapping with equals, oneOf, matches, …"
        case .number: "a number, {atLeast:, atMost:} or oneOf"
        case .permissions: "permissions such as \"0640\", or oneOf"
        case .lines: "a text, or a mapping with include, exclude, count, equals or matches"
        case .flag: "true or false"
        case .headers: "a header's name and what it has to be"
        }
    }
}

/// Reads one matcher of an expectation.
struct MatcherReader {
    let known: [String]
    let mistakes: InputMistakes

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
                reader.wrong(node, name, expected: "a list with something in it")
                return nil
            }
            let values = items.compactMap { bare($0, fact) }
            guard values.count == items.count else { return nil }
            let templates = values.compactMap { if case .equals(let template) = $0 { template } else { nil } }
            return templates.count == values.count ? .oneOf(templates) : .any(values)
        case "number":
            if case .mapping = node.content {
                return range(node, name, ["atLeast", "atMost"]).map { .number($0) }
            }
            return number(node, name).map { .number($0...$0) }
        case "duration": return duration(node)
        case "address":
            return literal(node, name, "an address such as 172.16.1.12") { IPAddress($0) != nil }.map {
                .address($0)
            }
        case "network":
            if case .mapping = node.content {
                guard let mapping = mistakes.mapping(node, name, keys: ["contains"]),
                    let contained = mapping.required("contains", of: name, expected: "an address")
                else { return nil }
                return literal(contained, "contains", "an address such as 172.16.1.12") {
                    IPAddress($0) != nil
                }
                .map { .contains($0) }
            }
            return literal(node, name, "a network such as 172.16.0.0/16") { IPNetwork($0) != nil }
                .map { .inNetwork($0) }
        case "lines": return lines(node, ["include", "exclude", "count"], inner)
        case "json": return json(node, inner)
        default: return pattern(node)
        }
    }

    /// A value as such, of the fact's form.
    func bare(_ node: InputNode, _ fact: Fact) -> Expectation? {
        switch fact.form {
        case .text, .lines:
            guard let template = reader.template(node, fact.name, expected: fact.form.expected, known: known)
            else {
                return nil
            }
            if let words = fact.words(of: template), !words.contains(template.written) {
                mistakes.add(
                    node.position, "\(fact.name) is never \(quoted(template.written))",
                    expected: words.joined(separator: ", "))
                return nil
            }
            return .equals(template)
        case .number:
            guard let number = number(node, fact.name) else { return nil }
            if let range = fact.possible, !range.contains(number) {
                mistakes.add(
                    node.position, "\(fact.name) is never \(node.kind)",
                    expected: "a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
                return nil
            }
            return .number(number...number)
        case .flag:
            return reader.choice(node, fact.name, ["true": Expectation.flag(true), "false": .flag(false)])
        case .permissions:
            return reader.value(node, fact.name, expected: "permissions in quotation marks such as \"0640\"")
            { text in
                LabWords.mode(text).map { .permissions($0) }
            }
        case .headers:
            reader.wrong(node, fact.name, expected: fact.form.expected)
            return nil
        }
    }

    func number(_ node: InputNode, _ name: String) -> Double? {
        reader.value(node, name, expected: "a number such as 3 or 0.5") { text in
            Double(text).flatMap { $0.isFinite ? $0 : nil }
        }
    }

    /// `{atLeast: 1, atMost: 3}`; one that nothing is in is noted.
    func range(_ node: InputNode, _ name: String, _ keys: [String]) -> ClosedRange<Double>? {
        guard let mapping = mistakes.mapping(node, name, keys: keys) else { return nil }
        let (least, most) = (mapping.node("atLeast"), mapping.node("atMost"))
        guard least != nil || most != nil else {
            reader.wrong(node, name, expected: "{atLeast: 1, atMost: 3}, or one of the two")
            return nil
        }
        let low = least.map { number($0, "atLeast") } ?? -Expectation.mostNumber
        let high = most.map { number($0, "atMost") } ?? Expectation.mostNumber
        guard let low, let high else { return nil }
        return bounds(node, low, high)
    }

    private func bounds<Bound: Comparable>(_ node: InputNode, _ low: Bound, _ high: Bound) -> ClosedRange<
        Bound
    >? {
        guard low <= high else {
            mistakes.add(
                node.position, "nothing is at least \(low) and at most \(high)",
                expected: "atLeast below atMost")
            return nil
        }
        return low...high
    }

    private func duration(_ node: InputNode) -> Expectation? {
        func value(_ node: InputNode, _ name: String) -> Duration? {
            reader.value(node, name, expected: "a duration such as 10s, 500ms or 2min") {
                DurationText.parse($0)
            }
        }
        guard case .mapping = node.content else { return value(node, "duration").map { .duration($0...$0) } }
        guard let mapping = mistakes.mapping(node, "duration", keys: ["atLeast", "atMost"]) else {
            return nil
        }
        let low = mapping.node("atLeast").map { value($0, "atLeast") } ?? .zero
        let high = mapping.node("atMost").map { value($0, "atMost") } ?? Expectation.longestDuration
        guard let low, let high else { return nil }
        return bounds(node, low, high).map { .duration($0) }
    }

    /// A text that has to be of a form, where no variable stands in it.
    private func literal(
        _ node: InputNode, _ name: String, _ expected: String, _ isOfForm: (String) -> Bool
    ) -> Template? {
        guard let template = reader.template(node, name, expected: expected, known: known) else { return nil }
        guard !template.variables.isEmpty || isOfForm(template.written) else {
            reader.wrong(node, name, expected: expected)
            return nil
        }
        return template
    }

    private func pattern(_ node: InputNode) -> Expectation? {
        let expected = "a regular expression as PCRE2 has it"
        guard let template = reader.template(node, "matches", expected: expected, known: known) else {
            return nil
        }
        let pattern = Pattern(template: template)
        if let mistake = pattern.mistake {
            mistakes.add(
                node.position,
                "matches is no regular expression: \(mistake.sentence), at character \(mistake.offset + 1)",
                expected: expected)
            return nil
        }
        return .matches(pattern)
    }
}

extension Fact {
    /// The words that are all it can be; nil where it can be anything.
    fileprivate func words(of template: Template) -> [String]? {
        guard template.variables.isEmpty else { return nil }
        return switch name {
        case "state": ["open", "closed", "filtered", "host-unreachable"]
        case "kind": ["file", "directory", "link", "other"]
        case "code": (0...10).map { DNSResponseCode(rawValue: $0).description }
        default: nil
        }
    }

    /// The numbers that it can be; nil where it can be any.
    fileprivate var possible: ClosedRange<Double>? {
        switch name {
        case "exit": 0...125
        case "status": 100...599
        default: nil
        }
    }
}
