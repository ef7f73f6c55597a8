/// What may still be spent on comparing names with a stranger's patterns. Once spent it stays so, and whether anything
/// matches is not known.
struct ComparisonBudget: Sendable {
    private var left = 2 << 20
    private(set) var isSpent = false

    /// - Returns: whether it lasts.
    mutating func spend(_ steps: Int) -> Bool {
        guard !isSpent else { return false }
        left -= steps
        isSpent = left < 0
        return !isSpent
    }
}

/// What may still be spent on commands that stand together, those that one tool runs: each alone may be made to take long.
struct ShellBudget {
    /// Ten times what one script may take.
    var steps = 40_000
    var comparisons = ComparisonBudget()
}

/// A pattern as sh(1) matches names with it: `*`, `?`, `[a-z]`, `[!a-z]`. A stranger's: a match may take as many steps
/// as the product of the two lengths, so it ends with a budget.
struct ShellPattern {
    private enum Element {
        case any
        case one
        case byte(UInt8)
        case set([ClosedRange<UInt8>], isNegated: Bool)

        /// Of comparing it with one byte, in steps.
        var cost: Int { if case .set(let ranges, _) = self { 1 + ranges.count } else { 1 } }
    }
    private let elements: [Element]

    init(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        var elements: [Element] = []
        var index = 0
        // Behind a bracket that nothing closes, none is closed: looked for once.
        var isClosable = true
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
                guard isClosable, let (set, end) = Self.set(in: bytes, from: index) else {
                    isClosable = false
                    fallthrough
                }
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

    /// Whether the whole text is matched; false where the budget does not last.
    func matches(_ text: some StringProtocol, _ budget: inout ComparisonBudget) -> Bool {
        guard budget.spend(text.utf8.count) else { return false }
        let bytes = Array(text.utf8)
        var (element, byte) = (0, 0)
        // Where the last `*` stands, and up to where it has been taken to reach.
        var star: (element: Int, byte: Int)?
        while byte < bytes.count {
            guard budget.spend(element < elements.count ? elements[element].cost : 1) else { return false }
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
        guard budget.spend(elements.count - element) else { return false }
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
