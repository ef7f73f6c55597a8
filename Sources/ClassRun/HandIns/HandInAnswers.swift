import GraderCore

/// The answers that were handed in, for those who ask what a grader asks.
struct HandInAnswers {
    /// Through which the network is seen first; nil: it is not.
    var lookout: MachineID?
    /// By machine, how many answers were to other questions.
    private(set) var otherwiseAsked: [MachineID: Int] = [:]
    private var byMachine: [MachineID: [ProbeID: Observation]]
    private let nonces: [MachineID: String]
    private let hasAddress: (String, MachineID) -> Bool

    /// Of each machine what it says of itself, and what it saw of the network.
    init(_ files: [MachineID: HandInFile], hasAddress: @escaping (String, MachineID) -> Bool) {
        nonces = files.mapValues(\.evidence.nonce)
        self.hasAddress = hasAddress
        byMachine = Dictionary(
            files.map { machine, file in
                let own = file.evidence.observations.filter {
                    $0.vantage == .tunnel(machine)
                        || $0.vantage == .node(machine) && $0.id.rawValue.hasPrefix("\(machine.rawValue)/")
                }
                return (machine, Dictionary(own.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// - Parameter name: under which the answer to a probe lies.
    mutating func take(_ probes: [Probe], as name: (ProbeID) -> ProbeID = { $0 }) -> [Observation] {
        var taken: [Observation] = []
        for probe in probes {
            let witnesses: [(machine: MachineID, vantage: Vantage)] =
                if case .command(let node, _) = probe.kind {
                    [(node, .node(node))]
                } else {
                    self.witnesses(of: probe).map { ($0, .tunnel($0)) }
                }
            for witness in witnesses {
                guard
                    let answer = answer(to: probe, name(probe.id), of: witness.machine, from: witness.vantage)
                else { continue }
                taken.append(answer)
                break
            }
        }
        return taken
    }

    private mutating func answer(
        to probe: Probe, _ id: ProbeID, of machine: MachineID, from vantage: Vantage
    ) -> Observation? {
        guard let answer = byMachine[machine]?[id], answer.vantage == vantage else { return nil }
        guard probe.isAnswered(by: answer.outcome) else {
            // Each look put a word of its own into its requests, and looked for that in its own logs.
            if !holdsItsOwnWord(answer, machine) { otherwiseAsked[machine, default: 0] += 1 }
            return nil
        }
        return answer
    }

    private func holdsItsOwnWord(_ answer: Observation, _ machine: MachineID) -> Bool {
        guard case .command(let result) = answer.outcome, let nonce = nonces[machine], !nonce.isEmpty else {
            return false
        }
        return result.arguments.contains { $0.contains(nonce) }
    }

    // MARK: The network

    /// Whose look from the network counts, the best first: a machine's at an address of its own says nothing of what
    /// others reach. Only the lookout's requests carry the word that is looked for in the logs.
    private func witnesses(of probe: Probe) -> [MachineID] {
        guard let lookout else { return [] }
        let others = byMachine.keys.filter { $0 != lookout }.sorted()
        switch probe.kind {
        case .command, .neighbours: return []
        case .port(let address, _, _):
            return ([lookout] + others).filter { !hasAddress(address, $0) }
        case .dns(let request, _):
            return ([lookout] + others).filter { !hasAddress(request.server, $0) }
        case .http(let request, _, _):
            let isOwn = hasAddress(request.address, lookout)
            return !isOwn || isOpen(request.address, request.port, toOthersThan: lookout) ? [lookout] : []
        }
    }

    /// Whether another machine, which does not have the address itself, found the port open.
    private func isOpen(_ address: String, _ port: Int, toOthersThan own: MachineID) -> Bool {
        byMachine.contains { machine, answers in
            guard machine != own, !hasAddress(address, machine) else { return false }
            return answers.values.contains { answer in
                guard answer.vantage == .tunnel(machine), case .port(let result) = answer.outcome else {
                    return false
                }
                return result.address == address && result.port == port && result.state == .open
            }
        }
    }
}
