import GraderCore

/// Addresses that a node gives itself at boot, from `/etc/network/interfaces` and the files it sources
/// (`interfaces(5)`). A virtual address among them counts as started for IPaddr2, wherever the resource is.
public struct StaticAddresses: Sendable, Equatable {
    public var entries: [Entry] = []
    /// Interfaces that are asked for by DHCP (`iface eth0 inet dhcp`).
    public var dynamicInterfaces: [String] = []
    /// What is brought up at boot (`auto`, `allow-hotplug`, …), as written: names, or patterns after a slash.
    public var interfacesAtBoot: [String] = []
    /// What `source` and `source-directory` name, to be read too.
    public var sources: [String] = []
    /// Sentences about what was read only in part.
    public var problems: [String] = []

    public init() {}

    /// One address.
    public struct Entry: Sendable, Hashable {
        /// Of the stanza, or that of the command: `eth0`, `eth0:0`.
        public var interface: String
        public var address: IPAddress
        /// nil where none is given (the class of the address decides then).
        public var prefixLength: Int?
        /// Whether it is added by a command (`up ip addr add …`) rather than by the stanza.
        public var isByCommand: Bool
        /// Whether the interface is brought up at boot (`auto`, `allow-hotplug`).
        public var isAtBoot: Bool

        public init(
            interface: String, address: IPAddress, prefixLength: Int? = nil, isByCommand: Bool = false,
            isAtBoot: Bool = false
        ) {
            self.interface = interface
            self.address = address
            self.prefixLength = prefixLength
            self.isByCommand = isByCommand
            self.isAtBoot = isAtBoot
        }
    }

    /// The entries that give an address.
    public func entries(for address: IPAddress) -> [Entry] { entries.filter { $0.address == address } }

    /// Whether the address that an interface has comes from DHCP.
    public func isDynamic(_ interface: String) -> Bool { dynamicInterfaces.contains(interface) }

    /// Reads the text of one file, or of several joined with line ends between. Never fails.
    /// - Parameter atBoot: what other files say is brought up at boot.
    public static func read(_ text: String, atBoot: [String] = []) -> StaticAddresses {
        var reader = StaticAddressesReader(atBoot)
        let source = TextLines(text, named: "/etc/network/interfaces")
        var line = ""
        for piece in source.lines {
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
        reader.endStanza()
        return reader.finish(source.problems)
    }
}

/// The state between lines.
private struct StaticAddressesReader {
    private var result = StaticAddresses()
    private var problems = ProblemList()
    private let elsewhere: [String]
    private var interface: String?
    private var isStatic = false
    private var address: (IPAddress, Int?)?
    private var mask: Int?
    /// The stanza of each entry: a command in it may name another interface.
    private var stanzas: [String] = []

    init(_ atBoot: [String]) { elsewhere = atBoot }

    mutating func take(_ words: [Substring]) {
        guard let first = words.first, first.utf8.first != UInt8(ascii: "#") else { return }
        switch first {
        case "auto",
            _ where first.hasPrefix("allow-"):
            endStanza()
            result.interfacesAtBoot += words.dropFirst().map(String.init)
        case "source", "source-directory":
            endStanza()
            result.sources += words.dropFirst().map(String.init)
        case "iface":
            endStanza()
            guard words.count > 1 else {
                return problems.add("iface without a name in /etc/network/interfaces")
            }
            interface = String(words[1])
            isStatic = words.contains("static")
            if words.contains("dhcp") { result.dynamicInterfaces.append(String(words[1])) }
        case "mapping", "rename", "no-auto-down", "no-scripts", "template": endStanza()
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
            let parts = words[1].split(separator: "/", maxSplits: 1)
            guard let text = parts.first, let parsed = IPAddress(parsing: text) else {
                return problems.add("no address in /etc/network/interfaces: \(words[1].excerpt)")
            }
            address = (parsed, parts.count > 1 ? PrefixLength.parse(parts[1], family: parsed.family) : nil)
        case "netmask": mask = PrefixLength.parse(words[1], family: address?.0.family ?? .v4)
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
        for word in words[(verb + 1)...] {
            let parts = word.split(separator: "/", maxSplits: 1)
            guard let text = parts.first, let address = IPAddress(parsing: text) else { continue }
            let length = parts.count > 1 ? parts[1] : words.following("netmask")
            let device =
                isIfconfig ? words[safely: verb + 1] : words.following("label") ?? words.following("dev")
            let isVariable = device?.utf8.first == UInt8(ascii: "$")
            result.entries.append(
                .init(
                    interface: device.flatMap { isVariable ? nil : String($0) } ?? interface,
                    address: address,
                    prefixLength: length.flatMap { PrefixLength.parse($0, family: address.family) },
                    isByCommand: true))
            stanzas.append(interface)
            // What follows are the broadcast address and its like.
            return
        }
    }

    private mutating func endAddress() {
        defer { (address, mask) = (nil, nil) }
        guard let interface, let (address, length) = address else { return }
        result.entries.append(.init(interface: interface, address: address, prefixLength: length ?? mask))
        stanzas.append(interface)
    }

    mutating func endStanza() {
        endAddress()
        interface = nil
        isStatic = false
    }

    func finish(_ more: [String]) -> StaticAddresses {
        var result = result
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
        result.problems = more + problems.all
        return result
    }
}

extension [Substring] {
    fileprivate subscript(safely index: Int) -> Substring? { indices.contains(index) ? self[index] : nil }
}
