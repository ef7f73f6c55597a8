/// JSON as it was printed (RFC 8259).
indirect enum JSONTree: Decodable {
    case null
    case flag(Bool)
    case number(Double)
    /// Of more digits than a `Double` holds, as it was printed.
    case integer(String)
    case text(String)
    case list([JSONTree])
    case object([String: JSONTree])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let integer = try? container.decode(Int64.self) {
            self = integer.magnitude > 1 << 53 ? .integer(String(integer)) : .number(Double(integer))
        } else if let integer = try? container.decode(UInt64.self) {
            self = .integer(String(integer))
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONTree].self) {
            self = .list(list)
        } else if let object = try? container.decode([String: JSONTree].self) {
            self = .object(object)
        } else {
            // Nothing else is left than a number that is too large, and all the rest is still to be read.
            self = .number(.infinity)
        }
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
