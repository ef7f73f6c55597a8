import GraderCore

/// Which resources run together and in which order (Pacemaker Explained, "Groups", "Colocation Constraints",
/// "Ordering Constraints", "Resource Sets").
extension ClusterConfiguration {
    /// How strongly a resource must run where another does: infinite within a group or by a mandatory colocation
    /// (of the resources or of what encloses them), minus infinity where they are kept apart; zero where nothing
    /// is said. The direction is not regarded: whichever depends on the other, they end up together. So do the ends
    /// of a chain of mandatory colocations, unless they are kept apart themselves.
    public func colocationScore(_ one: String, _ other: String) -> Score {
        ResourceTies(self).score(one, other)
    }

    /// Whether both always run on the same node.
    public func runTogether(_ one: String, _ other: String) -> Bool {
        colocationScore(one, other) == .infinity
    }

    /// The primitives that always run on the same node as a resource; itself, where it is one.
    public func primitives(with resource: String) -> Set<String> {
        let ties = ResourceTies(self)
        let there = ties.places(of: resource)
        return Set(primitives.map(\.id).filter { ties.score($0, resource, at: there) == .infinity })
    }

    /// Whether one resource must be started before the other: by its place in their group, or by a mandatory order
    /// of the resources or of what encloses them, or by a chain of such.
    public func starts(_ one: String, before other: String) -> Bool {
        startsDirectly(one, before: other) || isOrdered(one, before: other)
    }

    private func startsDirectly(_ one: String, before other: String) -> Bool {
        let unordered = groups(without: "ordered")
        for group in groups where !unordered.contains(group.id) {
            if let first = group.members.firstIndex(of: one), let then = group.members.firstIndex(of: other) {
                return first < then
            }
        }
        let left = [one] + containers(of: one)
        let right = [other] + containers(of: other)
        let effect = ConstraintEffect(self, Enclosures(self))
        return orders.contains { order in
            guard order.isMandatory else { return false }
            if let first = order.first, let then = order.then {
                return left.contains(first) && right.contains(then)
                    && effect.isUp(after: order.firstAction, first)
                    && effect.isUp(after: order.thenAction ?? order.firstAction, then)
            }
            return order.puts(left, before: right, effect)
        }
    }
}

// MARK: - Chains

extension ClusterConfiguration {
    /// Whether one resource has to be up before the other may start, by way of any number of mandatory orders.
    fileprivate func isOrdered(_ one: String, before other: String) -> Bool {
        let links = orders.compactMap { order -> (from: String, to: String)? in
            guard order.isMandatory, let first = order.first, let then = order.then,
                [nil, "start"].contains(order.firstAction), [nil, "start"].contains(order.thenAction)
            else { return nil }
            return (first, then)
        }
        // What waits for a group waits for all of it; a member that waits makes no earlier one wait.
        let enclosures = Enclosures(self)
        return !ResourceLinks(links, self, enclosures).reached(from: one).subtracting([one]).isDisjoint(
            with: [other] + enclosures.containers(of: other))
    }

    /// Whether orders of any kind lead from one of these resources back to it: what then comes of a transition depends on
    /// where the scheduler opens the circle.
    func isOrderedInCircle(_ resources: Set<String>) -> Bool {
        let links = orders.compactMap { order in
            order.first.flatMap { first in order.then.map { (from: first, to: $0) } }
        }
        let all = ResourceLinks(links, self, Enclosures(self))
        return links.contains { link in
            resources.contains(link.from) && all.reached(from: link.to).contains(link.from)
        }
    }
}

extension ClusterConfiguration.OrderConstraint {
    /// Mandatory by kind, by default, or by a score above zero.
    fileprivate var isMandatory: Bool {
        if let kind { return kind == "Mandatory" }
        return score.map(\.isPositive) ?? true
    }

    fileprivate func puts(
        _ left: [String], before right: [String], _ effect: ConstraintEffect
    ) -> Bool {
        let sets = sets.map { set in
            (set: set, resources: set.resources.filter { effect.isUp(after: set.action, $0) })
        }
        for (index, (set, resources)) in sets.enumerated() {
            guard let first = resources.firstIndex(where: left.contains) else { continue }
            if set.sequential != false, let then = resources.firstIndex(where: right.contains), first < then {
                return true
            }
            // bounded: behind the number of a set
            if sets[(index + 1)...].contains(where: { $0.resources.contains(where: right.contains) }) {
                return true
            }
        }
        return false
    }
}
