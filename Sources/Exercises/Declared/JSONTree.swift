import Foundation

/// JSON as it was printed (RFC 8259).
indirect enum JSONTree {
    case null
    case flag(Bool)
    case number(Double)
    /// Of more digits than a `Double` holds, as it was printed.
    case integer(String)
    case text(String)
    case list([JSONTree])
    case object([String: JSONTree])

    /// Nil where the text is none. `JSONDecoder` says so; it is not asked of each value what it is, since every wrong guess
    /// costs it the whole way there: a minute for what a node prints in a second.
    init?(_ text: String) {
        struct Anything: Decodable { init(from: any Decoder) {} }
        // RFC 8259, section 8.1: a byte order mark may be ignored.
        let bytes = Array(
            (text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text).utf8)
        guard (try? JSONDecoder().decode(Anything.self, from: Data(bytes))) != nil else { return nil }
        var reader = JSONReader(bytes: bytes)
        guard let tree = reader.value() else { return nil }
        self = tree
    }

    /// What is at the end of a path; absent where it leads nowhere.
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
        case (.integer(let text), nil), (.text(let text), nil): .text(text)
        case (.list(let items), nil): .lines(items.map { $0.value(at: []).trimmed })
        case (.object(let entries), nil): .lines(entries.keys.sorted())
        }
    }
}

/// Takes a text apart that is JSON. Its depth is bounded: `JSONDecoder` refuses more than 512 levels.
private struct JSONReader {
    let bytes: [UInt8]
    var next = 0

    private var byte: UInt8? { next < bytes.count ? bytes[next] : nil }

    mutating func value() -> JSONTree? {
        skipSpace()
        switch byte {
        case UInt8(ascii: "{"):
            next += 1
            var entries: [String: JSONTree] = [:]
            while !isEnd(UInt8(ascii: "}")) {
                guard let key = text() else { return nil }
                skipSpace()
                guard byte == UInt8(ascii: ":") else { return nil }
                next += 1
                guard let value = value() else { return nil }
                // Of two the first, as `JSONDecoder` has it.
                if entries[key] == nil { entries[key] = value }
            }
            return .object(entries)
        case UInt8(ascii: "["):
            next += 1
            var items: [JSONTree] = []
            while !isEnd(UInt8(ascii: "]")) {
                guard let item = value() else { return nil }
                items.append(item)
            }
            return .list(items)
        case UInt8(ascii: "\""): return text().map { .text($0) }
        default: return word()
        }
    }

    private mutating func skipSpace() {
        while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { next += 1 }
    }

    /// Whether a list or an object ends here; else what stands before its next entry is passed over.
    private mutating func isEnd(_ close: UInt8) -> Bool {
        skipSpace()
        if byte == UInt8(ascii: ",") { next += 1 }
        skipSpace()
        guard let byte, byte != close else {
            next += 1
            return true
        }
        return false
    }

    private mutating func text() -> String? {
        guard byte == UInt8(ascii: "\"") else { return nil }
        let start = next
        var isEscaped = false
        next += 1
        while let byte, byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                next += 1
            }
            next += 1
        }
        next += 1
        guard next <= bytes.count else { return nil }
        guard isEscaped else { return String(decoding: bytes[start + 1..<next - 1], as: UTF8.self) }
        return try? JSONDecoder().decode(String.self, from: Data(bytes[start..<next]))
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
            || "+-.".utf8.contains(byte)
    }

    private mutating func word() -> JSONTree? {
        let start = next
        while let byte, Self.isOfWord(byte) { next += 1 }
        guard start < next else { return nil }
        let word = String(decoding: bytes[start..<next], as: UTF8.self)
        switch word {
        case "null": return .null
        case "true", "false": return .flag(word == "true")
        default:
            if let whole = Int64(word), whole.magnitude <= 1 << 53 { return .number(Double(whole)) }
            if Int64(word) != nil || UInt64(word) != nil { return .integer(word) }
            return Double(word).map { .number($0) }
        }
    }
}
