import GraderCore
import InputFiles

/// Reads what a declaration expects; every mistake is noted, an expectation that nothing can meet among them.
struct ExpectationReader {
    let kind: Look.Kind
    /// The variables that may stand in it.
    let known: [String]
    let mistakes: InputMistakes

    /// What an expectation is about: a look with its facts, or one fact.
    private enum About {
        case look
        case fact(Fact)
    }

    /// What was read.
    struct Read {
        /// Nil where it cannot be used, which is noted, or where machines alone are compared.
        var expectation: Expectation?
        var across: (fact: Fact, how: DeclaredCheck.Across)?
    }

    private static let matchers = [
        "equals", "oneOf", "number", "duration", "address", "network", "lines", "json", "matches", "not",
        "all", "any",
    ]

    private var reader: MappingReader {
        MappingReader(position: InputPosition(line: 0, column: 0), mistakes: mistakes)
    }

    /// - Parameter node: nil where nothing is said: then the look's usual expectation.
    func read(_ node: InputNode?) -> Read {
        guard let node else {
            guard let usual = kind.usual, let fact = fact(usual.fact) else { return Read() }
            return Read(expectation: .fact(fact, usual.value))
        }
        var across: (fact: Fact, how: DeclaredCheck.Across)?
        var rest = node
        if case .mapping(let entries) = node.content {
            var others: [InputEntry] = []
            for entry in entries {
                guard let compared = comparison(entry, of: kind.facts.first) else {
                    others.append(entry)
                    continue
                }
                if across != nil {
                    mistakes.add(
                        entry.keyPosition,
                        LocalizedText(
                            fr: "les machines sont déjà comparées par autre chose",
                            en: "the machines are compared by something else already"),
                        expected: LocalizedText(
                            fr: "une seule comparaison par contrôle", en: "one comparison in each check"))
                }
                across = compared
            }
            if others.isEmpty, across != nil { return usualOfCommand(nil, across) }
            rest.content = .mapping(others)
        }
        return usualOfCommand(expectation(rest, .look), across)
    }

    /// A command whose status nobody speaks of has to end with 0.
    private func usualOfCommand(
        _ own: Expectation?, _ across: (fact: Fact, how: DeclaredCheck.Across)?
    ) -> Read {
        switch kind {
        case .run, .shell: break
        default: return Read(expectation: own, across: across)
        }
        guard let exit = fact("exit"), own?.speaks(of: exit) != true else {
            return Read(expectation: own, across: across)
        }
        let ends = Expectation.fact(exit, .number(0...0))
        return Read(
            expectation: own.map { .all([$0, .implied(ends)]) } ?? ends, across: across)
    }

    private func fact(_ name: String) -> Fact? { kind.facts.first { $0.name == name } }

    /// `same: true`, or `FACT: {same: true}`.
    private func comparison(
        _ entry: InputEntry, of main: Fact?
    ) -> (fact: Fact, how: DeclaredCheck.Across)? {
        let how: [String: DeclaredCheck.Across] = ["same": .same, "different": .different]
        if let how = how[entry.key], let main {
            return reader.choice(entry.value, .key(entry.key), ["true": true]).map { _ in (main, how) }
        }
        guard let fact = fact(entry.key), case .mapping(let inner) = entry.value.content, inner.count == 1,
            let only = inner.first, let how = how[only.key]
        else { return nil }
        return reader.choice(only.value, .key(only.key), ["true": true]).map { _ in (fact, how) }
    }

    private func expectation(_ node: InputNode, _ about: About) -> Expectation? {
        switch (node.content, about) {
        case (.mapping(let entries), _): return mapping(node, entries, about)
        case (_, .look):
            guard let main = kind.facts.first else { return nil }
            return bare(node, main).map { .fact(main, $0) }
        case (_, .fact(let fact)): return bare(node, fact)
        }
    }

    private func mapping(_ node: InputNode, _ entries: [InputEntry], _ about: About) -> Expectation? {
        var facts: [Fact] = []
        var form = kind.facts.first?.form ?? .text
        switch about {
        case .look: facts = kind.facts
        case .fact(let fact): form = fact.form
        }
        if case .fact(let fact) = about, fact.form == .headers {
            return whole(
                entries.map { entry in
                    expectation(entry.value, .fact(Fact("header", .text, fact.words))).map {
                        .header(entry.key, $0)
                    }
                })
        }
        let own =
            form == .lines ? ["include", "exclude", "count"] : form == .number ? ["atLeast", "atMost"] : []
        let keys = facts.map(\.name) + Self.matchers + own
        guard let mapping = mistakes.mapping(node, .key("expect"), keys: keys), !entries.isEmpty else {
            if entries.isEmpty {
                reader.wrong(node, .key("expect"), expected: .key(keys.joined(separator: ", ")))
            }
            return nil
        }
        var parts: [Expectation?] = []
        if own.contains(where: { mapping.node($0) != nil }) {
            let inner =
                form == .lines
                ? lines(node, own + keys)
                : range(node, LocalizedText(fr: "un nombre", en: "a number"), own + keys).map { .number($0) }
            parts.append(inner.map { at($0, about) })
        }
        for entry in entries where keys.contains(entry.key) && !own.contains(entry.key) {
            if let fact = facts.first(where: { $0.name == entry.key }) {
                parts.append(expectation(entry.value, .fact(fact)).map { .fact(fact, $0) })
            } else {
                parts.append(matcher(entry, about))
            }
        }
        return parts.isEmpty ? nil : whole(parts)
    }

    /// All of them; nil where one could not be read.
    private func whole(_ parts: [Expectation?]) -> Expectation? {
        let read = parts.compactMap(\.self)
        guard read.count == parts.count, let first = read.first else { return nil }
        return read.count == 1 ? first : .all(read)
    }

    /// A matcher that stands beside facts is about the main one.
    private func at(_ inner: Expectation, _ about: About) -> Expectation {
        guard case .look = about, let main = kind.facts.first else { return inner }
        return .fact(main, inner)
    }

    private func list(_ node: InputNode, _ name: String, _ read: (InputNode) -> Expectation?)
        -> [Expectation]?
    {
        guard case .sequence(let items) = node.content, !items.isEmpty else {
            reader.wrong(node, .key(name), expected: MatcherReader.someList)
            return nil
        }
        let values = items.compactMap(read)
        return values.count == items.count ? values : nil
    }

    private func matcher(_ entry: InputEntry, _ about: About) -> Expectation? {
        let (node, name) = (entry.value, entry.key)
        switch name {
        case "all": return list(node, name) { expectation($0, about) }.map { .all($0) }
        case "any": return list(node, name) { expectation($0, about) }.map { .any($0) }
        case "not": return expectation(node, about).map { .not($0) }
        default: break
        }
        let fact: Fact
        switch about {
        case .look:
            guard let main = kind.facts.first else { return nil }
            fact = main
        case .fact(let own): fact = own
        }
        guard fact.takes(name) else {
            mistakes.add(
                entry.keyPosition,
                LocalizedText(
                    fr: "\(name) ne peut se demander de \(fact.name)",
                    en: "\(name) cannot be asked of \(fact.name)"),
                expected: fact.form.expected)
            return nil
        }
        return MatcherReader(known: known, mistakes: mistakes).read(name, node, fact) {
            expectation($0, .fact($1))
        }.map { at($0, about) }
    }

    private func lines(_ node: InputNode, _ keys: [String]) -> Expectation? {
        MatcherReader(known: known, mistakes: mistakes).lines(node, keys) { expectation($0, .fact($1)) }
    }

    private func range(_ node: InputNode, _ what: LocalizedText, _ keys: [String]) -> ClosedRange<Double>? {
        MatcherReader(known: known, mistakes: mistakes).range(node, what, keys)
    }

    private func bare(_ node: InputNode, _ fact: Fact) -> Expectation? {
        if case .address = kind, fact.form == .lines {
            reader.wrong(
                node, .key(fact.name),
                expected: LocalizedText(
                    fr: "{include: […]}, car une machine a plusieurs adresses",
                    en: "{include: […]}, since a machine has several addresses"))
            return nil
        }
        return MatcherReader(known: known, mistakes: mistakes).bare(node, fact)
    }
}

extension Expectation {
    fileprivate func speaks(of fact: Fact) -> Bool {
        switch self {
        case .fact(let own, _): own == fact
        case .all(let parts), .any(let parts): parts.contains { $0.speaks(of: fact) }
        case .not(let inner), .implied(let inner): inner.speaks(of: fact)
        default: false
        }
    }
}
