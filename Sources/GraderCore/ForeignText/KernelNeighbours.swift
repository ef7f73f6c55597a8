extension NeighbourTable {
    /// Reads `/proc/net/arp` (proc(5)): a line of titles, then for each neighbour its address, hardware type, flags,
    /// hardware address, mask and device. Entries that are not complete (`ATF_COM`, 0x2) are left out. Never fails.
    public static func read(kernelTable text: String) -> NeighbourTable {
        var result = NeighbourTable()
        let source = TextLines(text, named: "/proc/net/arp")
        result.problems = source.problems
        for line in source.lines.dropFirst() {
            let words = line.blankSeparatedWords
            guard words.count >= 6, let address = IPAddress(parsing: words[0]), words[2].hasPrefix("0x"),
                let flags = Int(words[2].dropFirst(2), radix: 16), flags & 0x2 != 0
            else { continue }
            var entry = Entry(address)
            entry.macAddress = MACAddress(parsing: words[3])
            entry.device = String(words[5])
            result.entries.append(entry)
        }
        return result
    }
}
