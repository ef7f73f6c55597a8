import Foundation
import GraderCore

extension DrillRunner {
    /// What became of the snapshots before the drills.
    enum Keeping {
        /// They may begin; the snapshot's name where there is one.
        case ready(snapshot: String?)
        /// No drill may be begun; each one's reason.
        case refused([DrillEvidence])
    }

    /// Has the roster's hook keep the pair as it is before the first drill so much as looks at it: a snapshot can make
    /// a machine stand still, and its cluster move everything. Only of a pair that drills could begin on: nobody's
    /// machines stand still for nothing, nor in the middle of another grader's drill.
    func keep(
        _ pair: Pair, before drills: [any Drill], onEvent: @escaping @Sendable (DrillEvent) -> Void
    ) async -> Keeping {
        let name = PairSnapshot.name(.drills, at: Date())
        let machines =
            pair.machines.filter { $0 == request.snapshotFirst }
            + pair.machines.filter { $0 != request.snapshotFirst }
        guard pair.snapshot == nil, let first = drills.first,
            let taking = PairSnapshot(
                name, student: pair.student, machines: machines, hooks: pair.hooks)
        else { return .ready(snapshot: pair.snapshot) }
        let connection = PairConnection(pair.access)
        let keeping = await keep(pair, taking, first, drills, connection, onEvent)
        await connection.close()
        return keeping
    }

    private func keep(
        _ pair: Pair, _ taking: PairSnapshot, _ first: any Drill, _ drills: [any Drill],
        _ connection: PairConnection, _ onEvent: @escaping @Sendable (DrillEvent) -> Void
    ) async -> Keeping {
        if let held = await holder(of: pair, connection) { return refusing(drills) { _ in held } }
        let before = await refusals(drills, pair, first, connection)
        let possible = drills.filter { before[$0.kind] == nil }
        guard !possible.isEmpty else { return refusing(drills) { before[$0.kind] } }
        if Task.isCancelled { return .ready(snapshot: nil) }
        onEvent(.began(student: pair.student, possible[0].kind))
        onEvent(.stage(student: pair.student, possible[0].kind, "snapshot"))
        do throws(PairSnapshot.Failure) {
            try await taking.take(means)
        } catch {
            onEvent(.remark(student: pair.student, error.account))
            onEvent(.notKept(student: pair.student, error.machine))
            // Nothing was decided about the drills: they are not begun, as any that an interruption leaves.
            if Task.isCancelled { return .ready(snapshot: nil) }
            let refusal = error.refusal
            return refusing(drills) { _ in refusal }
        }
        onEvent(
            .remark(
                student: pair.student,
                LocalizedText(fr: "instantané \(taking.name) pris", en: "snapshot \(taking.name) taken")))
        await waitForRest(possible, pair, first, connection)
        return .ready(snapshot: taking.name)
    }

    /// Whoever drills the pair now, or has not given it back; a lock without its drill's folder is nobody's.
    private func holder(of pair: Pair, _ connection: PairConnection) async -> DrillRefusal? {
        for machine in pair.machines {
            guard let said = try? await connection.runAgain(DrillProbes.leftovers, on: machine) else {
                continue
            }
            let leftovers = DrillLeftovers(said.standardOutput)
            if let lock = leftovers.lock, leftovers.drills.contains(where: { $0.id == lock }) {
                return DrillEndings.held(machine.rawValue, (leftovers.owner ?? lock).visibleExcerpt)
            }
        }
        return nil
    }

    /// Why drills would not be begun now; those not in it would.
    private func refusals(
        _ drills: [any Drill], _ pair: Pair, _ first: any Drill, _ connection: PairConnection
    ) async -> [DrillKind: DrillRefusal] {
        let seen = await look(first, .before, at: pair, over: connection)
        let looked = await followed(first, seen, over: connection, pair.machines)
        return drills.reduce(into: [:]) { refusals, drill in
            switch drill.plan(looked, hooks: pair.hooks, userAgent: "bascule-drill") {
            case .failure(let refusal): refusals[drill.kind] = refusal
            case .success where request.isForced: break
            case .success:
                refusals[drill.kind] = drill.inUse(looked, quietTime: request.quietTime, ownVersion: nil)
            }
        }
    }

    /// Until what could be drilled before the snapshot can be again. A pair that does not come to rest is not waited
    /// for any longer: each drill looks for itself, and says what is in its way.
    private func waitForRest(
        _ drills: [any Drill], _ pair: Pair, _ first: any Drill, _ connection: PairConnection
    ) async {
        let clock = ContinuousClock()
        let start = clock.now
        while clock.now - start < request.restBound, !Task.isCancelled {
            if await refusals(drills, pair, first, connection).isEmpty { return }
            try? await Task.sleep(for: .seconds(2))
        }
    }

    private func refusing(_ drills: [any Drill], _ reason: (any Drill) -> DrillRefusal?) -> Keeping {
        .refused(
            drills.compactMap { drill in
                reason(drill).map { refusal in
                    var evidence = DrillEvidence(id: "", kind: drill.kind, plan: nil, startedAt: Date())
                    evidence.outcome = .refused(refusal)
                    return evidence
                }
            })
    }
}
