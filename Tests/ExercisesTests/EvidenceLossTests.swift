import Foundation
import GraderCore
import Testing

@testable import Exercises

/// Absence of evidence is never a verdict: whatever is missing, cut off, too late or another command's, nothing is earned
/// or lost by it. A check stays as it was or becomes open, and none loses its points to another that is met or open.
///
/// Of every recording one observation in three is lost, in a way drawn for it, and some pairs of observations; of some
/// recordings each observation, in every way, and with every other. `BASCULE_EVERY_LOSS=1` loses each observation of
/// all recordings in every way, and more pairs: an hour of processor time.
struct EvidenceLossTests {
    private static let isEveryLoss = ProcessInfo.processInfo.environment["BASCULE_EVERY_LOSS"] != nil
    private static let whole = [
        "solved", "firewall-drops-http", "split-brain", "halves-configured-apart", "trixie/quorum-lost",
    ]
    private static let allPairs = ["bullseye/solved", "firewall-drops-http"]
    /// Pairs of losses drawn for each of the others.
    private static let pairs = isEveryLoss ? 60 : 2

    @Test(arguments: RecordedEvidence.all)
    func whatIsLostDecidesNothing(recording: String) throws {
        let before = try JudgedRecording(recording)
        try before.compare(before.evidence, "as it is")
        var draw = SeededDraw(recording)
        let byObservation = EvidenceLoss.all(of: before.evidence)
        let isWhole = Self.isEveryLoss || Self.whole.contains(recording)
        for ways in byObservation where isWhole || Int.random(in: 0..<3, using: &draw) == 0 {
            for loss in isWhole ? ways : [try #require(ways.randomElement(using: &draw))] {
                try before.compare(before.evidence.losing([loss]), "without \(loss)")
            }
        }
        var twos: [(Int, Int)] = []
        if Self.allPairs.contains(recording) {
            twos = byObservation.indices.flatMap { one in (0..<one).map { ($0, one) } }
        } else {
            twos = (0..<Self.pairs).map { _ in
                let one = Int.random(in: 1..<byObservation.count, using: &draw)
                return (Int.random(in: 0..<one, using: &draw), one)
            }
        }
        for (one, other) in twos {
            let losses = try [one, other].map { try #require(byObservation[$0].randomElement(using: &draw)) }
            try before.compare(
                before.evidence.losing(losses), "without \(losses[0]) and \(losses[1])")
        }
    }

    /// What a fault of the compiler did: each probe had another one's answer.
    @Test(arguments: ["solved", "web-stopped"])
    func anotherCommandsAnswerDecidesNothing(recording: String) throws {
        let before = try JudgedRecording(recording)
        for (index, asked) in before.evidence.observations.enumerated() {
            for (other, answered) in before.evidence.observations.enumerated()
            where other != index && asked.vantage == answered.vantage {
                guard case .command(let own) = asked.outcome,
                    case .command(var result) = answered.outcome, !asked.isSameQuestion(as: answered)
                else { continue }
                var swapped = before.evidence
                // As evidence of before had it, which knew an answer by its place alone.
                result.arguments = own.arguments
                swapped.observations[index].outcome = .command(result)
                try before.compare(swapped, "\(asked.id) answered by \(answered.id)")
            }
        }
    }

    @Test(arguments: RecordedEvidence.solved)
    func oneNodeUnreachableDecidesNothingAgainstTheStudent(state: String) throws {
        let evidence = try RecordedEvidence.evidence(state)
        for role in MachineID.pair {
            var half = evidence
            half.unreachable[role] = TransportFailure(
                .timedOut, LocalizedText(verbatim: "etu1/\(role.rawValue): no answer."))
            half.observations.removeAll { $0.vantage == .node(role) }
            let judged = try RecordedEvidence.judged(half)
            let against = judged.values.filter(\.verdict.isDecidedAgainst)
            #expect(against.map(\.id.rawValue).sorted() == [], "\(state) without \(role.rawValue)")
            // What the other node's CIB proves is judged.
            #expect(judged[CheckID("Q1.monitor-interval")]?.verdict == .met)
        }
    }
}

/// A recording with its verdicts, to compare with what is left of it.
private struct JudgedRecording {
    let name: String
    let evidence: Evidence
    private let findings: Findings
    private let judged: [CheckID: CheckResult]

    init(_ name: String) throws {
        self.name = name
        evidence = try RecordedEvidence.evidence(name)
        findings = Findings(evidence)
        judged = try RecordedEvidence.judged(findings)
    }

    func compare(_ poorer: Evidence, _ what: String) throws {
        let after = try RecordedEvidence.judged(Findings(poorer, after: findings))
        for (id, result) in after {
            let old = try #require(judged[id]?.verdict)
            if case .blocked(let by) = result.verdict, let cause = after[by]?.verdict,
                cause.isMet || cause.isOpen
                    || (cause.isTheTeachersToDecide && !result.verdict.isTheTeachersToDecide)
            {
                Issue.record("\(name) \(what): \(id) is blocked by \(by), which is \(cause)")
            }
            if result.verdict == old || result.verdict.isOpen { continue }
            // Where the only honest answer is lost, the lie is all that there is.
            if name.hasPrefix("lies/") || name.hasPrefix("fakes/"), !old.isMet { continue }
            Issue.record(
                "\(name) \(what): \(id) went from \(old) to \(result.verdict): \(result.found.en.prefix(200))"
            )
        }
    }
}

extension Verdict {
    /// Prevented by a fault of the prerequisites.
    fileprivate var isTheTeachersToDecide: Bool {
        if case .blocked(let by) = self { by.question == .prerequisites } else { false }
    }
}

extension Observation {
    /// Asked twice, or in two forms of which one will do.
    fileprivate func isSameQuestion(as other: Observation) -> Bool {
        func name(_ id: ProbeID) -> Substring {
            let name = id.rawValue.split(separator: "/").last ?? ""
            return name.hasSuffix("-closing") ? name.dropLast("-closing".count) : name
        }
        let names = [name(id), name(other.id)]
        return names[0] == names[1] || Set(names) == ["cib", "cib-file"]
    }
}

/// The same numbers for the same word, everywhere and always (SplitMix64).
private struct SeededDraw: RandomNumberGenerator {
    private var state: UInt64

    init(_ word: String) {
        state = SHA256Digest(of: word.utf8).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
