import GraderCore

/// An IP network as people write it, `172.16.0.0/16`; an address alone is a network of itself.
struct IPNetwork: Sendable, Hashable {
    var address: IPAddress
    var prefixLength: Int

    /// Nil for what is neither an address nor one with a prefix length of its family.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, let address = IPAddress(parsing: first) else {
            return nil
        }
        self.address = address
        prefixLength = address.family.bits
        if let written = parts.dropFirst().first {
            guard let length = Int(written), 0...address.family.bits ~= length else { return nil }
            prefixLength = length
        }
    }

    func contains(_ other: IPAddress) -> Bool {
        address.isInSameNetwork(as: other, prefixLength: prefixLength)
    }

    /// The address of `172.16.1.10/24`, as `ip address` prints it, or of `172.16.1.10`.
    static func address(_ text: String) -> IPAddress? { IPNetwork(text)?.address }
}
