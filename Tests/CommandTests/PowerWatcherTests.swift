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
