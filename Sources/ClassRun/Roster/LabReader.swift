import GraderCore
import InputFiles

/// Reads what an exercise wants to know of a lab, by its own keys.
struct LabReader {
    let keys: [LabKey]
    let mistakes: InputMistakes

    /// What one key says, before the outer section's is put behind it.
    enum Section {
        case nameServer(DNSSettings)
        case website(WebSettings)
        case value(LabValue)

        func over(_ outer: Section?) -> Section {
            switch (self, outer) {
            case (.nameServer(let own), .nameServer(let outer)?): .nameServer(own.over(outer))
            case (.website(let own), .website(let outer)?): .website(own.over(outer))
            default: self
            }
        }
    }

    /// An address that no machine has for itself, with its place in the file.
    struct ServiceAddress {
        var key: String
        var address: LabAddress
        var prefixLength: Int?
        var position: InputPosition
    }

    /// Those that may stand for a whole class.
    var shared: [LabKey] {
        keys.filter { key in if case .serviceAddress = key.kind { false } else { true } }
    }

    /// The sections for a whole class.
    func defaults(_ reader: MappingReader) -> [String: Section] {
        shared.reduce(into: [:]) { sections, key in
            sections[key.name] = reader.node(key.name).flatMap { section($0, key, reader) }
        }
    }

    private func section(_ node: InputNode, _ key: LabKey, _ reader: MappingReader) -> Section? {
        switch key.kind {
        case .serviceAddress: return nil
        case .nameServer:
            return DNSSettings.read(node, key.name, mistakes: mistakes).map(Section.nameServer)
        case .website(_, let servers):
            return WebSettings.read(node, key.name, servers: servers, mistakes: mistakes)
                .map(Section.website)
        case .text:
            return reader.text(node, key.name, expected: key.noun).map { .value(.string($0)) }
        case .number(let range):
            return reader.integer(node, key.name, in: range).map { .value(.integer($0)) }
        case .choice(let words):
            let choices = Dictionary(words.map { ($0, $0) }) { first, _ in first }
            return reader.choice(node, key.name, choices).map { .value(.string($0)) }
        }
    }

    /// The service addresses of one student.
    func serviceAddresses(_ reader: MappingReader, of what: String) -> [ServiceAddress] {
        keys.compactMap { key in
            guard case .serviceAddress = key.kind else { return nil }
            let node =
                key.isRequired
                ? reader.required(key.name, of: what, expected: "\(key.noun), as 172.16.1.12/24")
                : reader.node(key.name)
            return node.flatMap { serviceAddress($0, key.name, reader) }
        }
    }

    private func serviceAddress(_ node: InputNode, _ key: String, _ reader: MappingReader) -> ServiceAddress?
    {
        let expected = "an IPv4 address, with its prefix if you like: 172.16.1.12/24"
        guard let text = reader.text(node, key, expected: expected) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let address = LabAddress(parts[0]), address.isUnicast, parts.count <= 2 else {
            reader.wrong(node, key, expected: expected)
            return nil
        }
        var service = ServiceAddress(key: key, address: address, position: node.position)
        if parts.count == 2 {
            guard let length = decimal(parts[1]), 1...32 ~= length else {
                reader.wrong(node, key, expected: "a prefix from /1 to /32")
                return nil
            }
            service.prefixLength = length
        }
        return service
    }

    /// One student's values, with the class's behind them.
    func values(
        _ reader: MappingReader, of what: String, defaults: [String: Section], services: [ServiceAddress]
    ) -> [String: LabValue] {
        var values: [String: LabValue] = [:]
        for service in services {
            values[service.key] = .string(service.address.description)
            if let length = service.prefixLength { values["\(service.key)PrefixLength"] = .integer(length) }
        }
        for key in shared {
            let node = reader.node(key.name)
            let own = node.flatMap { section($0, key, reader) }
            // A wrong section must not fall back to the defaults' and bring their mistakes up.
            if node != nil, own == nil { continue }
            let said = own?.over(defaults[key.name]) ?? defaults[key.name]
            if said == nil, key.isRequired {
                _ = reader.required(key.name, of: what, expected: key.noun)
            }
            values[key.name] = value(said, key, services)
        }
        return values
    }

    private func value(_ section: Section?, _ key: LabKey, _ services: [ServiceAddress]) -> LabValue? {
        switch (section, key.kind) {
        case (.nameServer(let settings)?, _): settings.value(mistakes: mistakes)
        case (.value(let value)?, _): value
        case (let section, .website(let at, let servers)):
            website(section).value(
                at: services.first { $0.key == at }?.address,
                called: keys.first { $0.name == at }?.noun ?? at, servers: servers, mistakes: mistakes)
        case (.website?, _), (nil, _): nil
        }
    }

    /// A site is always somewhere, also where nothing is said of it.
    private func website(_ section: Section?) -> WebSettings {
        if case .website(let settings)? = section { settings } else { WebSettings() }
    }
}
