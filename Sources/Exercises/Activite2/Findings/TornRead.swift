import GraderCore
import Pacemaker

/// Whether two looks at a pair's stamps (CIB and clock, before and after collecting) are of one moment.
enum TornRead {
    /// Nil where nothing moved. A node whose stamp is missing in either look says nothing.
    static func between(_ opening: Findings, _ closing: Findings, attempt: Int) -> Instability? {
        if let instability = lock(opening, closing, attempt: attempt) { return instability }
        for role in MachineID.pair {
            let before = bootID(opening, role)
            let after = bootID(closing, role)
            if let before, let after, before != after {
                return Instability(
                    kind: .nodeRestarted, attempts: attempt, detail: "\(role.rawValue): boot id")
            }
        }
        for role in MachineID.pair {
            guard let before = opening.cibs[role]?.version, let after = closing.cibs[role]?.version else {
                continue
            }
            if before != after {
                return Instability(
                    kind: .configurationChanging, attempts: attempt,
                    detail: "\(role.rawValue): CIB \(before) → \(after)")
            }
        }
        if let forming = forming(closing) {
            return Instability(kind: .forming, attempts: attempt, detail: forming)
        }
        for role in MachineID.pair {
            // What a node that has gone left pending stays pending: only nodes that are up are acting.
            let acting = (closing.cibs[role]?.nodeStates ?? []).filter { $0.controllerOnline ?? false }
            let pending = acting.flatMap(\.operations).first { $0.isPending && $0.interval == .zero }
            if let pending {
                return Instability(
                    kind: .actionsPending, attempts: attempt,
                    detail: "\(pending.operation) \(pending.resource) (\(pending.node))")
            }
        }
        return nil
    }

    /// What the cluster has still to do before anything can be said of where resources run, in Pacemaker's own words: no
    /// coordinator is elected (some 20 s after all daemons were started), or a node's controller answers and has not
    /// joined. Nil where nothing.
    private static func forming(_ findings: Findings) -> String? {
        for role in MachineID.pair {
            guard let cib = findings.cibs[role] else { continue }
            guard cib.hasCoordinator else { return "\(role.rawValue): Current DC: NONE" }
            let joining = cib.nodeStates.first { $0.controllerOnline == true && $0.join == "pending" }
            if let joining { return "\(role.rawValue): Node \(joining.name): pending" }
        }
        return nil
    }

    /// A drill that holds the pair comes first: an answer without sense says neither that one does nor that none does.
    private static func lock(_ opening: Findings, _ closing: Findings, attempt: Int) -> Instability? {
        var senseless: Instability?
        for role in MachineID.pair {
            for findings in [opening, closing] {
                switch DrillLock(findings.evidence.result(of: DrillProbe.lock, on: role)) {
                case nil: continue
                case .held(let drill, let owner):
                    return Instability(
                        kind: .drillRunning, attempts: attempt, detail: "\(role.rawValue): \(drill), \(owner)"
                    )
                case .senseless(let answer):
                    senseless =
                        senseless
                        ?? Instability(
                            kind: .lockSenseless, attempts: attempt, detail: "\(role.rawValue): “\(answer)”")
                }
            }
        }
        return senseless
    }

    private static func bootID(_ findings: Findings, _ role: MachineID) -> String? {
        findings.evidence.complete(ClusterProbe.clock, on: role).flatMap { NodeStamp($0) }?.bootID
    }
}
