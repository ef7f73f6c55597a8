import Foundation
import GraderCore

@testable import SSHTransport

/// `Benchmarks/HostileServers/servers.py`: a server for each of the given manners, all in one process.
final class HostileServers: Sendable {
    /// What is said of a manner.
    struct Words: Sendable {
        var manner: String
        var kind: String
        var sentence: String
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Benchmarks/HostileServers")

    /// `sentences.txt`, with which scripts/hostile-suite holds the whole program against.
    static func sentences() throws -> [Words] {
        let text = try String(contentsOf: folder.appending(path: "sentences.txt"), encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
            let parts = line.split(separator: ": ", maxSplits: 2)
            guard parts.count == 3 else { return nil }
            return Words(manner: "\(parts[0])", kind: "\(parts[1])", sentence: "\(parts[2])")
        }
    }

    private let ports: [String: Int]
    private let process: Process

    init(_ manners: [String]) throws {
        // The servers find ports themselves: of dozens that were free a moment ago one may be another test's by now. What
        // Python says of its own errors quotes the word, too, though not at the beginning of a line.
        let log: ServerLog
        (process, log) = try startServer(
            ScriptedServer.python,
            ["-W", "ignore", Self.folder.appending(path: "servers.py").path()]
                + manners.map { "\($0):0" }, readyWhen: "\nlistening\n")
        var ports: [String: Int] = [:]
        for line in log.all.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2 { ports[String(words[0])] = Int(words[1]) }
        }
        self.ports = ports
    }

    deinit { process.terminate() }

    func endpoint(_ manner: String, handshakeTimeLimit: Duration = .seconds(2)) throws -> SSHEndpoint {
        guard let port = ports[manner] else { throw ToolFailed(description: "no server \(manner)") }
        return SSHEndpoint(
            who: "etu1/serv1", host: "127.0.0.1", port: port, user: "root",
            credentials: SSHCredentials(password: Secret("unused")), handshakeTimeLimit: handshakeTimeLimit)
    }
}
