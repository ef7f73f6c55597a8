import Foundation
import GraderCore
import Testing

@testable import SSHTransport

/// `Benchmarks/SimulatedClass/server.py` reads what is sent to a shell: where that has changed, it answers nothing, and
/// what is measured with it is worth nothing.
@Suite(.enabled(if: ScriptedServer.isInstalled, "needs python3-asyncssh"))
struct SimulatedClassTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Benchmarks/SimulatedClass")

    /// What it would answer, where every command prints its words with bars between them.
    private func answer(_ script: String) throws -> String {
        let program = """
            import sys
            sys.path.insert(0, sys.argv[1])
            import server
            class Node:
                def answer(self, argv):
                    return 0, "|".join(argv).encode(), b""
            print(server.run(Node(), sys.argv[2]))
            """
        return try runTool(
            ScriptedServer.python, ["-W", "ignore", "-c", program, Self.folder.path(), script])
    }

    @Test func aCommandIsUnderstood() throws {
        let command = RemoteCommand(["echo", "two words", "it's"], asRoot: false)
        let script = try #require(RemoteScript.script(for: command))
        #expect(try answer(script).contains("echo|two words|it's"))
    }

    @Test func aBatchIsUnderstood() throws {
        let commands = [["cat", "/etc/a b"], ["uname", "-n"]].map { RemoteCommand($0, asRoot: false) }
        let batch = try #require(CommandBatch(commands).combined)
        let script = try #require(RemoteScript.script(for: batch))
        let answer = try answer(script)
        #expect(answer.contains("cat|/etc/a b") && answer.contains("uname|-n"))
    }
}
