import GraderCore
import InputFiles

/// `host`, `host:port` or `[IPv6]:port`.
struct LoginTarget {
    var host: String
    var port: Int?

    static func read(
        _ node: InputNode, _ name: String, reader: MappingReader, portAllowed: Bool = true
    ) -> LoginTarget? {
        let expected =
            portAllowed
            ? LocalizedText(fr: "hôte ou hôte:port", en: "host or host:port")
            : LocalizedText(fr: "le nom ou l'adresse d'un hôte", en: "a host's name or address")
        guard let text = reader.text(node, .key(name), expected: expected) else { return nil }
        if text.contains("@") {
            reader.wrong(
                node, .key(name),
                expected: LocalizedText(
                    fr: "\(expected) ; le compte se donne par user sous ssh",
                    en: "\(expected); the account goes to user under ssh"))
            return nil
        }
        var host = text[...]
        var port: Substring?
        if text.hasPrefix("["), let end = text.lastIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            if !rest.isEmpty { port = rest.first == ":" ? rest.dropFirst() : rest }
        } else if let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        guard HostName.isValid(host), portAllowed || port == nil else {
            reader.wrong(node, .key(name), expected: expected)
            return nil
        }
        let number = port.flatMap(decimal)
        guard port == nil || number.map((1...65535).contains) == true else {
            reader.wrong(
                node, .key(name),
                expected: LocalizedText(
                    fr: "un port de 1 à 65535 après le deux-points",
                    en: "a port from 1 to 65535 after the colon"))
            return nil
        }
        return LoginTarget(host: String(host), port: number)
    }
}
