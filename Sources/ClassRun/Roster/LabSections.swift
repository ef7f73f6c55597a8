import Foundation
import GraderCore
import InputFiles

/// The sections of a lab that hold more than one value.
extension LabReader {
    /// - Parameter isWhole: false where what is left open may still be said elsewhere.
    func nameServer(_ node: InputNode, _ key: String, isWhole: Bool) -> LabValue? {
        // There is no such question.
        if case .scalar("none", _) = node.content { return nil }
        guard let reader = mistakes.mapping(node, .key(key), keys: ["server", "names"]) else { return nil }
        func part(_ name: String, _ expected: LocalizedText) -> InputNode? {
            isWhole
                ? reader.required(
                    name, of: .key(key),
                    expected: LocalizedText(
                        fr: "\(expected), ou \(key): none", en: "\(expected), or \(key): none"))
                : reader.node(name)
        }
        let server = part("server", LocalizedText(fr: "une adresse IPv4", en: "an IPv4 address"))
            .flatMap { StudentReader.address($0, "server", reader) }
        let list = LocalizedText(
            fr: "des noms tels que [www.etu1.lab]", en: "names such as [www.etu1.lab]")
        let names = part("names", LocalizedText(verbatim: "[www.etu1.lab]")).flatMap { node in
            reader.list(node, .key("names"), expected: list) { item in
                reader.value(item, .key("names"), expected: Self.hostForm) { text in
                    HostName.isValid(text) && IPAddress(text) == nil ? text : nil
                }
            }
        }
        guard let server, let names else { return nil }
        return .object(["server": .string(server.description), "names": .array(names.map(LabValue.string))])
    }

    private static let hostForm = LocalizedText(
        fr: "un nom d'hôte tel que www.etu1.lab", en: "a host's name such as www.etu1.lab")

    /// With what is usual where nothing is said.
    /// - Parameters:
    ///   - servers: the programs that may be named.
    ///   - address: that a URL may spell out, and what it is called; nil where it could not be read, and then nothing
    ///     is compared with it.
    func website(
        _ node: InputNode, _ key: String, servers: [String], at address: IPAddress?,
        called noun: LocalizedText
    ) -> LabValue? {
        let keys = ["url", "host", "accept", "expect", "server"]
        let advice = [
            "tls": LocalizedText(fr: "https au début de url", en: "https at the beginning of url"),
            "port": LocalizedText(fr: "le port dans url", en: "the port in url"),
        ]
        guard let reader = mistakes.mapping(node, .key(key), keys: keys, advice: advice) else { return nil }
        let url = reader.node("url").flatMap { self.url($0, reader) }
        let accept = reader.node("accept").flatMap { node in
            reader.list(
                node, .key("accept"),
                expected: LocalizedText(
                    fr: "des codes HTTP tels que [200, 401]", en: "HTTP statuses such as [200, 401]")
            ) {
                reader.integer($0, .key("accept"), in: 100...599)
            }
        }
        var host = reader.node("host").flatMap { node in
            reader.value(node, .key("host"), expected: Self.hostForm) { HostName.isValid($0) ? $0 : nil }
        }
        if let url, let spelt = IPAddress(url.host), spelt.isIPv4 {
            if let address, spelt != address, let position = reader.node("url")?.position {
                mistakes.add(
                    position, LocalizedText(fr: "url mène à \(spelt)", en: "url leads to \(spelt)"),
                    expected: LocalizedText(
                        fr: "\(noun) \(address) ou un nom", en: "\(noun) \(address) or a name"))
            }
        } else {
            host = host ?? url?.host
        }
        let server = reader.node("server").flatMap { node in
            reader.choice(node, .key("server"), Dictionary(servers.map { ($0, $0) }) { first, _ in first })
        }
        var value: [String: LabValue] = [
            "scheme": .string(url?.scheme ?? "http"), "port": .integer(url?.port ?? 80),
            "path": .string(url?.path ?? "/"),
            "acceptedStatuses": .array((accept ?? [200]).map(LabValue.integer)),
        ]
        value["host"] = host.map(LabValue.string)
        value["expectedText"] = reader.text("expect").map(LabValue.string)
        value["server"] = (server ?? servers.first).map(LabValue.string)
        return .object(value)
    }

    /// The parts that a probe needs; the path with the query.
    private func url(
        _ node: InputNode, _ reader: MappingReader
    ) -> (scheme: String, host: String, port: Int, path: String)? {
        let expected = LocalizedText(
            fr: "une URL telle que http://172.16.1.12/ ou https://www.etu1.lab/page",
            en: "a URL such as http://172.16.1.12/ or https://www.etu1.lab/page")
        return reader.value(node, .key("url"), expected: expected) { text in
            guard let parts = URLComponents(string: text, encodingInvalidCharacters: false),
                let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
                let host = parts.encodedHost, HostName.isValid(host), parts.user == nil,
                parts.password == nil, parts.fragment == nil, 1...65535 ~= parts.port ?? 80
            else { return nil }
            let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
            return (
                scheme, host, parts.port ?? (scheme == "https" ? 443 : 80),
                path + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
            )
        }
    }
}
