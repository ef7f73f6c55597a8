import Foundation
import GraderCore

/// The words by which people can be recognised: ids, names, and their lab's addresses and DNS names.
public struct Traces: Sendable, Hashable {
    public var words: Set<String>

    public init(_ words: Set<String> = []) { self.words = words.filter { !$0.isEmpty } }

    /// What the runs of a class say about its students.
    public init(of students: [StudentIdentity], in runs: [RunFolder]) {
        var words = Set(students.flatMap { [$0.id] + $0.names })
        for run in runs {
            for student in students {
                guard let lab = try? run.evidence(of: student.id).lab else { continue }
                words.formUnion(lab.addresses.values)
                words.formUnion(lab.values.values.flatMap(\.names))
            }
        }
        self.init(words)
    }

    /// Those that the others do not have too: several students may have the same lab addresses.
    public func without(_ others: Traces) -> Traces { Traces(words.subtracting(others.words)) }

    /// The words that a text holds, each as a whole: `172.16.1.1` is not in `172.16.1.12`.
    ///
    /// A number that is no address, and one or two letters of ASCII, are ids that any output is full of (minutes, process
    /// ids): such a word is found only where it stands as the name of what is the student's, as in `students/42`.
    public func found(in text: String) -> Set<String> {
        Set(
            words.filter { word in
                let forms = Self.isCommon(word) ? Self.places.map { "\($0)/\(word)" } : [word]
                return forms.contains { !Traces.ranges(of: $0, in: text).isEmpty }
            })
    }

    private static let places = ["students", "answers", "versions"]

    private static func isCommon(_ word: String) -> Bool {
        word.utf8.count < 3 || !word.contains(where: \.isLetter) && IPAddress(word) == nil
    }

    /// The same for a file's bytes: in JSON the texts as they are meant, anything else as it stands.
    public func found(inFile bytes: some Collection<UInt8>) -> Set<String> {
        let data = Data(bytes)
        guard let tree = try? JSONSerialization.jsonObject(with: data) else {
            return found(in: String(decoding: data, as: UTF8.self))
        }
        return found(inTree: tree)
    }

    private func found(inTree value: Any, under key: String = "") -> Set<String> {
        if JSONWords.isOwn(value, under: key), !JSONWords.ofStudent.contains(key) {
            // Who it is about: an id alone.
            return words.intersection(key == "id" ? [value as? String ?? ""] : [])
        }
        return switch value {
        case let text as String: found(in: text)
        case let list as [Any]: list.reduce(into: []) { $0.formUnion(found(inTree: $1, under: key)) }
        case let object as [String: Any]:
            object.reduce(into: []) { words, entry in
                words.formUnion(found(in: entry.key))
                words.formUnion(found(inTree: entry.value, under: entry.key))
            }
        default: []
        }
    }

    /// The text with `[…]` in the place of every line that holds one of them: what stands beside a name or an
    /// address, a MAC address for instance, says as much.
    public func hidden(in text: String) -> String {
        if found(in: text).isEmpty { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { found(in: String($0)).isEmpty ? String($0) : "[…]" }.joined(separator: "\n")
    }

    /// A JSON file with every such line hidden, or the very bytes where there is none to hide; nil where it is no JSON, or
    /// would no longer be what it was. In the foreign texts only: keys, dates, ids and what else Bascule itself writes
    /// (``JSONWords``) decide what was observed and marked, whatever a student is called.
    func hidden(inJSON bytes: [UInt8]) -> [UInt8]? {
        guard let tree = try? JSONSerialization.jsonObject(with: Data(bytes)) else { return nil }
        var isChanged = false
        let hidden = hidden(inTree: tree, under: "", &isChanged)
        guard isChanged else { return bytes }
        guard
            let data = try? JSONSerialization.data(
                withJSONObject: hidden, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]),
            JSONWords.isLike(bytes, Array(data))
        else { return nil }
        return Array(data)
    }

    private func hidden(inTree value: Any, under key: String, _ isChanged: inout Bool) -> Any {
        if JSONWords.isOwn(value, under: key) { return value }
        switch value {
        case let text as String:
            let hidden = hidden(in: text)
            if hidden != text { isChanged = true }
            return hidden
        case let list as [Any]: return list.map { hidden(inTree: $0, under: key, &isChanged) }
        case let object as [String: Any]:
            var hidden = object
            for (key, value) in object { hidden[key] = self.hidden(inTree: value, under: key, &isChanged) }
            return hidden
        default: return value
        }
    }

    private static func ranges(of word: String, in text: String) -> [Range<String.Index>] {
        var ranges: [Range<String.Index>] = []
        var start = text.startIndex
        // bounded: start is an index of it
        while let range = text.range(of: word, range: start..<text.endIndex) {
            start = range.upperBound
            let before = text.unicodeScalars[..<range.lowerBound].suffix(2)
            let after = text.unicodeScalars[range.upperBound...].prefix(2)
            // Of an address: the dot between two figures.
            let isLabel = before.count == 2 && before.last == "." && before.first.map(isWordPart) == true
            let isFigure = after.count == 2 && after.first == "." && after.last?.properties.numericType != nil
            if before.last.map(isWordPart) != true, after.first.map(isWordPart) != true, !isLabel, !isFigure {
                ranges.append(range)
            }
        }
        return ranges
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
            || scalar.properties.generalCategory == .nonspacingMark
    }
}

extension LabValue {
    /// The addresses and the host names in it: what has a dot between its parts and is nothing else.
    fileprivate var names: [String] {
        switch self {
        case .string(let text): text.contains(".") && HostName.isValid(text) ? [text] : []
        case .integer, .bool, .null: []
        case .array(let list): list.flatMap(\.names)
        case .object(let mapping): mapping.values.flatMap(\.names)
        }
    }
}

/// What in the JSON of evidence, results and a board's records is Bascule's own word, and no text from elsewhere.
private enum JSONWords {
    /// Who a student who stays is, and what the roster says of him: judged by, so never changed, but it may name others.
    static let ofStudent: Set = ["student", "lab"]

    /// Ids, names of runs, versions, checksums and what an enumeration has: one word, where a sentence has several.
    private static let words: Set = [
        "active", "by", "check", "className", "collector", "decides", "drillsTellOf", "ending",
        "evidenceSHA256", "exercise", "grader", "holders", "id", "kind", "machine", "networkVantage", "node",
        "nonce", "outcome", "reason", "repeats", "rubricSHA256", "run", "seenBy", "seenFrom", "sha256",
        "sources", "stage", "state", "subject", "takingBest", "tellsOf", "transport", "type", "vantage",
    ]

    /// All that is below: what was asked and how, what is no text, what a check says of itself.
    private static let parts: Set = ofStudent.union([
        "arguments", "base64", "exerciseTitle", "hint", "hostKeys", "links", "plan", "request", "seeYourself",
        "trace", "visibility", "why",
    ])

    static func isOwn(_ value: Any, under key: String) -> Bool {
        if parts.contains(key) { return true }
        guard let text = value as? String else { return false }
        return words.contains(key) && !text.contains(where: \.isWhitespace) || StoredDate.date(text) != nil
    }

    /// Whether what could be read can be read still, with the same marks.
    static func isLike(_ old: [UInt8], _ new: [UInt8]) -> Bool {
        func same<Value: Decodable, Kept: Equatable>(_ type: Value.Type, _ kept: (Value) -> Kept) -> Bool {
            guard let old = try? StoredJSON.decodeLine(type, from: old) else { return true }
            return (try? StoredJSON.decodeLine(type, from: new)).map(kept) == kept(old)
        }
        return same(Evidence.self) { $0.observations.map(\.id) }
            && same(GradedResult.self) { $0.questions.map(\.score) }
            && same(LessonRecord.self) { $0.decided }
    }
}
