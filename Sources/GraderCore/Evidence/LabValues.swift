/// What the roster says about a student's lab: what judging compares with, by the exercise's own keys. What the
/// machines, interfaces and resources are called is not here; that comes from the machines.
///
/// In JSON one object: `addresses`, and beside it one member for each key.
public struct LabValues: Sendable, Hashable, Codable {
    /// The machines' addresses in the lab network.
    public var addresses: [MachineID: String]
    public var values: [String: LabValue]

    public init(addresses: [MachineID: String], values: [String: LabValue] = [:]) {
        self.addresses = addresses
        self.values = values
    }

    public subscript(key: String) -> LabValue? { values[key] }

    /// The student's machines, in the order of their names.
    public var machines: [MachineID] { addresses.keys.sorted() }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        addresses = [:]
        values = [:]
        for key in container.allKeys {
            if key.stringValue == "addresses" {
                addresses = try container.decode([MachineID: String].self, forKey: key)
            } else {
                values[key.stringValue] = try container.decode(LabValue.self, forKey: key)
            }
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(addresses, forKey: Key("addresses"))
        for (key, value) in values { try container.encode(value, forKey: Key(key)) }
    }

    private struct Key: CodingKey {
        var stringValue: String
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        var intValue: Int? { nil }
        init?(intValue: Int) { nil }
    }
}

/// One value of a roster's key, checked when the roster was read; the exercise knows which form its keys have.
public enum LabValue: Sendable, Hashable, Codable {
    case text(String)
    case number(Int)
    case list([LabValue])
    case mapping([String: LabValue])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([LabValue].self) {
            self = .list(list)
        } else {
            self = .mapping(try container.decode([String: LabValue].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .list(let list): try container.encode(list)
        case .mapping(let mapping): try container.encode(mapping)
        }
    }

    public var text: String? { if case .text(let text) = self { text } else { nil } }
    public var number: Int? { if case .number(let number) = self { number } else { nil } }
    public var list: [LabValue]? { if case .list(let list) = self { list } else { nil } }
    /// The value under a mapping's key.
    public subscript(key: String) -> LabValue? {
        if case .mapping(let mapping) = self { mapping[key] } else { nil }
    }
}
