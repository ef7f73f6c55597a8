import GraderCore
import Synchronization

/// A drill that tells when it is planned, and refuses as it is told to: the reason of each time it is asked, the last
/// for all after it; none where it is empty.
final class AskedDrill: Drill {
    let kind: DrillKind
    private let tell: @Sendable (String) -> Void
    private let reasons: Mutex<[String]>

    init(_ kind: DrillKind, _ reasons: [String], tell: @escaping @Sendable (String) -> Void) {
        self.kind = kind
        self.tell = tell
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
        return .success(
            DrillPlan(
                kind: kind, active: MachineID("serv1"), witness: MachineID("serv2"), names: [:],
                target: target,
                subjects: [:], failoverBound: .zero, failbackBound: .zero))
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
    func macAddresses(of node: MachineID, _ drill: DrillEvidence) -> Set<String> { [] }
}
