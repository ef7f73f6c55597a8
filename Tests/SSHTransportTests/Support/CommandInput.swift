import GraderCore
import Testing

/// What a command reads is what was sent, and nobody's to run.
func expectInputToArriveUnchanged(_ session: any NodeSession, asRoot: Bool = true) async throws {
    let text = "$(id) `id` \\ ' \" é Á\u{1}\r\nE\n\n$1\n" + String(repeating: "<nvpair/>\n", count: 20_000)
    let read = try await session.run(RemoteCommand(["cat"], asRoot: asRoot, input: text))
    #expect(read.ending == .exited(0) && read.standardOutput.text == text)
    let open = try await session.run(RemoteCommand(["wc", "-c"], asRoot: asRoot, input: "not ended"))
    #expect(open.standardOutput.text == "10\n")
    let nothing = try await session.run(RemoteCommand(["wc", "-c"], asRoot: asRoot))
    #expect(nothing.standardOutput.text == "0\n")
    // Nobody reads it, and nobody waits for that.
    let unread = try await session.run(
        RemoteCommand(["true"], asRoot: asRoot, timeLimit: .seconds(5), input: text))
    #expect(unread.ending == .exited(0))
    await #expect(throws: TransportFailure.self) {
        try await session.run(
            RemoteCommand(
                ["cat"], asRoot: asRoot, input: String(repeating: "x", count: RemoteCommand.inputLimit + 1)))
    }
}
