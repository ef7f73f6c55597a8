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
    private let mostTraces = 6
    /// Bascule's version, for the evidence.
    public var collector: String
    public var now: @Sendable () -> Date = { Date() }
    /// Eight random bytes in hexadecimal, new for each pair.
    public var makeNonce: @Sendable () -> String = {
        String(UInt64.random(in: UInt64.min...UInt64.max), radix: 16)
    }

    public init(exercise: any Exercise, questions: Set<QuestionID>? = nil, collector: String) {
        self.exercise = exercise
        self.questions = questions
        self.collector = collector
    }

    /// Both nodes' evidence. Takes as long as the slowest node, at most the sum of the probes' own limits.
    public func collect(student: String, lab: LabValues, access: Access) async -> Evidence {
        await collect(exercise, student: student, lab: lab, access: access)
    }

    private func collect<E: Exercise>(
        _ exercise: E, student: String, lab: LabValues, access: Access
    ) async -> Evidence {
        let startedAt = now()
        let nonce = makeNonce()
        let logins = await JobSlot.lending { await logIn(access) }
        let (sessions, unreachable) = (logins.sessions, logins.failures)
        var round = CollectedRound(observations: [], instability: nil)
        if !sessions.isEmpty {
            var pauses = pausesToSettle
            for attempt in 1...max(1, attempts) {
                round = await collectOnce(
                    exercise, student: student, lab: lab, nonce: nonce, access: access, sessions: sessions,
                    unreachable: unreachable, attempt: attempt)
                guard let instability = round.instability, attempt < attempts, !Task.isCancelled else {
                    break
                }
                // A cancelled wait is noticed by the next round's first command.
                try? await Task.sleep(for: pauseBetweenAttempts)
                if instability.kind.isPassing {
                    // Others may use the slot meanwhile.
                    pauses -= await JobSlot.lending { [pauses] in
                        await pausesUntilSettled(
                            exercise, atMost: pauses, sessions: sessions, attempt: attempt
                        ) {
                            self.evidence(
                                student, lab, nonce, startedAt, unreachable, CollectedRound(observations: $0))
                        }
                    }
                }
            }
        } else if let prober = access.directProber {
            // Nobody to log in to: the network still tells something, for the report.
            let findings = exercise.findings(
                evidence(student, lab, nonce, startedAt, unreachable, CollectedRound()), after: nil)
            round.observations = await JobSlot.lending {
                await observe(
                    exercise.plan(.network, questions: questions, findings: findings), sessions: [:],
                    prober: prober, vantage: .grader)
            }
        }
        for session in sessions.values { await session.close() }
        var evidence = evidence(student, lab, nonce, startedAt, unreachable, round)
        let hostKeys = sessions.compactMapValues(\.hostKey)
        if !hostKeys.isEmpty { evidence.hostKeys = hostKeys }
        return evidence
    }

    /// Waits until nothing that passes by itself is left to be seen, and says how many pauses that took.
    private func pausesUntilSettled<E: Exercise>(
        _ exercise: E, atMost most: Int, sessions: [MachineID: any NodeSession], attempt: Int,
        evidence: ([Observation]) -> Evidence
    ) async -> Int {
        for pause in 0..<most {
            let observations = await observe(
                exercise.plan(
                    .closing, questions: questions, findings: exercise.findings(evidence([]), after: nil)),
                sessions: sessions, prober: nil, vantage: nil)
            let findings = exercise.findings(evidence(observations), after: nil)
            let instability = exercise.instability(findings, findings, attempt: attempt)
            guard instability?.kind.isPassing == true, !Task.isCancelled else { return pause }
            try? await Task.sleep(for: pauseBetweenAttempts)
        }
        return most
    }

    private func logIn(
        _ access: Access
    ) async -> (sessions: [MachineID: any NodeSession], failures: [MachineID: TransportFailure]) {
        await withTaskGroup(of: (MachineID, Result<any NodeSession, TransportFailure>).self) { group in
            for role in exercise.machines {
                group.addTask {
                    let result: Result<any NodeSession, TransportFailure>
                    do throws(TransportFailure) {
                        let session = try await access.connect(role)
                        result = .success(session)
                    } catch {
                        result = .failure(error)
                    }
                    return (role, result)
                }
            }
            var sessions: [MachineID: any NodeSession] = [:]
            var failures: [MachineID: TransportFailure] = [:]
            for await (role, result) in group {
                switch result {
                case .success(let session): sessions[role] = session
                case .failure(let failure): failures[role] = failure
                }
            }
            return (sessions, failures)
        }
    }

    private func collectOnce<E: Exercise>(
        _ exercise: E, student: String, lab: LabValues, nonce: String, access: Access,
        sessions: [MachineID: any NodeSession],
        unreachable: [MachineID: TransportFailure], attempt: Int
    ) async -> CollectedRound {
        let startedAt = now()
        func findings(_ observations: [Observation], after earlier: E.Findings? = nil) -> E.Findings {
            exercise.findings(
                evidence(
                    student, lab, nonce, startedAt, unreachable, CollectedRound(observations: observations)),
                after: earlier)
        }
        let stamp = await observe(
            exercise.plan(.stamp, questions: questions, findings: findings([])), sessions: sessions,
            prober: nil, vantage: nil)
        let stamped = findings(stamp)

        let (prober, vantage) = networkView(
            access, sessions: sessions, lookouts: exercise.lookouts(stamped))
        async let fromNodes = observe(
            exercise.plan(.nodes, questions: questions, findings: stamped), sessions: sessions,
            prober: nil, vantage: nil)
        let network = await observe(
            exercise.plan(.network, questions: questions, findings: stamped), sessions: sessions,
            prober: prober, vantage: vantage)
        var trace: [Observation] = []
        for _ in 0..<mostTraces {
            let asked = Set(trace.map(\.id))
            let probes = exercise.plan(
                .trace, questions: questions, findings: findings(stamp + network + trace, after: stamped)
            ).filter { !asked.contains($0.id) }
            guard !probes.isEmpty else { break }
            trace += await observe(probes, sessions: sessions, prober: prober, vantage: vantage)
        }
        let nodes = await fromNodes

        let closing = await observe(
            exercise.plan(.closing, questions: questions, findings: stamped), sessions: sessions,
            prober: nil, vantage: nil)
        let all = stamp + network + trace + nodes
        let instability = exercise.instability(
            stamped, findings(closing, after: stamped), attempt: attempt)
        let closings = closing.map { observation in
            var renamed = observation
            renamed.id = ProbeID("\(observation.id.rawValue)-closing")
            return renamed
        }
        return CollectedRound(observations: all + closings, instability: instability)
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

    private func evidence(
        _ student: String, _ lab: LabValues, _ nonce: String, _ startedAt: Date,
        _ unreachable: [MachineID: TransportFailure], _ round: CollectedRound
    ) -> Evidence {
        Evidence(
            student: student, exercise: exercise.id, lab: lab, startedAt: startedAt, finishedAt: now(),
            collector: collector, nonce: nonce, unreachable: unreachable, instability: round.instability,
            observations: round.observations)
    }
}

/// What one attempt brought.
struct CollectedRound: Sendable {
    var observations: [Observation] = []
    var instability: Instability?
}
