import Foundation
import GraderCore

extension PairCollector {
    /// Makes the probes side by side; a probe for a node that is not there is left out, because
    /// `Evidence.unreachable` says why.
    func observe(
        _ probes: [Probe], sessions: [MachineID: any NodeSession], prober: (any NetworkProber)?,
        vantage: Vantage?
    ) async -> [Observation] {
        let brief = Dictionary(grouping: probes.compactMap(BriefProbe.init), by: \.node)
        return await withTaskGroup(of: [Observation].self) { group in
            for (node, probes) in brief {
                guard let session = sessions[node] else { continue }
                group.addTask { await self.observe(brief: probes, on: node, session) }
            }
            for probe in probes where BriefProbe(probe) == nil {
                group.addTask {
                    let observation = await self.observe(
                        probe, sessions: sessions, prober: prober, vantage: vantage)
                    return observation.map { [$0] } ?? []
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// A probe whose command may share a channel with others.
    private struct BriefProbe {
        var probe: Probe
        var node: MachineID
        var command: RemoteCommand
        var id: ProbeID { probe.id }

        init?(_ probe: Probe) {
            guard probe.isBrief, case .command(let node, let command) = probe.kind else { return nil }
            self.probe = probe
            self.node = node
            self.command = command
        }

        func accepting(_ outcome: Observation.Outcome) -> Observation.Outcome { probe.accepting(outcome) }
    }

    private func observe(
        brief probes: [BriefProbe], on node: MachineID, _ session: any NodeSession
    ) async -> [Observation] {
        let startedAt = now()
        let clock = ContinuousClock()
        let start = clock.now
        let results = await session.run(brief: probes.map(\.command))
        let duration = clock.now - start
        return probes.map { probe in
            let outcome: Observation.Outcome =
                switch results[probe.command] {
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
                let result = try await session.run(command)
                outcome = .command(result)
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
            outcome: probe.accepting(outcome))
    }
}
