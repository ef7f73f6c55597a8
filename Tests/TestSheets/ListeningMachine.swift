import GraderCore

/// A machine of ``ListeningSheet``'s that runs what is asked for as if it were there.
public struct ListeningMachine: NodeSession {
    /// Ports that it listens on; nil: `ss` is not there.
    public var ports: [Int]?
    public var dialer: any StreamDialer { NoDialer() }
    public var hostKey: String? { nil }

    public init(ports: [Int]?) { self.ports = ports }

    public func close() async {}

    public func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        let lines = (ports ?? []).map {
            "LISTEN 0 128 0.0.0.0:\($0) 0.0.0.0:* users:((\"svc\",pid=7,fd=3))"
        }
        return CommandResult(
            answering: command.arguments, ending: .exited(ports == nil ? 127 : 0),
            standardOutput: Bytes(
                (["State Recv-Q Send-Q Local Address:Port Peer Address:Port Process"] + lines)
                    .joined(separator: "\n") + "\n"), standardError: "", duration: .milliseconds(2))
    }
}

/// Of a machine through which nobody connects.
public struct NoDialer: StreamDialer {
    public init() {}

    public func dial(host: String, port: Int, timeLimit: Duration) async throws(DialFailure) -> any ByteStream
    {
        throw DialFailure(.unreachable, LocalizedText(verbatim: "nobody is dialled here"))
    }
}
