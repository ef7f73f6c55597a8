import Foundation
import GraderCore

/// A class: its students, what their labs should look like and how to log in to their machines. Read from
/// `class.yaml` by `Roster.read(file:exercises:)`; holds no secret, only where each is kept.
public struct Roster: Sendable, Hashable {
    /// Usable as a folder's name.
    public var className: String
    public var exercise: String
    /// For people; the class name where the file gives none.
    public var title: String
    /// Of the reports.
    public var language: Language
    /// During an exam: `check` shows only that the machines can be reached.
    public var isExam = false
    /// Those listed, in the order of the file, then those of the pattern.
    public var students: [RosterStudent]
    /// Where the class's clocks stand; nil: as the grader's.
    public var timeZone: TimeZone?
    /// SHA-256 of the file's bytes, in hexadecimal; empty where it was read from none.
    public var checksum = ""

    /// What the class is called where one student's few lines stand in for a roster (`check --local`).
    public static let ownClassName = "local"

    public subscript(id: String) -> RosterStudent? { students.first { $0.identity.id == id } }
}

/// One student (or team) and their pair.
public struct RosterStudent: Sendable, Hashable {
    public var identity: StudentIdentity
    public var lab: LabValues
    /// One for each of the two roles.
    public var logins: [MachineID: NodeLogin]
    /// Whether the network probes have to go through a node's SSH connection.
    public var usesTunnel: Bool
    /// How the machines' power is cut and given.
    public var hooks = PowerHooks()
    /// After it a run is late: the student's own, or the class's; nil: none.
    public var deadline: Date?

    /// Every secret that logging in to this pair needs; may hold one twice.
    public var secretSources: [SecretSource] {
        lab.machines.compactMap { logins[$0] }.flatMap(\.secretSources)
    }
}

/// From where the network probes are made.
public enum NetworkPolicy: String, Sendable, Hashable, CaseIterable {
    /// From the grader where it is clear that it stands in the student's lab network: the log-in goes straight
    /// to the first machine's lab address, and no other student has the same service address. Otherwise through SSH.
    case auto
    /// From the grader's own network.
    case direct
    /// Through a node's SSH connection.
    case tunnel
}
