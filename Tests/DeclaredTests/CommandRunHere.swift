import Foundation
import GraderCore

extension RemoteCommand {
    /// What it answers where this machine runs it. Its input is a file: a program that ends before it has read a pipe would
    /// end whoever writes to that.
    func ran(by process: Process) throws -> CommandResult {
        let file = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
        try Data(((input ?? "") + "\n").utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let (output, error) = (Pipe(), Pipe())
        process.standardInput = try FileHandle(forReadingFrom: file)
        (process.standardOutput, process.standardError) = (output, error)
        try process.run()
        let (out, said) = (
            try output.fileHandleForReading.readToEnd() ?? Data(),
            try error.fileHandleForReading.readToEnd() ?? Data()
        )
        process.waitUntilExit()
        return CommandResult(
            answering: arguments, ending: .exited(Int(process.terminationStatus)),
            standardOutput: Bytes(Array(out)), standardError: Bytes(Array(said)), duration: .zero)
    }
}
