import Foundation
import GraderCore
import Testing

@testable import ClassRun
@testable import Exercises

/// What a drill would do, as data.
struct DrillPlanTests {
    private func scripts(_ drill: ClusterDrill, name: String = "serv1") throws -> DrillScripts {
        DrillScripts(
            id: "20261122t180000z-etu1-\(drill.kind.rawValue)-1",
            plan: try SampleDrill.plan(drill, name: name),
            owner: "o", lease: .seconds(60))
    }

    @Test func everyPerturbationHasItsMarkOnTheNodesFirst() throws {
        let broken = try scripts(.serviceBroken)
        let marks = broken.intents().map { ($0.node, $0.arguments.suffix(3)) }
        #expect(marks.map(\.0) == [.serv1, .serv2])
        #expect(Array(marks[0].1) == ["intent-failures", "intent-stop", "intent-break"])
        #expect(broken.intents()[1].arguments.suffix(2) == ["--", "intent-failures"])
        #expect(broken.perturbation().map(\.name) == ["break", "stop"])
        #expect(
            try scripts(.standby).perturbation().map(\.undo) == [
                "crm_attribute --node serv1 --name standby --lifetime reboot --delete"
            ])
        #expect(try scripts(.standby).intents().allSatisfy { $0.arguments.last == "intent-standby" })
    }

    /// Names come from students' machines.
    @Test func hostileNamesStayOneWord() throws {
        let name = "x' ; touch /tmp/owned #"
        let file = try scripts(.standby, name: name).planFile(for: .serv1)
        #expect(file.contains("node='x'\\'' ; touch /tmp/owned #'\n"))
        #expect(try scripts(.standby, name: name).perturbation()[0].arguments.contains(name))
    }

    /// Gentle means only (design, section 5).
    @Test func nothingMovesBansOrReplaces() throws {
        for drill in ClusterDrill.all {
            let scripts = try scripts(drill)
            let words = (scripts.intents() + scripts.perturbation()).flatMap(\.arguments).joined(
                separator: " ")
            for forbidden in [" move ", " ban ", "--replace", "load replace", "crm node standby", "cibadmin"]
            {
                #expect(!words.contains(forbidden))
            }
            for forbidden in [" --move", " --ban", "--replace", "crm configure", "delete-all"] {
                #expect(!scripts.undoText.contains(forbidden))
            }
            #expect(scripts.undoText.contains(GivingBack.script))
        }
    }

    /// What was recorded with plans of the old form is planned the same way today.
    @Test func recordedDrillsArePlannedAsTheyWere() throws {
        var count = 0
        for name in RecordedEvidence.all where name.hasPrefix("drilled/") {
            let evidence = try RecordedEvidence.evidence(name)
            for recorded in evidence.drills ?? [] {
                let was = try #require(recorded.plan)
                let drill = try #require(ClusterDrill.all.first { $0.kind == recorded.kind })
                let plan = try drill.plan(
                    DrillMoment(recorded, evidence, .before).findings.evidence, hooks: PowerHooks(),
                    userAgent: was.target.request?.userAgent ?? ""
                ).get()
                var bare = plan
                bare.steps = []
                bare.undo = nil
                #expect(bare == was, "\(name)")
                #expect(!plan.steps.isEmpty && plan.undo?.script.isEmpty == false)
                count += 1
            }
        }
        #expect(count > 0)
    }

    @Test func aPlanIsReadAsItWasWritten() throws {
        for drill in ClusterDrill.all {
            let plan = try SampleDrill.plan(drill)
            #expect(try JSONDecoder().decode(DrillPlan.self, from: JSONEncoder().encode(plan)) == plan)
        }
    }

    /// What evidence keeps: all that is done on the machines, and of the grader's own host that something is.
    @Test func withoutHostCommandsAPlanSaysNothingOfTheHypervisor() throws {
        for drill in ClusterDrill.all {
            let plan = try SampleDrill.plan(drill)
            let kept = plan.withoutHostCommands
            #expect(kept.steps.map(\.name) == plan.steps.map(\.name))
            #expect(kept.powerOn == plan.powerOn.map { _ in [] })
            for (kept, step) in zip(kept.steps, plan.steps) {
                #expect(kept.arguments == (step.node == nil ? [] : step.arguments))
                #expect(kept.undo == (drill.takesNodeDown ? "" : step.undo))
            }
            #expect(drill.takesNodeDown || kept == plan)
            #expect(kept.withoutHostCommands == kept)
        }
    }

    /// The commands of what an old plan, or an old drill's outcome, says are not known any more; what gives back is.
    @Test(arguments: ["{\"reboot\":{}}", "{\"powerOff\":{}}", "{\"hook\":{\"_0\":[\"cut\"]}}"])
    func aPlanOfTheOldFormKeepsThePower(_ down: String) throws {
        let text = """
            {"kind":"power-loss","active":"serv2","names":{"serv1":"a","serv2":"b"},"failoverBound":60,
            "failbackBound":300,"target":{"address":"172.16.1.12","port":80,"acceptedStatuses":[200]},
            "resources":{"vip":"ip","together":["ip"]},"power":{"down":\(down),"powerOn":["virsh","start"]}}
            """
        let plan = try JSONDecoder().decode(DrillPlan.self, from: Data(text.utf8))
        #expect(plan.goesDown && plan.powerOn == ["virsh", "start"] && plan.witness == .serv1)
        #expect(plan.resources == DrillResources(vip: "ip", web: nil, group: nil, together: ["ip"]))
        #expect(plan.failbackBound == .seconds(300))
    }
}
