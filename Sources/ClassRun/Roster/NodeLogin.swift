import GraderCore

/// How to log in to one node.
public struct NodeLogin: Sendable, Hashable {
    /// A name or an address; not necessarily the node's address in the lab.
    public var host: String
    public var port = 22
    public var user = "root"
    /// Private keys to offer, as paths; they were there when the roster was read.
    public var identityFiles: [String] = []
    /// For those of the keys that are encrypted.
    public var passphraseSource: SecretSource?
    /// Whether keys of the SSH agent are offered.
    public var useAgent = false
    /// Of the account that logs in.
    public var password: SecretSource?
    /// Host keys on file; need not be there before the first contact.
    public var knownHostsFile: String
    public var become = BecomeSpec(method: .none)
    /// Hosts to go through, the first to be dialled first; none of them has jumps of its own.
    public var jumps: [NodeLogin] = []

    /// The host through which this one is reached, with the way there; nil where it is reached directly.
    public var proxyJump: NodeLogin? {
        guard var last = jumps.last else { return nil }
        last.jumps = jumps.dropLast()
        return last
    }

    /// Every secret that this log-in needs; may hold one twice.
    public var secretSources: [SecretSource] {
        jumps.flatMap(\.secretSources) + [passphraseSource, password, become.password].compactMap { $0 }
    }
}

/// How a log-in becomes root.
public struct BecomeSpec: Sendable, Hashable {
    /// By its name in the roster.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// It is root already (or goes without).
        case none
        case sudo
        case su
    }
    public var method: Method
    /// For `su` root's, for `sudo` the account's own; nil where none will be asked for.
    public var password: SecretSource?
}

/// Where a secret is kept. Reading a roster reads none of them; `SecretReader` does, once per run.
public enum SecretSource: Sendable, Hashable {
    /// The whole file but for a line end at its end. An absolute path, or one relative to the working folder.
    case file(String)
    /// The environment variable of this name.
    case environment(String)
    /// Asked for on the terminal, in these words.
    case prompt(label: LocalizedText)
}
