import Foundation
import GraderCore
import Testing

@testable import SSHTransport

/// What a connection leaves behind, and what two of them do to one another, shows under a sanitizer after many:
/// `scripts/sanitize` makes a thousand (`BASCULE_CONNECTION_COUNT`).
@Suite(.enabled(if: OpenSSHServer.isInstalled, "needs /usr/sbin/sshd (openssh-server)"))
struct ManyConnectionsTests {
    private static let count =
        ProcessInfo.processInfo.environment["BASCULE_CONNECTION_COUNT"].flatMap { Int($0) } ?? 40

    @Test func eachAnswersForItselfAndEnds() async throws {
        let server = try OpenSSHServer()
        let endpoint = try server.endpoint()
        let hosts = try KnownHosts(file: nil)
        let connector = SSHConnector.unhurried
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            var answers: [String] = []
            for number in 0..<Self.count {
                if number >= 16, let answer = try await group.next() { answers.append(answer) }
                group.addTask {
                    let session = try await connector.connect(endpoint, knownHosts: hosts)
                    let result = try await session.run(RemoteCommand(["echo", "\(number)"]))
                    // Some end in the middle of a command, as an interrupted run does.
                    if number.isMultiple(of: 5) {
                        async let unheard = session.run(RemoteCommand(["sleep", "20"]))
                        await session.close()
                        _ = try? await unheard
                    } else {
                        await session.close()
                    }
                    return result.standardOutput.text
                }
            }
            for try await answer in group { answers.append(answer) }
            return answers
        }
        #expect(answers.sorted() == (0..<Self.count).map { "\($0)\n" }.sorted())
        #expect(try await server.logIns(atLeast: Self.count) == Self.count)
    }
}
