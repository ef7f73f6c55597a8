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
                words.insert(lab.vip)
                if let dns = lab.dns { words.formUnion([dns.server] + dns.names) }
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

    /// The text with `[…]` in the place of each of them.
    public func hidden(in text: String) -> String {
        var text = text
        // The longest first: a name may hold another.
        for word in words.sorted(by: { ($1.utf8.count, $0) < ($0.utf8.count, $1) }) {
            for range in Traces.ranges(of: word, in: text).reversed() {
                text.replaceSubrange(range, with: "[…]")
            }
        }
        return text
    }

    private static func ranges(of word: String, in text: String) -> [Range<String.Index>] {
        var ranges: [Range<String.Index>] = []
        var start = text.startIndex
        while let range = text.range(of: word, range: start..<text.endIndex) {
            start = range.upperBound
            if isBoundary(text[..<range.lowerBound].unicodeScalars.last, before: text[..<range.lowerBound]),
                isBoundary(text[range.upperBound...].unicodeScalars.first, after: text[range.upperBound...])
            {
                ranges.append(range)
            }
        }
        return ranges
    }

    private static func isBoundary(_ scalar: Unicode.Scalar?, before text: Substring) -> Bool {
        guard let scalar else { return true }
        if isWordPart(scalar) { return false }
        // Of an address: the dot between two figures.
        guard scalar == "." else { return true }
        return !(text.unicodeScalars.dropLast().last.map { isWordPart($0) } ?? false)
    }

    private static func isBoundary(_ scalar: Unicode.Scalar?, after text: Substring) -> Bool {
        guard let scalar else { return true }
        if isWordPart(scalar) { return false }
        guard scalar == "." else { return true }
        return !(text.unicodeScalars.dropFirst().first?.properties.numericType != nil)
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
            || scalar.properties.generalCategory == .nonspacingMark
    }
}
