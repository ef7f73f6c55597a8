import GraderCore
import InputFiles

/// What a section of a DNS server says; what it leaves open is the outer section's.
struct DNSSettings {
    /// The section's name.
    var key: String
    var position: InputPosition
    /// `none`: there is no such question.
    var isNone = false
    var server: Field<LabAddress> = .absent
    var names: Field<[String]> = .absent

    /// Tells a value that is wrong, which is reported already, from one that is not there.
    enum Field<Value> {
        case absent
        case wrong
        case given(Value)

        init(_ node: InputNode?, _ read: (InputNode) -> Value?) {
            self = node.map { read($0).map(Field.given) ?? .wrong } ?? .absent
        }

        func over(_ outer: Field) -> Field {
            if case .absent = self { outer } else { self }
        }
    }

    func over(_ outer: DNSSettings?) -> DNSSettings {
        guard let outer, !isNone else { return self }
        return DNSSettings(
            key: key, position: position, server: server.over(outer.server), names: names.over(outer.names))
    }

    static func read(_ node: InputNode, _ key: String, mistakes: InputMistakes) -> DNSSettings? {
        if case .scalar("none", _) = node.content {
            return DNSSettings(key: key, position: node.position, isNone: true)
        }
        guard let reader = MappingReader(node, key, keys: ["server", "names"], mistakes: mistakes) else {
            return nil
        }
        return DNSSettings(
            key: key, position: node.position,
            server: Field(reader.node("server")) { StudentReader.address($0, "server", reader) },
            names: Field(reader.node("names")) { names($0, reader) })
    }

    private static func names(_ node: InputNode, _ reader: MappingReader) -> [String]? {
        let items = reader.items(node)
        if items.isEmpty { reader.wrong(node, "names", expected: "names such as [www.etu1.lab]") }
        let names = items.compactMap { item -> String? in
            let expected = "a host's name such as www.etu1.lab"
            guard let text = reader.text(item, "names", expected: expected) else { return nil }
            if HostName.isValid(text), !text.contains(":"), LabAddress(text) == nil { return text }
            reader.wrong(item, "names", expected: expected)
            return nil
        }
        return names.count == items.count && !names.isEmpty ? names : nil
    }

    /// Notes what neither this section nor an outer one gives.
    func value(mistakes: InputMistakes) -> LabValue? {
        if isNone { return nil }
        if case .absent = server {
            mistakes.add(
                position, "\(key) has no “server”", expected: "server: an IPv4 address, or \(key): none",
                about: "server")
        }
        if case .absent = names {
            mistakes.add(
                position, "\(key) has no “names”", expected: "names: [www.etu1.lab], or \(key): none",
                about: "names")
        }
        guard case .given(let server) = server, case .given(let names) = names else { return nil }
        return .object(["server": .string(server.description), "names": .array(names.map(LabValue.string))])
    }
}
