import Foundation
import GraderCore

extension PairCollector {
    /// Makes the probes side by side; a probe for a node that is not there is left out, because
    /// `Evidence.unreachable` says why.
    func observe(
        _ probes: [Probe], sessions: [MachineID: any NodeSession], prober: (any NetworkProber)?,
        vantage: Vantage?
    ) async -> [Observation] {
        // Those whose commands may share a channel.
        var brief: [MachineID: [(probe: Probe, command: RemoteCommand)]] = [:]
        var others: [Probe] = []
        for probe in probes {
            if probe.isBrief, case .command(let node, let command) = probe.kind {
                brief[node, default: []].append((probe, command))
            } else {
                others.append(probe)
            }
        }
        return await withTaskGroup(of: [Observation].self) { group in
            for (node, probes) in brief {
                guard let session = sessions[node] else { continue }
                group.addTask { await self.observe(brief: probes, on: node, session) }
            }
            for probe in others {
                group.addTask {
                    let observation = await self.observe(
                        probe, sessions: sessions, prober: prober, vantage: vantage)
                    return observation.map { [$0] } ?? []
                }
            }
            return await group.reduce(into: []) { all, made in
                JobSlot.current?.hasProgressed()
                all += made
            }
        }
    }

    private func observe(
        brief probes: [(probe: Probe, command: RemoteCommand)], on node: MachineID, _ session: any NodeSession
    ) async -> [Observation] {
        let startedAt = Date()
        let start = ContinuousClock.now
        let results = await session.run(brief: probes.map(\.command))
        let duration = ContinuousClock.now - start
        return probes.map { probe, command in
            let outcome: Observation.Outcome =
                switch results[command] {
                case .success(let result): .command(result)
                case .failure(let failure): .failed(failure)
                case nil: .failed(.unanswered(probe.id.rawValue))
                }
            return Observation(
                id: probe.id, vantage: .node(node), startedAt: startedAt, duration: duration,
                outcome: probe.accepting(outcome))
        }
    }

    private func observe(
        _ probe: Probe, sessions: [MachineID: any NodeSession], prober: (any NetworkProber)?,
        vantage: Vantage?
    ) async -> Observation? {
        if case .command(let node, let command) = probe.kind {
            guard let session = sessions[node] else { return nil }
            return await .made(probe.id, from: .node(node)) {
                let outcome = await Observation.Outcome.ran { () throws(TransportFailure) in
                    try await session.run(command)
                }
                return probe.accepting(outcome)
            }
        }
        guard let prober, let vantage else { return nil }
        return await .made(probe.id, from: vantage) {
            let outcome: Observation.Outcome
            switch probe.kind {
            case .command: return nil
            case .port(let address, let port, let timeLimit):
                outcome = await prober.port(address: address, port: port, timeLimit: timeLimit)
            case .http(let request, let timeLimit, let bodyLimit):
                outcome = await prober.http(request, timeLimit: timeLimit, bodyLimit: bodyLimit)
            case .dns(let request, let timeLimit): outcome = await prober.dns(request, timeLimit: timeLimit)
            case .neighbours:
                // Only the grader's own table says who answers it; behind a tunnel the nodes' tables do.
                guard vantage == .grader, let table = await prober.neighbours() else { return nil }
                outcome = .neighbours(table)
            }
            return probe.accepting(outcome)
        }
    }
}

extension Observation {
    /// What comes of a probe, with when and how long.
    static func made(
        _ id: ProbeID, from vantage: Vantage, _ probe: () async -> Outcome?
    ) async -> Observation? {
        let startedAt = Date()
        let start = ContinuousClock.now
        guard let outcome = await probe() else { return nil }
        return Observation(
            id: id, vantage: vantage, startedAt: startedAt, duration: ContinuousClock.now - start,
            outcome: outcome)
    }
}

extension Observation.Outcome {
    /// What a command brought, or why it could not be run.
    static func ran(_ run: () async throws(TransportFailure) -> CommandResult) async -> Observation.Outcome {
        do throws(TransportFailure) {
            let result = try await run()
            return .command(result)
        } catch {
            return .failed(error)
        }
    }
}
