import GraderCore
import NIOCore

extension RootShell {
    /// One command, waiting or running, and what came of it so far.
    final class Run {
        let id: Int
        let command: RemoteCommand
        let request: String
        var completion: Completion?
        var timer: Scheduled<Void>?
        var start = NIODeadline.now()
        var lag: LagWatch.Mark?
        var output: [UInt8] = []
        var errorOutput: [UInt8] = []
        var process: Int?
        var status: Int?

        init(id: Int, command: RemoteCommand, request: String, completion: @escaping Completion) {
            self.id = id
            self.command = command
            self.request = request
            self.completion = completion
        }
    }
}
