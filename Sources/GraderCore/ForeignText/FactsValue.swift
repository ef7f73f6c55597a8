import Foundation

/// A JSON value.
public indirect enum FactsValue: Sendable, Hashable, Codable {
    case null
    case bool(Bool)
    case integer(Int)
    case string(String)
    case array([FactsValue])
    case object([String: FactsValue])

    /// What is read of one value, with all in it: many times what a node's facts or a student's lab come to.
    static let mostValues = 10_000
    static let mostLevels = 32

    public init(from decoder: any Decoder) throws {
        var left = Self.mostValues
        try self.init(from: decoder, levels: Self.mostLevels, left: &left)
    }

    /// Each wrong guess at what a value is costs `JSONDecoder` the whole way to it: they are made in one order at every
    /// level, for so many levels and values only.
    private init(from decoder: any Decoder, levels: Int, left: inout Int) throws {
        left -= 1
        func take(_ count: Int) throws {
            guard levels > 0, count <= left else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "too deep or too many values"))
            }
        }
        if let container = try? decoder.container(keyedBy: AnyKey.self) {
            let keys = container.allKeys
            try take(keys.count)
            var values: [String: FactsValue] = [:]
            for key in keys {
                values[key.stringValue] = try FactsValue(
                    from: container.superDecoder(forKey: key), levels: levels - 1, left: &left)
            }
            self = .object(values)
        } else if var container = try? decoder.unkeyedContainer() {
            try take(container.count ?? 0)
            var values: [FactsValue] = []
            while !container.isAtEnd {
                try take(1)
                values.append(
                    try FactsValue(from: container.superDecoder(), levels: levels - 1, left: &left))
            }
            self = .array(values)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(String.self) {
                self = .string(value)
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else {
                self = .integer(try container.decode(Int.self))
            }
        }
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let values): try container.encode(values)
        }
    }

    public init(_ text: String?) { self = text.map(FactsValue.string) ?? .null }
    public init(_ value: Bool?) { self = value.map(FactsValue.bool) ?? .null }
    public init(_ number: Int?) { self = number.map(FactsValue.integer) ?? .null }
    public init(milliseconds: Duration?) {
        self = milliseconds.map { .integer(Int($0.wholeMilliseconds)) } ?? .null  // bounded: of one width
    }
    public init(_ values: [String: String]) { self = .object(values.mapValues(FactsValue.string)) }
    public init(_ values: [String]) { self = .array(values.map(FactsValue.string)) }

    /// In English: facts are for programs.
    public init(_ sentences: [LocalizedText]) { self.init(sentences.map(\.en)) }
    /// Entries by id; of several with one id the first.
    public init<Entry>(
        _ entries: [Entry], by id: (Entry) -> String, _ fields: (Entry) -> [String: FactsValue]
    ) {
        self = .object(Dictionary(entries.map { (id($0), .object(fields($0))) }) { first, _ in first })
    }

    public var text: String? { if case .string(let text) = self { text } else { nil } }
    public var number: Int? { if case .integer(let number) = self { number } else { nil } }
    public var list: [FactsValue]? { if case .array(let values) = self { values } else { nil } }
    /// The value under an object's key.
    public subscript(key: String) -> FactsValue? {
        if case .object(let values) = self { values[key] } else { nil }
    }

    /// Indented JSON with sorted keys.
    /// - Throws: what `JSONEncoder` does: of a number that JSON has no form for.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// The same object with one more entry; itself where this is no object.
    public func adding(_ key: String, _ value: FactsValue) -> FactsValue {
        guard case .object(var entries) = self else { return self }
        entries[key] = value
        return .object(entries)
    }
}

extension FactsValue: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral
{
    /// Of two entries of one key the first.
    public init(dictionaryLiteral elements: (String, FactsValue)...) {
        self = .object(Dictionary(elements) { first, _ in first })
    }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(arrayLiteral elements: FactsValue...) { self = .array(elements) }
}
