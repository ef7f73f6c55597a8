import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// A primitive of an earlier try that was stopped and never deleted: the one that runs is judged.
struct LeftoverResourceTests {
    private static let address = """
        <primitive id="VIP" class="ocf" provider="heartbeat" type="IPaddr2"><instance_attributes id="VIP-ia">\
        <nvpair id="VIP-ip" name="ip" value="172.16.1.12"/></instance_attributes>\(stopped("VIP"))</primitive>
        """
    private static let webServer =
        "<primitive id=\"apache1\" class=\"ocf\" provider=\"heartbeat\" type=\"apache\">\(stopped("apache1"))</primitive>"

    private static func stopped(_ id: String) -> String {
        "<meta_attributes id=\"\(id)-meta\"><nvpair id=\"\(id)-tr\" name=\"target-role\" value=\"Stopped\"/></meta_attributes>"
    }

    /// The state with the leftover before everything else, in the CIB and in `crm_mon`.
    private func evidence(_ state: String, with leftover: String, _ id: String, _ agent: String) throws
        -> Evidence
    {
        let shown =
            "<resource id=\"\(id)\" resource_agent=\"\(agent)\" role=\"Stopped\" target_role=\"Stopped\" active=\"false\" "
            + "orphaned=\"false\" blocked=\"false\" managed=\"true\" failed=\"false\" failure_ignored=\"false\" "
            + "nodes_running_on=\"0\"/>"
        return try plain(state)
            .replacing("<resources>", with: "<resources>" + leftover, in: [ClusterProbe.cib])
            .replacing("<resources>", with: "<resources>" + shown, in: [ClusterProbe.status])
    }

    private func plain(_ state: String) throws -> Evidence {
        try RecordedEvidence.evidence(state).without(ClusterProbe.crmShow)
    }

    private func verdicts(_ evidence: Evidence) throws -> [CheckID: Verdict] {
        try RecordedEvidence.judged(evidence).mapValues(\.verdict)
    }

    private func expectSame(_ one: Evidence, _ other: Evidence) throws {
        let (before, after) = (try verdicts(one), try verdicts(other))
        for (id, verdict) in before where after[id] != verdict {
            Issue.record("\(id): \(verdict), with the leftover \(String(describing: after[id]))")
        }
    }

    // The pair of these recordings is etu1, whose address the leftover has.
    @Test(arguments: ["after-q3", "after-q8", "solved"])
    func aStoppedAddressIsPassedOver(state: String) throws {
        let found = try evidence(state, with: Self.address, "VIP", "ocf:heartbeat:IPaddr2")
        #expect(Findings(found).virtualIP.found?.id == "IPFailover")
        try expectSame(plain(state), found)
    }

    /// Without `crm_mon` nobody knows what runs; the group and the `target-role` still tell.
    @Test(arguments: ["after-q3", "solved"])
    func aStoppedAddressIsPassedOverUnseen(state: String) throws {
        let found = try evidence(state, with: Self.address, "VIP", "ocf:heartbeat:IPaddr2")
        try expectSame(plain(state).without(ClusterProbe.status), found.without(ClusterProbe.status))
    }

    @Test(arguments: ["after-q7", "after-q8", "solved"])
    func aStoppedWebServerIsPassedOver(state: String) throws {
        let found = try evidence(state, with: Self.webServer, "apache1", "ocf:heartbeat:apache")
        #expect(Findings(found).webResource.found?.id == "serviceWeb")
        try expectSame(plain(state), found)
    }

    /// Where nothing runs there is still an address to judge, and what it loses it goes on losing.
    @Test func whatIsStoppedIsStillJudged() throws {
        let recorded = try plain("target-role-stopped")
        let leftover = Self.address.replacing("172.16.1.12", with: recorded.lab.vip)
        let found = try evidence(
            "target-role-stopped", with: leftover, "VIP", "ocf:heartbeat:IPaddr2")
        #expect(try verdicts(found)[CheckID("Q1.running")] == .notMet)
        try expectSame(recorded, found)
    }

    /// One that is configured well and stopped earns nothing for another that runs.
    @Test func theOneThatRunsIsJudged() throws {
        let timed = #"<op name="monitor" interval="10s" id="VIP-monitor-10s"/>"#
        let leftover = Self.address.replacing(
            "</primitive>", with: "<operations>\(timed)</operations></primitive>")
        let found = try evidence("after-q3", with: leftover, "VIP", "ocf:heartbeat:IPaddr2")
            .replacing(
                #"<op name="monitor" interval="10s" id="IPFailover-monitor-10s"/>"#, with: "",
                in: [ClusterProbe.cib])
        #expect(try verdicts(found)[CheckID("Q1.monitor-interval")] == .notMet)
    }
}
