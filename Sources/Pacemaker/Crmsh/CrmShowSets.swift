import GraderCore

/// What `$id` named.
struct CrmShowTargets {
    var sets: [String: NameValueSet] = [:]
    var pairs: [String: (name: String, value: String)] = [:]
    var rules: [String: ClusterConfiguration.Rule] = [:]
    var operations: [String: [ClusterConfiguration.Operation]] = [:]
}

extension CrmShowEntries {
    /// Words that begin another part of the entry.
    static let keywords: Set<String> = [
        "params", "meta", "utilization", "operations", "op", "op_params", "op_meta", "rule", "attributes",
    ]

    /// Reads a set from behind its keyword up to the next one.
    mutating func takeSet(kind: String) -> NameValueSet {
        var set = NameValueSet()
        if let reference = cursor.takeValue(of: "id-ref") {
            hasReferences = true
            guard let target = targets.sets[reference] else {
                problems.add(
                    LocalizedText(
                        fr: "\(kind) renvoie à \(reference.excerpt), qui n'est pas dans la configuration",
                        en: "\(kind) refers to \(reference.excerpt), which is not in the configuration"))
                return set
            }
            return follow(target.size) ? target : set
        }
        set.id = cursor.takeValue(of: "id")
        if let word = cursor.current, word.utf8.last == UInt8(ascii: ":"), let score = Score(word.dropLast())
        {
            set.score = score
            cursor.advance()
        }
        set.rules = takeRules().map(\.guarding)
        let further = kind == "bundle meta" ? ClusterConfiguration.Bundle.keywords.union(["primitive"]) : []
        while let word = cursor.current, !Self.keywords.contains(word), !further.contains(word) {
            guard takePair(word, into: &set) else { break }
            cursor.advance()
        }
        if let id = set.id { targets.sets[id] = set }
        return set
    }

    /// `name=value`, `name`, `$id:name=value`, `@id`, `@id:name`.
    private mutating func takePair(_ word: String, into set: inout NameValueSet) -> Bool {
        if word.utf8.first == UInt8(ascii: "@") {
            hasReferences = true
            let parts = word.dropFirst().split(separator: ":", maxSplits: 1).map(String.init)
            guard let id = parts.first, let target = targets.pairs[id] else {
                problems.add(
                    LocalizedText(
                        fr: "\(word.excerpt) renvoie à ce qui n'est pas dans la configuration",
                        en: "\(word.excerpt) refers to what is not in the configuration"))
                return true
            }
            let name = parts.count > 1 ? parts[1] : target.name
            if set.values[name] == nil { set.values[name] = target.value }
            return true
        }
        guard let (name, value) = word.pair else {
            // A name without a value. Brackets and colons are no names.
            guard !word.utf8.contains(UInt8(ascii: ":")), !["(", ")", "[", "]", "{", "}"].contains(word)
            else {
                return false
            }
            if set.values[word] == nil { set.values[word] = "" }
            return true
        }
        var key = name
        if name.utf8.first == UInt8(ascii: "$"), let colon = name.firstIndex(of: ":") {
            key = String(name[name.index(after: colon)...])
            targets.pairs[String(name[..<colon].dropFirst())] = (key, value)
        }
        if set.values[key] == nil { set.values[key] = value }
        return true
    }

    /// Whether a reference to so much is followed; says so where it is not.
    mutating func follow(_ size: Int) -> Bool {
        let isFollowed = budget.follow(size)
        if !isFollowed { problems.add(ReferenceBudget.problem) }
        return isFollowed
    }

    // MARK: - Rules

    /// `rule [$id=…] [$role=…] [score:] expression [and|or expression …]`, any number of them.
    mutating func takeRules() -> [ClusterConfiguration.Rule] {
        var rules: [ClusterConfiguration.Rule] = []
        while cursor.take("rule") {
            if let reference = cursor.takeValue(of: "id-ref") {
                hasReferences = true
                if targets.rules[reference] == nil {
                    problems.add(
                        LocalizedText(
                            fr:
                                "une règle renvoie à \(reference.excerpt), qui n'est pas dans la configuration",
                            en: "a rule refers to \(reference.excerpt), which is not in the configuration"))
                }
                let target = targets.rules[reference].flatMap { follow($0.size) ? $0 : nil }
                rules.append(target ?? .init(reference: reference))
                continue
            }
            let id = cursor.takeValue(of: "id")
            var rule = ClusterConfiguration.Rule(role: cursor.takeValue(of: "role"), score: .infinity)
            if let text = cursor.takeColoned() {
                rule.score = Score(text)
                if rule.score == nil { rule.scoreAttribute = text }
            }
            repeat {
                guard let expression = takeExpression() else { break }
                rule.expressions.append(expression)
                guard let word = cursor.current, word == "and" || word == "or" else { break }
                rule.booleanOperator = word == "or" ? .or : .and
                cursor.advance()
            } while true
            if rule.expressions.isEmpty {
                problems.add(
                    LocalizedText(
                        fr: "une règle n'a aucune expression comprise",
                        en: "a rule has no expression that is understood"))
            }
            rules.append(rule)
            if let id { targets.rules[id] = rule }
        }
        return rules
    }

    private mutating func takeExpression() -> ClusterConfiguration.Expression? {
        if cursor.take("date") { return takeDate() }
        guard let first = cursor.current else { return nil }
        if first == "defined" || first == "not_defined" {
            cursor.advance()
            return cursor.next().map { .attribute(.init(attribute: $0, operation: first)) }
        }
        guard cursor.position + 2 < cursor.words.count else { return nil }
        let (type, operation) = cursor.words[cursor.position + 1].splitOperator
        guard ["lt", "gt", "lte", "gte", "eq", "ne"].contains(operation) else { return nil }
        cursor.advance()
        cursor.advance()
        guard let text = cursor.next() else { return nil }
        var expression = ClusterConfiguration.AttributeExpression(
            attribute: first, operation: operation, value: text, type: type)
        // `meta{name}`: the value is that of another attribute.
        if text.hasSuffix("}"), let brace = text.firstIndex(of: "{"), brace > text.startIndex {
            expression.valueSource = String(text[..<brace])
            expression.value = String(text[text.index(after: brace)...].dropLast())
        }
        return .attribute(expression)
    }

    private mutating func takeDate() -> ClusterConfiguration.Expression? {
        guard let word = cursor.next() else { return nil }
        let operation = ["in": "in_range", "spec": "date_spec"][word] ?? word
        var date = ClusterConfiguration.DateExpression(operation: operation)
        switch operation {
        case "lt": date.end = cursor.next()
        case "gt": date.start = cursor.next()
        case "in_range", "date_spec":
            while let (name, value) = cursor.current?.pair, Self.dateFields.contains(name) {
                cursor.advance()
                switch name {
                case "start": date.start = value
                case "end": date.end = value
                default: date.fields[name] = value
                }
            }
        default: return nil
        }
        return .date(date)
    }

    /// Of a range, a duration or a calendar specification.
    private static let dateFields: Set<String> = [
        "start", "end", "seconds", "minutes", "hours", "days", "monthdays", "weekdays", "yeardays",
        "yearsdays",
        "months", "weeks", "years", "weekyears", "moon",
    ]
}

extension String {
    /// `number:lt` into type and operation.
    fileprivate var splitOperator: (String?, String) {
        guard let colon = firstIndex(of: ":") else { return (nil, self) }
        return (String(self[..<colon]), String(self[index(after: colon)...]))
    }
}
