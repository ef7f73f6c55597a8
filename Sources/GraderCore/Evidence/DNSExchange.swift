/// One question put to one name server (RFC 1034, RFC 1035), and what came of it: what a library read (`ldns`)
/// *beside* the raw bytes. Judging is pure and calls no C library, and we write no reader of foreign bytes: so it is
/// read once, where it arrives, and the bytes stay with it for a dispute.
public struct DNSExchange: Sendable, Hashable, Codable {
    public var request: DNSProbeRequest
    public var answer: Answer

    public init(request: DNSProbeRequest, answer: Answer) {
        self.request = request
        self.answer = answer
    }

    /// What came back over UDP, or over TCP where the first answer was cut off.
    public enum Answer: Sendable, Hashable {
        case response(DNSResponse)
        /// Nothing came: `timedOut`, `refused` (the port is closed: ICMP port unreachable or RST),
        /// `unreachable`, `prohibited`; `other` where it was the grader's own trouble.
        case noAnswer(DialFailure)
        /// Something came that is no answer to the question; what it was and why not, in words.
        case malformed(Bytes, reason: LocalizedText)
    }

    /// The response, where one came.
    public var response: DNSResponse? {
        if case .response(let response) = answer { response } else { nil }
    }

    /// The records of the type asked for, at the end of the chain of aliases (RFC 1034, section 3.6.2); empty
    /// where nothing came or there are none.
    public var records: [DNSRecord] {
        response?.records(of: request.type, for: request.name) ?? []
    }

    /// What the server said, in the field's distinctions; nil where nothing readable came.
    public var outcome: Outcome? {
        guard let response else { return nil }
        switch response.code {
        case .noError:
            if !records.isEmpty { return .records }
            // RFC 2308, section 2.2: authority without SOA but with NS sends the asker elsewhere.
            let authority = Set(response.authority.map(\.type))
            let isReferral =
                !response.isAuthoritative && authority.contains("NS") && !authority.contains("SOA")
            return isReferral && response.answers.isEmpty ? .referral : .noData
        case .nameError: return .nameDoesNotExist
        case .serverFailure: return .serverFailure
        case .refused: return .refused
        case let other: return .other(other)
        }
    }

    /// What a response says of the name and type asked for (RFC 1035, section 4.1.1; RFC 2308).
    public enum Outcome: Sendable, Hashable {
        /// NOERROR with records of the type asked for.
        case records
        /// NOERROR without: the name may exist, not with this type.
        case noData
        /// NOERROR with nothing but other servers' names: this one does not answer for the name.
        case referral
        /// NXDOMAIN.
        case nameDoesNotExist
        /// SERVFAIL.
        case serverFailure
        /// REFUSED.
        case refused
        case other(DNSResponseCode)
    }
}

/// The question that a DNS probe puts, and to whom.
public struct DNSProbeRequest: Sendable, Hashable, Codable {
    /// Those that a question can be about, by their names in zone files.
    public enum RecordType: String, Sendable, Hashable, Codable, CaseIterable {
        case a = "A"
        case aaaa = "AAAA"
        case cname = "CNAME"
        case ptr = "PTR"
        case soa = "SOA"
        case ns = "NS"
    }

    /// The address of the server asked (never looked up).
    public var server: String
    public var port: Int
    /// Absolute, with or without the dot at the end, in presentation form (RFC 1035, section 5.1).
    public var name: String
    public var type: RecordType
    /// Whether the server may ask others (RD).
    public var recursionDesired: Bool

    public init(
        server: String, port: Int = 53, name: String, type: RecordType, recursionDesired: Bool = false
    ) {
        self.server = server
        self.port = port
        self.name = name
        self.type = type
        self.recursionDesired = recursionDesired
    }
}

/// A response code (RFC 1035, section 4.1.1; RFC 6895, section 2.3).
public struct DNSResponseCode: Sendable, Hashable, Codable, RawRepresentable, CustomStringConvertible {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let noError = DNSResponseCode(rawValue: 0)
    public static let formatError = DNSResponseCode(rawValue: 1)
    public static let serverFailure = DNSResponseCode(rawValue: 2)
    public static let nameError = DNSResponseCode(rawValue: 3)
    public static let refused = DNSResponseCode(rawValue: 5)

    /// The mnemonic that `dig` prints.
    public var description: String {
        let names = [
            "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET",
            "NXRRSET",
            "NOTAUTH", "NOTZONE",
        ]
        // bounded: not below 0
        return Int(rawValue) < names.count ? names[Int(rawValue)] : "RCODE\(rawValue)"
    }
}

extension IPAddress {
    /// The name under which its PTR record is (RFC 1035, section 3.5; RFC 3596, section 2.5).
    public var reverseName: String {
        let width = family == .v4 ? 8 : 4
        let labels = (0..<(family.bits / width)).map { index in
            // bounded: a place within the address
            let label = UInt8(truncatingIfNeeded: number >> UInt128(index * width))
            return family == .v4 ? String(label) : String(label & 0xF, radix: 16)
        }
        return labels.joined(separator: ".") + (family == .v4 ? ".in-addr.arpa." : ".ip6.arpa.")
    }
}
