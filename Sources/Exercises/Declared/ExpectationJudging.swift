import Foundation
import GraderCore
import LinuxFacts

/// What a look brought of one machine, and what the variables stand for there.
struct LookScope {
    var facts: [String: FactValue]
    /// Of all expressions together.
    var steps = PatternSteps()
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
            let truth = Seen.Truth.all(seen.map(\.truth))
            let isVoid = truth == .notMet && seen.allSatisfy { $0.truth != .notMet || $0.isVoid }
            return Seen(
                truth: truth, wanted: wanted, saw: FoundWords.parts(seen), isVoid: isVoid, parts: seen)
        case .any(let parts):
            let seen = try parts.map { (part) throws(Template.ValueMissing) in try part.seen(value, scope) }
            let truth = Seen.Truth.any(seen.map(\.truth))
            let isVoid = truth == .notMet && seen.contains(where: \.isVoid)
            return Seen(
                truth: truth, wanted: wanted, saw: FoundWords.parts(seen), isVoid: isVoid, parts: seen)
        case .not(let inner):
            let seen = try inner.seen(value, scope)
            // Of what is not there neither holds.
            return Seen(
                truth: seen.isVoid ? .notMet : seen.truth.contrary, wanted: wanted, saw: seen.saw,
                isVoid: seen.isVoid)
        default: break
        }
        switch value {
        case .absent(let why): return Seen(truth: .notMet, wanted: wanted, saw: why, isVoid: true)
        case .unknown(let reason, let why): return Seen(truth: .unknown(reason), wanted: wanted, saw: why)
        // Only an expression can be found in a part: whatever else is asked hangs on all of it.
        case .cutPage:
            if case .matches(let pattern) = self, try pattern.answer(value, scope) == .found {
                return Seen(truth: .met, wanted: wanted, saw: value.words)
            }
            return try seen(Unseen.cutOff, scope)
        default: return try plainlySeen(value, scope, wanted)
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
        case .equals(let template): return seen(value.isEqual(to: (try filled(template)).trimmed))
        case .oneOf(let templates):
            for template in templates where value.isEqual(to: (try filled(template)).trimmed) {
                return seen(true)
            }
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
            switch try pattern.answer(value, scope) {
            case .found: return seen(true)
            case .notFound: return seen(false)
            case .beyondLimits(let error):
                return Seen(truth: .unknown(.noEvidence), wanted: wanted, saw: FoundWords.beyondLimits(error))
            }
        case .lines(let lines): return try lines.seen(value, scope, wanted)
        case .json(let path, let inner):
            guard let tree = JSONTree(value.whole) else {
                return Seen(
                    truth: .notMet, wanted: wanted, saw: FoundWords.noJSON(value.words), isVoid: true)
            }
            var seen = try inner.seen(tree.value(at: path[...]), scope)
            seen.wanted = wanted
            // A key that is not there is something that JSON says.
            seen.isVoid = false
            return seen.prefixed(LocalizedText(verbatim: Self.written(path)))
        case .header(let name, let inner):
            guard case .headers(let headers) = value else { return seen(false) }
            let found = headers.filter { $0.name.lowercased() == name.lowercased() }
            guard !found.isEmpty else {
                // Of many only the first are kept.
                return headers.count < HTTPExchange.Header.mostKept
                    ? Seen(truth: .notMet, wanted: wanted, saw: FoundWords.noHeader(name))
                    : Seen(truth: .unknown(.noEvidence), wanted: wanted, saw: FoundWords.cutHeader)
            }
            let each = try found.map { (header) throws(Template.ValueMissing) in
                var seen = try inner.seen(.text(header.value), scope)
                // Of a long one only the beginning is kept.
                if header.mayBeCut {
                    seen.truth = .unknown(.noEvidence)
                    seen.saw = FoundWords.cutHeader
                }
                return seen
            }
            let saw = LocalizedText(
                fr: "\(name) : \(each.map(\.saw).joined())", en: "\(name): \(each.map(\.saw).joined())")
            return Seen(truth: .any(each.map(\.truth)), wanted: wanted, saw: saw)
        case .fact, .all, .any, .not, .implied: return seen(false)
        }
    }
}

extension Pattern {
    /// Of a page as it came, or else, where words are looked for, as a reader sees it: without markup and in one line any
    /// other expression would be found where it is not, or be missed.
    fileprivate func answer(
        _ value: FactValue, _ scope: LookScope
    ) throws(Template.ValueMissing) -> Answer {
        var (shown, isCut): (String?, Bool) = (nil, false)
        if case .page(_, let text) = value { shown = text }
        if case .cutPage(_, let text) = value { (shown, isCut) = (text, true) }
        let answer = try self.answer(value.whole, isCut: isCut, scope.steps, scope.values)
        guard answer == .notFound, isOfWords, let shown else { return answer }
        return try self.answer(shown, isCut: isCut, scope.steps) { scope.values($0)?.asShown }
    }
}

extension Expectation.Lines {
    /// Lines that an expression may take too much for, before no more are looked at.
    private static let mostUnknown = 5

    fileprivate func seen(
        _ value: FactValue, _ scope: LookScope, _ wanted: LocalizedText
    ) throws(Template.ValueMissing) -> Seen {
        if value.hasTooManyLines {
            return Seen(truth: .unknown(.noEvidence), wanted: wanted, saw: FoundWords.tooManyLines)
        }
        let lines = value.lines
        let areNames = if case .names = value { true } else { false }
        func among(_ entry: Expectation) throws(Template.ValueMissing) -> Seen.Truth {
            var truths: [Seen.Truth] = []
            for line in lines {
                let truth = try entry.seen(areNames ? .name(line) : .text(line), scope).truth
                if truth == .met { return .met }
                if truth != .notMet { truths.append(truth) }
                // Each of them costs all that an expression is granted.
                if truths.count == Self.mostUnknown { break }
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
