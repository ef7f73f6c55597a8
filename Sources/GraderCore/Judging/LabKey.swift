/// One thing that an exercise wants the roster to say of every student's lab, beside the machines' addresses.
public struct LabKey: Sendable, Hashable {
    /// How it is written, how it is checked, and what `LabValues` holds of it under the key's name.
    public enum Kind: Sendable, Hashable {
        /// An IPv4 address of the machines' network that none of them has for itself, `172.16.1.12/24`: a text, and
        /// under `<name>PrefixLength` a number where the prefix is given. Two students with the same one are not on one
        /// network.
        case serviceAddress
        /// A DNS server and names to ask it for: `server`, `names`; nothing where the roster says `none`.
        case nameServer
        /// A site: `scheme`, `port`, `host`, `path`, `acceptedStatuses`, `expectedText`, `server`.
        /// - Parameters:
        ///   - at: the key of the address that a URL may spell out.
        ///   - servers: the programs that may serve it, the usual one first.
        case website(at: String, servers: [String])
        case text
        case number(ClosedRange<Int>)
        /// One of these words.
        case choice([String])
    }

    /// As it stands in the roster.
    public var name: String
    public var kind: Kind
    /// What it is, for messages: `the site`.
    public var noun: LocalizedText
    /// Whether a roster without it is refused.
    public var isRequired: Bool

    public init(_ name: String, _ kind: Kind, noun: LocalizedText, isRequired: Bool = false) {
        self.name = name
        self.kind = kind
        self.noun = noun
        self.isRequired = isRequired
    }
}
