import Exercises
import Foundation
import GraderCore

@testable import VirtualClass

/// Labs that no exercise has: of one machine alone, and of three with a name server and two services.
enum TestRecipes {
    static let one = VirtualLab(summary: LocalizedText(verbatim: ""), machines: [MachineID("web")])

    static let three: VirtualLab = {
        var lab = VirtualLab(
            summary: LocalizedText(verbatim: ""),
            machines: ["balancer", "app-1", "app-2"].map { MachineID($0) })
        lab.services = ["site", "admin"]
        lab.nameServer = VirtualLab.NameServer(zoneFile: "/var/lib/zones/lab.zone") {
            ["www IN A \($0[service: "site"])"]
        }
        lab.files = { plan, machine, secret in
            [
                VirtualLab.File(
                    "/etc/lab/peers", mode: 0o640, plan.machines.values.sorted().joined(separator: "\n")),
                VirtualLab.File("/etc/lab/secret", mode: 0o400, secret),
                VirtualLab.File("/etc/lab/name", "\(machine)\n"),
            ]
        }
        lab.readiness = VirtualLab.Readiness(
            script: "test -e /etc/lab/name", timeLimit: .seconds(10),
            sentence: LocalizedText(verbatim: "the files are there"),
            complaint: { LocalizedText(verbatim: "The files of \($0.student) are missing") },
            look: "ls /etc/lab")
        lab.environment = { ["URL": "http://\($0[service: "site"])/a b"] }
        lab.functions = "mark() { touch /root/marked; }"
        lab.roster = { ["site: \($0[service: "site"])/\($0.prefixLength)"] }
        return lab
    }()

    /// `activite-2` as the program has it.
    static func activite2() throws -> ExerciseLab {
        guard let recipe = Catalog(folders: []).exercise("activite-2")?.virtualLab else {
            throw LabError(LocalizedText(verbatim: "activite-2 has no virtual lab"))
        }
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "exercises/activite-2").path()
        return ExerciseLab(id: "activite-2", recipe: recipe, folder: folder)
    }

    /// One of the labs above, its scripts in a folder that is not there.
    static func exercise(_ recipe: VirtualLab, folder: String = "/nowhere") -> ExerciseLab {
        ExerciseLab(id: "test-sheet", recipe: recipe, folder: folder)
    }

    static func specification(
        _ situations: String..., forwarded: Bool = false, onOneNetwork: Bool = false, name: String = "demo"
    ) throws -> ClassSpecification {
        try ClassSpecification(
            name: name, release: .bookworm,
            students: situations.enumerated().map { VirtualStudent(number: $0 + 1, situation: $1) },
            forwarded: forwarded, onOneNetwork: onOneNetwork)
    }
}
