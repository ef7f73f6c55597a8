import Foundation
import GraderCore
import LinuxFacts
import Testing

@testable import Exercises

/// What the teacher is told of pairs that fake, recorded from real ones by `scripts/fakes --record`; and that nobody else
/// is told of anything.
struct AnomalyTests {
    /// Kinds that have to be told of each fake.
    private static let fakes: [(name: String, kinds: Set<String>)] = [
        ("solved", []),
        ("replay", ["overriddenTool"]),
        ("sshrc", ["logInHook", "writtenAtLogIn"]),
        ("replaced", ["alteredPackage", "noProcess"]),
        ("preload", ["preloadedLibrary"]),
        ("profile", ["environment", "startUpFile"]),
        ("proxy", ["oneMachine"]),
        ("edited", ["alteredPackage"]),
        ("borrowed", ["alteredPackage", "otherProgram"]),
    ]

    private static let recorded = RecordedEvidence.all.filter { !$0.hasPrefix("fakes/") }

    private func kinds(_ name: String) throws -> Set<String> {
        Set(PairAnomalies.all(Findings(try RecordedEvidence.evidence(name))).map(\.kind))
    }

    @Test(arguments: fakes.map(\.name)) func eachFakeIsTold(_ name: String) throws {
        let expected = try #require(Self.fakes.first { $0.name == name }?.kinds)
        let told = try kinds("fakes/\(name)")
        #expect(expected.isSubset(of: told), "\(name): \(told)")
        if expected.isEmpty { #expect(told.isEmpty, "\(told)") }
    }

    /// Evidence from before it was looked for, of honest pairs, of every mistake and of tools that lie.
    @Test(arguments: recorded) func absenceOfEvidenceIsNoAnomaly(_ name: String) throws {
        #expect(try kinds(name).isEmpty)
    }

    /// Whoever has his .bashrc say how the cluster is has it change nothing.
    @Test(arguments: [
        ("systemctl status corosync pacemaker", false), ("systemctl --no-pager status pacemaker", false),
        ("systemctl is-enabled --quiet corosync", false), ("systemctl is-active pacemaker && echo up", false),
        ("systemctl start pacemaker", true), ("systemctl -q try-restart corosync", true),
        ("systemctl enable --now pacemaker", true),
        ("systemctl status corosync || systemctl start corosync", true),
        ("ip addr add 172.16.0.12/24 dev eth0", true), ("ip addr show", false),
    ])
    func aLookInAStartUpFileIsNoChange(_ line: String, isChange: Bool) throws {
        let touched = try Regex(PairAudit.touched)
        #expect(line.contains(touched) == isChange)
    }

    @Test func whatIsToldIsInBothLanguagesAndNeverAPoint() throws {
        let evidence = try RecordedEvidence.evidence("fakes/replaced")
        for anomaly in PairAnomalies.all(Findings(evidence)) {
            for text in [anomaly.seen, anomaly.why, anomaly.innocent] {
                #expect(!text.fr.isEmpty && !text.en.isEmpty && text.fr != text.en)
            }
        }
        // The same evidence without the look has the same verdicts.
        var without = evidence
        without.observations.removeAll { $0.id.rawValue.hasSuffix(PairAudit.name) }
        #expect(try RecordedEvidence.judged(evidence) == RecordedEvidence.judged(without))
    }
}
