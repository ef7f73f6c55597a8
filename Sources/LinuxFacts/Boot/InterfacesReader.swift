import GraderCore

/// The stanzas of interfaces(5), line by line, whatever file they stand in.
struct InterfacesReader {
    private struct Stanza {
        var interface: String
        var file: String
        /// nil where none is written: then that of what it inherits.
        var method: String?
        var templates: [String] = []
        var addresses: [IPAddress] = []
        /// Of `up`, `post-up` and `pre-up`.
        var commands: [String] = []
    }

    private var stanzas: [Stanza] = []
    private var atBoot: [String] = []
    private var isInStanza = false
    private static let stanzaLimit = 2_000
    /// Templates of one stanza, and all that it inherits from.
    private static let (templateLimit, inheritedLimit) = (8, 32)
    /// Files that say something which was not read to the end.
    private var open: [String] = []

    /// A bound was reached: what stands there is not known.
    mutating func leaveOpen(_ file: String) {
        if !open.contains(file) { open.append(file) }
    }

    /// Takes a logical line in, which is no comment.
    mutating func take(_ line: Substring, _ words: [Substring], in file: String) {
        switch words.first {
        case "auto", "allow-auto", "allow-hotplug":
            isInStanza = false
            atBoot += words.dropFirst().map(String.init)
        case "iface":
            isInStanza = words.count > 1 && stanzas.count < Self.stanzaLimit
            if stanzas.count >= Self.stanzaLimit { leaveOpen(file) }
            guard isInStanza else { return }
            var stanza = Stanza(interface: String(words[1]), file: file)
            if let inherits = words.firstIndex(of: "inherits") {
                let templates = words[(inherits + 1)...]
                if templates.count > Self.templateLimit { leaveOpen(file) }
                stanza.templates = templates.prefix(Self.templateLimit).map(String.init)
            }
            if words.count > 3, words[2] != "inherits" { stanza.method = String(words[3]) }
            stanzas.append(stanza)
        case "source", "source-directory", "mapping", "rename", "no-auto-down", "no-scripts", "template":
            isInStanza = false
        case let first? where first.hasPrefix("allow-"): isInStanza = false
        case let first?: takeOption(first, words, line)
        case nil: return
        }
    }

    private mutating func takeOption(_ option: Substring, _ words: [Substring], _ line: Substring) {
        guard isInStanza, words.count > 1, let last = stanzas.indices.last else { return }
        switch option {
        case "address":
            // Several address lines give several addresses in ifupdown2 and ifupdown-ng.
            if let address = IPAddress(withPrefix: words[1]) { stanzas[last].addresses.append(address) }
        case "up", "post-up", "pre-up":
            stanzas[last].commands.append(String(line.trimmed.dropFirst(option.count)))
        default: return
        }
    }

    /// What there is, `auto` behind a stanza having its effect as well.
    mutating func finish() -> StaticAddresses {
        var result = StaticAddresses(interfacesAtBoot: atBoot)
        let names = Set(atBoot)
        let patterns = atBoot.filter { $0.hasPrefix("/") }.map {
            ShellPattern($0.dropFirst().prefix { $0 != "/" })
        }
        var comparisons = ComparisonBudget()
        // Of a hostile file in which every stanza inherits the same long ones, or has commands that take long.
        var bytes = ParsingLimits.bytes
        var shell = ShellBudget()
        let byName = Dictionary(grouping: stanzas, by: \.interface)
        for stanza in stanzas {
            let isAtBoot =
                names.contains(stanza.interface)
                || !comparisons.isSpent && patterns.contains { $0.matches(stanza.interface, &comparisons) }
            if !isAtBoot, comparisons.isSpent { leaveOpen(stanza.file) }
            var budget = Self.inheritedLimit
            let sources = inherited(stanza, byName, &budget)
            if budget < 0 { leaveOpen(stanza.file) }
            let isStatic = sources.lazy.compactMap(\.method).first == "static"
            for source in sources {
                for text in source.commands {
                    bytes -= text.utf8.count + 64
                    guard bytes > 0 else { break }
                    let commands = AddressCommands.read(
                        text,
                        variables: ["IFACE": stanza.interface, "LOGICAL": stanza.interface, "MODE": "start"],
                        &shell)
                    bytes -= commands.given.count * 64
                    result.entries += commands.given.map {
                        .init(
                            interface: $0.device ?? stanza.interface, address: $0.address, isAtBoot: isAtBoot,
                            file: source.file)
                    }
                    if isAtBoot { result.commands.append((source.file, commands, text)) }
                }
                for address in isStatic ? source.addresses : [] {
                    bytes -= 64
                    guard bytes > 0 else { break }
                    result.entries.append(
                        .init(
                            interface: stanza.interface, address: address, isAtBoot: isAtBoot,
                            file: source.file))
                }
                if bytes <= 0 { leaveOpen(source.file) }
            }
        }
        result.open = open
        return result
    }

    /// The stanza and those that it inherits from, which may do so in turn.
    /// - Parameter budget: how many still; less than none says that there were more.
    private func inherited(
        _ stanza: Stanza, _ byName: [String: [Stanza]], _ budget: inout Int
    ) -> [Stanza] {
        var all = [stanza]
        for name in stanza.templates where name != stanza.interface {
            for template in byName[name] ?? [] {
                budget -= 1
                guard budget >= 0 else { return all }
                all += inherited(template, byName, &budget)
            }
        }
        return all
    }
}
