import ClassRun
import Foundation
import GraderCore
import Testing

/// Drills on pairs on which nothing brings back what a drill moves, and on one whose site sends its visitor on.
extension RealClusterTests {
    /// The four pairs' ways: a group that stays by its stickiness, on the second node before the drill; a site at the end of
    /// a redirect; an address and a web server that go together without a group; a unit of systemd's that fails.
    private static let students = [
        "etu1=stays-after-failover", "etu2=redirect-to-path", "etu3=colocation-and-order", "etu4=web-systemd",
    ]

    @Test(.timeLimit(.minutes(10)))
    func whatADrillMovedIsPutBack() async throws {
        try await RealClass.with(
            "ci-homes", ["--students", "4", "--situation", "solved", "--situation-of"] + Self.students
        ) { real in
            for student in ["etu3", "etu4"] {
                try await real.node("\(student)/serv1", stickyWithShortMonitor)
            }
            // What the drill does not move is not moved back either.
            try await real.node("etu1/serv1", anotherOnTheOtherNode)
            var before: [String: [String]] = [:]
            for student in ["etu1", "etu2", "etu3", "etu4"] {
                before[student] = try await state(real, student)
            }
            #expect(before["etu1"]?[0].contains("IPFailover is running on: serv2") == true)
            #expect(before["etu1"]?[0].contains("ailleurs is running on: serv1") == true)

            let standby = try await drill(real, "standby")
            for (student, drilled) in standby {
                #expect(try await state(real, student) == before[student], "\(student)")
                #expect(drilled.outcome == .performed, "\(student): \(drilled)")
                #expect(drilled.differences == [], "\(student)")
            }
            #expect(
                standby["etu1"]?.wayBack?.en.contains("servweb, which the drill made leave serv2") == true)
            #expect(standby["etu1"]?.wayBack?.en.contains("resource-stickiness 200") == true)
            #expect(standby["etu1"]?.wayBack?.en.contains("ailleurs") == false)
            #expect(standby["etu2"]?.wayBack == nil, "its own preference brings it back")
            #expect(
                standby["etu3"]?.wayBack?.en.contains("IPFailover, which the drill made leave serv1") == true)

            // Its unit has failed where it could not be started, and runs there again.
            let broken = try await drill(real, "service-broken", only: "etu4")
            #expect(broken["etu4"]?.outcome == .performed && broken["etu4"]?.differences == [])
            #expect(try await state(real, "etu4") == before["etu4"])
            #expect(broken["etu4"]?.wayBack?.en.contains("servweb, which the drill made leave serv1") == true)
        }
    }

    private func drill(
        _ real: RealClass, _ kind: String, only student: String? = nil
    ) async throws -> [String: DrillAccount] {
        let arguments = ["--drills", kind, "--force-drills"] + (student.map { ["--student", $0] } ?? [])
        let (outcome, results) = try await real.grade(arguments)
        #expect(outcome.status != 70, "\(outcome.output)\(outcome.complaints)")
        return results.compactMapValues { $0.drills?.first }
    }

    private var stickyWithShortMonitor: String {
        """
        crm_attribute --type rsc_defaults --name resource-stickiness --update 100
        cibadmin --modify --scope constraints \
            --xml-text '<rsc_location id="cli-prefer-IPFailover" score="50"/>'
        op=$(cibadmin -Q --xpath "//primitive[@id='serviceWeb']//op[@name='monitor']" | sed 's/"60s"/"10s"/')
        cibadmin --modify --scope resources \
            --xml-text "<primitive id=\\"serviceWeb\\"><operations>$op</operations></primitive>"
        crm_resource --wait
        """
    }

    private var anotherOnTheOtherNode: String {
        """
        crm configure primitive ailleurs ocf:pacemaker:Dummy
        crm_resource --wait
        """
    }

    /// What a drill must give back, where everything runs, and since when.
    private func state(_ real: RealClass, _ student: String) async throws -> [String] {
        let script = """
            for id in serviceWeb IPFailover ailleurs; do crm_resource --resource $id --locate 2>/dev/null; done
            cibadmin --query --scope configuration | grep -v last-lrm-refresh
            cibadmin --query --scope status | sed -n 's/.*operation_key="\\(ailleurs_start_0\\)".*last-rc-change="\\([0-9]*\\)".*/\\1 \\2/p'
            for node in serv1 serv2; do
                crm_attribute --node $node --name standby --lifetime reboot --query --quiet --default absent
                crm_failcount --query --resource serviceWeb --node $node
            done
            ls /etc/systemd/system /etc/apache2/conf-enabled
            ls -d /var/lib/bascule 2>&1
            systemctl is-failed apache2
            """
        var found: [String] = []
        for node in ["serv1", "serv2"] {
            let said = try await real.node("\(student)/\(node)", script)
            found.append(said.output)
        }
        return found
    }
}
