import GraderCore

/// A node's network interfaces and their addresses, as `ip addr` says (`ip-address(8)`).
public struct InterfaceAddresses: Sendable, Equatable {
    /// In the order printed.
    public var interfaces: [Interface] = []
    /// Sentences about what was read only in part.
    public var problems: [LocalizedText] = []

    /// One interface.
    public struct Interface: Sendable, Equatable {
        public var index: Int?
        /// Without what follows `@`.
        public var name: String
        /// Further names, by which `ip` knows it as well (`altname`).
        public var alternativeNames: [String] = []
        /// What follows `@`: `if5` for the other end of a veth pair, the parent of a VLAN.
        public var link: String?
        /// `UP`, `LOWER_UP`, `LOOPBACK`, `NO-CARRIER`, …
        public var flags: [String] = []
        public var mtu: Int?
        /// `UP`, `DOWN`, `UNKNOWN` (`lo` and some virtual ones, working).
        public var operationalState: String?
        /// `ether`, `loopback`, `none`, …
        public var linkType: String?
        public var macAddress: MACAddress?
        public var addresses: [Address] = []

        public var isLoopback: Bool { flags.contains("LOOPBACK") || linkType == "loopback" }
    }

    /// One address of an interface.
    public struct Address: Sendable, Hashable {
        public var address: IPAddress
        public var prefixLength: Int
        /// The other end of a point-to-point link; the prefix then belongs to it.
        public var peer: IPAddress?
        public var broadcast: IPAddress?
        /// `global`, `link`, `host`, …
        public var scope: String?
        /// `eth0:VIP` (IPaddr2's `iflabel`); nil where it is only the interface's name.
        public var label: String?
        /// Not the first address of its network: the usual form of a virtual address.
        public var isSecondary = false
        /// Given by DHCP or router advertisement.
        public var isDynamic = false
        /// Duplicate address detection found another owner (IPv6).
        public var hasDuplicate = false
        public var isTentative = false
        /// Past its preferred lifetime.
        public var isDeprecated = false
        /// How long it is still valid; nil is forever.
        public var validLifetime: Duration?
        public var preferredLifetime: Duration?
    }

    /// The interface of that name, which may be an alternative one.
    public func interface(_ name: String) -> Interface? {
        interfaces.first { $0.name == name } ?? interfaces.first { $0.alternativeNames.contains(name) }
    }

    /// Where an address is: the interface's name with the address's entry; nil where the node does not have it.
    public func holder(of address: IPAddress) -> (interface: Interface, entry: Address)? {
        for interface in interfaces {
            if let entry = interface.addresses.first(where: { $0.address == address }) {
                return (interface, entry)
            }
        }
        return nil
    }

    /// All addresses of all interfaces.
    public var all: [Address] { interfaces.flatMap(\.addresses) }
}
