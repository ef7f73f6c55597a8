import GraderCore

/// `corosync.conf` (corosync.conf(5)), as far as it says which cluster a node belongs to and with whom.
public struct CorosyncConfiguration: Sendable, Hashable {
    /// `totem.cluster_name`.
    public var clusterName: String?
    /// The members of `nodelist`, in the order of the file.
    public var nodes: [Node] = []

    public init() {}

    /// A member.
    public struct Node: Sendable, Hashable {
        /// Nil where the file leaves it to the host name.
        public var name: String?
        public var id: Int?
        /// `ring0_addr`, `ring1_addr`, …: addresses or host names.
        public var ringAddresses: [String] = []
    }

    /// More than any lab's cluster has.
    private static let nodeLimit = 64

    /// Reads the file's text. Never fails: a line that says nothing known is passed over.
    public static func read(_ text: String) -> CorosyncConfiguration {
        var configuration = CorosyncConfiguration()
        var sections: [String] = []
        for line in TextLines(text).lines {
            let words = line.trimmed
            if words.isEmpty || words.hasPrefix("#") { continue }
            if words.hasSuffix("{") {
                sections.append(words.dropLast().trimmed.lowercased())
                if sections == ["nodelist", "node"], configuration.nodes.count < nodeLimit {
                    configuration.nodes.append(Node())
                }
            } else if words == "}" {
                _ = sections.popLast()
            } else if let colon = words.firstIndex(of: ":") {
                configuration.take(
                    words[..<colon].trimmed.lowercased(),
                    String(words[words.index(after: colon)...].trimmed), in: sections)
            }
        }
        return configuration
    }

    private mutating func take(_ key: String, _ value: String, in sections: [String]) {
        guard !value.isEmpty, value.utf8.count <= 255 else { return }
        switch sections {
        case ["totem"] where key == "cluster_name": clusterName = value
        case ["nodelist", "node"] where !nodes.isEmpty:
            let last = nodes.count - 1
            if key == "name" { nodes[last].name = value }
            if key == "nodeid" { nodes[last].id = Int(value) }  // bounded: of a text
            if key.hasPrefix("ring"), key.hasSuffix("_addr"), nodes[last].ringAddresses.count < 8 {
                nodes[last].ringAddresses.append(value)
            }
        default: break
        }
    }
}
