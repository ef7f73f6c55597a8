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

    /// Takes a logical line in, which is no comment.
    mutating func take(_ line: Substring, _ words: [Substring], in file: String) {
        switch words.first {
        case "auto", "allow-auto", "allow-hotplug":
            isInStanza = false
            atBoot += words.dropFirst().map(String.init)
        case "iface":
            isInStanza = words.count > 1 && stanzas.count < Self.stanzaLimit
            guard isInStanza else { return }
            var stanza = Stanza(interface: String(words[1]), file: file)
            if let inherits = words.firstIndex(of: "inherits") {
                stanza.templates = words[(inherits + 1)...].prefix(8).map(String.init)
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
    func finish() -> StaticAddresses {
        var result = StaticAddresses(interfacesAtBoot: atBoot)
        let names = Set(atBoot)
        let patterns = names.filter { $0.hasPrefix("/") }.prefix(64).map {
            ShellPattern($0.dropFirst().prefix { $0 != "/" })
        }
        // Of a hostile file in which every stanza inherits the same long ones.
        var bytes = ParsingLimits.bytes
        let byName = Dictionary(grouping: stanzas, by: \.interface)
        for stanza in stanzas {
            let isAtBoot =
                names.contains(stanza.interface) || patterns.contains { $0.matches(stanza.interface) }
            var budget = 32
            let sources = inherited(stanza, byName, &budget)
            let isStatic = sources.lazy.compactMap(\.method).first == "static"
            for source in sources {
                for text in source.commands where bytes > 0 {
                    bytes -= text.utf8.count + 64
                    let commands = AddressCommands.read(
                        text,
                        variables: ["IFACE": stanza.interface, "LOGICAL": stanza.interface, "MODE": "start"])
                    result.entries += commands.given.map {
                        .init(
                            interface: $0.device ?? stanza.interface, address: $0.address, isAtBoot: isAtBoot,
                            file: source.file)
                    }
                    if isAtBoot { result.commands.append((source.file, commands, text)) }
                }
                for address in isStatic ? source.addresses : [] {
                    result.entries.append(
                        .init(
                            interface: stanza.interface, address: address, isAtBoot: isAtBoot,
                            file: source.file))
                }
            }
        }
        return result
    }

    /// The stanza and those that it inherits from, which may do so in turn.
    private func inherited(
        _ stanza: Stanza, _ byName: [String: [Stanza]], _ budget: inout Int
    ) -> [Stanza] {
        var all = [stanza]
        for name in stanza.templates where name != stanza.interface {
            for template in byName[name] ?? [] where budget > 0 {
                budget -= 1
                all += inherited(template, byName, &budget)
            }
        }
        return all
    }
}
