import GraderCore
import Subprocess

/// `check --local`: commands run on this very machine, without SSH to itself. Bounded and environed as the SSH
/// transport does it.
struct LocalSession: NodeSession {
    let dialer: any StreamDialer
    var hostKey: String? { nil }

    func close() async {}

    /// One after the other: it is the student's own machine, and everything at once is a load that he would notice.
    func run(
        brief commands: [RemoteCommand]
    ) async -> [RemoteCommand: Result<CommandResult, TransportFailure>] {
        var results: [RemoteCommand: Result<CommandResult, TransportFailure>] = [:]
        for command in commands where results[command] == nil {
            do throws(TransportFailure) {
                let answer = try await run(command)
                results[command] = .success(answer)
            } catch {
                results[command] = .failure(error)
            }
        }
        return results
    }

    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        let clock = ContinuousClock()
        let start = clock.now
        let seconds = String(max(1, command.timeLimit.components.seconds))
        // `timeout` ends the whole process group; its own exit status 124 says that it had to (timeout(1)).
        let bounded = ["-k", "1", seconds] + command.arguments
        do {
            let result = try await Subprocess.run(
                .path("/usr/bin/timeout"), arguments: Arguments(bounded),
                environment: .custom([
                    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "LC_ALL": "C.UTF-8", "HOME": "/root",
                ]), input: .none, output: .sequence, error: .sequence
            ) { execution in
                async let output = Self.collect(execution.standardOutput, limit: command.outputLimit)
                async let error = Self.collect(execution.standardError, limit: command.outputLimit)
                let printed = try await output
                let complained = try await error
                return (printed, complained)
            }
            let (output, error) = result.closureResult
            return CommandResult(
                answering: command.arguments, ending: Self.ending(result.terminationStatus),
                standardOutput: output.bytes, standardError: error.bytes, outputTruncated: output.isTruncated,
                errorTruncated: error.isTruncated, duration: clock.now - start)
        } catch {
            throw TransportFailure(
                .protocolError,
                "This machine: \(command.arguments.first ?? "a command") could not be started (\(error)); "
                    + "check that /usr/bin/timeout exists.")
        }
    }

    private static func collect(
        _ sequence: SubprocessOutputSequence, limit: Int
    ) async throws -> (bytes: Bytes, isTruncated: Bool) {
        var kept: [UInt8] = []
        var isTruncated = false
        for try await buffer in sequence {
            let room = limit - kept.count
            if buffer.count > room { isTruncated = true }
            buffer.withUnsafeBytes { kept.append(contentsOf: $0.prefix(max(0, room))) }
        }
        return (Bytes(kept), isTruncated)
    }

    private static func ending(_ status: TerminationStatus) -> CommandResult.Ending {
        switch status {
        case .exited(124): .timedOut
        case .exited(let code): .exited(Int(code))
        case .signaled(let signal): .signalled(String(signal))
        }
    }
}
