import Foundation
import GraderCore
import LinuxFacts
import Pacemaker

extension DrillExecution {
    /// Looks, plans, and opens the journal. Nothing on the pair is changed.
    /// - Throws: `DrillRefusal`; a `StoreFailure` where the journal cannot be written.
    func prepare() async throws {
        guard let planner = runner.exercise.drills else { throw DrillTexts.noDrills }
        let looked = await look(.before)
        let plan = try planner.plan(
            evidence.kind, evidence: looked, hooks: pair.hooks,
            userAgent: "bascule-drill/\(evidence.id)"
        ).get()
        evidence.plan = plan
        if !runner.settings.isForced { try refuseIfInUse(looked, plan) }
        for role in plan.machines { await measureClock(of: role) }
        sampler = try await sampler(for: plan)
        scripts = DrillScripts(
            id: evidence.id, plan: plan, owner: runner.owner,
            lease: runner.settings.lease ?? usualLease(plan))
        do throws(StoreFailure) {
            let journal = try DrillJournal(folder: runner.journalFolder, drill: evidence.id)
            try journal.write(
                .opened(
                    DrillJournal.Opening(
                        drill: evidence.id, student: pair.student, startedAt: evidence.startedAt, plan: plan,
                        owner: runner.owner, before: evidence.observations)))
            self.journal = journal
        } catch {
            throw DrillRefusal(.notPossible, LocalizedText(verbatim: error.message))
        }
    }

    /// The grader itself where it stands in the pair's network; otherwise the node that the drill leaves alone.
    private func sampler(for plan: DrillPlan) async throws -> any ServiceSampler {
        guard pair.access.directProber == nil else { return runner.sampler }
        let own = NodeSampler(connection: connection, node: plan.passive)
        guard try await own.canRun() else { throw DrillTexts.noSampler(plan.name(plan.passive)) }
        return own
    }

    /// Beyond the drill's own bounds, so that the timers are for a grader that is gone, not for one that waits.
    private func usualLease(_ plan: DrillPlan) -> Duration {
        (plan.kind.takesNodeDown ? plan.failbackBound : plan.failoverBound) + .seconds(60)
    }

    private func refuseIfInUse(_ looked: Evidence, _ plan: DrillPlan) throws(DrillRefusal) {
        let version = looked.machines.first.flatMap { looked.complete(ClusterProbe.cib, on: $0) }.flatMap {
            CIBReader.read($0.raw).version
        }
        let isOwnChange = ownChange.map { own in version.map(own.isSameConfiguration) ?? false } ?? false
        for role in plan.machines {
            let facts = looked.drillFacts(role)
            // Every answer has the node's time: without it, who is at work is not known.
            guard facts["now"] != nil else { throw DrillTexts.unseen(plan.name(role)) }
            if facts["crm"] == "open" { throw DrillTexts.crmOpen(plan.name(role)) }
            if !isOwnChange, let now = facts["now"].flatMap({ Int($0) }),
                let written = facts["written"].flatMap({ Int($0) })
            {
                let age = max(0, now - written)
                if Duration.seconds(age) < runner.settings.quietTime {
                    throw DrillTexts.changedRecently(seconds: age)
                }
            }
        }
    }

    /// Takes the lock and arms the timer on both nodes, the primary first: two graders meet on the same node.
    /// - Throws: `DrillRefusal`; what was taken is given back first.
    func arm() async throws {
        guard let scripts, let journal else { return }
        tell("arming")
        do throws(StoreFailure) {
            try journal.write(.stage("arming"))
        } catch {
            throw DrillRefusal(.notPossible, LocalizedText(verbatim: error.message))
        }
        var refusal: DrillRefusal?
        for role in pair.machines where refusal == nil {
            let name = evidence.plan?.name(role) ?? role.rawValue
            do throws(TransportFailure) {
                // Also where the answer is lost: the node may be armed all the same.
                armed.append(role)
                let result = try await connection.run(scripts.arm(on: role), on: role)
                let said = (result.standardOutput.text + result.standardError.text)
                switch result.ending {
                case .exited(0): break
                case .exited(73):
                    armed.removeLast()
                    let lines = said.split(separator: "\n").dropFirst().prefix(2)
                    refusal = DrillTexts.held(name, lines.map(\.visibleExcerpt).joined(separator: ", "))
                default: refusal = DrillTexts.notArmed(name, said)
                }
            } catch {
                refusal = DrillTexts.notArmed(name, error.message)
            }
        }
        if refusal == nil, Task.isCancelled {
            refusal = DrillRefusal(.notPossible, DrillTexts.interrupted)
        }
        if refusal == nil { refusal = await changedSince() }
        guard let refusal else {
            lastRenewal = .zero
            return
        }
        await Task { await self.disarm(outcome: "refused") }.value
        throw refusal
    }

    /// Between the first look and the lock somebody may have been at work.
    private func changedSince() async -> DrillRefusal? {
        let active = evidence.plan?.active ?? pair.machines[0]
        guard
            let before = evidence.output(ClusterProbe.cib, on: active, stage: .before).map({
                CIBReader.read($0.raw)
            }),
            let result = try? await connection.run(DrillProbes.cib, on: active)
        else { return DrillTexts.changedRecently(seconds: 0) }
        let now = CIBReader.read(result.standardOutput.raw)
        guard let old = before.version, let new = now.version, old.isSameConfiguration(as: new) else {
            return DrillTexts.changedRecently(seconds: 0)
        }
        return nil
    }

    /// Asks for a while before anything happens, at the drill's own rate; at half of it where the service cannot
    /// keep up: a small machine must not fail because of us.
    func takeBaseline() async throws {
        guard let plan = evidence.plan else { return }
        tell("baseline")
        var connects = runner.settings.connectsPerSecond
        var requests = runner.settings.requestsPerSecond
        while true {
            let running = try await sampler.start(
                plan.target, connectsPerSecond: connects, requestsPerSecond: requests)
            sampling = running
            evidence.traceStartedAt = runner.now().addingTimeInterval(-(running.elapsed / .seconds(1)))
            do {
                try await Task.sleep(for: runner.settings.baseline)
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
            guard connects > 25 else {
                throw DrillTexts.unreliable(failed, of: all, perSecond: connects)
            }
            connects /= 2
            requests = max(1, requests / 2)
        }
    }

    private func failures(in trace: SampleTrace, _ plan: DrillPlan) -> (failed: Int, all: Int) {
        let all = trace.connects + trace.requests
        return (all.filter { !isServed($0, plan) }.count, all.count)
    }

    /// Whether an attempt says that all is well: the site answers where there is one, the address otherwise.
    func isServed(_ sample: ServiceSample, _ plan: DrillPlan) -> Bool {
        switch sample.outcome {
        case .accepted: true
        case .answered(let status): plan.target.acceptedStatuses.contains(status)
        case .refused: plan.resources.web == nil
        case .ownFailure: true
        case .silent, .unreachable, .reset, .noAnswer: false
        }
    }
}
