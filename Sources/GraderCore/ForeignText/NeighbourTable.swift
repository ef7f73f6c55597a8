/// Whose hardware address answers for which address, as `ip neigh show` says (`ip-neighbour(8)`).
public struct NeighbourTable: Sendable, Equatable, Codable {
    public var entries: [Entry] = []
    /// Sentences about what was read only in part.
    public var problems: [String] = []

    /// One neighbour.
    public struct Entry: Sendable, Hashable, Codable {
        public var address: IPAddress
        public var device: String?
        /// nil where nobody answered.
        public var macAddress: MACAddress?
        /// `REACHABLE`, `STALE`, `DELAY`, `PROBE`, `PERMANENT`, `NOARP`, `INCOMPLETE`, `FAILED`, …
        public var state: String?
        public var isRouter = false

        public init(_ address: IPAddress) { self.address = address }
    }

    /// The entries of an address, one per interface that knows it.
    public func entries(for address: IPAddress) -> [Entry] { entries.filter { $0.address == address } }

    /// The hardware address that answers for an address; nil where none is known, or several interfaces know
    /// different ones.
    public func macAddress(of address: IPAddress) -> MACAddress? {
        let known = Set(entries(for: address).compactMap(\.macAddress))
        return known.count == 1 ? known.first : nil
    }

    /// Reads `172.16.0.11 dev eth0 lladdr 36:61:30:63:30:31 REACHABLE`. Never fails.
    public static func read(_ text: String) -> NeighbourTable {
        var result = NeighbourTable()
        let source = TextLines(text, named: "the output of ip neigh")
        var problems = ProblemList()
        source.problems.forEach { problems.add($0) }
        for line in source.lines {
            let words = line.blankSeparatedWords
            guard let first = words.first else { continue }
            guard let address = IPAddress(parsing: first) else {
                problems.add("not understood in ip neigh: \(line.excerpt)")
                continue
            }
            var entry = Entry(address)
            entry.device = words.following("dev").map(String.init)
            entry.macAddress = words.following("lladdr").flatMap { MACAddress(parsing: $0) }
            entry.isRouter = words.contains("router")
            entry.state = words.last.flatMap { word in
                word.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
                    ? String(word) : nil
            }
            result.entries.append(entry)
        }
        result.problems = problems.all
        return result
    }
}
