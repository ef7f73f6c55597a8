/// Whose hardware address answers for which address.
public struct NeighbourTable: Sendable, Equatable {
    public var entries: [Entry] = []

    /// One neighbour.
    public struct Entry: Sendable, Hashable {
        public var address: IPAddress
        public var device: String?
        /// nil where nobody answered.
        public var macAddress: MACAddress?
        /// `REACHABLE`, `STALE`, `DELAY`, `PROBE`, `PERMANENT`, `NOARP`, `INCOMPLETE`, `FAILED`, …
        public var state: String?

        /// Whether somebody wrote it down, so that nobody is asked: it says nothing of who would answer.
        public var isWritten: Bool { state == "PERMANENT" || state == "NOARP" }
    }

    /// The entries of an address, one per interface that knows it.
    public func entries(for address: IPAddress) -> [Entry] { entries.filter { $0.address == address } }

    /// The hardware address that answers for an address; nil where none is known, several interfaces know different ones,
    /// or it was written by hand.
    public func macAddress(of address: IPAddress) -> MACAddress? {
        let known = Set(entries(for: address).filter { !$0.isWritten }.compactMap(\.macAddress))
        return known.count == 1 ? known.first : nil
    }

    /// Reads what `ip neigh show` prints (`ip-neighbour(8)`):
    /// `172.16.0.11 dev eth0 lladdr 36:61:30:63:30:31 REACHABLE`. Never fails.
    public static func read(_ text: String) -> NeighbourTable {
        let entries = TextLines(text).lines.compactMap { line -> Entry? in
            let words = line.blankSeparatedWords
            guard let address = words.first.flatMap({ IPAddress(parsing: $0) }) else { return nil }
            let state = words.last.flatMap { word in
                word.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
                    ? String(word) : nil
            }
            return Entry(
                address: address, device: words.following("dev").map(String.init),
                macAddress: words.following("lladdr").flatMap { MACAddress(parsing: $0) }, state: state)
        }
        return NeighbourTable(entries: entries)
    }

    /// Reads `/proc/net/arp` (proc(5)): a line of titles, then for each neighbour its address, hardware type, flags,
    /// hardware address, mask and device. Entries that are not complete (`ATF_COM`, 0x2) are left out; which were written by
    /// hand (`ATF_PERM`, 0x4) is said. Never fails.
    public static func read(kernelTable text: String) -> NeighbourTable {
        let lines = TextLines(text).lines.dropFirst()
        let entries = lines.compactMap { line -> Entry? in
            let words = line.blankSeparatedWords
            guard words.count >= 6, let address = IPAddress(parsing: words[0]), words[2].hasPrefix("0x"),
                let flags = Int(words[2].dropFirst(2), radix: 16), flags & 0x2 != 0
            else { return nil }
            return Entry(
                address: address, device: String(words[5]), macAddress: MACAddress(parsing: words[3]),
                state: flags & 0x4 != 0 ? "PERMANENT" : nil)
        }
        return NeighbourTable(entries: entries)
    }
}
