import GraderCore

/// Commands that were sent and did not begin: what came in their place, or what the server left undone.
extension CommandQueue {
    func neverBegan(
        _ run: Run, _ ending: CommandResult.Ending, _ output: CommandOutput, _ errorOutput: CommandOutput
    ) -> TransportFailure {
        let word = run.command.arguments.first ?? ""
        let isSilent = output.bytes.isEmpty && errorOutput.bytes.isEmpty
        if ending == .timedOut, isSilent, let unanswered = run.operation?.unanswered {
            return connection.sentences.unanswered(unanswered, word, run.command.timeLimit)
        }
        return connection.sentences.commandNotBegun(
            word, said: errorOutput.bytes + [0x0A] + output.bytes,
            within: ending == .timedOut ? run.command.timeLimit : nil)
    }
}
