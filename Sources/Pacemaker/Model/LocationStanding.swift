import Foundation
import GraderCore

/// Where constraints let a resource run, and where they want it, by our own reading. Pacemaker's scheduler is asked too
/// where it can be (`SchedulerForecast`).
public struct LocationStanding: Sendable {
    /// The resources that have to be where it is, itself first.
    public var tied: [String]
    /// What the location constraints say about the resource and about all that has to be where it is.
    public var preferences: [LocationPreference]
    /// What keeps nodes from it that no constraint names: an opt-in cluster (`symmetric-cluster=false`), or
    /// `resource-discovery=exclusive`; the nodes left.
    public var onlyNodes: [String]?
    /// Constraints with an effect on it that this reading cannot weigh; its answers are open then.
    public var unweighed: [String]
    /// By how much finite colocations with resources that may be elsewhere lower or raise its score, at most.
    public var leeway = (down: Score.zero, up: Score.zero)
    /// Whether something that wants to be elsewhere pushes it from where that stays: of two nodes that it wants alike it
    /// may take either.
    public var isAvoided = false

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
        let total = certain.map(\.score).reduce(.zero, +)
        // What is wanted for one of them makes up for what is not for another only where the other is the one followed.
        let isMixed = certain.contains { $0.score < .zero } && Set(certain.map(\.resource)).count > 1
        if total + leeway.down >= .zero { return isMixed ? nil : true }
        return total + leeway.up < .zero ? false : nil
    }

    /// Whether it would rather run on the first node than on the second; nil where that cannot be told.
    public func prefers(_ node: String, to other: String) -> Bool? {
        let said = preferences(on: node) + preferences(on: other)
        guard unweighed.isEmpty, said.allSatisfy({ $0.applies == true }) else { return nil }
        let (here, there) = (score(on: node), score(on: other))
        if isAvoided, here == there { return nil }
        let isCertain = leeway == (.zero, .zero)
        if isCertain || here.value + leeway.down.value > there.value + leeway.up.value { return here > there }
        return here.value + leeway.up.value <= there.value + leeway.down.value ? false : nil
    }

    /// Whether no constraint has a say between two nodes: one has none that gives both the same and bars neither, as a rule
    /// on an attribute that both have alike.
    public func isUndecided(between node: String, and other: String) -> Bool {
        let said = Dictionary(grouping: preferences(on: node) + preferences(on: other), by: \.constraint)
        return said.values.allSatisfy { said in
            func scores(_ node: String) -> [Score] {
                said.filter { $0.node.isSameNode(as: node) }.map(\.score)
            }
            return scores(node) == scores(other)
                && said.allSatisfy { $0.applies == true && $0.score >= .zero }
        }
    }

    private func preferences(on node: String) -> [LocationPreference] {
        preferences.filter { $0.applies != false && $0.node.isSameNode(as: node) }
    }
}

extension ClusterConfiguration {
    /// Where a resource may and should run.
    /// - Parameter now: the time of the nodes, for rules that depend on it.
    public func standing(of resource: String, at now: Date? = nil) -> LocationStanding {
        guard isSmall else {
            return LocationStanding(
                tied: [resource], preferences: [], onlyNodes: nil, unweighed: [resource])
        }
        let together = primitives(with: resource)
        let tied = [resource] + primitives.map(\.id).filter { $0 != resource && together.contains($0) }
        let concerned = Set(tied + tied.flatMap { containers(of: $0) })
        var standing = LocationStanding(
            tied: tied, preferences: [], onlyNodes: nil, unweighed: unweighed(for: concerned))
        for score in colocations.compactMap({ pull(of: $0, on: concerned) }) {
            standing.leeway =
                (standing.leeway.down + min(score, .zero), standing.leeway.up + max(score, .zero))
        }
        standing.isAvoided = colocations.contains { colocation in
            guard let score = colocation.score, let follower = colocation.resource else { return false }
            return score < .zero && !concerned.contains(follower)
                && colocation.with.map(concerned.contains) == true
        }
        for location in locations {
            let said = preferences(of: location, for: concerned, at: now)
            // What is said of the role Stopped Pacemaker holds of no resource that is to run.
            if let said, !said.contains(where: { $0.role == "Stopped" }) {
                standing.preferences += said.filter { !$0.isOfPromoted }
            } else {
                standing.unweighed.append(location.id)
            }
        }
        func nodes(_ locations: [LocationConstraint], about resources: Set<String>) -> [String] {
            locations.flatMap { preferences(of: $0, for: resources, at: now) ?? [] }
                .filter { $0.applies != false }.map(\.node)
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

    /// What follows what is looked for among all resources and constraints, which a hostile configuration could make many:
    /// a lab's cluster has a dozen. Beyond this only the scheduler is asked.
    private var isSmall: Bool {
        let sets =
            locations.flatMap(\.sets) + colocations.flatMap(\.sets) + orders.flatMap(\.sets)
            + tickets.flatMap(\.sets)
        let named = sets.reduce(0) { $0 + $1.resources.count }
        let members =
            groups.flatMap(\.members) + clones.flatMap(\.members) + bundles.flatMap(\.members)
            + tags.flatMap(\.members)
        // A pattern is matched against each, in some milliseconds where it is a hostile one.
        let patterns = locations.count { $0.resourcePattern != nil }
        // Each rule is held against each node.
        let rules = locations.flatMap(\.rules).reduce(0) { $0 + $1.weight }
        return primitives.count <= 50 && tags.count <= 50 && patterns * primitives.count <= 100
            && rules * nodes.count <= 400 && members.count <= 200
            && locations.count + colocations.count + orders.count + tickets.count + named <= 200
    }

    /// Whether there is nothing to interpret in what says where resources run: scores of resources for nodes, and resources
    /// that have to be where another is.
    public var isPlainlyPlaced: Bool {
        let options = ["symmetric-cluster", "node-health-strategy", "placement-strategy"]
        return clones.isEmpty && bundles.isEmpty && tickets.isEmpty && tags.isEmpty && conditional.isEmpty
            && unknown.isEmpty && options.allSatisfy { properties[$0] == nil }
            && groups(without: "collocated").isEmpty
            && locations.allSatisfy { location in
                location.resource != nil && location.node != nil && location.score != nil
                    && [nil, "Started"].contains(location.role) && location.discovery == nil
            }
            && colocations.allSatisfy { colocation in
                colocation.resource != nil && colocation.with != nil && colocation.score == .infinity
                    && [nil, "Started"].contains(colocation.resourceRole)
                    && [nil, "Started"].contains(colocation.withRole)
                    && colocation.nodeAttribute == nil
            }
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
        ids += bundles.map(\.id).filter(concerned.contains)
        ids += isOrderedInCircle(concerned) ? concerned.sorted() : []
        let options = ["node-health-strategy", "placement-strategy"]
        return ids + options.filter { !["none", "default"].contains(properties[$0] ?? "none") }
    }

    /// The finite score of a colocation by which one of these resources follows, or avoids, one that is not among them.
    private func pull(of colocation: ColocationConstraint, on concerned: Set<String>) -> Score? {
        guard let resource = colocation.resource, let with = colocation.with, let score = colocation.score,
            concerned.contains(resource), !concerned.contains(with), !score.isInfinite
        else { return nil }
        return score
    }

    /// Whether the effect of a colocation on where these resources run is known: it ties them to one another, pulls at
    /// them with a finite score, or others follow that want nothing themselves.
    private func isWeighed(_ colocation: ColocationConstraint, for concerned: Set<String>) -> Bool {
        let named =
            [colocation.resource, colocation.with].compactMap(\.self) + colocation.sets.flatMap(\.resources)
        guard named.contains(where: concerned.contains) else { return true }
        guard [nil, "#uname"].contains(colocation.nodeAttribute),
            [nil, "Started"].contains(colocation.resourceRole),
            [nil, "Started"].contains(colocation.withRole)
        else { return false }
        if named.allSatisfy(concerned.contains) { return colocation.score == .infinity }
        if pull(of: colocation, on: concerned) != nil { return true }
        guard let follower = colocation.resource, !concerned.contains(follower) else { return false }
        let about = Set([follower] + containers(of: follower))
        let isFollowed = colocations.contains { other in
            other.id != colocation.id
                && ([other.resource, other.with].compactMap(\.self) + other.sets.flatMap(\.resources))
                    .contains(where: about.contains)
        }
        return !isFollowed && !isOptIn
            && locations.allSatisfy { preferences(of: $0, for: about, at: nil)?.isEmpty == true }
    }
}
