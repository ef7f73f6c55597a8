extension ClusterConfiguration {
    /// Whether the configuration keeps two resources on the same node: members of one group, or a colocation with a
    /// positive score between them or their groups.
    public func isTied(_ one: String, to other: String) -> Bool {
        if groups.contains(where: { $0.members.contains(one) && $0.members.contains(other) }) { return true }
        let ones = Set([one] + containers(of: one))
        let others = Set([other] + containers(of: other))
        return colocations.contains { colocation in
            if let resource = colocation.resource, let with = colocation.with {
                guard (colocation.score ?? .zero) > .zero else { return false }
                return (ones.contains(resource) && others.contains(with))
                    || (others.contains(resource) && ones.contains(with))
            }
            let members = Set(colocation.sets.flatMap(\.resources))
            return (colocation.score ?? .infinity) > .zero && !members.isDisjoint(with: ones)
                && !members.isDisjoint(with: others)
        }
    }
}
