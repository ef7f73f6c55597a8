import Foundation
import GraderCore

/// What a `web:` section says; what it leaves open is the outer section's.
struct WebSettings {
    var url: URLParts?
    var host: String?
    var accept: [Int]?
    var expect: String?
    var server: WebFacts.Server?

    /// The parts of a URL that a probe needs.
    struct URLParts {
        var scheme: WebFacts.Scheme
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

    static func read(_ node: InputNode, mistakes: InputMistakes) -> WebSettings? {
        guard
            let reader = MappingReader(
                node, "web", keys: ["url", "host", "accept", "expect", "server"],
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
            let servers = WebFacts.Server.allCases.map { ($0.rawValue, $0) }
            return reader.choice(node, "server", Dictionary(uniqueKeysWithValues: servers))
        }
        return settings
    }

    private static func url(_ node: InputNode, _ reader: MappingReader) -> URLParts? {
        let expected = "a URL such as http://172.16.1.12/ or https://www.etu1.lab/page"
        guard let text = reader.text(node, "url", expected: expected) else { return nil }
        guard let parts = URLComponents(string: text, encodingInvalidCharacters: false),
            let scheme = parts.scheme.flatMap({ WebFacts.Scheme(rawValue: $0.lowercased()) }),
            let host = parts.encodedHost, HostName.isValid(host), parts.user == nil, parts.password == nil,
            parts.fragment == nil, 1...65535 ~= parts.port ?? 80
        else {
            reader.wrong(node, "url", expected: expected)
            return nil
        }
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        return URLParts(
            scheme: scheme, host: host, port: parts.port ?? (scheme == .https ? 443 : 80),
            path: path + (parts.percentEncodedQuery.map { "?\($0)" } ?? ""), position: node.position)
    }

    /// - Parameter vip: the student's; nil where it could not be read, and then nothing is compared with it.
    func facts(vip: LabAddress?, mistakes: InputMistakes) -> WebFacts {
        var facts = WebFacts()
        if let url {
            facts.scheme = url.scheme
            facts.port = url.port
            facts.path = url.path
            if let address = LabAddress(url.host) {
                if let vip, address != vip {
                    mistakes.add(
                        url.position, "url leads to \(address)", expected: "the virtual IP \(vip) or a name")
                }
            } else {
                facts.host = url.host
            }
        }
        facts.host = host ?? facts.host
        facts.acceptedStatuses = accept ?? facts.acceptedStatuses
        facts.expectedText = expect
        facts.server = server ?? facts.server
        return facts
    }
}
