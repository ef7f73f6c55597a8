import ClassRun
import Foundation
import GraderCore
import Testing

@testable import Exercises

/// A node, or both, whose crm, crm_mon, ip or cibadmin is a script that prints what a perfect pair printed: recorded from
/// real pairs by `scripts/record-lies`.
struct LyingToolsTests {
    private static let truths = ["monitor-missing", "target-role-stopped", "nothing"]
    private static let liars = ["crm", "crm_mon", "ip", "cibadmin", "all"]
    /// The same tools on both nodes.
    private static let bothLiars = liars.map { "both-\($0)" }

    private func evidence(_ truth: String, _ liar: String) throws -> Evidence {
        try RecordedEvidence.evidence("lies/\(truth).\(liar)")
    }

    @Test(arguments: truths, liars + bothLiars)
    func aLieEarnsNothing(_ truth: String, _ liar: String) throws {
        let honest = try RecordedEvidence.judged(try evidence(truth, "honest"))
        let lying = try RecordedEvidence.judged(try evidence(truth, liar))
        for (id, result) in lying where result.verdict.isMet {
            #expect(
                honest[id]?.verdict.isMet == true,
                "\(truth), lying \(liar): \(id) was earned by a lie: \(result.found.en)")
        }
    }

    /// Whatever was believed: the page names the sources, so that a person can look.
    @Test(arguments: truths)
    func theReportSaysThatTheSourcesDisagree(_ truth: String) throws {
        #expect(Findings(try evidence(truth, "honest")).disagreements.isEmpty)
        for liar in Self.liars + Self.bothLiars {
            // With only the monitor missing these tools have nothing to lie about.
            let isTrue = truth == "monitor-missing" && (liar.hasSuffix("crm_mon") || liar.hasSuffix("ip"))
            let said = Findings(try evidence(truth, liar)).disagreements
            #expect(said.isEmpty == isTrue, "\(truth), lying \(liar): \(said.map(\.en))")
        }
    }

    /// Honest pairs agree with themselves: nobody is told of a contradiction that is none.
    @Test(arguments: RecordedEvidence.situations + RecordedEvidence.variations)
    func honestPairsAgree(_ state: String) throws {
        let said = Findings(try RecordedEvidence.evidence(state)).disagreements
        #expect(said.isEmpty, "\(state): \(said.map(\.en))")
    }

    /// Of the mistakes, only those that set the cluster against the system, or the nodes against each other.
    @Test func mistakesAreNoLies() throws {
        var disagreeing: [String] = []
        for fault in RecordedEvidence.faults
        where !Findings(try RecordedEvidence.evidence(fault)).disagreements.isEmpty {
            // Those of the other releases are in a folder of their own.
            disagreeing.append(fault.split(separator: "/").last.map(String.init) ?? fault)
        }
        let names = disagreeing.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        #expect(
            Set(names).isSubset(of: [
                "vip-on-both", "vip-static", "split-brain", "split-brain-by-filter",
                "halves-configured-apart",
                "group-cloned", "primary-lies",
            ]),
            "\(disagreeing)")
    }
}
