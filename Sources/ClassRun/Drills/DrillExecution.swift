import Foundation
import GraderCore

/// One drill on one pair, from the first look to the comparison.
actor DrillExecution {
    let drill: any Drill
    let runner: DrillRunner
    let pair: DrillRunner.Pair
    let connection: PairConnection
    let onEvent: @Sendable (DrillEvent) -> Void
    /// The configuration as this run's own last drill left it: no sign of somebody's work.
    let ownChange: String?
    var evidence: DrillEvidence
    var sampler: any ServiceSampler
    var sampling: (any RunningSampler)?
    var scripts: DrillScripts?
    var journal: DrillJournal?
    /// The nodes on which lock and timer are.
    var armed: [MachineID] = []
    var lastRenewal: Duration = .zero
    /// Calls off whoever would give a node its power back in our place.
    var callOffPowerOn: (@Sendable () -> Void)?
    var telling: Task<Void, Never>?

    init(
        _ drill: any Drill, _ runner: DrillRunner, _ pair: DrillRunner.Pair, ownChange: String?,
        onEvent: @escaping @Sendable (DrillEvent) -> Void
    ) {
        self.drill = drill
        self.runner = runner
        self.pair = pair
        self.onEvent = onEvent
        self.ownChange = ownChange
        connection = PairConnection(pair.access)
        sampler = runner.means.sampler
        evidence = DrillEvidence(
            id: runner.identifier(drill.kind, student: pair.student), kind: drill.kind, plan: nil,
            startedAt: Date())
        evidence.snapshot = pair.snapshot
    }

    /// Never throws: what happened is in the evidence.
    func perform() async -> DrillEvidence {
        do {
            try await prepare()
            try await arm()
            var ending = DrillOutcome.performed
            do {
                try await takeBaseline()
                beginTellingMoments()
                try await perturb()
                try await watch()
            } catch let refusal as DrillRefusal {
                ending = .refused(refusal)
            } catch is CancellationError {
                ending = .abandoned(DrillEndings.interrupted)
            } catch let failure as StoreFailure {
                ending = .abandoned(notWritten(failure))
            } catch {
                ending = .abandoned(DrillEndings.failed(error))
            }
            let ended = ending
            // Not in this task: a cancelled one runs no command any more, and this has to be done.
            await Task { await self.giveBack(ended) }.value
        } catch let refusal as DrillRefusal {
            evidence.outcome = .refused(refusal)
        } catch {
            evidence.outcome = .abandoned(DrillEndings.failed(error))
        }
        // Where the power could not be given back, somebody else may try when we are gone.
        if evidence.time(.poweringOn) == nil { callOffPowerOn?() }
        telling?.cancel()
        if let sampling { evidence.trace = await sampling.stop() }
        await connection.close()
        // Nothing of it is run any more; what gives back later is in the journal.
        evidence.plan = evidence.plan?.withoutHostCommands
        evidence.finishedAt = Date()
        return evidence
    }

    func tell(_ stage: String) {
        onEvent(.stage(student: pair.student, evidence.kind, stage))
    }

    func mark(_ kind: DrillMoment.Kind) {
        guard let sampling else { return }
        evidence.marks.append(DrillMoment(kind, at: sampling.elapsed))
    }

    /// Both nodes as they are now, into the evidence under the stage's name.
    @discardableResult
    func look(_ stage: DrillStage, absent: [MachineID: TransportFailure] = [:]) async -> Evidence {
        let looked = await runner.look(
            drill, stage, at: pair, over: connection, absent: absent)
        keep(looked, stage)
        return looked
    }

    /// In the place of what an earlier look of the stage brought.
    func keep(_ looked: Evidence, _ stage: DrillStage) {
        evidence.observations.removeAll { $0.id.unstaged(stage) != nil }
        evidence.observations += looked.staged(stage)
    }

    /// The node's clock against ours, the quickest of some round trips.
    func measureClock(of role: MachineID) async {
        for _ in 0..<4 {
            let before = Date()
            guard let result = try? await connection.run(DrillProbes.clock, on: role) else { return }
            let trip = Date().timeIntervalSince(before)
            guard
                let found = ClockOffset(
                    printed: result.standardOutput.text, middle: before.timeIntervalSince1970 + trip / 2,
                    trip: trip)
            else { return }
            if let known = evidence.clocks[role], known.uncertainty <= found.uncertainty { continue }
            evidence.clocks[role] = found
        }
    }
}

extension ClockOffset {
    /// - Parameters:
    ///   - text: seconds since 1970 on a line of their own, as `date +%s.%N` prints them; nil where it is none, or a clock
    ///     that no machine has.
    ///   - middle: our own time in the middle of the round trip, whose length in seconds is `trip`.
    init?(printed text: String, middle: Double, trip: Double) {
        guard let node = Double(text.prefix(40).split(separator: "\n").first ?? ""),
            let offset = Duration(foreignSeconds: node - middle),
            let uncertainty = Duration(foreignSeconds: trip / 2)
        else { return nil }
        self.init(offset: offset, uncertainty: uncertainty)
    }
}
