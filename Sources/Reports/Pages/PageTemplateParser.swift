/// Reads a ``PageTemplate``: tags in double braces, and what stands between them.
struct PageTemplateParser {
    private let source: [UInt8]
    private let constants: (String) -> String?
    private var position = 0
    private var parts: [PageTemplate.Part] = []
    /// The sections that are open, with what stands before each.
    private var open: [(name: String, isInverted: Bool, start: Int, before: [PageTemplate.Part])] = []

    /// The names that may stand in triple braces: the page's own style and script.
    private static let verbatim: Set<String> = ["style", "script"]

    /// The stack is not endless.
    private static let depth = 64

    init(_ source: [UInt8], _ constants: @escaping (String) -> String?) {
        self.source = source
        self.constants = constants
    }

    mutating func read() throws(PageTemplateError) -> [PageTemplate.Part] {
        while let start = find("{{", from: position) {
            let isTriple = source[start...].starts(with: "{{{".utf8)
            let from = start + (isTriple ? 3 : 2)
            guard let close = find(isTriple ? "}}}" : "}}", from: from) else {
                throw problem(at: start, "a tag that begins here does not end")
            }
            let end = close + (isTriple ? 3 : 2)
            let inside = String(decoding: source[from..<close], as: UTF8.self)
            if isTriple {
                guard PageTemplateParser.verbatim.contains(inside) else {
                    throw problem(at: start, "{{{ would let text through unescaped: use {{name}}")
                }
                append(upTo: start, next: end)
                parts.append(.verbatim(inside))
            } else {
                try tag(inside.trimming(while: \.isWhitespace), start, end)
            }
        }
        append(upTo: source.count, next: source.count)
        if let section = open.last {
            let sigil = section.isInverted ? "^" : "#"
            throw problem(at: section.start, "{{\(sigil)\(section.name)}} is not closed")
        }
        return parts
    }

    private mutating func tag(_ inside: Substring, _ start: Int, _ end: Int) throws(PageTemplateError) {
        guard let sigil = inside.first else { throw problem(at: start, "a tag without a name") }
        guard !sigil.isLetter, sigil != "." else {
            let name = try name(inside, start)
            append(upTo: start, next: end)
            if let constant = constants(name) {
                append(text: Array(constant.utf8))
            } else {
                parts.append(.value(PageTemplate.Name(name)))
            }
            return
        }
        guard !"&=%".contains(sigil) else {
            throw problem(at: start, "{{\(sigil) would let text through unescaped: use {{name}}")
        }
        // A tag that has its line to itself takes the line with it.
        let line = ownLine(start, end) ?? start..<end
        append(upTo: line.lowerBound, next: line.upperBound)
        if sigil == "!" { return }
        let name = try name(inside.dropFirst().trimming(while: \.isWhitespace), start)
        switch sigil {
        case "#", "^":
            guard open.count < PageTemplateParser.depth else {
                throw problem(at: start, "more than \(PageTemplateParser.depth) sections within one another")
            }
            open.append((name, sigil == "^", start, parts))
            parts = []
        case "/":
            guard var section = open.popLast(), section.name == name else {
                throw problem(at: start, "{{/\(name)}} closes what is not open")
            }
            section.before.append(
                .section(PageTemplate.Name(name), isInverted: section.isInverted, parts))
            parts = section.before
        case ">": parts.append(.partial(name))
        default: throw problem(at: start, "{{\(sigil) is no tag of Bascule's templates")
        }
    }

    /// What stands before a tag, as it is; then on behind it.
    private mutating func append(upTo end: Int, next: Int) {
        if position < end { append(text: Array(source[position..<end])) }
        position = next
    }

    private mutating func append(text: [UInt8]) {
        if case .text(var before)? = parts.last {
            // Taken out first, so that it grows where it is.
            parts.removeLast()
            before += text
            parts.append(.text(before))
        } else if !text.isEmpty {
            parts.append(.text(text))
        }
    }

    private func name(_ text: Substring, _ start: Int) throws(PageTemplateError) -> String {
        let isName = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isName, !text.isEmpty else { throw problem(at: start, "a tag whose name is no name") }
        return String(text)
    }

    /// The whole line, its end included, where nothing else is on it.
    private func ownLine(_ start: Int, _ end: Int) -> Range<Int>? {
        func isBlank(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
        }
        let newline = UInt8(ascii: "\n")
        var lower = start
        while lower > 0, isBlank(source[lower - 1]) { lower -= 1 }
        var upper = end
        while upper < source.count, isBlank(source[upper]) { upper += 1 }
        guard lower == 0 || source[lower - 1] == newline, upper == source.count || source[upper] == newline
        else { return nil }
        return lower..<min(upper + 1, source.count)
    }

    private func find(_ mark: StaticString, from index: Int) -> Int? {
        let count = mark.utf8CodeUnitCount
        return mark.withUTF8Buffer { mark in
            var index = index
            while index + count <= source.count {
                if source[index..<index + count].elementsEqual(mark) { return index }
                index += 1
            }
            return nil
        }
    }

    private func problem(at index: Int, _ problem: String) -> PageTemplateError {
        PageTemplateError(
            line: 1 + source[..<index].count { $0 == UInt8(ascii: "\n") }, problem: problem)
    }
}

extension StringProtocol {
    fileprivate func trimming(while isTrimmed: (Character) -> Bool) -> Substring
    where SubSequence == Substring {
        var text = self[...]
        while let first = text.first, isTrimmed(first) { text.removeFirst() }
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return text
    }
}
