import Exercises
import Foundation
import GraderCore
import Testing

/// A node whose crm, crm_mon, ip or cibadmin is a script that prints what a perfect pair printed: recorded from real
/// pairs by `scripts/record-lies`.
struct LyingToolsTests {
    private static let truths = ["monitor-missing", "target-role-stopped", "nothing"]
    private static let liars = ["crm", "crm_mon", "ip", "cibadmin", "all"]

    private func results(_ truth: String, _ liar: String) throws -> [CheckID: CheckResult] {
        try RecordedEvidence.judged(try RecordedEvidence.evidence("lies/\(truth).\(liar)"))
    }

    @Test(arguments: truths, liars)
    func aLieEarnsNothing(_ truth: String, _ liar: String) throws {
        let honest = try results(truth, "honest")
        let lying = try results(truth, liar)
        for (id, result) in lying.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let fair = honest[id]?.verdict
            if ProcessInfo.processInfo.environment["BASCULE_SHOW_LIES"] != nil, fair != result.verdict {
                print(
                    "\(truth) \(liar): \(id) \(fair.map { "\($0)" } ?? "?") -> \(result.verdict): \(result.found.en)"
                )
            }
            guard result.verdict.isMet else { continue }
            #expect(
                fair?.isMet == true, "\(truth), lying \(liar): \(id) was earned by a lie: \(result.found.en)")
        }
    }
}
