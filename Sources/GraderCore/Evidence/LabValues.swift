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
public typealias LabValue = FactsValue
