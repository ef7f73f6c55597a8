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
    public func found(in text: String) -> Set<String> {
        Set(words.filter { !Traces.ranges(of: $0, in: text).isEmpty })
    }

    /// The same for a file's bytes: in JSON the texts as they are meant, anything else as it stands.
    public func found(inFile bytes: some Collection<UInt8>) -> Set<String> {
        let data = Data(bytes)
        guard let tree = try? JSONSerialization.jsonObject(with: data) else {
            return found(in: String(decoding: data, as: UTF8.self))
        }
        return found(inTree: tree)
    }

    func found(inTree value: Any) -> Set<String> {
        switch value {
        case let text as String: found(in: text)
        case let list as [Any]: list.reduce(into: []) { $0.formUnion(found(inTree: $1)) }
        case let object as [String: Any]:
            object.reduce(into: []) { words, entry in
                words.formUnion(found(in: entry.key))
                words.formUnion(found(inTree: entry.value))
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

    /// A JSON file with every such line hidden; nil where it is no JSON. In the texts only: keys are Bascule's own
    /// words, whatever a student is called.
    func hidden(inJSON bytes: [UInt8]) -> [UInt8]? {
        guard let tree = try? JSONSerialization.jsonObject(with: Data(bytes)),
            let data = try? JSONSerialization.data(
                withJSONObject: hidden(inTree: tree),
                options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        else { return nil }
        return Array(data)
    }

    private func hidden(inTree value: Any) -> Any {
        switch value {
        case let text as String: hidden(in: text)
        case let list as [Any]: list.map { hidden(inTree: $0) }
        case let object as [String: Any]: object.mapValues { hidden(inTree: $0) }
        default: value
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
