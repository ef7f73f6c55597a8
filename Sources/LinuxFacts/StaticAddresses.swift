import GraderCore

/// Addresses that a node gives itself at boot, from `/etc/network/interfaces` and the files it sources
/// (`interfaces(5)`). A virtual address among them counts as started for IPaddr2, wherever the resource is.
public struct StaticAddresses: Sendable, Equatable {
    public var entries: [Entry] = []
    /// What is brought up at boot (`auto`, `allow-hotplug`, …), as written: names, or patterns after a slash.
    public var interfacesAtBoot: [String] = []

    /// One address.
    public struct Entry: Sendable, Hashable {
        /// Of the stanza, or that of the command: `eth0`, `eth0:0`.
        public var interface: String
        public var address: IPAddress
        /// Whether the interface is brought up at boot (`auto`, `allow-hotplug`).
        public var isAtBoot = false
    }

    /// The entries that give an address.
    public func entries(for address: IPAddress) -> [Entry] { entries.filter { $0.address == address } }

    /// Reads the text of one file, or of several joined with line ends between. Never fails.
    /// - Parameter atBoot: what other files say is brought up at boot.
    public static func read(_ text: String, atBoot: [String] = []) -> StaticAddresses {
        var reader = StaticAddressesReader()
        var line = ""
        for piece in TextLines(text, named: "/etc/network/interfaces").lines {
            let stripped = piece.trimmed
            // A backslash continues any line, a comment too (interfaces(5)).
            if stripped.utf8.last == UInt8(ascii: "\\"), line.utf8.count < ParsingLimits.bytes {
                line += stripped.dropLast() + " "
                continue
            }
            reader.take(Substring(line + stripped).blankSeparatedWords)
            line = ""
        }
        reader.take(Substring(line).blankSeparatedWords)
        return reader.finish(atBoot: atBoot)
    }
}

/// The state between lines.
private struct StaticAddressesReader {
    private var result = StaticAddresses()
    private var interface: String?
    private var isStatic = false
    private var address: IPAddress?
    /// The stanza of each entry: a command in it may name another interface.
    private var stanzas: [String] = []

    mutating func take(_ words: [Substring]) {
        guard let first = words.first, first.utf8.first != UInt8(ascii: "#") else { return }
        switch first {
        case "auto",
            _ where first.hasPrefix("allow-"):
            endStanza()
            result.interfacesAtBoot += words.dropFirst().map(String.init)
        case "iface":
            endStanza()
            guard words.count > 1 else { return }
            interface = String(words[1])
            isStatic = words.contains("static")
        case "source", "source-directory", "mapping", "rename", "no-auto-down", "no-scripts", "template":
            endStanza()
        default: takeOption(first, words)
        }
    }

    private mutating func takeOption(_ option: Substring, _ words: [Substring]) {
        guard let interface, words.count > 1 else { return }
        switch option {
        case "address":
            guard isStatic else { return }
            // Several address lines give several addresses in ifupdown2 and ifupdown-ng.
            endAddress()
            address = words[1].split(separator: "/", maxSplits: 1).first.flatMap { IPAddress(parsing: $0) }
        case "up", "post-up", "pre-up": takeCommand(Array(words.dropFirst()), in: interface)
        default: return
        }
    }

    /// `ip addr add 172.16.0.12/24 dev eth0`, `ifconfig eth0:0 172.16.0.12 netmask 255.255.255.0`.
    private mutating func takeCommand(_ words: [Substring], in interface: String) {
        guard
            let verb = words.firstIndex(where: { $0 == "add" || $0 == "replace" || $0.hasSuffix("ifconfig") })
        else { return }
        let isIfconfig = words[verb].hasSuffix("ifconfig")
        guard isIfconfig || words[..<verb].contains(where: { "address".hasPrefix($0) && !$0.isEmpty }) else {
            return
        }
        let behind = words[(verb + 1)...]
        // What follows the first address are the broadcast address and its like.
        let address = behind.lazy.compactMap {
            $0.split(separator: "/", maxSplits: 1).first.flatMap { IPAddress(parsing: $0) }
        }.first
        guard let address else { return }
        let device = isIfconfig ? behind.first : words.following("label") ?? words.following("dev")
        let isVariable = device?.utf8.first == UInt8(ascii: "$")
        result.entries.append(
            .init(
                interface: device.flatMap { isVariable ? nil : String($0) } ?? interface, address: address))
        stanzas.append(interface)
    }

    private mutating func endAddress() {
        defer { address = nil }
        guard let interface, let address else { return }
        result.entries.append(.init(interface: interface, address: address))
        stanzas.append(interface)
    }

    private mutating func endStanza() {
        endAddress()
        interface = nil
        isStatic = false
    }

    mutating func finish(atBoot elsewhere: [String]) -> StaticAddresses {
        endStanza()
        let atBoot = Set(elsewhere + result.interfacesAtBoot)
        // interfaces(5): "auto /eth*". What stands before the first wildcard decides, which is a little more.
        let prefixes = atBoot.filter { $0.hasPrefix("/") }.map {
            $0.dropFirst().prefix { !"*?[".contains($0) }
        }
        // `auto` may come behind the stanza.
        for (index, stanza) in stanzas.enumerated() {
            result.entries[index].isAtBoot =
                atBoot.contains(stanza) || prefixes.contains { stanza.hasPrefix($0) }
        }
        return result
    }
}
