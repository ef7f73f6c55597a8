/// A pattern as sh(1) matches names with it: `*`, `?`, `[a-z]`, `[!a-z]`. A stranger's: the time that a match takes is
/// bounded by the product of the two lengths.
struct ShellPattern {
    private enum Element {
        case any
        case one
        case byte(UInt8)
        case set([ClosedRange<UInt8>], isNegated: Bool)
    }
    private let elements: [Element]

    init(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        var elements: [Element] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "*"): elements.append(.any)
            case UInt8(ascii: "?"): elements.append(.one)
            case UInt8(ascii: "\\") where index < bytes.count:
                elements.append(.byte(bytes[index]))
                index += 1
            case UInt8(ascii: "["):
                // A bracket that nothing closes is itself.
                guard let (set, end) = Self.set(in: bytes, from: index) else { fallthrough }
                elements.append(set)
                index = end
            default: elements.append(.byte(byte))
            }
        }
        self.elements = elements
    }

    private static func set(in bytes: [UInt8], from start: Int) -> (Element, Int)? {
        var index = start
        let isNegated = index < bytes.count && [UInt8(ascii: "!"), UInt8(ascii: "^")].contains(bytes[index])
        if isNegated { index += 1 }
        let first = index
        var ranges: [ClosedRange<UInt8>] = []
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "]"), index > first {
                return (.set(ranges, isNegated: isNegated), index + 1)
            }
            if index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "-"),
                bytes[index + 2] != UInt8(ascii: "]"), bytes[index + 2] >= byte
            {
                ranges.append(byte...bytes[index + 2])
                index += 3
            } else {
                ranges.append(byte...byte)
                index += 1
            }
        }
        return nil
    }

    /// Whether the whole text is matched.
    func matches(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        var (element, byte) = (0, 0)
        // Where the last `*` stands, and up to where it has been taken to reach.
        var star: (element: Int, byte: Int)?
        while byte < bytes.count {
            if element < elements.count, case .any = elements[element] {
                star = (element, byte)
                element += 1
            } else if element < elements.count, matches(elements[element], bytes[byte]) {
                element += 1
                byte += 1
            } else if let last = star {
                star = (last.element, last.byte + 1)
                (element, byte) = (last.element + 1, last.byte + 1)
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { if case .any = $0 { true } else { false } }
    }

    private func matches(_ element: Element, _ byte: UInt8) -> Bool {
        switch element {
        case .any, .one: true
        case .byte(let own): own == byte
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
        }
    }
}
