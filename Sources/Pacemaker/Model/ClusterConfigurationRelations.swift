import GraderCore

/// Which resources run together and in which order (Pacemaker Explained, "Groups", "Colocation Constraints",
/// "Ordering Constraints", "Resource Sets").
extension ClusterConfiguration {
    /// How strongly a resource must run where another does: infinite within a group or by a mandatory colocation
    /// (of the resources or of what encloses them), minus infinity where they are kept apart; zero where nothing
    /// is said. The direction is not regarded: whichever depends on the other, they end up together. So do the ends
    /// of a chain of mandatory colocations, unless they are kept apart themselves.
    public func colocationScore(_ one: String, _ other: String) -> Score {
        let score = directColocationScore(one, other)
        // What is kept apart itself is not brought together by a chain.
        if score == .infinity || score < .zero { return score }
        return isChained(one, other) ? .infinity : score
    }

    private func directColocationScore(_ one: String, _ other: String) -> Score {
        let left = [one] + containers(of: one)
        let right = [other] + containers(of: other)
        // One group holds both (a group in a clone is the group's doing, not the clone's).
        let isOneGroup = groups.contains { left.contains($0.id) && right.contains($0.id) }
        var score = Score.zero
        for colocation in colocations
        where colocation.resourceRole != "Stopped" && colocation.withRole != "Stopped" {
            guard let own = colocation.score else { continue }
            if let resource = colocation.resource, let with = colocation.with {
                let fits = left.contains(resource) && right.contains(with)
                if fits || (right.contains(resource) && left.contains(with)) { score = score + own }
            } else if colocation.joins(left, right) {
                score = score + own
            }
        }
        // Members that a colocation of their own keeps apart are not together: the scheduler parts them.
        return isOneGroup && score >= .zero ? .infinity : score
    }

    /// Whether both always run on the same node.
    public func runTogether(_ one: String, _ other: String) -> Bool {
        colocationScore(one, other) == .infinity
    }

    /// Whether one resource must be started before the other: by its place in their group, or by a mandatory order
    /// of the resources or of what encloses them, or by a chain of such.
    public func starts(_ one: String, before other: String) -> Bool {
        startsDirectly(one, before: other) || isOrdered(one, before: other)
    }

    private func startsDirectly(_ one: String, before other: String) -> Bool {
        for group in groups {
            if let first = group.members.firstIndex(of: one), let then = group.members.firstIndex(of: other) {
                return first < then
            }
        }
        let left = [one] + containers(of: one)
        let right = [other] + containers(of: other)
        return orders.contains { order in
            guard order.isMandatory else { return false }
            if let first = order.first, let then = order.then {
                return left.contains(first) && right.contains(then)
                    && [nil, "start", "promote"].contains(order.firstAction)
                    && [nil, "start", "promote"].contains(order.thenAction)
            }
            return order.puts(left, before: right)
        }
    }
}

// MARK: - Chains

extension ClusterConfiguration {
    /// Whether both must run where a third resource does, or one where the other does, by way of any number of
    /// mandatory colocations. Two that a third one follows are not tied: it is the third that stays down.
    fileprivate func isChained(_ one: String, _ other: String) -> Bool {
        let links = colocations.compactMap { colocation -> (from: String, to: String)? in
            guard colocation.score == .infinity, let resource = colocation.resource,
                let with = colocation.with,
                [nil, "#uname"].contains(colocation.nodeAttribute),
                [nil, "Started"].contains(colocation.resourceRole),
                [nil, "Started"].contains(colocation.withRole)
            else { return nil }
            return (resource, with)
        }
        func places(of resource: String) -> Set<String> {
            let reached = reached(from: resource, by: links)
            return reached.union(reached.flatMap { containers(of: $0) })
        }
        return !places(of: one).isDisjoint(with: places(of: other))
    }

    /// Whether one resource has to be up before the other may start, by way of any number of mandatory orders.
    fileprivate func isOrdered(_ one: String, before other: String) -> Bool {
        let links = orders.compactMap { order -> (from: String, to: String)? in
            guard order.isMandatory, let first = order.first, let then = order.then,
                [nil, "start"].contains(order.firstAction), [nil, "start"].contains(order.thenAction)
            else { return nil }
            return (first, then)
        }
        // What waits for a group waits for all of it; a member that waits makes no earlier one wait.
        return !reached(from: one, by: links).subtracting([one]).isDisjoint(
            with: [other] + containers(of: other))
    }

    /// Whether orders of any kind lead from one of these resources back to it: what then comes of a transition depends on
    /// where the scheduler opens the circle.
    func isOrderedInCircle(_ resources: Set<String>) -> Bool {
        let links = orders.compactMap { order in
            order.first.flatMap { first in order.then.map { (from: first, to: $0) } }
        }
        return links.contains { link in
            resources.contains(link.from) && reached(from: link.to, by: links).contains(link.from)
        }
    }

    /// A resource, and whatever the links of it and of what encloses it lead to from there. A clone runs on several
    /// nodes and ties nothing to one of them: it is left out.
    private func reached(from start: String, by links: [(from: String, to: String)]) -> Set<String> {
        let next = Dictionary(grouping: links, by: \.from)
        let spread = Set(clones.map(\.id) + bundles.map(\.id))
        var (reached, seen): (Set<String>, Set<String>) = ([], [])
        var waiting = [start]
        // A circle ends where it has been, a hostile source at the bound.
        while let resource = waiting.popLast(), seen.count < 256 {
            guard seen.insert(resource).inserted else { continue }
            let own = [resource] + containers(of: resource)
            guard spread.isDisjoint(with: own) else { continue }
            reached.insert(resource)
            waiting += own.flatMap { next[$0] ?? [] }.map(\.to)
        }
        return reached
    }
}

extension ClusterConfiguration.ColocationConstraint {
    /// Whether a resource of each list is in the sets in such a way that they share a node: in one sequential set,
    /// or in different ones.
    fileprivate func joins(_ left: [String], _ right: [String]) -> Bool {
        let first = sets.indices.filter { sets[$0].resources.contains(where: left.contains) }
        let second = sets.indices.filter { sets[$0].resources.contains(where: right.contains) }
        return first.contains { one in
            second.contains { other in one != other || sets[one].sequential != false }
        }
    }
}

extension ClusterConfiguration.OrderConstraint {
    /// Mandatory by kind, by default, or by a score above zero.
    fileprivate var isMandatory: Bool {
        if let kind { return kind == "Mandatory" }
        return score.map(\.isPositive) ?? true
    }

    fileprivate func puts(_ left: [String], before right: [String]) -> Bool {
        for (index, set) in sets.enumerated() where set.action == nil || set.action == "start" {
            guard let first = set.resources.firstIndex(where: left.contains) else { continue }
            if set.sequential != false, let then = set.resources.firstIndex(where: right.contains),
                first < then
            {
                return true
            }
            if sets[(index + 1)...].contains(where: { $0.resources.contains(where: right.contains) }) {
                return true
            }
        }
        return false
    }
}
