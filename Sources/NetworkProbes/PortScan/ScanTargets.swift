import GraderCore

/// Addresses to scan, as given on a command line: `172.16.1.10`, `172.16.1.0/24`, `172.16.1.10-20`,
/// `172.16.1.10-172.16.2.20`, several separated by commas.
public struct ScanTargets: Sendable, Hashable {
    /// No more than a /16 holds: a classroom is far smaller, and a slip of the pen (`/6`) stays one.
    public static let limit = 65_536

    /// In ascending order, each once.
    public var addresses: [IPAddress]

    /// A sentence about what cannot be scanned.
    public struct Mistake: Error, Sendable, Hashable, CustomStringConvertible {
        public var sentence: LocalizedText
        public var description: String { sentence[.current] }
        init(fr: LocalizedText.Wording, en: LocalizedText.Wording) {
            sentence = LocalizedText(fr: fr, en: en)
        }
    }

    /// - Parameter allowsPublic: whether addresses that are not private (RFC 1918, 4193, 6598, loopback and
    ///   link-local) are accepted.
    /// - Throws: a sentence where a target is no address, or larger than what may be scanned, or public.
    public init(_ texts: [String], allowsPublic: Bool = false) throws(Mistake) {
        var all: Set<IPAddress> = []
        for text in texts.flatMap({ $0.split(separator: ",") }).map(String.init) {
            let range = try Self.range(text)
            let count = range.upperBound - range.lowerBound
            guard count < Self.limit, all.count + Int(count) < Self.limit else {  // bounded: below the limit
                throw Mistake(
                    fr: """
                        \(text) dépasse un /16 (65536 adresses) : donner le sous-réseau de la classe.
                        """,
                    en: """
                        \(text) is larger than a /16 (65536 addresses): give the subnet of the class.
                        """)
            }
            let family: IPAddress.Family = text.contains(":") ? .v6 : .v4
            for end in [range.lowerBound, range.upperBound]
            where !allowsPublic && !IPAddress(family, end).isPrivate {
                throw Mistake(
                    fr: """
                        \(text) comprend des adresses publiques (\(IPAddress(family, end))), qui ne sont pas \
                        celles d'une salle de TP : ajouter --allow-public si les machines sont bien les vôtres.
                        """,
                    en: """
                        \(text) reaches into public addresses (\(IPAddress(family, end))): those are not a lab's; \
                        add --allow-public where the machines are yours.
                        """)
            }
            for number in range { all.insert(IPAddress(family, number)) }
        }
        guard !all.isEmpty else {
            throw Mistake(
                fr: "Rien à sonder : donner une adresse ou un sous-réseau.",
                en: "There is nothing to scan: give an address or a subnet.")
        }
        addresses = all.sorted()
    }

    private static func range(_ text: String) throws(Mistake) -> ClosedRange<UInt128> {
        if let slash = text.firstIndex(of: "/") {
            guard let address = IPAddress(String(text[..<slash])),
                let length = Int(text[text.index(after: slash)...]),
                (0...address.family.bits).contains(length)
            else {
                throw Mistake(
                    fr: "« \(text) » n'est pas un sous-réseau : l'écrire comme 172.16.1.0/24.",
                    en: "“\(text)” is not a subnet: write it as in 172.16.1.0/24.")
            }
            let first = address.network(prefixLength: length).number
            // bounded: a prefix of the family, just above
            let hostBits = UInt128(address.family.bits - length)
            // Shifting by the whole width gives zero: Swift's smart shift.
            return first...(first | ((1 << hostBits) &- 1))  // bounded: its bits only come to it
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard let first = IPAddress(ends[0]), ends.count <= 2 else {
            throw Mistake(
                fr: """
                    « \(text) » n'est ni une adresse, ni un sous-réseau, ni une plage (les noms ne sont pas \
                    résolus) : écrire 172.16.1.0/24 ou 172.16.1.10-20.
                    """,
                en: """
                    “\(text)” is not an address, a subnet or a range: names are not looked up; write \
                    172.16.1.0/24 or 172.16.1.10-20.
                    """)
        }
        guard ends.count == 2 else { return first.number...first.number }
        let last: IPAddress? =
            if first.family == .v4, let octet = UInt8(ends[1]) {
                IPAddress(.v4, (first.number & ~0xFF) | UInt128(octet))  // bounded: widened
            } else {
                IPAddress(ends[1])
            }
        guard let last, last.family == first.family, first.number <= last.number else {
            throw Mistake(
                fr: """
                    « \(text) » n'est pas une plage : écrire 172.16.1.10-20, la plus petite adresse d'abord.
                    """,
                en: """
                    “\(text)” is not a range: write 172.16.1.10-20, the lower address first.
                    """)
        }
        return first.number...last.number
    }
}

extension IPAddress {
    /// Not routed on the Internet: RFC 1918, RFC 6598 (shared), RFC 4193 (unique local), loopback, link-local.
    public var isPrivate: Bool {
        if isLoopback || isLinkLocal { return true }
        guard family == .v4 else { return number >> 121 == 0x7E }
        return number >> 24 == 10 || number >> 20 == 0xAC1 || number >> 16 == 0xC0A8 || number >> 22 == 0x191
    }
}

/// Ports to probe: `22,80,8000-8100`.
public struct ScanPorts: Sendable, Hashable {
    /// In ascending order, each once.
    public var numbers: [Int]

    /// - Throws: a sentence where a part is no port and no range of ports.
    public init(_ text: String) throws(ScanTargets.Mistake) {
        var all: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            // bounded: of a text
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first >= 1,
                last <= 65_535, first <= last
            else {
                throw ScanTargets.Mistake(
                    fr: """
                        « \(part) » n'est ni un port ni une plage de ports de 1 à 65535 : écrire 22,80,8000-8100.
                        """,
                    en: """
                        “\(part)” is not a port or a range of ports from 1 to 65535: write 22,80,8000-8100.
                        """)
            }
            all.formUnion(first...last)
        }
        numbers = all.sorted()
    }
}
