import Foundation
import GraderCore

@testable import Exercises

/// Plans as the exercise makes them, for a pair that is not there.
enum SampleDrill {
    static func plan(_ drill: ClusterDrill, name: String = "serv1", isUnitManaged: Bool = true) throws
        -> DrillPlan
    {
        let resources = DrillResources(vip: "vip", web: "web", group: "g", together: ["vip", "web"])
        let service = WebService(unit: "apache2.service", isUnitManaged: isUnitManaged, server: .apache)
        let scene = ClusterDrill.Scene(
            active: .serv1, name: name, resources: resources, service: drill.stopsService ? service : nil,
            hooks: PowerHooks(powerOn: ["on"], powerLoss: ["cut"]))
        let names: [MachineID: String] = [.serv1: name, .serv2: "serv2"]
        let change = try drill.change(scene)
        return DrillPlan(
            kind: drill.kind, active: .serv1, witness: .serv2, names: names,
            target: SamplingTarget(address: "172.16.1.12", port: 80, request: nil, acceptedStatuses: [200]),
            subjects: resources.subjects, steps: change.steps,
            undo: GivingBack.undo(change, scene, names: names), goesDown: drill.takesNodeDown,
            powerOn: change.powerOn, failoverBound: .seconds(30), failbackBound: .seconds(30))
    }
}
