import GraderCore

extension DrillExecution {
    /// Takes the steps that perturb, each announced in the journal and on the nodes first.
    func perturb() async throws {
        guard let scripts else { return }
        tell("perturbing")
        for role in armed { _ = try? await connection.run(scripts.tellUsers(), on: role) }
        try await take(scripts.intents())
        if let on = evidence.plan?.powerOn { callOffPowerOn = runner.means.runIfWeDie(on) }
        mark(.perturbing)
        try await take(scripts.perturbation())
        mark(.perturbed)
    }

    /// What a command of the grader's own host said is the teacher's, and stays out of the evidence.
    func remark(_ what: String, _ result: HookResult) {
        let account = result.account
        onEvent(
            .remark(
                student: pair.student,
                LocalizedText(fr: "\(what) : \(account.fr)", en: "\(what): \(account.en)")))
    }

    private func take(_ steps: [DrillStep]) async throws {
        for step in steps {
            try Task.checkCancellation()
            try journal?.write(
                .step(
                    name: step.name, node: step.node, command: ShellWord.line(step.arguments),
                    undo: step.undo))
            guard let node = step.node else {
                let result = await runner.means.runHere(step.arguments, step.timeLimit)
                guard result.isSuccess else {
                    remark(step.name, result)
                    throw StepFailure(step, result.how)
                }
                continue
            }
            let result: CommandResult
            do throws(TransportFailure) {
                result = try await connection.run(step.command, on: node)
            } catch {
                guard step.mustSucceed else { continue }
                throw error
            }
            // This host slept, or was cut off, for longer than the nodes wait.
            if result.ending == .exited(DrillScripts.tooLateStatus) { throw StepFailure.givenBackByTimer }
            if step.mustSucceed, result.ending != .exited(0) {
                throw StepFailure(
                    step, LocalizedText(verbatim: "\(result.ending) \(result.standardError.text)"))
            }
        }
    }

    /// Waits until the failover is over, or its bound; then looks at what has become of the pair.
    func watch() async throws {
        guard let plan = evidence.plan, let sampling else { return }
        tell("watching")
        try journal?.write(.stage("watching"))
        if plan.goesDown { await connection.drop(plan.active) }
        let start = sampling.elapsed
        while sampling.elapsed - start < plan.failoverBound {
            // Cancellation ends the wait and the drill.
            try await Task.sleep(for: .milliseconds(500))
            try await renewIfDue(on: plan.goesDown ? [plan.witness] : armed)
            if await isOver(plan, since: start) { break }
        }
        mark(.watched)
        let ended = await sampling.knownUntil
        // The node that is down is not waited for: what is to be judged may have changed by then.
        await look(.moved, absent: plan.goesDown ? [plan.active: DrillEndings.notAsked] : [:])
        await askForPage(plan)
        if plan.goesDown { try await seeThatItWentDown(plan) }
        let perturbed = evidence.time(.perturbing) ?? start
        try await seeThatNothingWasMissed(sampling.samples(since: perturbed), from: perturbed, to: ended)
    }

    /// A machine that slept has not seen what became of the service meanwhile.
    private func seeThatNothingWasMissed(
        _ trace: SampleTrace, from start: Duration, to end: Duration
    ) throws(StepFailure) {
        let hole = trace.longestHole(from: start, to: end)
        if hole > Self.mostUnseen { throw .stoodStill(seconds: hole.wholeSeconds) }
    }

    private static let mostUnseen = Duration.seconds(2)

    /// A node that was to go down and did not (a shutdown that was inhibited, a hook that did nothing) has shown
    /// nothing.
    private func seeThatItWentDown(_ plan: DrillPlan) async throws {
        let before = evidence.bootID(of: plan.active, stage: .before)
        guard let before, let result = try? await connection.run(DrillProbes.boot, on: plan.active) else {
            return
        }
        let words = result.standardOutput.text.split(whereSeparator: \.isWhitespace)
        // One that has been going down all the time is the student's machine as it is.
        guard words.first.map(String.init) == before, !words.contains("stopping") else { return }
        let name = plan.name(plan.active)
        throw StepFailure(
            sentence: LocalizedText(
                fr: "\(name) ne s'est pas arrêté : l'exercice n'a rien montré.",
                en: "\(name) did not go down: the drill has shown nothing."))
    }

    /// The page itself, once: the sampler looks at statuses only, and an empty folder answers 200 too.
    private func askForPage(_ plan: DrillPlan) async {
        guard let request = plan.target.request,
            let (prober, vantage) = await connection.prober(on: plan.witness)
        else { return }
        let page = await Observation.made(DrillProbe.page, from: vantage) {
            await prober.http(request, timeLimit: .seconds(5), bodyLimit: 256 << 10)
        }
        if let page { evidence.observations.append(page) }
    }

    /// Everything as the drill waits for it, and served for a while.
    private func isOver(_ plan: DrillPlan, since start: Duration) async -> Bool {
        guard let sampling else { return true }
        let known = await sampling.knownUntil
        guard known - start > runner.request.steadyTime, await isSteady(plan) else { return false }
        let seen = await sampling.samples(since: start)
        let wasOut = seen.connects.contains { !plan.target.isServed($0) }
        return await drill.isOver(plan, wasOut: wasOut) { await self.status(from: plan.witness) }
    }

    /// Whether every attempt of the last moments was served.
    func isSteady(_ plan: DrillPlan) async -> Bool {
        guard let sampling else { return true }
        let recent = await sampling.samples(since: sampling.knownUntil - runner.request.steadyTime)
        return recent.connects.contains { $0.outcome != .ownFailure }
            && recent.connects.allSatisfy { plan.target.isServed($0) }
            && recent.requests.allSatisfy { plan.target.isServed($0) }
    }

    func status(from role: MachineID) async -> Bytes? {
        let result = try? await connection.runAgain(drill.status, on: role)
        return result?.standardOutput
    }

    /// A cable or a switch between here and there makes an outage that is not the cluster's.
    private func outOfReach(_ role: MachineID, _ why: LocalizedText) {
        evidence.outOfReach = (evidence.outOfReach ?? [:]).merging([role: why]) { first, _ in first }
    }

    /// So long no node takes that can be reached, loaded as it may be.
    private static let slowAnswer = Duration.seconds(5)

    /// Tells the nodes' timers that somebody is still here.
    /// - Throws: where a node has not been told for half of its lease: the drill ends itself before the timers do.
    private func renewIfDue(on roles: [MachineID]) async throws {
        guard let sampling, let scripts else { return }
        let now = sampling.elapsed
        guard now - lastRenewal >= min(.seconds(4), scripts.lease / 4) else { return }
        var failure: (MachineID, LocalizedText)?
        for role in roles {
            let clock = ContinuousClock()
            let asked = clock.now
            do {
                let result = try await connection.runAgain(scripts.renew(), on: role)
                let taken = clock.now - asked
                if taken > Self.slowAnswer { outOfReach(role, .slow(seconds: taken.wholeSeconds)) }
                // This host slept, or was cut off, for longer than the nodes wait.
                if result.ending == .exited(DrillScripts.goneStatus) { throw StepFailure.givenBackByTimer }
                if result.ending != .exited(0) {
                    failure = (role, LocalizedText(verbatim: "\(result.ending)"))
                }
            } catch let error as TransportFailure {
                failure = (role, error.sentence)
                // A port that is closed is answered for by the machine itself.
                if error.kind != .connectionRefused { outOfReach(role, error.kind.words.what) }
            }
        }
        guard let failure else {
            lastRenewal = now
            return
        }
        guard now - lastRenewal > scripts.lease / 2 else { return }
        let name = evidence.plan?.name(failure.0) ?? failure.0.rawValue
        throw StepFailure(
            sentence: LocalizedText(
                fr: "\(name) n'est plus joignable (\(failure.1)) : l'exercice s'arrête.",
                en: "\(name) is out of reach (\(failure.1)): the drill ends itself."))
    }
}
