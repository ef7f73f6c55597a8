import Foundation
import GraderCore
import Testing

@testable import VirtualClass

/// On real machines in namespaces: root, Linux and a few minutes, so only where `BASCULE_VIRTUAL_CLASS=1` asks for it.
@Suite(
    .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["BASCULE_VIRTUAL_CLASS"] == "1" && geteuid() == 0))
struct RealClassTests {
    private static let places = VirtualClass.Places(
        environment: ProcessInfo.processInfo.environment, exercise: { _ in try TestRecipes.activite2() })

    /// Where a class's mounts would be seen if they were not its own alone: its `/run` and what lies in there. On a
    /// machine that is used, others have such things too (a container's overlay, somebody's `ip netns`): what was
    /// there before is not the class's, and mounts elsewhere never are.
    private static func mounts() throws -> Set<String> {
        let lines = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8).split(separator: "\n")
        return Set(
            lines.filter { line in
                // The fifth field (proc_pid_mountinfo(5)); the first is the mount's number.
                guard let point = line.split(separator: " ").dropFirst(4).first else { return false }
                return point == "/run"
                    || ["nodes", "layer"].contains { part in
                        point == "/run/\(part)" || point.hasPrefix("/run/\(part)/")
                    } || networks.contains { point == "/run/netns/\($0)" }
            }.map(String.init))
    }

    /// What the classes of these tests call their networks.
    private static let networks =
        ["switch", "teacher"]
        + (1...2).flatMap { etu in
            ["dns", "nat", "serv1", "serv2", "web", "balancer", "app-1", "app-2"].map { "etu\(etu)-\($0)" }
        }

    /// Everything of a class that the machine could still show: control groups, processes, folders, mounts.
    /// - Parameter before: the mounts before it was raised.
    private static func traces(_ name: String, _ before: Set<String>) throws -> [String] {
        let group = try ControlGroup(className: name).path()
        var found: [String] = []
        for path in [group, ClassState(base: places.stateBase, className: name).folder]
        where FileManager.default.fileExists(atPath: path) { found.append(path) }
        found += try mounts().subtracting(before)
        for process in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
            guard let groups = try? String(contentsOfFile: "/proc/\(process)/cgroup", encoding: .utf8) else {
                continue
            }
            if groups.contains("/\(ControlGroup.parent)/\(name)/") { found.append("process \(process)") }
        }
        return found
    }

    private static func inTeacher(_ lab: VirtualClass, _ command: String...) async throws
        -> HostCommand.Outcome
    {
        try await HostCommand(
            arguments: lab.shell("teacher", command, terminal: nil), timeLimit: .seconds(20)
        ).run()
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
        let mounts = try Self.mounts()
        let lab = try await VirtualClass.up(
            TestRecipes.specification("solved", "off", name: name), places: Self.places, rosterFolder: nil,
            progress: { _ in })
        #expect(try await Self.site(lab).contains("Intralab de etu1"))
        #expect(try await Self.site(lab).contains("<strong>serv1</strong>"))
        #expect(try lab.status()[1].power.map { "\($0.machine) \($0.state)" } == ["serv1 off", "serv2 off"])

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
        try await waiting(.seconds(90), for: LocalizedText(verbatim: "the rebooted machine to come back")) {
            guard secondary.leader != nil, let now = try? await bootID() else { return false }
            return now.count > 30 && now != before
        }
        try await secondary.waitUntilBooted()
        try await lab.lab(lab.specification.student("etu1")).waitUntilReady()

        try await lab.power("etu1/serv1", .loss)
        let primary = try lab.machine("etu1/serv1")
        #expect(primary.isOn == false)
        // What is left of it would kill trixie's services at the next boot.
        #expect(!FileManager.default.fileExists(atPath: lab.namespace.group.path(of: primary.name.label)))
        try await waiting(.seconds(60), for: LocalizedText(verbatim: "the secondary to take over")) {
            try await Self.site(lab).contains("<strong>serv2</strong>")
        }
        try await lab.power("etu1/serv1", .on)
        // It goes down also while a command runs in it: 180 s where systemd waits for that.
        async let inside = secondary.run(["sleep", "400"], timeLimit: .seconds(300))
        try await waiting(.seconds(20), for: LocalizedText(verbatim: "the command in the machine")) {
            try await secondary.run(["pgrep", "-x", "sleep"]).status == 0
        }
        try await lab.power("etu1/serv2", .off)
        #expect(secondary.isOn == false)
        #expect(try await inside.succeeded == false)

        try await VirtualClass.down(name, places: Self.places)
        #expect(try Self.traces(name, mounts) == [])
    }

    @Test(arguments: ["building", "booted"])
    func aClassCutOffWhileItIsRaisedIsFoundAndRemoved(_ moment: String) async throws {
        let name = "test-cut"
        try await VirtualClass.down(name, places: Self.places)
        let mounts = try Self.mounts()
        let specification = try TestRecipes.specification("fresh", "fresh", name: name)
        let (lines, said) = AsyncStream.makeStream(of: String.self)
        let raising = Task {
            defer { said.finish() }
            return try await VirtualClass.up(specification, places: Self.places, rosterFolder: nil) {
                said.yield($0.en)
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
        #expect(try Self.traces(name, mounts) == [])
        #expect(try await VirtualClass.down(name, places: Self.places) == false)
    }

    @Test func aResetPairIsFreshAndKeepsItsHostKeysUnlessToldOtherwise() async throws {
        let name = "test-reset"
        try await VirtualClass.down(name, places: Self.places)
        let lab = try await VirtualClass.up(
            TestRecipes.specification("after-q1", name: name), places: Self.places, rosterFolder: nil,
            progress: { _ in })
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

    /// With the pair's file system, so that none has to be built for the test.
    @Test(arguments: [1, 3])
    func aLabOfAnyNumberOfMachinesIsRaisedAndReset(_ count: Int) async throws {
        let name = "test-machines"
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let recipe = count == 1 ? TestRecipes.one : TestRecipes.three
        let last = recipe.machines[count - 1]
        try FileManager.default.createDirectory(
            atPath: "\(folder)/situations", withIntermediateDirectories: true)
        try Data("# A mark.\n## on \(last)\necho \"$STUDENT\" >/root/mark\n".utf8)
            .write(to: URL(filePath: "\(folder)/situations/fresh.sh"))
        let exercise = TestRecipes.exercise(recipe, folder: folder)
        var places = VirtualClass.Places(
            environment: ProcessInfo.processInfo.environment, exercise: { _ in exercise })
        let pair = RootFileSystem(
            recipe: try TestRecipes.activite2().recipe, release: .bookworm, cache: places.cache)
        try await pair.build { _ in }
        places.cache = folder
        try FileManager.default.createSymbolicLink(
            atPath: RootFileSystem(recipe: recipe, release: .bookworm, cache: folder).path,
            withDestinationPath: pair.path)

        try await VirtualClass.down(name, places: places)
        let mounts = try Self.mounts()
        let lab = try await VirtualClass.up(
            TestRecipes.specification("fresh", name: name), places: places, rosterFolder: nil,
            progress: { _ in })
        let running = try VirtualClass.running(name, places: places)
        #expect(
            try running.status()[0].power.map { "\($0.machine) \($0.state)" }
                == recipe.machines.map { "\($0) on" })
        let plan = try lab.lab(lab.specification.student("etu1")).plan.lab
        for machine in recipe.machines {
            // Not the port alone: sshd answers.
            let greeting = try await Self.inTeacher(
                lab, "bash", "-c", "exec 3<>/dev/tcp/\(plan[machine])/22; timeout 5 head -1 <&3")
            #expect(greeting.output.hasPrefix("SSH-2.0-"))
            let hostname = try await lab.machine("etu1/\(machine)").run(["cat", "/etc/hostname"])
            #expect(hostname.output == "\(machine)\n")
        }
        let marked = try lab.machine("etu1/\(last)")
        #expect(try await marked.run(["cat", "/root/mark"]).output == "etu1\n")
        if count == 3 {
            let found = try await marked.run(["dig", "+short", "www.etu1.lab", "app-2.etu1.lab"])
            #expect(found.output == "\(plan[service: "site"])\n\(plan[last])\n")
            let mine = try await marked.run(["sha256sum", "/etc/lab/secret"]).output
            let theirs = try await lab.machine("etu1/app-1").run(["sha256sum", "/etc/lab/secret"]).output
            #expect(mine == theirs && mine.count > 64)
        } else {
            #expect(throws: LabError.self) { try lab.shell("etu1/dns", [], terminal: nil) }
        }
        try await lab.power("etu1/\(last)", .loss)
        #expect(try running.status()[0].power.last?.state == "off")
        try await lab.reset("etu1", newHostKeys: false, progress: { _ in })
        #expect(try await marked.run(["cat", "/root/mark"]).output == "etu1\n")

        // Also by a program that does not know the exercise any more.
        places.exercise = { _ in throw LabError(LocalizedText(verbatim: "unknown")) }
        try await VirtualClass.down(name, places: places)
        #expect(try Self.traces(name, mounts) == [])
    }
}
