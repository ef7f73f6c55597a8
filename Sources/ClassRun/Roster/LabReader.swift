import GraderCore
import InputFiles

/// Reads what an exercise wants to know of a lab, by its own keys.
struct LabReader {
    let keys: [LabKey]
    let mistakes: InputMistakes

    /// An address that no machine has for itself, with its place in the file.
    struct ServiceAddress {
        var key: String
        var address: IPAddress
        var prefixLength: Int?
        var position: InputPosition
    }

    /// Those that may stand for a whole class.
    var shared: [LabKey] {
        keys.filter { key in if case .serviceAddress = key.kind { false } else { true } }
    }

    /// The sections for a whole class, which need not say all.
    func defaults(_ reader: MappingReader) -> [String: InputNode] {
        shared.reduce(into: [:]) { sections, key in
            guard let node = reader.node(key.name) else { return }
            _ = value(node, key, reader, services: nil)
            sections[key.name] = node
        }
    }

    /// - Parameter services: the student's; nil where it is the class's section.
    private func value(
        _ node: InputNode, _ key: LabKey, _ reader: MappingReader, services: [ServiceAddress]?
    ) -> LabValue? {
        switch key.kind {
        case .serviceAddress: return nil
        case .nameServer: return nameServer(node, key.name, isWhole: services != nil)
        case .website(let at, let servers):
            return website(
                node, key.name, servers: servers, at: services?.first { $0.key == at }?.address,
                called: keys.first { $0.name == at }?.words ?? .key(at))
        case .text: return reader.text(node, .key(key.name), expected: key.words).map { .string($0) }
        case .number(let range): return reader.integer(node, .key(key.name), in: range).map { .integer($0) }
        case .choice(let words):
            let choices = Dictionary(words.map { ($0, $0) }) { first, _ in first }
            return reader.choice(node, .key(key.name), choices).map { .string($0) }
        }
    }

    /// The service addresses of one student.
    func serviceAddresses(_ reader: MappingReader, of what: LocalizedText) -> [ServiceAddress] {
        keys.compactMap { key in
            guard case .serviceAddress = key.kind else { return nil }
            let node =
                key.isRequired
                ? reader.required(
                    key.name, of: what,
                    expected: LocalizedText(
                        fr: "\(key.words), comme 172.16.1.12/24", en: "\(key.words), as 172.16.1.12/24"))
                : reader.node(key.name)
            return node.flatMap { serviceAddress($0, key.name, reader) }
        }
    }

    private func serviceAddress(_ node: InputNode, _ key: String, _ reader: MappingReader) -> ServiceAddress?
    {
        let expected = LocalizedText(
            fr: "une adresse IPv4, au besoin avec son préfixe : 172.16.1.12/24",
            en: "an IPv4 address, with its prefix if you like: 172.16.1.12/24")
        let parsed = reader.value(node, .key(key), expected: expected) { text -> (IPAddress, Substring?)? in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard let address = parts.first.flatMap({ IPAddress(ofHost: $0) }), parts.count <= 2 else {
                return nil
            }
            return (address, parts.dropFirst().first)
        }
        guard let (address, prefix) = parsed else { return nil }
        let length = prefix.flatMap(decimal)
        guard prefix == nil || length.map((1...32).contains) == true else {
            reader.wrong(
                node, .key(key),
                expected: LocalizedText(fr: "un préfixe de /1 à /32", en: "a prefix from /1 to /32"))
            return nil
        }
        return ServiceAddress(key: key, address: address, prefixLength: length, position: node.position)
    }

    /// One student's values; what a section leaves open is the class's.
    func values(
        _ reader: MappingReader, of what: LocalizedText, defaults: [String: InputNode],
        services: [ServiceAddress]
    ) -> [String: LabValue] {
        var values: [String: LabValue] = [:]
        for service in services {
            values[service.key] = .string(service.address.description)
            if let length = service.prefixLength { values["\(service.key)PrefixLength"] = .integer(length) }
        }
        for key in shared {
            var node = reader.node(key.name)?.over(defaults[key.name]) ?? defaults[key.name]
            if node == nil, key.isRequired { _ = reader.required(key.name, of: what, expected: key.words) }
            // A site is always somewhere, also where nothing is said of it.
            if node == nil, case .website = key.kind {
                node = InputNode(position: reader.position, content: .mapping([]))
            }
            values[key.name] = node.flatMap { value($0, key, reader, services: services) }
        }
        return values
    }
}

extension LabKey {
    /// What it is, within a sentence.
    fileprivate var words: LocalizedText { LocalizedText(fr: "\(noun)", en: "\(noun)") }
}

extension InputNode {
    /// The same section, with what it leaves open taken from the outer one.
    fileprivate func over(_ outer: InputNode?) -> InputNode {
        guard case .mapping(let own) = content, case .mapping(let others)? = outer?.content else {
            return self
        }
        let left = others.filter { other in !own.contains { $0.key == other.key } }
        return InputNode(position: position, content: .mapping(own + left))
    }
}
