import GraderCore

extension InterfaceAddresses {
    /// Reads what `ip addr` (also `ip -o addr`, `ip addr show dev X`) prints. Never fails.
    public static func read(text: String) -> InterfaceAddresses {
        var result = InterfaceAddresses()
        let source = TextLines(
            text.withoutControlSequences,
            named: LocalizedText(fr: "la sortie de ip addr", en: "the output of ip addr"))
        var problems = ProblemList()
        source.problems.forEach { problems.add($0) }
        for line in source.lines {
            // `ip -o` puts a backslash where a line would end.
            for part in line.utf8.split(separator: UInt8(ascii: "\\")) {
                let words = Substring(part).blankSeparatedWords
                guard let first = words.first else { continue }
                if !result.take(first, words) {
                    problems.add(
                        LocalizedText(
                            fr: "non compris dans ip addr : \(line.excerpt)",
                            en: "not understood in ip addr: \(line.excerpt)"))
                }
            }
        }
        result.problems = problems.all
        return result
    }

    /// Takes one line in; false where it was not understood.
    private mutating func take(_ first: Substring, _ words: [Substring]) -> Bool {
        switch first {
        case "inet", "inet6":
            guard let last = interfaces.indices.last else { return false }
            guard let entry = Address(words: words, interface: interfaces[last].name) else { return false }
            interfaces[last].addresses.append(entry)
        case "valid_lft":
            guard let last = interfaces.indices.last, let entry = interfaces[last].addresses.indices.last
            else {
                return false
            }
            interfaces[last].addresses[entry].validLifetime = Self.lifetime(after: "valid_lft", in: words)
            interfaces[last].addresses[entry].preferredLifetime = Self.lifetime(
                after: "preferred_lft", in: words)
        case "altname":
            guard let last = interfaces.indices.last, words.count > 1 else { return false }
            interfaces[last].alternativeNames.append(String(words[1]))
        case _ where first.hasPrefix("link/"):
            guard let last = interfaces.indices.last else { return false }
            interfaces[last].linkType = String(first.dropFirst(5))
            if words.count > 1 { interfaces[last].macAddress = MACAddress(parsing: words[1]) }
        case _ where first.last == ":" && first.dropLast().utf8.allSatisfy(\.isASCIIDigit):
            return takeHeader(words)
        default:
            // Without an interface it is another text.
            return !interfaces.isEmpty
                && (Self.passed.contains(first) || first.utf8.allSatisfy(\.isASCIIDigit))
        }
        return true
    }

    /// What lines of no interest begin with: other names, the kind of link (`ip -d`), statistics (`ip -s`).
    private static let passed: Set<Substring> = [
        "altname", "alias", "proto", "promiscuity", "vlan", "bridge", "bridge_slave", "bond", "bond_slave",
        "team", "veth", "vxlan", "macvlan", "macvtap", "ipvlan", "tun", "dummy", "wireguard", "vrf",
        "openvswitch", "vf", "RX:", "TX:", "RX", "TX",
    ]

    /// `2: eth0@if5: <BROADCAST,UP,LOWER_UP> mtu 1500 … state UP …`, or `2: eth0    inet …` of `ip -o`.
    private mutating func takeHeader(_ words: [Substring]) -> Bool {
        guard words.count > 1 else { return false }
        let title = words[1].last == ":" ? words[1].dropLast() : words[1]
        let parts = title.split(separator: "@", maxSplits: 1)
        guard let name = parts.first else { return false }
        let index = Int(words[0].dropLast())  // bounded: of a text
        let isNew = interfaces.last.map { $0.name != name || $0.index != index } ?? true
        if isNew {
            var interface = Interface(name: String(name))
            interface.index = index
            interface.link = parts.count > 1 ? String(parts[1]) : nil
            interfaces.append(interface)
        }
        guard words.count > 2 else { return true }
        if words[2] == "inet" || words[2] == "inet6" { return take(words[2], Array(words[2...])) }
        let last = interfaces.count - 1
        if words[2].hasPrefix("<"), words[2].hasSuffix(">") {
            interfaces[last].flags = words[2].dropFirst().dropLast().split(separator: ",").map(String.init)
        }
        interfaces[last].mtu = words.following("mtu").flatMap { Int($0) }
        interfaces[last].operationalState = words.following("state").map(String.init)
        return true
    }

    /// `forever` is nil, `86383sec` a duration.
    private static func lifetime(after key: Substring, in words: [Substring]) -> Duration? {
        guard let text = words.following(key), text.hasSuffix("sec"), let seconds = Int64(text.dropLast(3))
        else {
            return nil
        }
        return .seconds(seconds)  // bounded: a whole number
    }
}

extension InterfaceAddresses.Address {
    /// `inet 172.16.0.12/24 brd 172.16.0.255 scope global secondary eth0:VIP`,
    /// `inet 10.0.0.1 peer 10.0.0.2/32 scope global ppp0`.
    fileprivate init?(words: [Substring], interface: String) {
        guard words.count > 1 else { return nil }
        let peer = words.following("peer")
        let own = words[1].split(separator: "/", maxSplits: 1)
        guard let text = own.first, let address = IPAddress(parsing: text) else { return nil }
        let withPrefix = (peer ?? words[1]).split(separator: "/", maxSplits: 1)
        let length =
            withPrefix.count > 1
            ? PrefixLength.parse(withPrefix[1], family: address.family) : address.family.bits
        guard let length else { return nil }
        self.init(address: address, prefixLength: length)
        self.peer = peer == nil ? nil : withPrefix.first.flatMap { IPAddress(parsing: $0) }
        broadcast = words.following("brd").flatMap { IPAddress(parsing: $0) }
        scope = words.following("scope").map(String.init)
        guard let behindScope = words.firstIndex(of: "scope").map({ $0 + 2 }), behindScope <= words.count
        else {
            return
        }
        var rest = words[behindScope...]
        // Only IPv4 addresses have labels, and every one has: it stands last.
        if address.isIPv4, let label = rest.popLast(), label != interface { self.label = String(label) }
        for flag in rest {
            switch flag {
            // For IPv6 the same kernel flag is printed as `temporary`.
            case "secondary": isSecondary = true
            case "dynamic": isDynamic = true
            case "deprecated": isDeprecated = true
            case "tentative": isTentative = true
            case "dadfailed": hasDuplicate = true
            default: continue
            }
        }
    }
}
