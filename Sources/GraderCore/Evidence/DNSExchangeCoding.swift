// The form on disk, as in `ObservationCoding.swift`.

extension DNSExchange.Answer: Codable {
    private enum Kind: String, CodingKey { case response, noAnswer, malformed }
    private enum MalformedKeys: String, CodingKey { case wire, reason }

    /// One key, the kind, with what the kind brings.
    public init(from decoder: any Decoder) throws {
        let found = try OneKind<Kind>(decoder, "an answer has one known kind")
        switch found.kind {
        case .response: self = .response(try found.value())
        case .noAnswer: self = .noAnswer(try found.value())
        case .malformed:
            let malformed = try found.container.nestedContainer(
                keyedBy: MalformedKeys.self, forKey: .malformed)
            self = .malformed(
                try malformed.decode(Bytes.self, forKey: .wire),
                reason: try malformed.decode(String.self, forKey: .reason))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .response(let response): try container.encode(response, forKey: .response)
        case .noAnswer(let failure): try container.encode(failure, forKey: .noAnswer)
        case .malformed(let wire, let reason):
            var malformed = container.nestedContainer(keyedBy: MalformedKeys.self, forKey: .malformed)
            try malformed.encode(wire, forKey: .wire)
            try malformed.encode(reason, forKey: .reason)
        }
    }
}
