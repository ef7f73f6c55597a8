import Foundation
import GraderCore
import NIOCore
import NIOPosix
import Synchronization

@testable import SSHTransport

/// A real sshd on 127.0.0.1, as the current user, with keys and configuration of its own.
final class OpenSSHServer: Sendable {
    static let path = "/usr/sbin/sshd"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    let folder: ScratchFolder
    let port: Int
    let userKeyFile: String
    private let process: Process
    private let log: ServerLog

    /// - Parameter configuration: lines that come first, so that they win over the defaults here.
    init(
        configuration: [String] = [], hostKeyTypes: [String] = ["ed25519"], passphrase: String = "",
        userKeyOptions: [String] = ["-t", "ed25519"], port: Int? = nil
    ) throws {
        let folder = try ScratchFolder()
        self.folder = folder
        userKeyFile = folder.file("id")
        try runTool(
            "/usr/bin/ssh-keygen", ["-q", "-N", passphrase, "-C", "test", "-f", userKeyFile] + userKeyOptions)
        try FileManager.default.copyItem(atPath: userKeyFile + ".pub", toPath: folder.file("authorized_keys"))
        for type in hostKeyTypes {
            try runTool(
                "/usr/bin/ssh-keygen", ["-q", "-N", "", "-t", type, "-f", folder.file("host_\(type)")])
        }
        self.port = try port ?? freePort()
        let lines =
            configuration + [
                "ListenAddress 127.0.0.1", "Port \(self.port)", "PidFile none", "UsePAM no", "StrictModes no",
                "AuthorizedKeysFile \(folder.file("authorized_keys"))", "PermitRootLogin yes",
                "PasswordAuthentication no", "KbdInteractiveAuthentication no", "LogLevel VERBOSE",
                "MaxStartups 100",
                // Debian's bash reads ~/.bashrc for sshd unless it believes to be a nested shell; what is in
                // there on the machine at hand is no part of the tests.
                "SetEnv SHLVL=2",
            ] + hostKeyTypes.map { "HostKey \(folder.file("host_\($0)"))" }
        try folder.write("sshd_config", lines.joined(separator: "\n") + "\n")
        if getuid() == 0 {
            // What Debian's ssh.service makes before it starts sshd.
            try? FileManager.default.createDirectory(
                atPath: "/run/sshd", withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o755])
        }
        (process, log) = try startServer(
            Self.path, ["-D", "-e", "-f", folder.file("sshd_config")],
            readyWhen: "Server listening")
    }

    deinit { process.terminate() }

    func endpoint(
        who: String = "etu1/serv1", credentials: SSHCredentials? = nil
    ) throws -> SSHEndpoint {
        SSHEndpoint(
            who: who, host: "127.0.0.1", port: port, user: NSUserName(),
            credentials: try credentials ?? SSHCredentials(keys: [SSHUserKey(file: userKeyFile)]))
    }

    /// Log-ins that were let in, as the server logged them; waits until that many lines have come through.
    func logIns(atLeast expected: Int) async throws -> Int {
        try await log.count(of: "Accepted publickey for", atLeast: expected)
    }

    /// Log-ins that the other side has ended.
    func goodbyes(atLeast expected: Int) async throws -> Int {
        try await log.count(of: "Received disconnect from", atLeast: expected)
    }

    /// Connections altogether.
    func connections(atLeast expected: Int) async throws -> Int {
        try await log.count(of: "Connection from ", atLeast: expected)
    }

    /// Ends the server and every log-in that this test made on it.
    func stop() { process.terminate() }
}

extension SSHConnector {
    /// With whom a time-out is one however busy the machine at hand is.
    static var unhurried: SSHConnector {
        var connector = SSHConnector(eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        connector.watched = { _ in [] }
        return connector
    }
}

/// What a server printed so far.
final class ServerLog: Sendable {
    private let text = Mutex("")

    func append(_ data: Data) { text.withLock { $0 += String(decoding: data, as: UTF8.self) } }
    func contains(_ mark: String) -> Bool { text.withLock { $0.contains(mark) } }
    func count(of mark: String, atLeast expected: Int) async throws -> Int {
        for _ in 0..<500 {
            let count = text.withLock { $0.ranges(of: mark).count }
            if count >= expected { return count }
            try await Task.sleep(for: .milliseconds(10))
        }
        return text.withLock { $0.ranges(of: mark).count }
    }
    var all: String { text.withLock { $0 } }
}

/// Starts a server process and waits until it prints that it is ready, on either output.
///
/// Under timeout(1), which ends the server should the test process die first.
func startServer(
    _ path: String, _ arguments: [String], readyWhen mark: String
) throws -> (Process, ServerLog) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/timeout")
    process.arguments = ["-k", "1", "300", path] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    // A process inherits what its starting thread blocks, and the threads that tests run on block nearly all
    // signals: neither timeout's alarm nor SIGTERM would get through.
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
    let log = ServerLog()
    while !log.contains(mark) {
        let data = output.fileHandleForReading.availableData
        guard !data.isEmpty else { throw ToolFailed(description: "\(path) did not start: \(log.all)") }
        log.append(data)
    }
    // A thread that reads until the server is gone. With `readabilityHandler` the descriptor was now and then closed
    // under libdispatch, which crashed in its event loop.
    let reading = output.fileHandleForReading
    Thread.detachNewThread {
        while case let data = reading.availableData, !data.isEmpty { log.append(data) }
    }
    return (process, log)
}

/// A TCP port on 127.0.0.1 that nothing listens on at the moment.
func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw ToolFailed(description: "no socket") }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
            bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
        }
    }
    guard bound else { throw ToolFailed(description: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
}
