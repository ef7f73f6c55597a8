import GraderCore

extension StringProtocol {
    /// Whether two names are the same node's. Pacemaker compares them without regard to case, in constraints as
    /// everywhere: `location l IPFailover inf: SERV1` is about `serv1`.
    public func isSameNode(as other: some StringProtocol) -> Bool { lowercased() == other.lowercased() }
}

extension Collection where Element == String {
    /// Whether the node is among these names.
    public func containsNode(_ name: String) -> Bool { contains { $0.isSameNode(as: name) } }

    /// Each node once, in this order.
    public var uniqueNodes: [String] {
        var known: Set<String> = []
        return filter { known.insert($0.lowercased()).inserted }
    }

    /// Whether these are that node's name and no other.
    public func isOnlyNode(_ name: String) -> Bool { count == 1 && containsNode(name) }
}
