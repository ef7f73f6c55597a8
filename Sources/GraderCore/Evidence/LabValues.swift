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

    private struct Addresses: Decodable { var addresses: [MachineID: String]? }

    /// Of one student; judging goes through them again and again.
    static let mostMachines = 100

    public init(from decoder: any Decoder) throws {
        // A student may have handed it in: this bounds it.
        guard case .object(var values) = try LabValue(from: decoder) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a lab is an object"))
        }
        addresses = try Addresses(from: decoder).addresses ?? [:]
        guard addresses.count <= Self.mostMachines else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "too many machines"))
        }
        values["addresses"] = nil
        self.values = values
    }

    public func encode(to encoder: any Encoder) throws {
        var all = values
        all["addresses"] = .object(
            Dictionary(addresses.map { ($0.rawValue, .string($1)) }) { first, _ in first })
        try all.encode(to: encoder)
    }
}

/// One value of a roster's key, checked when the roster was read; the exercise knows which form its keys have.
public typealias LabValue = FactsValue
