import GraderCore

/// Where to log in, as whom, and how to become root there.
public struct SSHEndpoint: Sendable {
    /// The name in every message, e.g. `etu1/web1`.
    public var who: String
    /// Address or name.
    public var host: String
    public var port: Int
    public var user: String
    public var credentials: SSHCredentials
    public var become: Become
    /// For the TCP connection to stand.
    public var connectTimeLimit: Duration
    /// From there to the end of the log-in, all rounds of authentication included.
    public var handshakeTimeLimit: Duration
    /// Log in here first and go on from there (`ssh -J`).
    public var proxyJump: SSHEndpoint? {
        get { jump.first }
        set { jump = newValue.map { [$0] } ?? [] }
    }
    // An array boxes the value: a struct cannot hold itself.
    private var jump: [SSHEndpoint]

    public init(
        who: String, host: String, port: Int = 22, user: String, credentials: SSHCredentials,
        become: Become = .notNeeded, proxyJump: SSHEndpoint? = nil, connectTimeLimit: Duration = .seconds(5),
        handshakeTimeLimit: Duration = .seconds(15)
    ) {
        self.who = who
        self.host = host
        self.port = port
        self.user = user
        self.credentials = credentials
        self.become = become
        self.connectTimeLimit = connectTimeLimit
        self.handshakeTimeLimit = handshakeTimeLimit
        jump = proxyJump.map { [$0] } ?? []
    }

    /// The host's name among the host keys.
    var pinnedHost: String {
        var jumps: [(host: String, port: Int)] = []
        var next = proxyJump
        while let jump = next {
            jumps.append((jump.host, jump.port))
            next = jump.proxyJump
        }
        return KnownHosts.host(host, behind: jumps.reversed())
    }

    /// `host:port`, with brackets around an IPv6 address.
    var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// What a log-in may be tried with, in this order: keys, the agent, the password.
public struct SSHCredentials: Sendable {
    /// Loaded once for the whole run.
    public var keys: [SSHUserKey]
    /// Whether the keys of the agent at `SSH_AUTH_SOCK` may be offered. It is never forwarded.
    public var useAgent: Bool
    /// Tried once, as `password` or, where the server does not offer that, as `keyboard-interactive`.
    public var password: Secret?
    /// The agent's socket; nil for the one in `SSH_AUTH_SOCK`.
    var agentSocket: String?

    public init(keys: [SSHUserKey] = [], useAgent: Bool = false, password: Secret? = nil) {
        self.keys = keys
        self.useAgent = useAgent
        self.password = password
    }
}

/// How a log-in becomes root.
public enum Become: Sendable, Hashable {
    /// The log-in is root already.
    case notNeeded
    /// By `sudo`; without a password where the sudoers file asks for none.
    case sudo(password: Secret?)
    /// By `su` with root's password: Debian's own way, which has no sudo unless asked for.
    case su(password: Secret)
}
