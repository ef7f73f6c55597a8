import Foundation

// The form on disk, as in `ObservationCoding.swift`.

extension DNSExchange.Answer: Codable {
    private enum Kind: String, CodingKey { case response, noAnswer, malformed }
    private enum MalformedKeys: String, CodingKey { case wire, reason }

    /// One key, the kind, with what the kind brings.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        switch container.allKeys.first {
        case .response: self = .response(try container.decode(DNSResponse.self, forKey: .response))
        case .noAnswer: self = .noAnswer(try container.decode(DialFailure.self, forKey: .noAnswer))
        case .malformed:
            let malformed = try container.nestedContainer(keyedBy: MalformedKeys.self, forKey: .malformed)
            self = .malformed(
                try malformed.decode(Bytes.self, forKey: .wire),
                reason: try malformed.decode(String.self, forKey: .reason))
        case nil:
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: "an answer has one known kind"))
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
