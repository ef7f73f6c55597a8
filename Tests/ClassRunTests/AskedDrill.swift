import GraderCore
import Synchronization

/// A drill that tells when it is planned, and refuses as it is told to: the reason of each time it is asked, the last
/// for all after it; none where it is empty.
final class AskedDrill: Drill {
    let kind: DrillKind
    private let tell: @Sendable (String) -> Void
    /// What is to be done, and with what, where that matters.
    private let change: @Sendable (inout DrillPlan) -> Void
    private let reasons: Mutex<[String]>
    /// The machines' own addresses.
    private let own: Set<IPAddress>

    init(
        _ kind: DrillKind, _ reasons: [String], own: Set<IPAddress> = [],
        tell: @escaping @Sendable (String) -> Void,
        change: @escaping @Sendable (inout DrillPlan) -> Void = { _ in }
    ) {
        self.kind = kind
        self.own = own
        self.tell = tell
        self.change = change
        self.reasons = Mutex(reasons)
    }

    func plan(
        _ looked: Evidence, hooks: PowerHooks, userAgent: String
    ) -> Result<DrillPlan, DrillRefusal> {
        tell("plan \(kind.rawValue)")
        let reason = reasons.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? "" }
        guard reason.isEmpty else {
            return .failure(DrillRefusal(.notReady, LocalizedText(verbatim: reason)))
        }
        let target = SamplingTarget(
            address: "172.16.1.12", port: 80, request: nil, acceptedStatuses: [200])
        var plan = DrillPlan(
            kind: kind, active: MachineID("serv1"), witness: MachineID("serv2"), names: [:], target: target,
            subjects: [:], failoverBound: .zero, failbackBound: .zero)
        change(&plan)
        return .success(plan)
    }

    var title: LocalizedText { LocalizedText(verbatim: kind.rawValue) }
    func incident(_ plan: DrillPlan) -> LocalizedText { title }
    func inUse(_ looked: Evidence, quietTime: Duration, ownVersion: String?) -> DrillRefusal? { nil }
    func probes(_ stage: DrillStage, _ lab: LabValues) -> [[Probe]] { [] }
    func followUp(_ looked: Evidence) -> [Probe] { [] }
    var configuration: RemoteCommand { RemoteCommand(["true"]) }
    func version(_ printed: Bytes) -> String? { nil }
    func version(_ observations: [Observation], stage: DrillStage) -> String? { nil }
    var status: RemoteCommand { RemoteCommand(["true"]) }
    func isOver(
        _ plan: DrillPlan, wasOut: Bool, status: @Sendable () async -> Bytes?
    ) async -> Bool { true }
    func isBack(_ plan: DrillPlan, status: Bytes) -> Bool { true }
    func isAtRest(_ plan: DrillPlan, status: Bytes) -> Bool { true }
    func differences(from before: [Observation], to after: [Observation]) -> [SnapshotDifference] { [] }
    func unsettled(_ plan: DrillPlan, _ after: [Observation]) -> [SnapshotDifference] { [] }
    func remedies(
        _ plan: DrillPlan, _ differences: [SnapshotDifference]
    ) -> [(node: MachineID?, command: String)] { [] }
    func wayBack(_ drill: DrillEvidence) -> LocalizedText? { nil }
    func log(since seconds: Int) -> RemoteCommand { RemoteCommand(["true"]) }
    func events(_ log: Bytes) -> [DrillLogEntry] { [] }
    func addresses(of node: MachineID, _ looked: Evidence) -> Set<IPAddress> { own }
    func macAddresses(of node: MachineID, _ drill: DrillEvidence) -> Set<String> { [] }
}

extension DrillPlan {
    /// serv1 goes down, and the teacher's host switches it on again.
    static var shutdown: DrillPlan {
        var plan = DrillPlan(
            kind: "shutdown", active: .serv1, witness: .serv2,
            names: [.serv1: "serv1", .serv2: "serv2"],
            target: SamplingTarget(address: "172.16.1.12", port: 80, request: nil, acceptedStatuses: [200]),
            subjects: ["vip": ["vip"]], failoverBound: .seconds(30), failbackBound: .seconds(30))
        plan.goesDown = true
        plan.powerOn = ["on"]
        return plan
    }
}
