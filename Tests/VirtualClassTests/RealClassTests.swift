import Foundation
import Testing

@testable import VirtualClass

/// On real machines in namespaces: root, Linux and a few minutes, so only where `BASCULE_VIRTUAL_CLASS=1` asks for it.
@Suite(
    .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["BASCULE_VIRTUAL_CLASS"] == "1" && geteuid() == 0))
struct RealClassTests {
    private static let places = VirtualClass.Places(
        environment: ProcessInfo.processInfo.environment, exercise: SituationLibraryTests.exercise)

    private static func specification(_ name: String, _ situations: String...) throws -> ClassSpecification {
        try ClassSpecification(
            name: name, release: .bookworm,
            students: situations.enumerated().map { VirtualStudent(number: $0 + 1, situation: $1) },
            forwarded: false)
    }

    /// Everything of a class that the machine could still show: control groups, mounts, folders, named networks.
    private static func traces(_ name: String) async throws -> [String] {
        let group = try ControlGroup(className: name).path
        var found: [String] = []
        for path in [group, ClassState(base: places.stateBase, className: name).folder]
        where FileManager.default.fileExists(atPath: path) { found.append(path) }
        let mounts = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
        found += mounts.split(separator: "\n").map(String.init).filter {
            $0.contains("overlay") || $0.contains("/run/netns")
        }
        for process in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
            guard let groups = try? String(contentsOfFile: "/proc/\(process)/cgroup", encoding: .utf8) else {
                continue
            }
            if groups.contains("/\(ControlGroup.parent)/\(name)/") { found.append("process \(process)") }
        }
        let networks = try await HostCommand(["ip", "netns", "list"]).checked("")
        return found + networks.split(separator: "\n").map(String.init).filter { $0.hasPrefix("etu") }
    }

    private static func inTeacher(_ lab: VirtualClass, _ command: String...) async throws
        -> HostCommand.Outcome
    {
        try await HostCommand(lab.shell("teacher", command, terminal: nil), timeLimit: .seconds(20)).run()
    }

    private static func site(_ lab: VirtualClass) async throws -> String {
        // The host may have neither wget nor curl: bash's own sockets will do.
        try await inTeacher(
            lab, "bash", "-c",
            "exec 3<>/dev/tcp/172.16.1.12/80; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; timeout 5 cat <&3"
        ).output
    }

    @Test func aSolvedPairServesReturnsFromARebootAndFailsOver() async throws {
        let name = "test-solved"
        try await VirtualClass.down(name, places: Self.places)
        let lab = try await VirtualClass.up(
            Self.specification(name, "solved", "off"), places: Self.places, rosterFolder: nil,
            progress: { _ in })
        #expect(try await Self.site(lab).contains("Intralab de etu1"))
        #expect(try await Self.site(lab).contains("<strong>serv1</strong>"))
        #expect(try lab.status()[1].power == ["serv1": "off", "serv2": "off"])

        // Raising the same class again changes nothing.
        let holder = lab.namespace.holder
        _ = try await VirtualClass.up(
            lab.specification, places: Self.places, rosterFolder: nil, progress: { _ in })
        #expect(lab.namespace.holder == holder)

        let secondary = try lab.machine("etu1/serv2")
        func bootID() async throws -> String {
            try await secondary.run(["cat", "/proc/sys/kernel/random/boot_id"]).output
        }
        let before = try await bootID()
        _ = try await secondary.run(["systemctl", "--no-block", "reboot"])
        // systemd itself gives a process that will not go 90 s before it kills it and boots on (seen once).
        try await Deadline(.seconds(240)).wait(for: "the rebooted machine to come back") {
            guard secondary.leader != nil, let now = try? await bootID() else { return false }
            return now.count > 30 && now != before
        }
        try await secondary.waitUntilBooted()
        try await lab.pair(lab.specification.student("etu1")).waitUntilFormed()

        try await lab.power("etu1/serv1", .loss)
        let primary = try lab.machine("etu1/serv1")
        #expect(primary.isOn == false)
        // What is left of it would kill trixie's services at the next boot.
        #expect(!FileManager.default.fileExists(atPath: lab.namespace.group.path(of: primary.name.label)))
        try await Deadline(.seconds(60)).wait(for: "the secondary to take over") {
            try await Self.site(lab).contains("<strong>serv2</strong>")
        }
        try await lab.power("etu1/serv1", .on)
        try await lab.power("etu1/serv2", .off)
        #expect(secondary.isOn == false)

        try await VirtualClass.down(name, places: Self.places)
        #expect(try await Self.traces(name).isEmpty)
    }

    @Test(arguments: ["building", "booted"])
    func aClassCutOffWhileItIsRaisedIsFoundAndRemoved(_ moment: String) async throws {
        let name = "test-cut"
        try await VirtualClass.down(name, places: Self.places)
        let specification = try Self.specification(name, "fresh", "fresh")
        let (lines, said) = AsyncStream.makeStream(of: String.self)
        let raising = Task {
            defer { said.finish() }
            return try await VirtualClass.up(specification, places: Self.places, rosterFolder: nil) {
                said.yield($0)
            }
        }
        for await line in lines where moment == "building" || line.contains(moment) {
            raising.cancel()
            break
        }
        await #expect(throws: (any Error).self) { _ = try await raising.value }
        #expect(try ClassInventory(base: Self.places.stateBase).classes[name] == .leftOver)
        #expect(throws: LabError.self) { try VirtualClass.running(name, places: Self.places) }

        try await VirtualClass.down(name, places: Self.places)
        #expect(try await Self.traces(name).isEmpty)
        #expect(try await VirtualClass.down(name, places: Self.places) == false)
    }

    @Test func aResetPairIsFreshAndKeepsItsHostKeysUnlessToldOtherwise() async throws {
        let name = "test-reset"
        try await VirtualClass.down(name, places: Self.places)
        let lab = try await VirtualClass.up(
            Self.specification(name, "after-q1"), places: Self.places, rosterFolder: nil, progress: { _ in })
        let node = try lab.machine("etu1/serv1")
        func keyAndResources() async throws -> [String] {
            [
                try await node.run(["cat", "/etc/ssh/ssh_host_ed25519_key.pub"]).output,
                try await node.run(["crm_resource", "--list"]).output,
            ]
        }
        let raised = try await keyAndResources()
        #expect(raised[1].contains("IPFailover"))
        try await lab.reset("etu1", newHostKeys: false, progress: { _ in })
        let reset = try await keyAndResources()
        #expect(reset[0] == raised[0])
        #expect(!reset[1].contains("IPFailover"))
        try await lab.reset("etu1", newHostKeys: true, progress: { _ in })
        #expect(try await keyAndResources()[0] != raised[0])
        try await VirtualClass.down(name, places: Self.places)
    }
}
