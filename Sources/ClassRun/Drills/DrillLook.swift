import Foundation
import GraderCore

/// One read-only look at a student's machines: what a drill has to know of them.
struct DrillLook: Sendable {
    let drill: any Drill
    let exercise: String
    let collector: String
    let now: @Sendable () -> Date
    let student: String
    let lab: LabValues

    init(_ drill: any Drill, _ runner: DrillRunner, _ pair: DrillRunner.Pair) {
        self.drill = drill
        exercise = runner.exercise.id
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
            student: student, exercise: exercise, lab: lab, startedAt: now(), finishedAt: now(),
            collector: collector, nonce: "", unreachable: absent, instability: nil, observations: [])
        for batch in drill.probes(stage, lab) {
            await withTaskGroup(of: Observation.self) { group in
                for probe in batch {
                    guard case .command(let role, let command) = probe.kind, absent[role] == nil else {
                        continue
                    }
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
