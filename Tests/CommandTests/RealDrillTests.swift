import ClassRun
import Foundation
import GraderCore
import Testing

/// Drills on a real cluster: refused where somebody is at work, measured, survived, judged, and nothing left.
extension RealClusterTests {
    @Test(.timeLimit(.minutes(8)))
    func drillsAreMeasuredAndLeaveNothing() async throws {
        try await RealClass.with("ci-drill", ["--students", "1", "--situation", "solved"]) { real in
            // The sheet's own minute between two monitors is a minute of waiting here.
            try await real.node("etu1/serv1", shorterMonitor)
            let before = try await state(real)

            // The pair was configured a moment ago: that may be the student at work.
            let hasty = try await drill(real, ["standby"], [])
            #expect(
                hasty.drills.map(\.refusal?.kind) == [.inUse],
                "\(hasty.outcome.output)\(hasty.outcome.complaints)")
            #expect(hasty.outcome.status == 2, "a drill that was asked for and not done is not assessed")

            try await lockIsRespected(real)
            try await aSnapshotThatFailsRefusesAll(real)
            #expect(try await state(real) == before, "refused drills touch nothing")

            let taken = real.folder.appending(path: "taken").path(percentEncoded: false)
            let hook = "[sh, -c, 'echo \"$@\" >>\"$0\"', '\(taken)', '{vm}', '{snapshot}']"
            let standby = try await measured(real, "standby", from: roster(real, snapshot: hook))
            #expect(standby.seenFrom == nil)
            let lines = try String(contentsOfFile: taken, encoding: .utf8).split(separator: "\n")
            #expect(lines.map { $0.prefix(23) } == ["un {1} bascule-drills-2", "un {2} bascule-drills-2"])
            // Where the grader is not in the pair's network, a node asks in its place.
            let roster = try String(contentsOfFile: real.roster, encoding: .utf8)
            let tunnelled = real.roster.replacing("class.yaml", with: "tunnel.yaml")
            try roster.replacing("defaults:", with: "defaults:\n  network: tunnel")
                .write(toFile: tunnelled, atomically: true, encoding: .utf8)
            let serviceStop = try await measured(real, "service-stop", from: tunnelled)
            #expect(serviceStop.seenFrom?.node == .serv2)
            // As the machines themselves say it, not as the code under test does.
            #expect(try await state(real) == before)
            try await aStopThatHangsLeavesNoFailure(real)
        }
    }

    /// A drill that has to go well, with this roster; what was sampled.
    private func measured(
        _ real: RealClass, _ kind: DrillKind, from roster: String?
    ) async throws -> SampleTrace {
        let drilled = try await drill(real, [kind.rawValue], ["--force-drills"], roster: roster)
        let said = "\(drilled.outcome.output)\(drilled.outcome.complaints)"
        #expect(drilled.outcome.status == 0, "\(said)")
        #expect(drilled.drills.map(\.kind) == [kind], "\(said)")
        if kind == "standby" { #expect(drilled.result?.verdict("Q6.standby") == .met) }
        let evidence = try #require(drilled.drills.first, "\(said)")
        #expect(evidence.outcome == .performed, "\(said)")
        #expect(evidence.differences == [])
        let measure = try #require(DrillMeasure(evidence), "\(said)")
        let length = try #require(DrillMeasure.total(measure.failover), "\(said)")
        // Nothing in between can be said of a machine that has other things to do.
        #expect(length > .milliseconds(50), "a failover shows")
        #expect(length < .seconds(60))
        #expect(drilled.outcome.lines.contains { $0.contains("\(kind.rawValue): ") }, "\(said)")
        return try #require(evidence.trace)
    }

    /// A stop that outlasts its time-out, longer than a drill is watched, fails only while the pair is being given
    /// back. The failure is cleaned away all the same, and nothing stays blocked.
    private func aStopThatHangsLeavesNoFailure(_ real: RealClass) async throws {
        try await real.node("etu1/serv1", stopThatHangs)
        let before = try await state(real)
        let drilled = try await drill(real, ["standby"], ["--force-drills"])
        let said = "\(drilled.outcome.output)\(drilled.outcome.complaints)"
        let evidence = try #require(drilled.drills.first, "\(said)")
        #expect(evidence.differences == [], "\(said)")
        #expect(try await state(real) == before, "\(said)")
    }

    /// The class with this hook, its machines named as on a hypervisor.
    private func roster(_ real: RealClass, snapshot hook: String) throws -> String {
        let path = real.roster.replacing("class.yaml", with: "kept.yaml")
        try String(contentsOfFile: real.roster, encoding: .utf8)
            .replacing("  hooks:\n", with: "  hooks:\n    snapshot: \(hook)\n")
            .replacing(/(serv([12]): \{address: [0-9.]+)/) { "\($0.1), vm: \"un {\($0.2)}\"" }
            .write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func aSnapshotThatFailsRefusesAll(_ real: RealClass) async throws {
        let failing = try roster(real, snapshot: "[sh, -c, 'echo no such vm >&2; exit 4', '{vm}']")
        let (outcome, drills, _) = try await drill(
            real, ["standby", "power-loss"], ["--force-drills"], roster: failing)
        let said = "\(outcome.output)\(outcome.complaints)"
        #expect(drills.map(\.refusal?.kind) == [.notPossible, .notPossible], "\(said)")
        #expect(drills.first?.refusal?.sentence.en.contains("(exit status 4)") == true, "\(said)")
        #expect(said.contains("no such vm") && outcome.status == 2, "\(said)")
    }

    /// Somebody else's drill, whose folder is there (a lock without one is nobody's): read-only grading assesses
    /// nothing, a drill is refused, and both name him.
    private func lockIsRespected(_ real: RealClass) async throws {
        let owner = "teacher@elsewhere pid 4711 since 2026-11-22T18:04:12Z"
        try await real.node(
            "etu1/serv2",
            "mkdir -p /var/lib/bascule/lock /var/lib/bascule/another-drill; "
                + "printf 'another-drill\\n\(owner)\\n' >/var/lib/bascule/lock/owner"
        )
        let (outcome, results) = try await real.grade()
        #expect(outcome.status == 2, "\(outcome.output)\(outcome.complaints)")
        let instability = try #require(results["etu1"]?.instability)
        #expect(instability.kind == .drillRunning)
        #expect(instability.detail.contains(owner))
        #expect(results["etu1"]?.score.decided == .zero)

        let (said, drills, _) = try await drill(real, ["standby"], ["--force-drills"])
        #expect(drills.map(\.refusal?.kind) == [.inUse], "\(said.output)\(said.complaints)")
        #expect(drills.first?.refusal?.sentence.en.contains(owner) == true)
        try await real.node("etu1/serv2", "rm -r /var/lib/bascule")
    }

    private var shorterMonitor: String {
        """
        op=$(cibadmin -Q --xpath "//primitive[@id='serviceWeb']//op[@name='monitor']" | sed 's/"60s"/"10s"/')
        cibadmin --modify --scope resources \
            --xml-text "<primitive id=\\"serviceWeb\\"><operations>$op</operations></primitive>"
        """
    }

    private var stopThatHangs: String {
        """
        sed -i '2i [ "$1" != stop ] || sleep 100' /etc/init.d/apache2
        op=$(cibadmin -Q --xpath "//primitive[@id='serviceWeb']//op[@name='stop']" | sed 's/"60s"/"90s"/')
        cibadmin --modify --scope resources \
            --xml-text "<primitive id=\"serviceWeb\"><operations>$op</operations></primitive>"
        """
    }

    /// What a drill must give back, and where everything runs.
    private func state(_ real: RealClass) async throws -> [String] {
        let script = """
            for node in serv1 serv2; do
                crm_attribute --node $node --name standby --lifetime reboot --query --quiet --default absent
                crm_failcount --query --resource serviceWeb --node $node
                crm_failcount --query --resource IPFailover --node $node
            done
            cibadmin --query --scope configuration | grep -v last-lrm-refresh
            ls /etc/systemd/system /etc/systemd/system/timers.target.wants /etc/apache2/conf-enabled
            ls -d /var/lib/bascule 2>&1
            for id in serviceWeb IPFailover; do crm_resource --resource $id --locate; done
            systemctl is-active apache2
            """
        return [
            try await real.node("etu1/serv1", script).output,
            try await real.node("etu1/serv2", "ls /etc/systemd/system; ls -d /var/lib/bascule 2>&1").output,
        ]
    }

    private func drill(
        _ real: RealClass, _ kinds: [String], _ arguments: [String], roster: String? = nil
    ) async throws -> (outcome: Program.Outcome, drills: [DrillEvidence], result: GradedResult?) {
        let (outcome, results) = try await real.grade(
            roster: roster, ["--drills", kinds.joined(separator: ",")] + arguments)
        let folder = real.folder.path(percentEncoded: false)
        let newest = try #require(
            try FileManager.default.subpathsOfDirectory(atPath: folder)
                .filter { $0.hasSuffix("students/etu1/evidence.json") }
                .map { "\(folder)/\($0)" }
                .max { try modified($0) < modified($1) })
        return (outcome, try EvidenceStore.read(newest).drills ?? [], results["etu1"])
    }

    private func modified(_ path: String) throws -> Date {
        let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        return date as? Date ?? .distantPast
    }
}

extension DrillEvidence {
    fileprivate var refusal: DrillRefusal? {
        if case .refused(let refusal) = outcome { refusal } else { nil }
    }
}

extension GradedResult {
    fileprivate func verdict(_ id: String) -> Verdict? {
        questions.flatMap(\.checks).first { $0.result.id == CheckID(id) }?.result.verdict
    }
}
