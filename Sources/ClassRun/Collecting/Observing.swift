import Foundation
import GraderCore

extension PairCollector {
    /// Makes the probes side by side; a probe for a node that is not there is left out, because
    /// `Evidence.unreachable` says why.
    func observe(
        _ probes: [Probe], sessions: [NodeRole: any NodeSession], prober: (any NetworkProber)?,
        vantage: Vantage?
    ) async -> [Observation] {
        await withTaskGroup(of: Observation?.self) { group in
            for probe in probes {
                group.addTask {
                    await self.observe(probe, sessions: sessions, prober: prober, vantage: vantage)
                }
            }
            var observations: [Observation] = []
            for await observation in group {
                if let observation { observations.append(observation) }
            }
            return observations
        }
    }

    private func observe(
        _ probe: Probe, sessions: [NodeRole: any NodeSession], prober: (any NetworkProber)?,
        vantage: Vantage?
    ) async -> Observation? {
        let startedAt = now()
        let clock = ContinuousClock()
        let start = clock.now
        let outcome: Observation.Outcome
        var from = vantage
        switch probe.kind {
        case .command(let node, let command):
            guard let session = sessions[node] else { return nil }
            from = .node(node)
            do throws(TransportFailure) {
                outcome = .command(command.arguments, try await session.run(command))
            } catch {
                outcome = .failed(error)
            }
        case .port(let address, let port, let timeLimit):
            guard let prober else { return nil }
            outcome = await prober.port(address: address, port: port, timeLimit: timeLimit)
        case .http(let request, let timeLimit, let bodyLimit):
            guard let prober else { return nil }
            outcome = await prober.http(request, timeLimit: timeLimit, bodyLimit: bodyLimit)
        case .dns(let request, let timeLimit):
            guard let prober else { return nil }
            outcome = await prober.dns(request, timeLimit: timeLimit)
        case .neighbours:
            // Only the grader's own table says who answers it; behind a tunnel the nodes' tables do.
            guard vantage == .grader, let prober, let table = await prober.neighbours() else { return nil }
            outcome = .neighbours(table)
        }
        guard let from else { return nil }
        return Observation(
            id: probe.id, vantage: from, startedAt: startedAt, duration: clock.now - start,
            outcome: outcome)
    }
}
