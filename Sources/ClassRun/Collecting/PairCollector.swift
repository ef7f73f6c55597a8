import Foundation
import GraderCore

/// Collects the evidence of one pair: logs in to both nodes, observes in stages, and makes sure that what it
/// saw is of one moment.
///
/// Nothing is judged here, and nothing that goes wrong on a node is an error: it is part of the evidence.
public struct PairCollector: Sendable {
    /// The ways to a pair; made by the composition from roster and transports.
    public struct Access: Sendable {
        /// Logs in to one node.
        public var connect: @Sendable (MachineID) async throws(TransportFailure) -> any NodeSession
        /// A prober that stands in the grader's own network; nil where probes go through the nodes.
        public var directProber: (any NetworkProber)?
        /// A prober that stands where a dialer's connections come from.
        public var prober: @Sendable (any StreamDialer) -> any NetworkProber

        public init(
            connect: @escaping @Sendable (MachineID) async throws(TransportFailure) -> any NodeSession,
            directProber: (any NetworkProber)?,
            prober: @escaping @Sendable (any StreamDialer) -> any NetworkProber
        ) {
            self.connect = connect
            self.directProber = directProber
            self.prober = prober
        }

        /// The same, but that these machines are not asked: what they said before stands.
        func without(_ failures: [MachineID: TransportFailure]) -> Access {
            var access = self
            access.connect = { [connect] machine throws(TransportFailure) in
                if let failure = failures[machine] { throw failure }
                return try await connect(machine)
            }
            return access
        }
    }

    public var exercise: any Exercise
    public var questions: Set<QuestionID>?
    /// How often a pair that changes under our eyes is looked at before it is given up as unstable.
    public var attempts = 3
    /// How long to wait between two attempts: a transition of Pacemaker's takes a second or two.
    public var pauseBetweenAttempts: Duration = .seconds(2)
    /// How many such pauses at most for what passes by itself: a cluster whose daemons were started a moment ago takes
    /// 20 s to elect a coordinator and some more to start its resources.
    public var pausesToSettle = 20
    /// How often at most what the network answered is followed further: a redirect may lead to another.
    static let mostTraces = 6
    /// Bascule's version, for the evidence.
    public var collector: String
    /// Eight random bytes in hexadecimal, new for each pair.
    public var makeNonce: @Sendable () -> String = { String(UInt64.random(in: 0...UInt64.max), radix: 16) }

    public init(exercise: any Exercise, questions: Set<QuestionID>? = nil, collector: String) {
        self.exercise = exercise
        self.questions = questions
        self.collector = collector
    }

    /// The same for other questions; for its own where they are nil.
    func asking(_ questions: Set<QuestionID>?) -> PairCollector {
        var collector = self
        if let questions { collector.questions = questions }
        return collector
    }

    /// Both nodes' evidence. Takes as long as the slowest node, at most the sum of the probes' own limits.
    public func collect(student: String, lab: LabValues, access: Access) async -> Evidence {
        await collect(exercise, student: student, lab: lab, access: access)
    }

    private func collect<E: Exercise>(
        _ exercise: E, student: String, lab: LabValues, access: Access
    ) async -> Evidence {
        var evidence = Evidence(
            student: student, exercise: exercise.id, lab: lab, startedAt: Date(), finishedAt: Date(),
            collector: collector, nonce: makeNonce(), unreachable: [:], instability: nil, observations: [])
        let logins = await JobSlot.lending { await logIn(access) }
        let sessions = logins.sessions
        evidence.unreachable = logins.failures
        if !sessions.isEmpty {
            var pauses = pausesToSettle
            for attempt in 1...max(1, attempts) {
                await JobSlot.lending(.evidence, after: .seconds(2), atLatest: .seconds(3)) {
                    await OutputBudget.$current.withValue(OutputBudget()) {
                        await collectOnce(exercise, into: &evidence, access, sessions, attempt: attempt)
                    }
                }
                guard let instability = evidence.instability, attempt < attempts, !Task.isCancelled else {
                    break
                }
                // A cancelled wait is noticed by the next round's first command.
                try? await Task.sleep(for: pauseBetweenAttempts)
                if instability.kind.isPassing {
                    // Others may use the slot meanwhile, and have the memory: it is all looked at again.
                    evidence.observations = []
                    pauses -= await JobSlot.lending { [evidence, pauses] in
                        await pausesUntilSettled(
                            exercise, evidence, atMost: pauses, sessions, attempt: attempt)
                    }
                }
            }
        } else if let prober = access.directProber {
            // Nobody to log in to: the network still tells something, for the report.
            let findings = exercise.findings(evidence, after: nil)
            evidence.observations = await JobSlot.lending {
                await observe(
                    exercise.plan(.network, questions: questions, findings: findings), sessions: [:],
                    prober: prober, vantage: .grader)
            }
        }
        for session in sessions.values { await session.close() }
        evidence.finishedAt = Date()
        let hostKeys = sessions.compactMapValues(\.hostKey)
        if !hostKeys.isEmpty { evidence.hostKeys = hostKeys }
        return evidence
    }

    /// Waits until nothing that passes by itself is left to be seen, and says how many pauses that took.
    private func pausesUntilSettled<E: Exercise>(
        _ exercise: E, _ evidence: Evidence, atMost most: Int, _ sessions: [MachineID: any NodeSession],
        attempt: Int
    ) async -> Int {
        for pause in 0..<most {
            var seen = evidence
            seen.observations = []
            let plan = exercise.plan(
                .closing, questions: questions, findings: exercise.findings(seen, after: nil))
            seen.observations = await OutputBudget.$current.withValue(OutputBudget()) {
                await observe(plan, sessions: sessions, prober: nil, vantage: nil)
            }
            let findings = exercise.findings(seen, after: nil)
            let instability = exercise.instability(findings, findings, attempt: attempt)
            guard instability?.kind.isPassing == true, !Task.isCancelled else { return pause }
            try? await Task.sleep(for: pauseBetweenAttempts)
        }
        return most
    }

    private func logIn(
        _ access: Access
    ) async -> (sessions: [MachineID: any NodeSession], failures: [MachineID: TransportFailure]) {
        var sessions: [MachineID: any NodeSession] = [:]
        var failures: [MachineID: TransportFailure] = [:]
        let logins = await exercise.machines.sideBySide { role in
            let result: Result<any NodeSession, TransportFailure>
            do throws(TransportFailure) {
                let session = try await access.connect(role)
                result = .success(session)
            } catch {
                result = .failure(error)
            }
            return (role, result)
        }
        for (role, result) in logins {
            switch result {
            case .success(let session): sessions[role] = session
            case .failure(let failure): failures[role] = failure
            }
        }
        return (sessions, failures)
    }

    private func collectOnce<E: Exercise>(
        _ exercise: E, into evidence: inout Evidence, _ access: Access,
        _ sessions: [MachineID: any NodeSession], attempt: Int
    ) async {
        var blank = evidence
        blank.startedAt = Date()
        blank.instability = nil
        let begun = blank
        func findings(_ observations: [Observation], after earlier: E.Findings? = nil) -> E.Findings {
            var seen = begun
            seen.finishedAt = Date()
            seen.observations = observations
            return exercise.findings(seen, after: earlier)
        }
        @Sendable func look(
            _ stage: ProbeStage, _ findings: E.Findings, _ prober: (any NetworkProber)? = nil,
            _ vantage: Vantage? = nil
        ) async -> [Observation] {
            await observe(
                exercise.plan(stage, questions: questions, findings: findings), sessions: sessions,
                prober: prober, vantage: vantage)
        }
        let stamp = await look(.stamp, findings([]))
        let stamped = findings(stamp)
        let (prober, vantage) = networkView(access, sessions: sessions, lookouts: exercise.lookouts(stamped))
        async let fromNodes = look(.nodes, stamped)
        let network = await look(.network, stamped, prober, vantage)
        var trace: [Observation] = []
        for _ in 0..<Self.mostTraces {
            let asked = Set(trace.map(\.id))
            let seen = findings(stamp + network + trace, after: stamped)
            let probes = exercise.plan(.trace, questions: questions, findings: seen).filter {
                !asked.contains($0.id)
            }
            guard !probes.isEmpty else { break }
            trace += await observe(probes, sessions: sessions, prober: prober, vantage: vantage)
        }
        let nodes = await fromNodes
        let closing = await look(.closing, stamped)
        evidence.instability = exercise.instability(
            stamped, findings(closing, after: stamped), attempt: attempt)
        evidence.observations =
            stamp + network + trace + nodes + closing.map { $0.named($0.id.closing) }
    }

    /// Probes go out from the grader where it shares the student's network; otherwise through a machine.
    private func networkView(
        _ access: Access, sessions: [MachineID: any NodeSession], lookouts: [MachineID]
    ) -> (prober: (any NetworkProber)?, vantage: Vantage?) {
        if let direct = access.directProber { return (direct, .grader) }
        for role in lookouts {
            if let session = sessions[role] { return (access.prober(session.dialer), .tunnel(role)) }
        }
        return (nil, nil)
    }
}
