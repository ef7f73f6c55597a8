import ClassRun
import Foundation
import Testing

@testable import bascule

/// A password that the roster takes from a variable is for Bascule alone: a hook, and a machine that it starts, would show
/// it to whoever may look at them (`/proc/PID/environ`). All else a hook has as the teacher has it.
@Suite(.timeLimit(.minutes(1))) struct HookEnvironmentTests {
    private static let saying = "${HOME-none} ${PATH:+path}"

    @Test func aHookDoesNotHaveIt() async {
        let asking = ["sh", "-c", "echo \(Self.saying)"]
        let result = await HostHook.run(asking, timeLimit: .seconds(20), without: ["HOME"])
        #expect(result == HookResult(.exited(0), said: "none path"))
        #expect(await HostHook.run(asking, timeLimit: .seconds(20)).said != "none path")
    }

    @Test func neitherHasTheOneThatGivesPowerBack() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "said").path(percentEncoded: false)
        let asking = ["sh", "-c", "echo \(Self.saying) >\"$0.new\"; mv \"$0.new\" \"$0\"", file]
        let watcher = try #require(PowerWatcher(powerOn: asking, pauses: [0], without: ["HOME"]))
        try watcher.input.close()
        while !FileManager.default.fileExists(atPath: file) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "none path\n")
    }
}
