import Foundation
import GraderCore
import LinuxFacts
import Pacemaker

/// One read-only look at both nodes: the exercise's common probes and the drills' own facts.
struct PairLook: Sendable {
    let exercise: any Exercise
    let collector: String
    let now: @Sendable () -> Date
    let student: String
    let lab: LabValues
    private var machines: [MachineID] { lab.machines }

    init(_ runner: DrillRunner, _ pair: DrillRunner.Pair) {
        exercise = runner.exercise
        collector = runner.collector
        now = runner.now
        student = pair.student
        lab = pair.lab
    }

    /// What a stage of a drill needs to know, side by side. A node that could not be asked is in `unreachable`.
    /// - Parameter absent: nodes known to be away: not asked, each question would wait for its time limit.
    func look(
        _ stage: DrillStage, over connection: PairConnection, absent: [MachineID: TransportFailure] = [:]
    ) async -> Evidence {
        var looked = Evidence(
            student: student, exercise: exercise.id, lab: lab, startedAt: now(), finishedAt: now(),
            collector: collector, nonce: "", unreachable: absent, instability: nil, observations: [])
        let unit = lab["web"]?["server"]?.text == "nginx" ? "nginx" : "apache2"
        let common = Self.commonProbes(exercise, looked)
        let wanted = Set(machines.flatMap { role in stage.probes.map { ProbeID(role, $0) } })
        let asked = stage == .moved ? [] : machines.filter { absent[$0] == nil }
        let facts = asked.map {
            Probe(ProbeID($0, DrillProbe.facts), .command(node: $0, DrillProbes.facts(unit: unit)))
        }
        // The facts first and alone: among them is whether somebody runs `crm`, as the common probes do.
        for probes in [facts, common.filter { wanted.contains($0.id) }] {
            await withTaskGroup(of: Observation.self) { group in
                for probe in probes {
                    guard case .command(let role, let command) = probe.kind else { continue }
                    group.addTask { await observe(probe.id, command, on: role, over: connection) }
                }
                for await observation in group {
                    if case .failed(let failure) = observation.outcome,
                        case .node(let role) = observation.vantage
                    {
                        looked.unreachable[role] = failure
                    }
                    looked.observations.append(observation)
                }
            }
        }
        looked.observations.sort { $0.id < $1.id }
        looked.finishedAt = now()
        return looked
    }

    private static func commonProbes<E: Exercise>(_ exercise: E, _ nothing: Evidence) -> [Probe] {
        let findings = exercise.findings(nothing, after: nil)
        return [ProbeStage.stamp, .nodes].flatMap { exercise.plan($0, questions: [], findings: findings) }
    }

    private func observe(
        _ id: ProbeID, _ command: RemoteCommand, on role: MachineID, over connection: PairConnection
    ) async -> Observation {
        let startedAt = now()
        let start = ContinuousClock.now
        let outcome: Observation.Outcome
        do throws(TransportFailure) {
            let result = try await connection.runAgain(command, on: role)
            outcome = .command(result)
        } catch {
            outcome = .failed(error)
        }
        return Observation(
            id: id, vantage: .node(role), startedAt: startedAt, duration: ContinuousClock.now - start,
            outcome: outcome)
    }
}

extension DrillStage {
    /// The exercise's common probes that are asked: the nodes are busy, and what a drill asks of them delays it.
    fileprivate var probes: Set<String> {
        let cluster: Set<String> = [
            ClusterProbe.cib, ClusterProbe.status, ClusterProbe.nodeName, ClusterProbe.hostName,
            ClusterProbe.clock, ClusterProbe.addresses, ClusterProbe.addressText,
        ]
        // Whether a drill may begin, and from what, takes more.
        return self == .before ? cluster.union([ClusterProbe.crmShow, ClusterProbe.cibFile]) : cluster
    }
}

extension Evidence {
    /// The observations under the names they have in a drill's evidence.
    func staged(_ stage: DrillStage) -> [Observation] {
        observations.map { observation in
            var staged = observation
            staged.id = ProbeID("\(stage.rawValue)/\(observation.id.rawValue)")
            return staged
        }
    }
}

extension ClusterSnapshot {
    /// From what a stage's look brought: the CIB of one node, which is both nodes', and both nodes' facts.
    init(_ observations: [Observation], stage: DrillStage) {
        func output(_ name: String, _ role: MachineID) -> Bytes? {
            let id = ProbeID("\(stage.rawValue)/\(role.rawValue)/\(name)")
            guard case .command(let result)? = observations.first(where: { $0.id == id })?.outcome,
                result.ending == .exited(0), !result.outputTruncated
            else { return nil }
            return result.standardOutput
        }
        var facts: [String: String] = [:]
        let machines = Set(observations.compactMap(\.vantage.machine)).sorted()
        for role in machines {
            guard let printed = output(DrillProbe.facts, role) else { continue }
            for (key, value) in DrillProbes.lasting(DrillFacts.read(printed)) {
                facts["\(role.rawValue) \(key)"] = value
            }
        }
        let cibs = machines.compactMap { output(ClusterProbe.cib, $0) }
        self.init(cib: cibs.first, facts: facts)
    }
}
