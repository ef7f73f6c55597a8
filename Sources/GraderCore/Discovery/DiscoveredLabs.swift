/// What an exercise makes of the machines of a network.
public struct DiscoveredLabs: Sendable {
    /// A machine of which no lab is made, and why its student cannot be graded.
    public typealias Unused = (machine: DiscoveredMachine, reason: LocalizedText)

    /// In the order of their first machines' addresses.
    public var labs: [DiscoveredLab] = []
    /// Those that belong to a lab of which nothing else was found.
    public var loneMachines: [Unused] = []
    /// Those that can be logged in to and belong to no lab: name servers, printers, the teacher's own.
    public var others: [Unused] = []
    /// Those that could not be logged in to.
    public var refused: [Unused] = []
    /// Addresses where a machine answered beside its own, which another machine may hold tomorrow: no host key is pinned
    /// for them.
    public var secondAddresses: [IPAddress] = []

    public init() {}

    /// Whether nobody answered at all.
    public var isEmpty: Bool { labs.isEmpty && loneMachines.isEmpty && others.isEmpty && refused.isEmpty }
}

/// One student's lab.
public struct DiscoveredLab: Sendable {
    /// In the exercise's order; at least one.
    public var machines: [(id: MachineID, machine: DiscoveredMachine)]
    /// What the machines call the lab they are in: a line of the student list may mean it by that.
    public var name: String?
    /// An id for the student who has not got one; nil where the machines say nothing that tells students apart.
    public var suggestedID: String?
    /// An id that no other lab of the network can have, e.g. `lab-172.16.1.10`.
    public var ownID: String
    /// What the roster says of it beside the machines' addresses.
    public var rosterLines: [RosterLine] = []
    /// The end of its line on the terminal, behind the addresses and the name.
    public var summary: LocalizedText
    /// What the teacher should look at.
    public var doubts: [LocalizedText] = []
    /// Why it cannot be graded yet; nil: it can.
    public var lack: LocalizedText?

    public init(
        machines: [(id: MachineID, machine: DiscoveredMachine)], ownID: String, summary: LocalizedText
    ) {
        self.machines = machines
        self.ownID = ownID
        self.summary = summary
    }

    public var addresses: [IPAddress] { machines.map(\.machine.address) }
}

/// A machine that was found, and by what people may mean it.
public struct DiscoveredMachine: Sendable, Hashable {
    /// Where it answered.
    public var address: IPAddress
    /// What people call it; the address where it says no name.
    public var label: String
    /// All that it has, as far as it says.
    public var addresses: [IPAddress]
    public var hostNames: [String]

    public init(
        address: IPAddress, label: String? = nil, addresses: [IPAddress] = [], hostNames: [String] = []
    ) {
        self.address = address
        self.label = label ?? address.description
        self.addresses = addresses
        self.hostNames = hostNames
    }
}

/// A key of a student's entry in the roster.
public struct RosterLine: Sendable, Hashable {
    public var key: String
    /// YAML on one line; what a machine said stands quoted in it.
    public var value: String
    public var comment: LocalizedText?

    public init(_ key: String, _ value: String, comment: LocalizedText? = nil) {
        self.key = key
        self.value = value
        self.comment = comment
    }
}
