import Foundation
import GraderCore
import InputFiles

/// The sections of a lab that hold more than one value.
extension LabReader {
    /// - Parameter isWhole: false where what is left open may still be said elsewhere.
    func nameServer(_ node: InputNode, _ key: String, isWhole: Bool) -> LabValue? {
        // There is no such question.
        if case .scalar("none", _) = node.content { return nil }
        guard let reader = mistakes.mapping(node, key, keys: ["server", "names"]) else { return nil }
        func part(_ name: String, _ expected: String) -> InputNode? {
            isWhole
                ? reader.required(name, of: key, expected: "\(expected), or \(key): none") : reader.node(name)
        }
        let server = part("server", "an IPv4 address").flatMap { StudentReader.address($0, "server", reader) }
        let names = part("names", "[www.etu1.lab]").flatMap { node in
            reader.list(node, "names", expected: "names such as [www.etu1.lab]") { item in
                reader.value(item, "names", expected: Self.hostForm) { text in
                    HostName.isValid(text) && IPAddress(text) == nil ? text : nil
                }
            }
        }
        guard let server, let names else { return nil }
        return .object(["server": .string(server.description), "names": .array(names.map(LabValue.string))])
    }

    private static let hostForm = "a host's name such as www.etu1.lab"

    /// With what is usual where nothing is said.
    /// - Parameters:
    ///   - servers: the programs that may be named.
    ///   - address: that a URL may spell out, and what it is called; nil where it could not be read, and then nothing
    ///     is compared with it.
    func website(
        _ node: InputNode, _ key: String, servers: [String], at address: IPAddress?, called noun: String
    ) -> LabValue? {
        let keys = ["url", "host", "accept", "expect", "server"]
        let advice = ["tls": "https at the beginning of url", "port": "the port in url"]
        guard let reader = mistakes.mapping(node, key, keys: keys, advice: advice) else { return nil }
        let url = reader.node("url").flatMap { self.url($0, reader) }
        let accept = reader.node("accept").flatMap { node in
            reader.list(node, "accept", expected: "HTTP statuses such as [200, 401]") {
                reader.integer($0, "accept", in: 100...599)
            }
        }
        var host = reader.node("host").flatMap { node in
            reader.value(node, "host", expected: Self.hostForm) { HostName.isValid($0) ? $0 : nil }
        }
        if let url, let spelt = IPAddress(url.host), spelt.isIPv4 {
            if let address, spelt != address, let position = reader.node("url")?.position {
                mistakes.add(position, "url leads to \(spelt)", expected: "\(noun) \(address) or a name")
            }
        } else {
            host = host ?? url?.host
        }
        let server = reader.node("server").flatMap { node in
            reader.choice(node, "server", Dictionary(servers.map { ($0, $0) }) { first, _ in first })
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
        reader.value(
            node, "url", expected: "a URL such as http://172.16.1.12/ or https://www.etu1.lab/page"
        ) { text in
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
