import Foundation
import GraderCore

extension DrillExecution {
    /// Undoes, waits until the pair is at rest, compares with before, and takes lock and timers away. Not to be
    /// called in a task that may be cancelled.
    func giveBack(_ ending: DrillOutcome) async {
        guard let plan = evidence.plan, let scripts else { return }
        tell("restoring")
        // A journal that cannot be written any more must not keep us from giving back.
        try? journal?.write(.stage("restoring"))
        evidence.outcome = ending
        if plan.goesDown, wasPerturbed { await bringBack(plan) }
        for role in plan.machines { _ = try? await connection.runAgain(scripts.renew(), on: role) }
        mark(.restoring)
        // What was started again may fail once more (a service whose own stop still hangs): that is cleared too, as
        // long as there is hope.
        for round in 1...3 {
            let unreached = await undoOnAll()
            mark(.restored)
            guard unreached.isEmpty else {
                leave(unreached, scripts)
                return
            }
            await settle(plan)
            tell("comparing")
            await compare()
            guard round < 3, !drill.remedies(plan, evidence.differences).isEmpty else { break }
        }
        if let sampling {
            evidence.trace = await sampling.stop()
            self.sampling = nil
        }
        await collectLogs()
        await disarm(outcome: "\(evidence.differences.isEmpty ? "as before" : "different")")
    }

    /// - Returns: the nodes on which it is not done, and why.
    private func undoOnAll() async -> [MachineID: LocalizedText] {
        let troubles = await armed.sideBySide { role in
            let trouble = await self.undo(on: role)
            return (role, trouble)
        }
        return troubles.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    private var wasPerturbed: Bool { evidence.time(.perturbing) != nil }

    /// Power, where it has to be given, and the node's own way up. A machine that is still on its way down does not
    /// take power (or says that it has some), so that it is given again while the node stays away.
    private func bringBack(_ plan: DrillPlan) async {
        let on = plan.powerOn
        if let on {
            try? journal?.write(.step(name: "power-on", node: nil, command: ShellWord.line(on), undo: ""))
            mark(.poweringOn)
        }
        await connection.drop(plan.active)
        let clock = ContinuousClock()
        let start = clock.now
        var powered: ContinuousClock.Instant?
        var failed: HookResult?
        while clock.now - start < plan.failbackBound {
            if let on, powered.map({ clock.now - $0 > Self.powerAgainAfter }) ?? true {
                let result = await runner.means.runHere(on, DrillMeans.powerTimeLimit)
                failed = result.isSuccess ? nil : result
                powered = clock.now
            }
            if let scripts { _ = try? await connection.run(scripts.renew(), on: plan.witness) }
            if let status = await status(from: plan.witness), drill.isBack(plan, status: status),
                await connection.isUp(plan.active)
            {
                callOffPowerOn?()
                callOffPowerOn = nil
                return
            }
            await connection.drop(plan.active)
            try? await Task.sleep(for: .seconds(2))
        }
        if let failed { remark("powerOn", failed) }
    }

    /// Longer than a machine takes to be heard of again; the hook of one that boots by now says that it is on.
    private static let powerAgainAfter = Duration.seconds(30)

    /// - Returns: nil where it is done; otherwise why not.
    private func undo(on role: MachineID) async -> LocalizedText? {
        guard let scripts else { return nil }
        var said = LocalizedText(verbatim: "")
        var unheard = 0
        for _ in 1...DrillScripts.undoAttempts {
            do throws(TransportFailure) {
                let result = try await connection.run(scripts.undo(by: "grader"), on: role)
                if result.ending == .exited(0) { return nil }
                if result.ending == .exited(DrillScripts.goneStatus) {
                    await gone(from: role, scripts)
                    return nil
                }
                said = LocalizedText(verbatim: "\(result.ending) \(result.standardError.text.prefix(200))")
                _ = try? await connection.run(scripts.renew(), on: role)
            } catch {
                said = error.sentence
                // One that was refused a moment ago was not asked again.
                if !error.isRefusal { unheard += 1 }
                // Out of reach: its timer does it.
                if unheard >= 4 { break }
            }
            try? await Task.sleep(for: DrillScripts.undoPause)
        }
        return said
    }

    /// The undo is not there: the node's own timer has done it before the watching was over, or somebody took it away. What
    /// became of it the comparison shows.
    private func gone(from role: MachineID, _ scripts: DrillScripts) async {
        let isDone = DrillScripts.isDoneByTimer(await receipt(of: role, scripts) ?? [])
        guard case .performed = evidence.outcome else { return }
        let name = evidence.plan?.name(role) ?? role.rawValue
        let removed = LocalizedText(
            fr: "\(scripts.folder) a été supprimé sur \(name) pendant l'exercice.",
            en: "\(scripts.folder) was removed on \(name) during the drill.")
        evidence.outcome = .abandoned(isDone ? StepFailure.givenBackByTimer.sentence : removed)
    }

    /// What was given back on a node and by whom, as it says; nil where it cannot be asked or has said nothing.
    private func receipt(of role: MachineID, _ scripts: DrillScripts) async -> [String]? {
        guard let said = try? await connection.runAgain(scripts.receipt(), on: role),
            said.ending == .exited(0)
        else { return nil }
        return said.standardOutput.text.split(separator: "\n").map(String.init)
    }

    /// What to say where a node could not be told: its timer does it, and how to help.
    private func leave(_ unreached: [MachineID: LocalizedText], _ scripts: DrillScripts) {
        // From here on it is anybody's to restore, however long this process lives.
        try? journal?.write(.stage(DrillRecord.leftStage))
        let seconds = scripts.lease.wholeSeconds
        let names = unreached.keys.sorted().map { evidence.plan?.name($0) ?? $0.rawValue }
        let list = names.joined(separator: ", ")
        let reasons = unreached.sorted { $0.key < $1.key }.map(\.value).joined(LocalizedText(verbatim: " "))
        evidence.outcome = .abandoned(
            LocalizedText(
                fr: """
                    \(list) : pas remis en place par le correcteur (\(reasons)). Sa minuterie le fait d'elle-même \
                    \(seconds) s après le dernier contact ; « bascule restore » le fait et le vérifie.
                    """,
                en: """
                    \(list): not given back by the grader (\(reasons)). Its own timer does it \(seconds) s after \
                    the last contact; `bascule restore` does it and checks.
                    """))
        onEvent(
            .notice(
                student: pair.student,
                LocalizedText(
                    fr: "\(list) : lancer `bascule restore` (\(reasons))",
                    en: "\(list): run `bascule restore` (\(reasons))")))
    }

    /// Waits until both nodes are in and everything is served again, within the bound.
    private func settle(_ plan: DrillPlan) async {
        let clock = ContinuousClock()
        let start = clock.now
        let sampled = sampling?.elapsed ?? .zero
        while clock.now - start < plan.failbackBound {
            try? await Task.sleep(for: .milliseconds(500))
            for role in armed where clock.now - start > .seconds(10) {
                if let scripts { _ = try? await connection.run(scripts.renew(), on: role) }
            }
            // A node that samples tells of each second when it is over: what was before does not count.
            let known = await sampling?.knownUntil ?? clock.now - start
            guard known - sampled > runner.request.steadyTime + .seconds(1) || !wasPerturbed else { continue }
            guard await isSteady(plan), let status = await status(from: plan.active) else { continue }
            if drill.isAtRest(plan, status: status) { break }
        }
        mark(.settled)
    }

    /// Attributes travel for a moment after the last action: some looks until nothing is different.
    private func compare() async {
        guard let plan = evidence.plan else { return }
        for attempt in 1...5 {
            await look(.after)
            evidence.differences =
                drill.differences(from: evidence.observations, to: evidence.observations)
                + drill.unsettled(plan, evidence.observations)
            if wasPerturbed, await !isSteady(plan) {
                // The machines may believe in a service that nobody gets.
                evidence.differences.append(
                    SnapshotDifference(what: "service \(plan.target.address)", before: "OK", after: nil))
            }
            if evidence.differences.isEmpty || attempt == 5 { break }
            try? await Task.sleep(for: .seconds(2))
        }
    }

    private func collectLogs() async {
        for role in pair.machines {
            await measureClock(of: role)
            let start =
                evidence.startedAt.timeIntervalSince1970
                + (evidence.clocks[role].map { $0.offset / .seconds(1) } ?? 0)
            let startedAt = Date()
            guard let result = try? await connection.run(drill.log(since: Int(saturating: start)), on: role)
            else {
                continue
            }
            evidence.observations.append(
                Observation(
                    id: ProbeID(role, DrillProbe.log).staged(.after), vantage: .node(role),
                    startedAt: startedAt, duration: result.duration, outcome: .command(result)))
        }
        evidence.observations.sort { $0.id < $1.id }
    }

    /// Takes lock, timer and folder away on every node that was armed. What cannot be reached does it itself.
    func disarm(outcome: String) async {
        guard let scripts else { return }
        try? journal?.write(.stage("disarming"))
        var isAll = true
        for role in armed {
            if let lines = await receipt(of: role, scripts) { evidence.receipts[role] = lines }
            _ = try? await connection.run(scripts.say("ends"), on: role)
            var result = try? await connection.runAgain(scripts.disarm(), on: role)
            if result?.ending == .exited(DrillScripts.goneStatus) {
                result = try? await connection.runAgain(DrillScripts.clearAway(scripts.folder), on: role)
            }
            if result?.ending != .exited(0) { isAll = false }
        }
        guard isAll else {
            try? journal?.write(.stage(DrillRecord.leftStage))
            return
        }
        if evidence.differences.isEmpty {
            try? journal?.write(.closed(outcome: outcome, differences: []))
        } else {
            // Left open: the next run says so, and `bascule restore` what is different and how it is mended.
            try? journal?.write(.stage(DrillRecord.differentStage))
        }
    }
}
