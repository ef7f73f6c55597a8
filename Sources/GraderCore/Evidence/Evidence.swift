import Foundation

/// Everything that was observed of one student in one run, and what the roster said should be there: all that
/// judging may look at.
public struct Evidence: Sendable, Hashable, Codable {
    /// The version written today. Readers exist for every older one; a newer one is refused.
    public static let currentSchemaVersion = 3

    public var schemaVersion: Int
    public var student: String
    public var exercise: String
    /// What the roster says the student's lab should look like.
    public var lab: LabValues
    public var startedAt: Date
    public var finishedAt: Date
    /// The version of Bascule that collected.
    public var collector: String
    /// A random word that this run put into its web requests, to be found again in the servers' logs.
    public var nonce: String
    /// Machines that could not be reached or logged in to, with the reason.
    public var unreachable: [MachineID: TransportFailure]
    /// Set where the lab went on changing while it was looked at.
    public var instability: Instability?
    /// In the order of their ids.
    @ObservationsCoded public var observations: [Observation]
    /// The drills that were asked for, refused ones too; nil where none was.
    public var drills: [DrillEvidence]?
    /// The host keys that the nodes proved to hold, as `type base64`; nil in evidence from before they were kept.
    public var hostKeys: [MachineID: String]?
    /// Set where the student collected it, and nobody else has seen the machines.
    public var handIn: HandIn?

    public init(
        student: String, exercise: String, lab: LabValues, startedAt: Date, finishedAt: Date,
        collector: String, nonce: String, unreachable: [MachineID: TransportFailure],
        instability: Instability?,
        observations: [Observation]
    ) {
        self.schemaVersion = Evidence.currentSchemaVersion
        self.student = student
        self.exercise = exercise
        self.lab = lab
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.collector = collector
        self.nonce = nonce
        self.unreachable = unreachable
        self.instability = instability
        self.observations = observations.sorted { $0.id < $1.id }
    }

    public subscript(id: ProbeID) -> Observation? {
        observations.first { $0.id == id }
    }

    /// The student's machines, in the order of their names.
    public var machines: [MachineID] { lab.machines }

    /// Those that could be logged in to.
    public var reached: [MachineID] { machines.filter { unreachable[$0] == nil } }

    /// What a command on a machine came to; nil where it was not run or could not be.
    public func result(of name: String, on node: MachineID) -> CommandResult? {
        guard case .command(let result)? = self[ProbeID(node, name)]?.outcome else { return nil }
        return result
    }

    /// What a command printed where it exited with 0 and nothing was cut off; nil otherwise.
    public func complete(_ name: String, on node: MachineID) -> Bytes? {
        result(of: name, on: node)?.completeOutput
    }
}

extension Evidence {
    /// From where the network was looked at; nil where it was not.
    public var networkVantage: Vantage? {
        observations.lazy.map(\.vantage).first { if case .node = $0 { false } else { true } }
    }
}

/// Why the evidence of a pair is not of one moment (a torn read).
public struct Instability: Sendable, Hashable, Codable {
    /// What did not hold still.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// The configuration's version moved while we looked.
        case configurationChanging
        /// A node restarted while we looked.
        case nodeRestarted
        /// The cluster was in the middle of a transition.
        case actionsPending
        /// What the machines make up together has not formed yet, or not again: it will before long.
        case forming
        /// A drill holds the pair.
        case drillRunning
        /// Whether one does cannot be told: what was answered is nothing that a drill writes.
        case lockSenseless
        /// The student looked at the machines one after the other, and they were not in one state.
        case partsApart

        /// Whether it passes by itself within a minute, so that waiting is better than giving up.
        public var isPassing: Bool { self == .forming || self == .actionsPending }
    }
    public var kind: Kind
    /// How many times collecting was tried.
    public var attempts: Int
    /// What was seen to change, e.g. `web1: 0.12.3 → 0.13.1`.
    public var detail: String

    public init(kind: Kind, attempts: Int, detail: String) {
        self.kind = kind
        self.attempts = attempts
        self.detail = detail
    }
}

/// A machine's boot and clock, as the probe `clock` prints them: the word for the boot (random(4)) in the first line, the seconds since 1970
/// (`date +%s.%N`) in the second.
public struct NodeStamp {
    public var bootID: String
    public var seconds: Double

    /// nil where the output is not of this form.
    public init?(_ output: Bytes) {
        let lines = TextLines(output.text).lines
        guard lines.count >= 2, UUID(uuidString: String(lines[0])) != nil,
            let seconds = Double(lines[1].prefix(40)), seconds.isFinite
        else { return nil }
        bootID = String(lines[0])
        self.seconds = seconds
    }
}
