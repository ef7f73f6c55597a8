import GraderCore
import InputFiles

/// What is looked at over the network: addresses, pages, names.
extension LookReader {
    func address(_ node: InputNode, _ name: String, _ reader: MappingReader) -> Template? {
        let expected = LocalizedText(
            fr: "une adresse, ou une variable telle que {machine.address}",
            en: "an address, or a variable such as {machine.address}")
        guard let address = template(node, name, expected, reader) else { return nil }
        guard !address.variables.isEmpty || IPAddress(address.written) != nil else {
            reader.wrong(node, .key(name), expected: expected)
            return nil
        }
        return address
    }

    func http(_ node: InputNode, _ reader: MappingReader) -> Look.Kind? {
        let form = LocalizedText(
            fr: "une URL telle que http://{machine.address}/", en: "a URL such as http://{machine.address}/")
        var (url, at): (Template?, Template?)
        var place = node
        if case .mapping = node.content {
            guard let inner = mistakes.mapping(node, .key("http"), keys: ["url", "at"]),
                let own = inner.required("url", of: .key("http"), expected: form)
            else { return nil }
            place = own
            url = template(own, "url", form, inner)
            if let node = inner.node("at") {
                at = address(node, "at", inner)
                if at == nil { return nil }
            }
        } else {
            url = template(node, "http", form, reader)
        }
        guard let url else { return nil }
        guard let filled = try? url.filled({ _ in "1" }), HTTPLook(filled) != nil else {
            reader.wrong(place, .key("http"), expected: form)
            return nil
        }
        return .http(url: url, at: at)
    }

    func dns(_ node: InputNode) -> Look.Kind? {
        guard let inner = mistakes.mapping(node, .key("dns"), keys: ["name", "type", "server"])
        else { return nil }
        let aName = LocalizedText(fr: "un nom", en: "a name")
        let name = inner.required("name", of: .key("dns"), expected: aName).flatMap {
            template($0, "name", aName, inner)
        }
        let server = inner.required(
            "server", of: .key("dns"), expected: LocalizedText(fr: "une adresse", en: "an address")
        ).flatMap {
            address($0, "server", inner)
        }
        let type: DNSProbeRequest.RecordType? = inner.node("type") == nil ? .a : inner.choice("type")
        guard let name, let server, let type else { return nil }
        return .dns(name: name, type: type, server: server)
    }
}
