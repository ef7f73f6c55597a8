import ClassRun
import Foundation
import GraderCore
import Testing

/// Drills on a real cluster: measured, survived, judged, and nothing left.
extension RealClusterTests {
    @Test(.timeLimit(.minutes(6)))
    func drillsAreMeasuredAndLeaveNothing() async throws {
        try await RealClass.with("ci-drill", ["--students", "1", "--situation", "solved"]) { real in
            // The sheet's own minute between two monitors is a minute of waiting here.
            try await real.node(
                "etu1/serv1",
                """
                op=$(cibadmin -Q --xpath "//primitive[@id='serviceWeb']//op[@name='monitor']" | sed 's/"60s"/"10s"/')
                cibadmin --modify --scope resources \
                    --xml-text "<primitive id=\\"serviceWeb\\"><operations>$op</operations></primitive>"
                """)
            let before = try await state(real)
            for kind in [DrillKind.standby, .serviceStop] {
                let (outcome, results) = try await real.grade(
                    roster: nil, ["--drills", kind.rawValue, "--force-drills"])
                let evidence = try #require(
                    try drills(outcome, real).last, "\(outcome.output)\(outcome.complaints)")
                #expect(evidence.kind == kind)
                #expect(evidence.outcome == .performed)
                #expect(evidence.differences == [])
                let measure = try #require(DrillMeasure(evidence))
                let length = try #require(DrillMeasure.total(measure.failover))
                #expect(length > .milliseconds(50), "a failover shows")
                #expect(length < .seconds(30))
                // By hand, not by the code under test.
                #expect(try await state(real) == before)
                if kind == .standby { #expect(results["etu1"]?.verdict("Q6.standby") == .met) }
            }
        }
    }

    /// What a drill must give back, as the machines themselves say it.
    private func state(_ real: RealClass) async throws -> [String] {
        let script = """
            for node in serv1 serv2; do
                crm_attribute --node $node --name standby --lifetime reboot --query --quiet --default absent
                crm_failcount --query --resource serviceWeb --node $node
                crm_failcount --query --resource IPFailover --node $node
            done
            crm configure show | grep -v last-lrm-refresh
            ls /etc/systemd/system /etc/systemd/system/timers.target.wants /etc/apache2/conf-enabled
            ls -d /var/lib/bascule 2>&1
            crm_resource --resource serviceWeb --locate; systemctl is-active apache2
            """
        return [
            try await real.node("etu1/serv1", script).output,
            try await real.node("etu1/serv2", "ls /etc/systemd/system; ls -d /var/lib/bascule 2>&1").output,
        ]
    }

    private func drills(_ outcome: Program.Outcome, _ real: RealClass) throws -> [DrillEvidence] {
        let runs = try FileManager.default.subpathsOfDirectory(
            atPath: real.folder.path(percentEncoded: false)
        )
        .filter { $0.hasSuffix("students/etu1/evidence.json") && !$0.contains("/latest/") }
        return try runs.compactMap {
            try EvidenceStore.read(real.folder.appending(path: $0).path(percentEncoded: false)).drills
        }.flatMap(\.self).sorted { $0.startedAt < $1.startedAt }
    }
}

extension GradedResult {
    fileprivate func verdict(_ id: String) -> Verdict? {
        questions.flatMap(\.checks).first { $0.result.id == CheckID(id) }?.result.verdict
    }
}
