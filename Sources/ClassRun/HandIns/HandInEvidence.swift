import Foundation
import GraderCore

/// One student's evidence, put together from what was handed in of each machine.
///
/// What is asked is what a grader would ask by the roster; of a file only the answers to just that count. So a wrong
/// address or name given to `check`, another rubric or another Bascule's questions are no evidence against anybody.
struct HandInEvidence {
    /// Longer between two machines, and they are of two moments, whatever they say of themselves.
    static let longestPause: TimeInterval = 30 * 60

    var exercise: any Exercise
    var student: RosterStudent
    var files: [MachineID: HandInFile]
    var importedAt: Date

    /// - Returns: the evidence, and by machine how many answers were to other questions than the class's.
    func assembled() -> (evidence: Evidence, otherwiseAsked: [MachineID: Int]) { assembled(exercise) }

    private func assembled<E: Exercise>(_ exercise: E) -> (Evidence, [MachineID: Int]) {
        var evidence = blank
        func findings(_ seen: [Observation]) -> E.Findings {
            var now = evidence
            now.observations = seen
            return exercise.findings(now, after: nil)
        }
        func plan(_ stage: ProbeStage, _ findings: E.Findings) -> [Probe] {
            exercise.plan(stage, questions: nil, findings: findings)
        }
        let own = files.mapValues { exercise.findings($0.evidence, after: nil) }
        var taking = HandInAnswers(files) { address, machine in
            own[machine].flatMap { exercise.hasAddress(address, machine, $0) }
                ?? (student.lab.addresses[machine].flatMap { IPAddress($0) } == IPAddress(address))
        }
        let stamp = taking.take(plan(.stamp, findings([])))
        if let lookout = exercise.lookouts(findings(stamp)).first(where: { files[$0] != nil }) {
            taking.lookout = lookout
            evidence.nonce = files[lookout]?.evidence.nonce ?? ""
        }
        let nodes = taking.take(plan(.nodes, findings(stamp)))
        let network = taking.take(plan(.network, findings(stamp)))
        var trace: [Observation] = []
        for _ in 0..<PairCollector.mostTraces {
            let asked = Set(trace.map(\.id))
            let probes = plan(.trace, findings(stamp + network + trace)).filter { !asked.contains($0.id) }
            let more = taking.take(probes)
            guard !more.isEmpty else { break }
            trace += more
        }
        let closing = taking.take(plan(.closing, findings(stamp)), as: \.closing)
        evidence.observations = (stamp + nodes + network + trace + closing).sorted { $0.id < $1.id }
        evidence.instability = instability(exercise, exercise.findings(evidence, after: nil))
        return (evidence, taking.otherwiseAsked)
    }

    /// Without observations; what was not handed in is out of sight.
    private var blank: Evidence {
        let parts = files.mapValues { HandIn.Part(collectedAt: $0.evidence.startedAt, sha256: $0.sha256) }
        let seen = files.values.map(\.evidence)
        let missing = exercise.machines.filter { files[$0] == nil }.map { machine in
            (
                machine,
                TransportFailure(
                    .outOfSight,
                    fr: "\(student.identity.id)/\(machine.rawValue) : rien n'a été rendu de cette machine.",
                    en: "\(student.identity.id)/\(machine.rawValue): nothing was handed in of this machine.")
            )
        }
        var evidence = Evidence(
            student: student.identity.id, exercise: exercise.id, lab: student.lab,
            // Of a hand-in that is complete only after the deadline the whole is late.
            startedAt: seen.map(\.startedAt).max() ?? importedAt,
            finishedAt: seen.map(\.finishedAt).max() ?? importedAt,
            collector: Set(files.values.map(\.bascule)).sorted().joined(separator: ", "),
            nonce: seen.map(\.nonce).min() ?? "",
            unreachable: Dictionary(missing, uniquingKeysWith: { first, _ in first }), instability: nil,
            observations: [])
        evidence.handIn = HandIn(parts: parts, importedAt: importedAt)
        return evidence
    }

    /// What a machine saw change while it was looked at, or that the machines were not looked at in one state.
    private func instability<E: Exercise>(_ exercise: E, _ findings: E.Findings) -> Instability? {
        let machines = files.keys.sorted()
        if let own = machines.lazy.compactMap({ files[$0]?.evidence.instability }).first { return own }
        let times = machines.compactMap { files[$0]?.evidence.startedAt }
        if let first = times.min(), let last = times.max(),
            last.timeIntervalSince(first) > Self.longestPause
        {
            return apart(machines.map { ($0, files[$0].map { HandInDate.text($0.evidence.startedAt) }) })
        }
        // Those too of which nothing was handed in: what one half says of a pair that has fallen apart is half of it.
        let states = exercise.machines.map { ($0, exercise.sharedState(findings, on: $0)) }
        return Set(states.map(\.1)).count > 1 ? apart(states) : nil
    }

    private func apart(_ states: [(MachineID, String?)]) -> Instability {
        Instability(
            kind: .partsApart, attempts: 1,
            detail: states.map { "\($0.0.rawValue): \($0.1 ?? "–")" }.joined(separator: "; "))
    }
}

/// A moment in the evidence, which no language has been chosen for.
enum HandInDate {
    /// `2026-11-27 21:30Z`
    static func text(_ date: Date, _ zone: TimeZone = .gmt) -> String {
        date.formatted(
            Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: zone).year().month().day()
                .time(includingFractionalSeconds: false).timeZone(separator: .colon))
    }
}
