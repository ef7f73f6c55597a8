import Foundation
import GraderCore

extension DrillExecution {
    /// Looks, plans, and opens the journal. Nothing on the pair is changed.
    /// - Throws: `DrillRefusal`; a `StoreFailure` where the journal cannot be written.
    func prepare() async throws {
        let first = await look(.before)
        let looked = await runner.followed(drill, first, over: connection, pair.machines)
        keep(looked, .before)
        let plan = try drill.plan(looked, hooks: pair.hooks, userAgent: "bascule-drill/\(evidence.id)").get()
        evidence.plan = plan
        if !runner.request.isForced, let refusal = machinesOfOthers(plan, looked) { throw refusal }
        if !runner.request.isForced,
            let refusal = drill.inUse(looked, quietTime: runner.request.quietTime, ownVersion: ownChange)
        {
            throw refusal
        }
        for role in plan.machines { await measureClock(of: role) }
        sampler = try await sampler(for: plan)
        scripts = DrillScripts(
            id: evidence.id, plan: plan, owner: runner.owner, lease: runner.request.lease ?? usualLease(plan))
        let opening = DrillJournal.Opening(
            drill: evidence.id, student: pair.student, startedAt: evidence.startedAt, plan: plan,
            owner: runner.owner, before: evidence.observations, snapshot: pair.snapshot)
        try journalled { () throws(StoreFailure) in
            let journal = try DrillJournal(folder: runner.journalFolder, drill: evidence.id)
            try journal.write(.opened(opening))
            self.journal = journal
        }
    }

    /// Whoever forwards his port to a neighbour would have that one's cluster perturbed.
    private func machinesOfOthers(_ plan: DrillPlan, _ looked: Evidence) -> DrillRefusal? {
        // In networks of their own two students may have the same addresses.
        let others = pair.others.subtracting([IPAddress(plan.target.address)].compactMap(\.self))
        for role in pair.machines {
            let foreign = drill.addresses(of: role, looked).intersection(others)
            if let address = foreign.min() { return DrillEndings.somebodyElses(plan.name(role), address) }
        }
        return nil
    }

    /// What is said to everybody of a journal that cannot be written; which file it is, is the teacher's.
    func notWritten(_ failure: StoreFailure) -> LocalizedText {
        onEvent(.remark(student: pair.student, failure.sentence))
        return DrillEndings.noJournal
    }

    /// Without its journal no drill is begun.
    private func journalled(_ write: () throws(StoreFailure) -> Void) throws(DrillRefusal) {
        do throws(StoreFailure) {
            try write()
        } catch {
            throw DrillRefusal(.notPossible, notWritten(error))
        }
    }

    /// The grader itself where it stands in the pair's network; otherwise the node that the drill leaves alone.
    private func sampler(for plan: DrillPlan) async throws -> any ServiceSampler {
        guard pair.access.directProber == nil else { return runner.means.sampler }
        let own = NodeSampler(connection: connection, node: plan.witness)
        guard try await own.canRun() else { throw DrillEndings.noSampler(plan.name(plan.witness)) }
        return own
    }

    /// Beyond the drill's own bounds, so that the timers are for a grader that is gone, not for one that waits.
    private func usualLease(_ plan: DrillPlan) -> Duration {
        (plan.goesDown ? plan.failbackBound : plan.failoverBound) + .seconds(60)
    }

    /// Takes the lock and arms the timer on both nodes, the primary first: two graders meet on the same node.
    /// - Throws: `DrillRefusal`; what was taken is given back first.
    func arm() async throws {
        guard let scripts, let journal else { return }
        tell("arming")
        try journalled { () throws(StoreFailure) in try journal.write(.stage("arming")) }
        var refusal: DrillRefusal?
        for role in pair.machines where refusal == nil && !Task.isCancelled {
            let name = evidence.plan?.name(role) ?? role.rawValue
            do throws(TransportFailure) {
                // Also where the answer is lost: the node may be armed all the same.
                armed.append(role)
                let result = try await armed(role, by: scripts).get()
                let said = (result.standardOutput.text + result.standardError.text)
                switch result.ending {
                case .exited(0): break
                case .exited(73):
                    armed.removeLast()
                    let lines = said.split(separator: "\n").dropFirst().prefix(2)
                    refusal = DrillEndings.held(name, lines.map(\.visibleExcerpt).joined(separator: ", "))
                default:
                    refusal = DrillEndings.notArmed(name, LocalizedText(verbatim: String(said.prefix(200))))
                }
            } catch {
                refusal = DrillEndings.notArmed(name, error.sentence)
            }
        }
        if refusal == nil, Task.isCancelled { refusal = DrillRefusal(.notPossible, DrillEndings.interrupted) }
        if refusal == nil { refusal = await changedSince() }
        guard let refusal else {
            lastRenewal = .zero
            return
        }
        await Task { await self.disarm(outcome: "refused") }.value
        throw refusal
    }

    /// Not given up in the middle: a node that had only just been asked would arm itself after it was disarmed.
    private func armed(
        _ role: MachineID, by scripts: DrillScripts
    ) async -> Result<CommandResult, TransportFailure> {
        let connection = connection
        return await Task {
            do throws(TransportFailure) {
                return .success(try await connection.run(scripts.arm(on: role), on: role))
            } catch {
                return .failure(error)
            }
        }.value
    }

    /// Between the first look and the lock somebody may have been at work.
    private func changedSince() async -> DrillRefusal? {
        let active = evidence.plan?.active ?? pair.machines[0]  // bounded: every exercise has a machine
        guard let old = drill.version(evidence.observations, stage: .before),
            let printed = try? await connection.run(drill.configuration, on: active),
            drill.version(printed.standardOutput) == old
        else { return .changedRecently(seconds: 0) }
        return nil
    }

    /// Asks for a while before anything happens, at the drill's own rate; at half of it where the service cannot
    /// keep up: a small machine must not fail because of us.
    func takeBaseline() async throws {
        guard let plan = evidence.plan else { return }
        tell("baseline")
        var connects = runner.request.connectsPerSecond
        var requests = runner.request.requestsPerSecond
        while true {
            let running = try await sampler.start(
                plan.target, connectsPerSecond: connects, requestsPerSecond: requests)
            sampling = running
            evidence.traceStartedAt = Date().addingTimeInterval(-(running.elapsed / .seconds(1)))
            do {
                try await Task.sleep(for: runner.request.baseline)
            } catch {
                throw CancellationError()
            }
            let samples = await running.samples(since: .zero)
            let (failed, all) = failures(in: samples, plan)
            if failed == 0, all > 0 {
                mark(.baselineEnded)
                return
            }
            _ = await running.stop()
            sampling = nil
            guard connects > 25 else { throw DrillEndings.unreliable(failed, of: all, perSecond: connects) }
            connects /= 2
            requests = max(1, requests / 2)
        }
    }

    private func failures(in trace: SampleTrace, _ plan: DrillPlan) -> (failed: Int, all: Int) {
        let all = (trace.connects + trace.requests).filter { $0.outcome != .ownFailure }
        return (all.filter { !plan.target.isServed($0) }.count, all.count)
    }
}
