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
    /// A pair on which `web` was on serv1 and `other` on serv2, and a drill has brought `web` to serv2.
    private struct Pair {
        let node: ArmedNode
        private static let mark = "bascule-drill-20261122t180000z-etu1-stop-1"

        /// - Parameters:
        ///   - pullsBack: the student's own policy takes `web` to serv2 as soon as nothing holds it.
        ///   - comes: whether the constraint brings it to serv1.
        init(
            on serv: String = "serv1", web: String = "serv2", managed: Bool = true, standby: Bool = false,
            constraints: String = "prefers", pullsBack: Bool = false, comes: Bool = true,
            sound: String = "", intents: [String] = ["homes"]
        ) throws {
            node = try ArmedNode()
            let root = node.root
            try Data(web.utf8).write(to: URL(filePath: "\(root)/web"))
            try node.tool("sleep", "exit 0")
            try node.tool(
                "crm_mon",
                """
                cat <<END
                <nodes>
                <node name="serv1" online="true" standby="\(standby)" standby_onfail="false" maintenance="false" pending="false"/>
                <node name="serv2" online="true" standby="false" standby_onfail="false" maintenance="false" pending="false"/>
                </nodes>
                <resource id="web" role="Started" blocked="false" managed="\(managed)" failed="false" nodes_running_on="1">
                <node name="$(cat '\(root)/web')" id="1" cached="true"/>
                </resource>
                <clone id="c">
                <resource id="web" role="Started" blocked="false" managed="true" failed="false" nodes_running_on="1">
                <node name="serv1" id="1" cached="true"/>
                </resource>
                </clone>
                <resource id="other" role="Started" blocked="false" managed="true" failed="false" nodes_running_on="1">
                <node name="serv2" id="2" cached="true"/>
                </resource>
                END
                """)
            try node.tool(
                "cibadmin",
                """
                case $* in
                *--create*)
                    [ -e '\(node.base)/\(node.id)/moves' ] || echo UNANNOUNCED >>'\(root)/log'
                    : >'\(root)/constraint'
                    \(comes ? "echo serv1 >'\(root)/web'" : "") ;;
                *--delete*)
                    rm -f '\(root)/constraint'
                    \(pullsBack ? "echo serv2 >'\(root)/web'" : "") ;;
                *constraints*)
                    echo '<constraints>'
                    for id in \(constraints); do echo "  <rsc_location id=\\"$id\\" rsc=\\"web\\" node=\\"serv1\\"/>"; done
                    [ -e '\(root)/constraint' ] && echo '  <rsc_location id="\(Self.mark)-1" rsc="web">'
                    echo '</constraints>' ;;
                esac
                """)
            try node.tool(
                "systemctl",
                "case $1 in is-failed) [ ! -e '\(root)/reset' ] ;; reset-failed) : >'\(root)/reset' ;; esac")
            try node.arm(
                intents: intents,
                plan: """
                    id='\(node.id)'
                    node='\(serv)'
                    peer='\(serv == "serv1" ? "serv2" : "serv1")'
                    active='serv1'
                    members='web'
                    homes='web web serv1
                    other other serv2'
                    constraints='prefers'
                    sound_unit='\(sound)'
                    grace='60'
                    tools=''

                    """.replacing("    other", with: "other"))
        }

        func leaveConstraint() throws { try Data().write(to: URL(filePath: "\(node.root)/constraint")) }
        var hasConstraint: Bool { FileManager.default.fileExists(atPath: "\(node.root)/constraint") }
        var web: String {
            get throws {
                try String(contentsOfFile: "\(node.root)/web", encoding: .utf8)
                    .trimmingCharacters(in: .newlines)
            }
        }
        var created: Int { node.log.components(separatedBy: "cibadmin --create").count - 1 }
        var receipt: String {
            (try? String(contentsOfFile: "\(node.base)/\(node.id)/receipt", encoding: .utf8)) ?? ""
        }
    }

    @Test func whatStaysIsBroughtBackAndNothingIsLeft() throws {
        let pair = try Pair()
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
        let pair = try Pair(web: "serv1")
        #expect(try pair.node.undo("now") == 0)
        #expect(pair.created == 0 && pair.receipt.isEmpty)
    }

    /// The student's own policy has the last word, and once.
    @Test func whatPolicyTakesAwayAgainIsLeft() throws {
        let pair = try Pair(pullsBack: true)
        #expect(try pair.node.undo("now") == 0)
        #expect(try pair.node.undo("now") == 0)
        #expect(try pair.web == "serv2")
        #expect(!pair.hasConstraint && pair.created == 1)
        #expect(pair.receipt.contains("its home is serv1: the cluster took it away again\n"))
    }

    @Test func whatDoesNotComeIsLeft() throws {
        let pair = try Pair(comes: false)
        #expect(try pair.node.undo("now") == 0)
        #expect(!pair.hasConstraint && pair.created == 1)
        #expect(pair.receipt.contains("left web on serv2, its home is serv1: it did not come\n"))
    }

    @Test func whatMayNotBeMovedIsLeftAlone() throws {
        let unmanaged = try Pair(managed: false)
        #expect(try unmanaged.node.undo("now") == 0)
        #expect(unmanaged.created == 0 && unmanaged.receipt.contains(": it is not managed\n"))
        // As `crm resource move` writes it: somebody is at work.
        let changed = try Pair(constraints: "prefers cli-prefer-web")
        #expect(try changed.node.undo("now") == 0)
        #expect(changed.created == 0 && changed.receipt.contains(": the constraints were changed\n"))
        // Waited for, then left: a standby that is not the drill's.
        let standby = try Pair(standby: true)
        for _ in 0..<4 { #expect(try standby.node.undo("now") == 75) }
        #expect(try standby.node.undo("now") == 0)
        #expect(standby.created == 0 && standby.receipt.contains(": its home takes nothing\n"))
    }

    /// A node that died while it was moving, and comes back.
    @Test func aConstraintThatWasLeftIsTakenAwayFirst() throws {
        let pair = try Pair(web: "serv1")
        try pair.leaveConstraint()
        #expect(try pair.node.undo("now") == 0)
        #expect(!pair.hasConstraint && pair.created == 0)
        // The other node, which does not move, sees to it too; so does whoever disarms.
        let other = try Pair(on: "serv2")
        try other.leaveConstraint()
        #expect(try other.node.undo("now") == 0)
        #expect(!other.hasConstraint && other.created == 0)
        let disarmed = try Pair()
        try disarmed.leaveConstraint()
        #expect(try disarmed.node.undo("disarm") == 0)
        #expect(!disarmed.hasConstraint && disarmed.created == 0 && !disarmed.node.has(disarmed.node.id))
    }

    @Test func aClusterThatDoesNotAnswerIsNotGivenBack() throws {
        let pair = try Pair()
        try pair.node.tool("crm_mon", "exit 102")
        #expect(try pair.node.undo("now") == 75)
        try pair.node.tool("cibadmin", "exit 102")
        #expect(try pair.node.undo("now") == 75)
        try Data("1\n".utf8).write(to: URL(filePath: "\(pair.node.base)/\(pair.node.id)/moves"))
        #expect(try pair.node.undo("disarm") == 75, "a constraint may be there")
        #expect(pair.node.has(pair.node.id))
        // Where none was made, a cluster that has gone for good keeps neither lock nor timer.
        let other = try Pair(on: "serv2")
        try other.node.tool("cibadmin", "exit 102")
        #expect(try other.node.undo("disarm") == 0)
        #expect(!other.node.has(other.node.id))
    }

    /// Only what had not failed before: that is what makes it the drill's.
    @Test func aUnitThatFailedIsCountedAsStoppedAgain() throws {
        let pair = try Pair(web: "serv1", sound: "apache2.service", intents: ["unit"])
        #expect(try pair.node.undo("now") == 0)
        #expect(pair.node.log.contains("systemctl reset-failed apache2.service"))
        #expect(pair.receipt.contains("apache2.service had failed"))
        let before = try Pair(web: "serv1", intents: ["unit"])
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
