import Foundation
import GraderCore

/// Where constraints let a resource run, and where they want it, by our own reading. Pacemaker's scheduler is asked too
/// where it can be (`SchedulerForecast`).
public struct LocationStanding: Sendable, Equatable {
    /// The resources that have to be where it is, itself first.
    public var tied: [String]
    /// What the location constraints say about the resource and about all that has to be where it is.
    public var preferences: [LocationPreference]
    /// What keeps nodes from it that no constraint names: an opt-in cluster (`symmetric-cluster=false`), or
    /// `resource-discovery=exclusive`; the nodes left.
    public var onlyNodes: [String]?
    /// Constraints with an effect on it that this reading cannot weigh; its answers are open then.
    public var unweighed: [String]

    /// What the preferences for a node come to, bans left out.
    public func score(on node: String) -> Score {
        preferences(on: node).map(\.score).filter { $0 != .minusInfinity }.reduce(.zero, +)
    }

    /// Whether it may run on that node; nil where that cannot be told.
    public func mayRun(on node: String) -> Bool? {
        let certain = preferences.filter { $0.applies == true && $0.node.isSameNode(as: node) }
        if certain.contains(where: { $0.score == .minusInfinity }) { return false }
        if let onlyNodes, !onlyNodes.containsNode(node) { return unweighed.isEmpty ? false : nil }
        guard unweighed.isEmpty, preferences(on: node).allSatisfy({ $0.applies == true }) else { return nil }
        return certain.map(\.score).reduce(.zero, +) >= .zero
    }

    /// Whether it would rather run on the first node than on the second; nil where that cannot be told.
    public func prefers(_ node: String, to other: String) -> Bool? {
        let said = preferences(on: node) + preferences(on: other)
        guard unweighed.isEmpty, said.allSatisfy({ $0.applies == true }) else { return nil }
        return score(on: node) > score(on: other)
    }

    private func preferences(on node: String) -> [LocationPreference] {
        preferences.filter { $0.applies != false && $0.node.isSameNode(as: node) }
    }
}

extension ClusterConfiguration {
    /// Where a resource may and should run.
    /// - Parameter now: the time of the nodes, for rules that depend on it.
    public func standing(of resource: String, at now: Date? = nil) -> LocationStanding {
        let tied = [resource] + primitives.map(\.id).filter { $0 != resource && runTogether($0, resource) }
        let concerned = Set(tied + tied.flatMap { containers(of: $0) })
        var standing = LocationStanding(
            tied: tied, preferences: [], onlyNodes: nil, unweighed: unweighed(for: concerned))
        for location in locations {
            if let said = preferences(of: location, for: concerned, at: now) {
                standing.preferences += said.filter { !$0.isOfPromoted }
            } else {
                standing.unweighed.append(location.id)
            }
        }
        func nodes(_ locations: [LocationConstraint], about resources: Set<String>) -> [String] {
            locations.flatMap { preferences(of: $0, for: resources, at: now) ?? [] }
                .filter { $0.applies == true }.map(\.node)
        }
        let exclusive = locations.filter { $0.discovery == "exclusive" }
        for member in tied {
            let around = containers(of: member)
            // A group's members are looked for where the group is, whatever is said of them alone.
            let named = nodes(exclusive, about: [around.last ?? member])
            let allowed = [
                isOptIn ? nodes(locations, about: Set([member] + around)) : nil,
                named.isEmpty ? nil : named,
            ]
            for names in allowed.compactMap(\.self) {
                standing.onlyNodes = (standing.onlyNodes ?? names).filter(names.containsNode)
            }
        }
        return standing
    }

    /// Whether nothing may run where no constraint says so.
    private var isOptIn: Bool {
        properties["symmetric-cluster"].flatMap { ClusterBoolean.parse($0) } == false
    }

    /// Primitives that have to be up before one of these may start, though they need not be where it is.
    private func predecessors(of concerned: Set<String>) -> [String] {
        primitives.map(\.id).filter { id in
            !concerned.contains(id) && concerned.contains { starts(id, before: $0) }
        }
    }

    /// The constraints and options with an effect on where these resources run that is not theirs alone.
    private func unweighed(for concerned: Set<String>) -> [String] {
        var ids = colocations.filter { !isWeighed($0, for: concerned) }.map(\.id)
        for ticket in tickets {
            let named = [ticket.resource].compactMap(\.self) + ticket.sets.flatMap(\.resources)
            if named.contains(where: concerned.contains) { ids.append(ticket.id) }
        }
        ids += predecessors(of: concerned).filter { predecessor in
            let about = Set([predecessor] + containers(of: predecessor))
            return locations.contains { preferences(of: $0, for: about, at: nil)?.isEmpty != true }
                || isOptIn
        }
        ids += (clones.map(\.id) + bundles.map(\.id)).filter(concerned.contains)
        let options = ["node-health-strategy", "placement-strategy"]
        return ids + options.filter { !["none", "default"].contains(properties[$0] ?? "none") }
    }

    /// Whether a colocation has no effect on where these resources run but by tying them to one another.
    private func isWeighed(_ colocation: ColocationConstraint, for concerned: Set<String>) -> Bool {
        let named =
            [colocation.resource, colocation.with].compactMap(\.self) + colocation.sets.flatMap(\.resources)
        guard named.contains(where: concerned.contains) else { return true }
        return colocation.score == .infinity && named.allSatisfy(concerned.contains)
            && [nil, "#uname"].contains(colocation.nodeAttribute)
            && [nil, "Started"].contains(colocation.resourceRole)
            && [nil, "Started"].contains(colocation.withRole)
    }
}
