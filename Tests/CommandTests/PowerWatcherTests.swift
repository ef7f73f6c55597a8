import Foundation
import Testing

@testable import bascule

@Suite(.timeLimit(.minutes(1))) struct PowerWatcherTests {
    @Test func theGradersEndGivesThePowerBack() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let mark = folder.appending(path: "a file'with a quote").path(percentEncoded: false)
        let watcher = try #require(PowerWatcher(powerOn: ["touch", mark]))
        #expect(kill(watcher.processIdentifier, 0) == 0)
        #expect(!FileManager.default.fileExists(atPath: mark), "not before")
        // As the kernel does it at the end of a process.
        try watcher.input.close()
        while !FileManager.default.fileExists(atPath: mark) { try await Task.sleep(for: .milliseconds(10)) }
    }

    /// It is still on its way down when the grader dies: what is on takes no power, and is off a moment later.
    @Test func aMachineThatGoesDownLateGetsItsPowerToo() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let isOff = folder.appending(path: "off").path(percentEncoded: false)
        let isOn = folder.appending(path: "on").path(percentEncoded: false)
        let hook = ["sh", "-c", #"[ -e "$0" ] || exit 1; touch "$1""#, isOff, isOn]
        let watcher = try #require(PowerWatcher(powerOn: hook, pauses: [0] + Array(repeating: 1, count: 50)))
        try watcher.input.close()
        // However late a busy machine gets here, attempts are left.
        try await Task.sleep(for: .milliseconds(500))
        try Data().write(to: URL(filePath: isOff))
        while !FileManager.default.fileExists(atPath: isOn) { try await Task.sleep(for: .milliseconds(10)) }
    }

    @Test func whoIsCalledOffDoesNothing() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let mark = folder.appending(path: "mark").path(percentEncoded: false)
        let watcher = try #require(PowerWatcher(powerOn: ["touch", mark]))
        watcher.dismiss()
        while kill(watcher.processIdentifier, 0) == 0 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(!FileManager.default.fileExists(atPath: mark))
    }
}
