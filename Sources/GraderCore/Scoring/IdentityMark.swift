import Foundation

/// What two students cannot both have: compared between students for the teacher, never judged, never shown to
/// students.
public struct IdentityMark: Sendable, Hashable, Codable {
    /// Marks of one kind are compared with one another; in files by this name.
    public var kind: String
    /// Whose it is; nil where it is of no one machine.
    public var machine: MachineID?
    public var value: String
    /// What is said where two students have it, the value in it where that is to be shown.
    public var title: LocalizedText
    /// Addresses on the network on which the mark has to be the only one. Two students who have one of these in common
    /// are on networks of their own, and may have the mark in common too. Empty: it is the only one anywhere.
    public var network: [String]

    public init(
        _ kind: String, of machine: MachineID? = nil, _ value: String, title: LocalizedText,
        network: [String] = []
    ) {
        self.kind = kind
        self.machine = machine
        self.value = value.bounded
        self.title = title
        self.network = network.bounded
    }
}
