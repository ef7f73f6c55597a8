import Foundation
import Testing

@testable import VirtualClass

@Suite struct ClassInventoryTests {
    @Test func onlyAClassThatIsCompleteAndHeldTogetherIsUp() {
        let inventory = ClassInventory(
            folders: ["whole": true, "cut": false, "killed": true, "gone": true, "growing": false],
            groups: ["whole": true, "cut": true, "killed": false, "orphan": true, "growing": true],
            busy: ["growing"])
        #expect(
            inventory.classes == [
                "whole": .up, "cut": .leftOver, "killed": .leftOver, "gone": .leftOver, "orphan": .leftOver,
                "growing": .busy,
            ])
    }

    /// Where BASCULE_LAB names a folder in which others have theirs.
    @Test func somebodysOwnFolderIsNoClass() throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "lab-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: base) }
        let (mine, cut) = (
            ClassState(base: base, className: "mine"), ClassState(base: base, className: "cut")
        )
        try cut.create()
        try FileManager.default.createDirectory(atPath: mine.folder, withIntermediateDirectories: true)
        try Data("thesis".utf8).write(to: URL(filePath: "\(mine.folder)/thesis.txt"))
        #expect(cut.isOurs && !mine.isOurs)
        #expect(throws: LabError.self) { try mine.create() }
        try Data("{}".utf8).write(to: URL(filePath: "\(cut.folder)/class.json"))
        try Data("{}".utf8).write(to: URL(filePath: "\(cut.folder)/complete"))
        #expect(cut.isOurs)
        if let found = try? ClassInventory(base: base).classes {
            #expect(found["cut"] == .leftOver && found["mine"] == nil)
        }
        try cut.remove()
        #expect(try FileManager.default.contentsOfDirectory(atPath: base) == ["mine"])
    }

    @Test func hierarchiesAreFoundWhereverTheyAreMounted() {
        let mounts = """
            tmpfs /sys/fs/cgroup tmpfs rw 0 0
            cgroup /sys/fs/cgroup/systemd cgroup rw,name=systemd 0 0
            cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
            """
        #expect(ControlGroup.hierarchies(mounts: mounts, type: "cgroup2") == ["/sys/fs/cgroup/unified"])
        #expect(ControlGroup.hierarchies(mounts: mounts, type: "cgroup") == ["/sys/fs/cgroup/systemd"])
        #expect(ControlGroup.hierarchies(mounts: "", type: "cgroup2").isEmpty)
    }
}

@Suite struct DebianMirrorTests {
    @Test func theMainArchiveIsTakenAndNoOther() {
        let targets = """
            http://packages.example/tool/ nodistro main
            http://security.debian.org/debian-security/ bookworm-security main
            http://security.debian.org/ bookworm main
            http://mirror.example/debian/ bookworm contrib
            http://mirror.example/debian/ bookworm-updates main
            http://mirror.example/debian/ bookworm main
            http://later.example/debian/ bookworm main
            """
        #expect(DebianMirror.archive(targets) == "http://mirror.example/debian")
        #expect(DebianMirror.archive("http://x/ trixie main") == "http://x")
        #expect(DebianMirror.archive("E: unknown\n") == nil)
    }
}
