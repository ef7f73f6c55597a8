import ClassRun
import Foundation
import GraderCore

/// Programs of this machine for work that reads many documents and takes one that cannot be read for the student's
/// fault: one whose reading a signal has cut off is no such. Nothing is kept before all are read, so the program ends
/// here, and the students' work that lies in a folder of its own goes.
struct EndingSession: NodeSession {
    let session: LocalSession
    let scratch: ScratchFolder?
    var hostKey: String? { nil }
    var dialer: any StreamDialer { session.dialer }

    func close() async {}

    func run(
        brief commands: [RemoteCommand]
    ) async -> [RemoteCommand: Result<CommandResult, TransportFailure>] {
        let results = await session.run(brief: commands)
        endWhereCutOff()
        return results
    }

    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        defer { endWhereCutOff() }
        return try await session.run(command)
    }

    private func endWhereCutOff() {
        guard Task.isCancelled else { return }
        scratch?.end()
        exit(Exit.interrupted.rawValue)
    }
}
