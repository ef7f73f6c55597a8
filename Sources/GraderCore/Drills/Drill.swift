/// A failover rehearsal as an exercise declares it: what is changed, watched, compared, and what it is called. The runner
/// owns what makes it safe: the lock, the journal, the timers on the machines, the giving back.
public protocol Drill: Sendable {
    var kind: DrillKind { get }
    /// What was done, as a title: `The active node shut down cleanly`.
    var title: LocalizedText { get }
    /// What was done to whom, by the plan: `web2 shut down`.
    func incident(_ plan: DrillPlan) -> LocalizedText

    /// What the drill would do, or why it must not be begun. Pure.
    /// - Parameters:
    ///   - looked: what `probes` brought before.
    ///   - userAgent: of the sampler's requests, with the drill's id.
    func plan(
        _ looked: Evidence, hooks: PowerHooks, userAgent: String
    ) -> Result<DrillPlan, DrillRefusal>
    /// Why it must not be begun now although it could: somebody is at work on the machines.
    /// - Parameters:
    ///   - quietTime: what changed more recently is work under way.
    ///   - version: of the configuration as the grader's own last drill left it, which is nobody's work.
    func inUse(_ looked: Evidence, quietTime: Duration, ownVersion: String?) -> DrillRefusal?

    /// The addresses that a machine has itself, as it was seen before; empty where that could not be read.
    func addresses(of node: MachineID, _ looked: Evidence) -> Set<IPAddress>

    /// What is asked on the machines at a stage, one batch after the other, each side by side. Commands only.
    func probes(_ stage: DrillStage, _ lab: LabValues) -> [[Probe]]
    /// What is asked of the service next, before the drill is planned, by what was seen so far; empty where nothing is (any
    /// more). Network probes only.
    func followUp(_ looked: Evidence) -> [Probe]
    /// Prints the configuration in use; `version` reads it.
    var configuration: RemoteCommand { get }
    /// By what a configuration is told from another in what `configuration` printed; nil where that makes no sense.
    func version(_ printed: Bytes) -> String?
    /// The same from what was seen in a stage.
    func version(_ observations: [Observation], stage: DrillStage) -> String?
    /// Prints how the machines stand; what the next three judge.
    var status: RemoteCommand { get }
    /// Whether the drill has been watched long enough.
    /// - Parameters:
    ///   - wasOut: a client has seen an outage; it is being served at present.
    ///   - status: as the witness prints it.
    func isOver(_ plan: DrillPlan, wasOut: Bool, status: @Sendable () async -> Bytes?) async -> Bool
    /// Whether the active machine, which went away, is counted in again.
    func isBack(_ plan: DrillPlan, status: Bytes) -> Bool
    /// Whether nothing is going on any more and everything is in its place.
    func isAtRest(_ plan: DrillPlan, status: Bytes) -> Bool

    /// What is not as it was between the stages before and after. What could not be read is a difference.
    func differences(from before: [Observation], to after: [Observation]) -> [SnapshotDifference]
    /// What the drill is about and does not run as it is to, as seen after.
    func unsettled(_ plan: DrillPlan, _ after: [Observation]) -> [SnapshotDifference]
    /// The commands with which a person clears away what a drill left; empty where they would not. Where there are any,
    /// the undo is worth another try.
    func remedies(
        _ plan: DrillPlan, _ differences: [SnapshotDifference]
    ) -> [(node: MachineID?, command: String)]

    /// Where what the drill moved ended, in a sentence, and why: put back where it was, or left elsewhere by the student's
    /// own policy. Nil where everything came back by itself, or nothing was seen. Pure.
    func wayBack(_ drill: DrillEvidence) -> LocalizedText?

    /// Prints what the machines' own logs say since a moment of the node's clock, in seconds since 1970.
    func log(since seconds: Int) -> RemoteCommand
    /// Reads that; never fails.
    func events(_ log: Bytes) -> [DrillLogEntry]
    /// By which hardware addresses a machine is known in the network, as it was seen before the drill.
    func macAddresses(of node: MachineID, _ drill: DrillEvidence) -> Set<String>
}

/// A line of a machine's own log that matters.
public struct DrillLogEntry: Sendable, Hashable {
    /// By the machine's clock, since 1970.
    public var microseconds: Int64
    /// What happened; foreign words in it are bounded.
    public var what: LocalizedText
    /// What somebody decided is to happen, which may be said twice over.
    public var isDecision: Bool

    public init(microseconds: Int64, what: LocalizedText, isDecision: Bool) {
        self.microseconds = microseconds
        self.what = what
        self.isDecision = isDecision
    }
}

extension Exercise {
    /// The drill of this name; nil where there is none (any more).
    public func drill(_ kind: DrillKind) -> (any Drill)? { drills.first { $0.kind == kind } }
}

extension DrillRefusal: Error {}

extension DrillRefusal {
    /// That somebody has changed the configuration so few seconds ago: he may not be through.
    public static func changedRecently(seconds: Int) -> DrillRefusal {
        DrillRefusal(
            .inUse,
            LocalizedText(
                fr: "La configuration a changé il y a \(seconds) s : quelqu'un travaille.",
                en: "The configuration changed \(seconds) s ago: somebody is at work."))
    }
}

/// The names of the probes that only drills make.
public enum DrillProbe {
    /// Lines `key=value`: what the exercise's drills need to know of a machine.
    public static let facts = "drill-facts"
    /// The nodes' own log of the drill's time.
    public static let log = "log"
    /// The site's page when the failover was over.
    public static let page = ProbeID("page").staged(.moved)
    /// Who holds the pair's drill lock; nothing where nobody does.
    public static let lock = "drill-lock"
}
