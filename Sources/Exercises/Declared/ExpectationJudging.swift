import Foundation
import GraderCore

/// What a look brought of one machine, and what the variables stand for there.
struct LookScope {
    var facts: [String: FactValue]
    var values: (String) -> String?
}

extension Expectation {
    /// What it comes to.
    /// - Parameter value: of the fact that it is about.
    /// - Throws: where a variable in it stands for nothing.
    func seen(_ value: FactValue, _ scope: LookScope) throws(Template.ValueMissing) -> Seen {
        let wanted = words(scope.values)
        switch self {
        case .fact(let fact, let inner):
            let own = scope.facts[fact.name] ?? .absent(FoundWords.nothing)
            var seen = try inner.seen(own, scope)
            seen.wanted = wanted
            switch own {
            case .absent, .unknown: break
            case .flag(let flag): seen.saw = fact.told[flag] ?? seen.saw
            default: seen = seen.prefixed(fact.words)
            }
            return seen
        case .implied(let inner):
            var seen = try inner.seen(value, scope)
            if seen.truth == .met {
                seen = Seen(truth: .met, wanted: seen.wanted, saw: LocalizedText(verbatim: ""))
            }
            return seen
        case .all(let parts):
            let seen = try parts.map { (part) throws(Template.ValueMissing) in try part.seen(value, scope) }
            return Seen(
                truth: .all(seen.map(\.truth)), wanted: wanted, saw: FoundWords.parts(seen), parts: seen)
        case .any(let parts):
            let seen = try parts.map { (part) throws(Template.ValueMissing) in try part.seen(value, scope) }
            return Seen(
                truth: .any(seen.map(\.truth)), wanted: wanted, saw: FoundWords.parts(seen), parts: seen)
        case .not(let inner):
            let seen = try inner.seen(value, scope)
            // Of what is not there neither holds.
            if case .absent = value, inner.isPlain {
                return Seen(truth: seen.truth, wanted: wanted, saw: seen.saw)
            }
            return Seen(truth: seen.truth.contrary, wanted: wanted, saw: seen.saw)
        default: break
        }
        switch value {
        case .absent(let why): return Seen(truth: .notMet, wanted: wanted, saw: why)
        case .unknown(let reason, let why): return Seen(truth: .unknown(reason), wanted: wanted, saw: why)
        default: return try plainlySeen(value, scope, wanted)
        }
    }

    /// Whether it is about a value as such, and no fact's name stands in it.
    private var isPlain: Bool {
        switch self {
        case .fact: false
        case .all(let parts), .any(let parts): parts.allSatisfy(\.isPlain)
        case .not(let inner), .implied(let inner): inner.isPlain
        default: true
        }
    }

    private func plainlySeen(
        _ value: FactValue, _ scope: LookScope, _ wanted: LocalizedText
    ) throws(Template.ValueMissing) -> Seen {
        func filled(_ template: Template) throws(Template.ValueMissing) -> String {
            try template.filled(scope.values)
        }
        func seen(_ isMet: Bool) -> Seen {
            Seen(truth: isMet ? .met : .notMet, wanted: wanted, saw: value.words)
        }
        let text = value.trimmed
        switch self {
        case .equals(let template): return seen(text == (try filled(template)).trimmed)
        case .oneOf(let templates):
            for template in templates where text == (try filled(template)).trimmed { return seen(true) }
            return seen(false)
        case .number(let range): return seen(value.number.map(range.contains) ?? false)
        case .duration(let range): return seen(DurationText.parse(text).map(range.contains) ?? false)
        case .permissions(let mode): return seen(value == .permissions(mode))
        case .flag(let flag): return seen(value == .flag(flag))
        case .address(let template):
            let wanted = IPAddress(try filled(template).trimmed)
            return seen(wanted != nil && IPNetwork.address(text) == wanted)
        case .inNetwork(let template):
            guard let network = IPNetwork(try filled(template).trimmed), let address = IPNetwork.address(text)
            else { return seen(false) }
            return seen(network.contains(address))
        case .contains(let template):
            guard let network = IPNetwork(text), let address = IPAddress(try filled(template).trimmed) else {
                return seen(false)
            }
            return seen(network.contains(address))
        case .matches(let pattern):
            switch try pattern.answer(value.whole, scope.values) {
            case .found: return seen(true)
            case .notFound: return seen(false)
            case .beyondLimits(let error):
                return Seen(truth: .unknown(.noEvidence), wanted: wanted, saw: FoundWords.beyondLimits(error))
            }
        case .lines(let lines): return try lines.seen(value, scope, wanted)
        case .json(let path, let inner):
            guard let tree = try? JSONDecoder().decode(JSONTree.self, from: Data(value.whole.utf8)) else {
                return Seen(truth: .notMet, wanted: wanted, saw: FoundWords.noJSON(value.words))
            }
            var seen = try inner.seen(tree.value(at: path[...]), scope)
            seen.wanted = wanted
            return seen.prefixed(LocalizedText(verbatim: Self.written(path)))
        case .header(let name, let inner):
            guard case .headers(let headers) = value else { return seen(false) }
            let found = headers.filter { $0.name.lowercased() == name.lowercased() }
            guard !found.isEmpty else {
                return Seen(truth: .notMet, wanted: wanted, saw: FoundWords.noHeader(name))
            }
            let each = try found.map { (header) throws(Template.ValueMissing) in
                try inner.seen(.text(header.value), scope)
            }
            let saw = LocalizedText(
                fr: "\(name) : \(each.map(\.saw).joined())", en: "\(name): \(each.map(\.saw).joined())")
            return Seen(truth: .any(each.map(\.truth)), wanted: wanted, saw: saw)
        case .fact, .all, .any, .not, .implied: return seen(false)
        }
    }
}

extension Expectation.Lines {
    fileprivate func seen(
        _ value: FactValue, _ scope: LookScope, _ wanted: LocalizedText
    ) throws(Template.ValueMissing) -> Seen {
        let lines = value.lines
        func among(_ entry: Expectation) throws(Template.ValueMissing) -> Seen.Truth {
            var truths: [Seen.Truth] = []
            for line in lines {
                let truth = try entry.seen(.text(line), scope).truth
                if truth == .met { return .met }
                if truth != .notMet { truths.append(truth) }
            }
            return .any(truths)
        }
        var parts: [Seen] = []
        for entry in include {
            let truth = try among(entry)
            let words = entry.words(scope.values)
            parts.append(
                Seen(truth: truth, wanted: words, saw: FoundWords.line(words, isThere: truth == .met)))
        }
        for entry in exclude {
            let truth = try among(entry)
            let words = entry.words(scope.values)
            parts.append(
                Seen(
                    truth: truth.contrary, wanted: words, saw: FoundWords.line(words, isThere: truth == .met))
            )
        }
        if let count {
            parts.append(
                Seen(
                    truth: count.contains(Double(lines.count)) ? .met : .notMet,
                    wanted: Expectation.words(of: count), saw: FoundWords.count(lines.count)))
        }
        let truth = Seen.Truth.all(parts.map(\.truth))
        let decisive = parts.filter {
            truth == .notMet ? $0.truth == .notMet : $0.truth.isUnknown == truth.isUnknown
        }
        var saw = FoundWords.parts(decisive)
        // What there is beside what is missing, where that is little.
        if truth == .notMet, lines.count <= 6 {
            saw = LocalizedText(
                fr: "\(saw) (il y a : \(value.words))", en: "\(saw) (there is: \(value.words))")
        }
        return Seen(truth: truth, wanted: wanted, saw: saw)
    }
}

extension Seen {
    /// Says of what it is, in itself or in each of its parts.
    fileprivate func prefixed(_ words: LocalizedText) -> Seen {
        var seen = self
        if seen.parts.isEmpty {
            seen.saw = LocalizedText(fr: "\(words) : \(saw)", en: "\(words): \(saw)")
        } else {
            seen.parts = parts.map { $0.prefixed(words) }
        }
        return seen
    }
}

extension Seen.Truth {
    var isUnknown: Bool { if case .unknown = self { true } else { false } }
}

/// JSON as it was printed (RFC 8259).
private indirect enum JSONTree: Decodable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONTree])
    case object([String: JSONTree])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONTree].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    func value(at path: ArraySlice<Expectation.JSONStep>) -> FactValue {
        switch (self, path.first) {
        case (.object(let entries), .key(let key)?):
            entries[key]?.value(at: path.dropFirst()) ?? .absent(FoundWords.nothing)
        case (.list(let items), .index(let index)?):
            items.indices.contains(index)
                ? items[index].value(at: path.dropFirst()) : .absent(FoundWords.nothing)
        case (_, _?), (.null, nil): .absent(FoundWords.nothing)
        case (.flag(let flag), nil): .flag(flag)
        case (.number(let number), nil): .number(number)
        case (.text(let text), nil): .text(text)
        case (.list(let items), nil): .lines(items.map { $0.value(at: []).trimmed })
        case (.object(let entries), nil): .lines(entries.keys.sorted())
        }
    }
}
