import Exercises
import Foundation
import GraderCore
import Testing

/// Absence of evidence is never a verdict: whatever single observation is missing or cut off, nothing becomes met or
/// lost by it.
struct EvidenceLossTests {
    private static let states =
        solved + ["after-q7", "wrong-netmask", "standby-forgotten"]
    /// Every recording of a solved pair, whatever the release.
    private static let solved = RecordedEvidence.solved

    @Test(arguments: states)
    func aMissingObservationDecidesNothing(state: String) throws {
        let evidence = try RecordedEvidence.evidence(state)
        let before = try RecordedEvidence.judged(evidence)
        for index in evidence.observations.indices {
            var poorer = evidence
            let removed = poorer.observations.remove(at: index)
            try compare(before, try RecordedEvidence.judged(poorer), "\(state) without \(removed.id)")
        }
    }

    @Test(arguments: states)
    func anObservationCutOffDecidesNothing(state: String) throws {
        let evidence = try RecordedEvidence.evidence(state)
        let before = try RecordedEvidence.judged(evidence)
        for index in evidence.observations.indices {
            guard case .command(var result) = evidence.observations[index].outcome else {
                continue
            }
            let whole = result.standardOutput.raw
            for kept in [whole.count / 2, max(0, whole.count - 20)] {
                result.standardOutput = Bytes(Array(whole.prefix(kept)))
                result.outputTruncated = true
                var poorer = evidence
                poorer.observations[index].outcome = .command(result)
                try compare(
                    before, try RecordedEvidence.judged(poorer),
                    "\(state) with \(kept) bytes of \(evidence.observations[index].id)")
            }
        }
    }

    @Test(arguments: states)
    func aCommandThatTimedOutDecidesNothing(state: String) throws {
        let evidence = try RecordedEvidence.evidence(state)
        let before = try RecordedEvidence.judged(evidence)
        for index in evidence.observations.indices {
            guard case .command(var result) = evidence.observations[index].outcome else {
                continue
            }
            result.ending = .timedOut
            result.standardOutput = Bytes(Array(result.standardOutput.raw.prefix(40)))
            var poorer = evidence
            poorer.observations[index].outcome = .command(result)
            try compare(
                before, try RecordedEvidence.judged(poorer),
                "\(state), \(evidence.observations[index].id) timed out")
        }
    }

    /// The same for what was seen from the network.
    @Test(arguments: states)
    func aPageCutOffDecidesNothing(state: String) throws {
        let evidence = try RecordedEvidence.evidence(state)
        let before = try RecordedEvidence.judged(evidence)
        for index in evidence.observations.indices {
            guard case .http(var exchange) = evidence.observations[index].outcome,
                case .response(var response) = exchange.answer
            else { continue }
            response.body = Bytes(Array(response.body.raw.prefix(response.body.raw.count / 2)))
            response.bodyTruncated = true
            exchange.answer = .response(response)
            var poorer = evidence
            poorer.observations[index].outcome = .http(exchange)
            try compare(
                before, try RecordedEvidence.judged(poorer),
                "\(state), \(evidence.observations[index].id) cut off")
        }
    }

    @Test(arguments: solved)
    func oneNodeUnreachableDecidesNothingAgainstTheStudent(state: String) throws {
        let evidence = try RecordedEvidence.evidence(state)
        for role in NodeRole.allCases {
            var half = evidence
            half.unreachable[role] = TransportFailure(.timedOut, "etu1/\(role.rawValue): no answer.")
            half.observations.removeAll { $0.vantage == .node(role) }
            let judged = try RecordedEvidence.judged(half)
            let against = judged.values.filter(\.verdict.isDecidedAgainst)
            #expect(against.map(\.id.rawValue).sorted() == [], "\(state) without \(role.rawValue)")
            // What the other node's CIB proves is judged.
            #expect(judged[CheckID("Q1.monitor-interval")]?.verdict == .met)
        }
    }

    private func compare(
        _ before: [CheckID: CheckResult], _ after: [CheckID: CheckResult], _ what: String
    ) throws {
        for (id, result) in after {
            let old = try #require(before[id]?.verdict)
            if result.verdict == old || result.verdict.isOpen { continue }
            // A check that hung on another may only fall back with it.
            if case .blocked(let by) = result.verdict, after[by]?.verdict.isOpen == true { continue }
            Issue.record("\(what): \(id) went from \(old) to \(result.verdict): \(result.found.en)")
        }
    }
}
