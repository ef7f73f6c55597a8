import Foundation
import GraderCore
import Pacemaker
import Testing

@testable import ClassRun
@testable import Exercises

/// What the drill moved is put back where it was: the undo's lines about that, run by this machine's own shell. The
/// cluster's tools are stand-ins that do what was seen of real ones (Pacemaker 2.0.5, 2.1.5, 3.0.0): a resource goes
/// where a constraint of the undo's says, and stays there.
@Suite struct DrillHomesTests {
    @Test func whatStaysIsBroughtBackAndNothingIsLeft() throws {
        let pair = try HomesPair()
        #expect(try pair.node.undo("now") == 0)
        #expect(try pair.web == "serv1")
        #expect(!pair.hasConstraint && pair.created == 1)
        #expect(pair.receipt.contains(" grader: moved web from serv2 back to serv1\n"))
        let log = pair.node.log
        #expect(!log.contains("UNANNOUNCED"), "noted on the disk before it was made")
        #expect(log.contains(#"rsc="web"><rule"#) && log.contains(#"operation="lt" end=""#))
        #expect(!log.contains(#"rsc="other""#), "what the drill did not move")
        #expect(log.contains(#"--delete --scope constraints --xml-text <rsc_location id="bascule-drill-"#))
        // Once more: nothing to do.
        #expect(try pair.node.undo("now") == 0)
        #expect(pair.created == 1)
    }

    @Test func whatIsAtHomeIsNotTouched() throws {
        let pair = try HomesPair(web: "serv1")
        #expect(try pair.node.undo("now") == 0)
        #expect(pair.created == 0 && pair.receipt.isEmpty)
    }

    /// The student's own policy has the last word, and once.
    @Test func whatPolicyTakesAwayAgainIsLeft() throws {
        let pair = try HomesPair(pullsBack: true)
        #expect(try pair.node.undo("now") == 0)
        #expect(try pair.node.undo("now") == 0)
        #expect(try pair.web == "serv2")
        #expect(!pair.hasConstraint && pair.created == 1)
        #expect(pair.receipt.contains("its home is serv1: the cluster took it away again\n"))
    }

    @Test func whatDoesNotComeIsLeft() throws {
        let pair = try HomesPair(comes: false)
        #expect(try pair.node.undo("now") == 0)
        #expect(!pair.hasConstraint && pair.created == 1)
        #expect(pair.receipt.contains("left web on serv2, its home is serv1: it did not come\n"))
    }

    /// What is to be kept there is kept in empty files, which a limit on the size of files lets pass as a full disk does.
    @Test func aFullDiskKeepsNothingAway() throws {
        func undo(_ pair: HomesPair) throws -> Int32 {
            let full = "trap '' XFSZ; ulimit -S -f 0; exec sh \"$0\" now"
            return try pair.node.run(["sh", "-c", full, "\(pair.node.base)/\(pair.node.id)/undo"]).status
        }
        let pair = try HomesPair()
        #expect(try undo(pair) == 0)
        #expect(try pair.web == "serv1")
        #expect(!pair.hasConstraint && pair.created == 1)
        #expect(!pair.node.log.contains("UNANNOUNCED") && pair.receipt.isEmpty)
        // Policy has the last word here too, and nobody waits for rest without end.
        let pulled = try HomesPair(pullsBack: true)
        for _ in 0..<2 { #expect(try undo(pulled) == 0) }
        #expect(try pulled.web == "serv2" && pulled.created == 1)
        let standby = try HomesPair(standby: true)
        for _ in 0..<4 { #expect(try undo(standby) == 75) }
        #expect(try undo(standby) == 0)
        #expect(standby.created == 0)
    }

    /// The other node may be the one that decides what a date means.
    @Test func theConstraintHoldsByTheClockThatIsAhead() throws {
        let pair = try HomesPair(ahead: 36_525 * 86_400)
        #expect(try pair.node.undo("now") == 0)
        #expect(pair.node.log.contains(#/ end="21\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ"/#))
    }

    @Test func whatMayNotBeMovedIsLeftAlone() throws {
        let unmanaged = try HomesPair(managed: false)
        #expect(try unmanaged.node.undo("now") == 0)
        #expect(unmanaged.created == 0 && unmanaged.receipt.contains(": it is not managed\n"))
        // As `crm resource move` writes it: somebody is at work.
        let changed = try HomesPair(constraints: "prefers cli-prefer-web")
        #expect(try changed.node.undo("now") == 0)
        #expect(changed.created == 0 && changed.receipt.contains(": the constraints were changed\n"))
        // Waited for, then left: a standby that is not the drill's.
        let standby = try HomesPair(standby: true)
        for _ in 0..<4 { #expect(try standby.node.undo("now") == 75) }
        #expect(try standby.node.undo("now") == 0)
        #expect(standby.created == 0 && standby.receipt.contains(": its home takes nothing\n"))
    }

    /// A node that died while it was moving, and comes back.
    @Test func aConstraintThatWasLeftIsTakenAwayFirst() throws {
        let pair = try HomesPair(web: "serv1")
        try pair.leaveConstraint()
        #expect(try pair.node.undo("now") == 0)
        #expect(!pair.hasConstraint && pair.created == 0)
        // The other node, which does not move, sees to it too; so does whoever disarms.
        let other = try HomesPair(on: "serv2")
        try other.leaveConstraint()
        #expect(try other.node.undo("now") == 0)
        #expect(!other.hasConstraint && other.created == 0)
        let disarmed = try HomesPair()
        try disarmed.leaveConstraint()
        #expect(try disarmed.node.undo("disarm") == 0)
        #expect(!disarmed.hasConstraint && disarmed.created == 0 && !disarmed.node.has(disarmed.node.id))
    }

    @Test func aClusterThatDoesNotAnswerIsNotGivenBack() throws {
        let pair = try HomesPair()
        try pair.node.tool("crm_mon", "exit 102")
        #expect(try pair.node.undo("now") == 75)
        try pair.node.tool("cibadmin", "exit 102")
        #expect(try pair.node.undo("now") == 75)
        try Data().write(to: URL(filePath: "\(pair.node.base)/\(pair.node.id)/moves.1"))
        #expect(try pair.node.undo("disarm") == 75, "a constraint may be there")
        #expect(pair.node.has(pair.node.id))
        // Where none was made, a cluster that has gone for good keeps neither lock nor timer.
        let other = try HomesPair(on: "serv2")
        try other.node.tool("cibadmin", "exit 102")
        #expect(try other.node.undo("disarm") == 0)
        #expect(!other.node.has(other.node.id))
    }

    /// Only what had not failed before: that is what makes it the drill's.
    @Test func aUnitThatFailedIsCountedAsStoppedAgain() throws {
        let pair = try HomesPair(web: "serv1", sound: "apache2.service", intents: ["unit"])
        #expect(try pair.node.undo("now") == 0)
        #expect(pair.node.log.contains("systemctl reset-failed apache2.service"))
        #expect(pair.receipt.contains("apache2.service had failed"))
        let before = try HomesPair(web: "serv1", intents: ["unit"])
        #expect(try before.node.undo("now") == 0)
        #expect(!before.node.log.contains("reset-failed"))
    }

    // MARK: what the undo is told, and what is told of it

    private func looked(_ recording: String) throws -> Evidence {
        try RecordedEvidence.evidence(recording)
    }

    private func plan(_ evidence: Evidence, _ drill: ClusterDrill = .standby) throws -> DrillPlan {
        try drill.plan(evidence, hooks: PowerHooks(), userAgent: "bascule-drill/x").get()
    }

    @Test func thePlanSaysWhereEverythingWas() throws {
        let plan = try plan(looked("stays-after-failover"))
        let undo = try #require(plan.undo)
        #expect(undo.values[.serv1]?["homes"] == "servweb IPFailover,serviceWeb serv2")
        #expect(undo.values[.serv2]?["constraints"] == "prefere-serv1")
        #expect(plan.active == .serv2 && undo.intents.values.allSatisfy { $0.contains("homes") })
    }

    @Test func theUndoIsToldHowFarTheOtherNodesClockIsAhead() throws {
        let evidence = try looked("stays-after-failover")
        func ahead(_ clock: String) throws -> [MachineID: String?] {
            let values = try #require(
                plan(evidence.settingOutput(clock, of: ClusterProbe.clock, on: .serv1)).undo
            ).values
            return values.mapValues { $0["ahead"] }
        }
        let boot = "e5e393b0-dbde-41ce-bb29-2e034bb2782b"
        // As recorded, but two and a quarter hours ahead of serv2, which the drill makes move.
        #expect(try ahead("\(boot)\n1795728799.437040149\n") == [.serv2: "8001", .serv1: "0"])
        #expect(try ahead("\(boot)\n1795720799.423099609\n") == [.serv2: "0", .serv1: "0"])
        #expect(try ahead("\(boot)\n\n") == [.serv2: "0", .serv1: "0"])
        #expect(try ahead("\(boot)\n1e300\n") == [.serv2: "3155760000", .serv1: "0"])
    }

    /// Names that would be something else in XML or in a line of words are left alone.
    @Test func hostileNamesAreNotMoved() {
        for name in ["a b", "a&quot;/&gt;&lt;x", "-x", "a,b", "é", "x&#10;y"] {
            let resources = [name, "web"].map { id in
                """
                <resource id="\(id)" resource_agent="ocf:heartbeat:Dummy" role="Started" active="true" orphaned="false" \
                blocked="false" managed="true" failed="false" failure_ignored="false" nodes_running_on="1">
                <node name="serv1" id="1" cached="true"/></resource>
                """
            }.joined()
            let text = "<pacemaker-result><resources>\(resources)</resources></pacemaker-result>"
            let status = ClusterStatusReader.read(Array(text.utf8))
            #expect(status.resources.count == 2, "\(name)")
            let homes = Homes(status, ClusterConfiguration(), concerned: nil)
            #expect(homes.lines == "web web serv1", "\(name)")
        }
    }

    @Test func everyReasonOfTheUndoHasItsWords() {
        let said = GivingBack.homesScript.matches(of: #/leave "\$top".* "([a-z ]+)"\n/#).map { String($0.1) }
        #expect(Set(said) == Set(ClusterDrill.reasons.keys))
        #expect(said.count == 6)
    }
}
