import Foundation
import GraderCore

extension DrillRunner {
    /// One read-only look at a student's machines: what a stage of a drill needs to know, side by side. A node that
    /// could not be asked is in `unreachable`.
    /// - Parameter absent: nodes known to be away: not asked, each question would wait for its time limit.
    func look(
        _ drill: any Drill, _ stage: DrillStage, at pair: Pair, over connection: PairConnection,
        absent: [MachineID: TransportFailure] = [:]
    ) async -> Evidence {
        var looked = Evidence(
            student: pair.student, exercise: exercise.id, lab: pair.lab, startedAt: Date(),
            finishedAt: Date(), collector: collector, nonce: "", unreachable: absent,
            instability: nil, observations: [])
        for batch in drill.probes(stage, pair.lab) {
            let observations = await batch.sideBySide { probe -> Observation? in
                guard case .command(let role, let command) = probe.kind, absent[role] == nil else {
                    return nil
                }
                return await .made(probe.id, from: .node(role)) {
                    await .ran { () throws(TransportFailure) in
                        try await connection.runAgain(command, on: role)
                    }
                }
            }
            for case let observation? in observations {
                if case .failed(let failure) = observation.outcome,
                    case .node(let role) = observation.vantage
                {
                    looked.unreachable[role] = failure
                }
                looked.observations.append(observation)
            }
        }
        looked.observations.sort { $0.id < $1.id }
        looked.finishedAt = Date()
        return looked
    }
}

extension Evidence {
    /// The observations under the names they have in a drill's evidence.
    func staged(_ stage: DrillStage) -> [Observation] {
        observations.map { $0.renamed("\(stage.rawValue)/\($0.id.rawValue)") }
    }
}
