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
        // Kept for every pair and stage at once, whatever comes of the drill.
        let budget = OutputBudget()
        for batch in drill.probes(stage, pair.lab) {
            let observations = await OutputBudget.$current.withValue(budget) {
                await batch.sideBySide { probe -> Observation? in
                    guard case .command(let role, let command) = probe.kind, absent[role] == nil else {
                        return nil
                    }
                    return await .made(probe.id, from: .node(role)) {
                        await .ran { () throws(TransportFailure) in
                            try await connection.runAgain(command, on: role)
                        }
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

extension DrillRunner {
    /// The first answer, a name's address, and as many redirects as are followed.
    private static let mostAnswers = 8

    /// A first look with what the service itself answered, asked for as long as an answer leads on.
    func followed(
        _ drill: any Drill, _ looked: Evidence, over connection: PairConnection, _ machines: [MachineID]
    ) async -> Evidence {
        var looked = looked
        for _ in 0..<Self.mostAnswers {
            let asked = Set(looked.observations.map(\.id))
            let probes = drill.followUp(looked).filter { !asked.contains($0.id) }
            guard !probes.isEmpty else { break }
            looked.observations += await ask(probes, over: connection, machines)
        }
        looked.observations.sort { $0.id < $1.id }
        return looked
    }

    /// Asks from the pair's network, the grader itself or else the last machine that can be reached, side by side.
    private func ask(
        _ probes: [Probe], over connection: PairConnection, _ machines: [MachineID]
    ) async -> [Observation] {
        for machine in machines.reversed() {
            guard let (prober, vantage) = await connection.prober(on: machine) else { continue }
            let answers = await probes.sideBySide { probe -> Observation? in
                await .made(probe.id, from: vantage) {
                    switch probe.kind {
                    case .http(let request, let timeLimit, let bodyLimit):
                        probe.accepting(
                            await prober.http(request, timeLimit: timeLimit, bodyLimit: bodyLimit))
                    case .dns(let request, let timeLimit):
                        probe.accepting(await prober.dns(request, timeLimit: timeLimit))
                    case .command, .port, .neighbours: nil
                    }
                }
            }
            return answers.compactMap(\.self)
        }
        return []
    }
}

extension Evidence {
    /// The observations under the names they have in a drill's evidence.
    func staged(_ stage: DrillStage) -> [Observation] {
        observations.map { $0.named($0.id.staged(stage)) }
    }
}
