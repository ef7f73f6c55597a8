import Foundation

// The form on disk is part of the schema (`Evidence.currentSchemaVersion`) and is written out here, so that renaming
// a case or a parameter in the code cannot change files that are to be read for years.

extension Vantage: Codable {
    /// `grader`, `web1` (on that machine), `tunnel:web1`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        if text == "grader" {
            self = .grader
        } else if text.hasPrefix("tunnel:") {
            self = .tunnel(MachineID(String(text.dropFirst(7))))
        } else {
            self = .node(MachineID(text))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .grader: try container.encode("grader")
        case .node(let role): try container.encode(role.rawValue)
        case .tunnel(let role): try container.encode("tunnel:\(role.rawValue)")
        }
    }
}

/// An enum's case on disk: one key, the kind, with what the kind brings.
struct OneKind<Kind: CodingKey> {
    let container: KeyedDecodingContainer<Kind>
    let kind: Kind

    /// - Parameter rule: what is broken where there is no known kind.
    init(_ decoder: any Decoder, _ rule: String) throws {
        container = try decoder.container(keyedBy: Kind.self)
        guard let kind = container.allKeys.first else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: rule))
        }
        self.kind = kind
    }

    func value<Value: Decodable>() throws -> Value { try container.decode(Value.self, forKey: kind) }
}

extension Observation.Outcome: Codable {
    private enum Kind: String, CodingKey { case command, port, http, dns, neighbours, failed }

    /// One key, the kind, with what the kind brings.
    public init(from decoder: any Decoder) throws {
        let found = try OneKind<Kind>(decoder, "an outcome has one known kind")
        switch found.kind {
        case .command: self = .command(try found.value())
        case .port: self = .port(try found.value())
        case .http: self = .http(try found.value())
        case .dns: self = .dns(try found.value())
        case .neighbours: self = .neighbours(try found.value())
        case .failed: self = .failed(try found.value())
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .command(let result): try container.encode(result, forKey: .command)
        case .port(let result): try container.encode(result, forKey: .port)
        case .http(let exchange): try container.encode(exchange, forKey: .http)
        case .dns(let exchange): try container.encode(exchange, forKey: .dns)
        case .neighbours(let table): try container.encode(table, forKey: .neighbours)
        case .failed(let failure): try container.encode(failure, forKey: .failed)
        }
    }
}

extension CommandResult: Codable {
    private enum Keys: String, CodingKey { case arguments, result }
    private enum ResultKeys: String, CodingKey {
        case ending, standardOutput, standardError, outputTruncated, errorTruncated, duration
    }

    /// `{"arguments": ["ip", "addr"], "result": {…}}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let result = try container.nestedContainer(keyedBy: ResultKeys.self, forKey: .result)
        self.init(
            answering: try container.decode([String].self, forKey: .arguments),
            ending: try result.decode(Ending.self, forKey: .ending),
            standardOutput: try result.decode(Bytes.self, forKey: .standardOutput),
            standardError: try result.decode(Bytes.self, forKey: .standardError),
            outputTruncated: try result.decode(Bool.self, forKey: .outputTruncated),
            errorTruncated: try result.decode(Bool.self, forKey: .errorTruncated),
            duration: try result.decode(SecondsCoded.self, forKey: .duration).wrappedValue)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(arguments, forKey: .arguments)
        var result = container.nestedContainer(keyedBy: ResultKeys.self, forKey: .result)
        try result.encode(ending, forKey: .ending)
        try result.encode(standardOutput, forKey: .standardOutput)
        try result.encode(standardError, forKey: .standardError)
        try result.encode(outputTruncated, forKey: .outputTruncated)
        try result.encode(errorTruncated, forKey: .errorTruncated)
        try result.encode(SecondsCoded(wrappedValue: duration), forKey: .duration)
    }
}

extension CommandResult.Ending: Codable {
    private enum Kind: String, CodingKey { case exited, signalled, timedOut, unknown }

    /// `{"exited": 0}`, `{"signalled": "KILL"}`, `{"timedOut": true}`, `{"unknown": true}`.
    public init(from decoder: any Decoder) throws {
        let found = try OneKind<Kind>(decoder, "a command ends in one known way")
        switch found.kind {
        case .exited: self = .exited(try found.value())
        case .signalled: self = .signalled(try found.value())
        case .timedOut: self = .timedOut
        case .unknown: self = .unknown
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .exited(let status): try container.encode(status, forKey: .exited)
        case .signalled(let name): try container.encode(name, forKey: .signalled)
        case .timedOut: try container.encode(true, forKey: .timedOut)
        case .unknown: try container.encode(true, forKey: .unknown)
        }
    }
}

extension HTTPExchange.Incomplete {
    private enum CodingKeys: CodingKey { case sentence, text, ranOutOfTime }

    /// Older evidence has the sentence alone, and by its words is known that the time ran out.
    public init(from decoder: any Decoder) throws {
        guard let old = try? decoder.singleValueContainer().decode(String.self) else {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                try container.sentence(english: .sentence, both: .text),
                ranOutOfTime: try container.decode(Bool.self, forKey: .ranOutOfTime))
            return
        }
        let opening = old.firstRange(of: "connected, but ")
        self.init(
            LocalizedText(verbatim: old),
            ranOutOfTime: opening.map { old[$0.upperBound...].contains(" within ") } ?? false)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(sentence, english: .sentence, both: .text)
        try container.encode(ranOutOfTime, forKey: .ranOutOfTime)
    }
}

extension HTTPExchange.Answer: Codable {
    private enum Kind: String, CodingKey { case response, notConnected, tlsFailed, noResponse }

    /// One key, the kind, with what the kind brings.
    public init(from decoder: any Decoder) throws {
        let found = try OneKind<Kind>(decoder, "an answer has one known kind")
        switch found.kind {
        case .response: self = .response(try found.value())
        case .notConnected: self = .notConnected(try found.value())
        case .tlsFailed: self = .tlsFailed(try found.value())
        case .noResponse: self = .noResponse(try found.value())
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .response(let response): try container.encode(response, forKey: .response)
        case .notConnected(let failure): try container.encode(failure, forKey: .notConnected)
        case .tlsFailed(let reason): try container.encode(reason, forKey: .tlsFailed)
        case .noResponse(let reason): try container.encode(reason, forKey: .noResponse)
        }
    }
}

/// A duration that is written as a decimal number of seconds, which people and other programs can read; the
/// library's own form is a pair of integers.
@propertyWrapper
public struct SecondsCoded: Sendable, Hashable, Codable {
    public var wrappedValue: Duration

    public init(wrappedValue: Duration) { self.wrappedValue = wrappedValue }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let duration = Duration(foreignSeconds: try container.decode(Double.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "longer than any duration")
        }
        self.init(wrappedValue: duration)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(seconds)
    }

    /// As it is written: to the microsecond.
    public var seconds: Double { (wrappedValue / .microseconds(1)).rounded() / 1_000_000 }
}

extension DNSExchange.Answer: Codable {
    private enum Kind: String, CodingKey { case response, noAnswer, malformed }
    private enum MalformedKeys: CodingKey { case wire, reason, text }

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
                reason: try malformed.sentence(english: .reason, both: .text))
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
            try malformed.encode(reason, english: .reason, both: .text)
        }
    }
}
