import Foundation
import GraderCore
import InputFiles

/// What a section of a site says; what it leaves open is the outer section's.
struct WebSettings {
    var url: URLParts?
    var host: String?
    var accept: [Int]?
    var expect: String?
    var server: String?

    /// The parts of a URL that a probe needs.
    struct URLParts {
        var scheme: String
        var host: String
        var port: Int
        /// With the query.
        var path: String
        var position: InputPosition
    }

    func over(_ outer: WebSettings) -> WebSettings {
        WebSettings(
            url: url ?? outer.url, host: host ?? outer.host, accept: accept ?? outer.accept,
            expect: expect ?? outer.expect, server: server ?? outer.server)
    }

    /// - Parameters:
    ///   - key: the section's name.
    ///   - servers: the programs that may be named.
    static func read(
        _ node: InputNode, _ key: String, servers: [String], mistakes: InputMistakes
    ) -> WebSettings? {
        guard
            let reader = MappingReader(
                node, key, keys: ["url", "host", "accept", "expect", "server"],
                advice: ["tls": "https at the beginning of url", "port": "the port in url"],
                mistakes: mistakes)
        else { return nil }
        var settings = WebSettings()
        settings.url = reader.node("url").flatMap { url($0, reader) }
        settings.host = reader.node("host").flatMap { node in
            let expected = "a host's name such as www.etu1.lab"
            guard let text = reader.text(node, "host", expected: expected) else { return nil }
            if HostName.isValid(text) { return text }
            reader.wrong(node, "host", expected: expected)
            return nil
        }
        if let accept = reader.node("accept") {
            let items = reader.items(accept)
            if items.isEmpty { reader.wrong(accept, "accept", expected: "HTTP statuses such as [200, 401]") }
            settings.accept = items.compactMap { reader.integer($0, "accept", in: 100...599) }
        }
        settings.expect = reader.text("expect")
        settings.server = reader.node("server").flatMap { node in
            reader.choice(node, "server", Dictionary(servers.map { ($0, $0) }) { first, _ in first })
        }
        return settings
    }

    private static func url(_ node: InputNode, _ reader: MappingReader) -> URLParts? {
        let expected = "a URL such as http://172.16.1.12/ or https://www.etu1.lab/page"
        guard let text = reader.text(node, "url", expected: expected) else { return nil }
        guard let parts = URLComponents(string: text, encodingInvalidCharacters: false),
            let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = parts.encodedHost, HostName.isValid(host), parts.user == nil, parts.password == nil,
            parts.fragment == nil, 1...65535 ~= parts.port ?? 80
        else {
            reader.wrong(node, "url", expected: expected)
            return nil
        }
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        return URLParts(
            scheme: scheme, host: host, port: parts.port ?? (scheme == "https" ? 443 : 80),
            path: path + (parts.percentEncodedQuery.map { "?\($0)" } ?? ""), position: node.position)
    }

    /// What it comes to, with what is usual where nothing is said.
    /// - Parameters:
    ///   - address: that a URL may spell out, and what it is called; nil where it could not be read, and then nothing
    ///     is compared with it.
    func value(
        at address: LabAddress?, called noun: String, servers: [String], mistakes: InputMistakes
    ) -> LabValue {
        var value: [String: LabValue] = [
            "scheme": .string(url?.scheme ?? "http"), "port": .integer(url?.port ?? 80),
            "path": .string(url?.path ?? "/"),
            "acceptedStatuses": .array((accept ?? [200]).map(LabValue.integer)),
        ]
        var named = host
        if let url {
            if let spelt = LabAddress(url.host) {
                if let address, spelt != address {
                    mistakes.add(
                        url.position, "url leads to \(spelt)", expected: "\(noun) \(address) or a name")
                }
            } else {
                named = named ?? url.host
            }
        }
        if let named { value["host"] = .string(named) }
        if let expect { value["expectedText"] = .string(expect) }
        if let server = server ?? servers.first { value["server"] = .string(server) }
        return .object(value)
    }
}
