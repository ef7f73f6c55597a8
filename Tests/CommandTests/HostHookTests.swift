import ClassRun
import Foundation
import Testing

@testable import bascule

@Suite(.timeLimit(.minutes(1))) struct HostHookTests {
    @Test func whatItPrintedIsKept() async {
        let words = ["sh", "-c", "echo one; echo 'é \u{1B}[31m' >&2; exit 3"]
        let result = await HostHook.run(words, timeLimit: .seconds(20))
        #expect(result.ending == .exited(3))
        #expect(result.said.hasPrefix("one / é ") && !result.said.contains("\u{1B}"), "\(result.said)")
        #expect(await HostHook.run(["true"], timeLimit: .seconds(20)) == HookResult(.exited(0)))
    }

    @Test func whatCannotBeStartedSaysSo() async {
        let result = await HostHook.run(["no-such-program"], timeLimit: .seconds(20))
        guard case .notStarted(let why) = result.ending else {
            Issue.record("\(result)")
            return
        }
        #expect(why.en.contains("no-such-program"))
    }

    /// Also where it takes no notice of being asked to end, or has left somebody behind who still has its output.
    @Test(.timeLimit(.minutes(3))) func oneThatHangsIsEnded() async {
        let words = ["sh", "-c", "trap '' TERM; echo waiting; while :; do sleep 1; done"]
        let result = await HostHook.run(words, timeLimit: .seconds(1))
        #expect(result == HookResult(.timedOut, said: "waiting"))
    }

    /// A machine that a hook has started lives on, whatever becomes of hook and grader.
    @Test func whatItStartedIsNotWaitedForAndLivesOn() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let mark = folder.appending(path: "mark").path(percentEncoded: false)
        let machine =
            "until [ -e \"$0.go\" ]; do sleep 0.1; done; echo the machine prints && touch \"$0\""
        let result = await HostHook.run(
            ["sh", "-c", "sh -c '\(machine)' \"$0\" & echo started", mark], timeLimit: .seconds(50))
        #expect(result == HookResult(.exited(0), said: "started"))
        #expect(FileManager.default.createFile(atPath: "\(mark).go", contents: nil))
        while !FileManager.default.fileExists(atPath: mark) { try await Task.sleep(for: .milliseconds(50)) }
    }

    @Test func anInterruptionEndsIt() async {
        let work = Task { await HostHook.run(["sleep", "1000"], timeLimit: .seconds(100)) }
        try? await Task.sleep(for: .milliseconds(200))
        work.cancel()
        #expect(await work.value.ending == .interrupted)
    }
}
