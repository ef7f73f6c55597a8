import GraderCore

/// What encloses each resource, looked up once for many questions: a hostile configuration has thousands of members, and who
/// follows what is tied asks about hundreds of them.
struct Enclosures {
    private var outer: [String: String] = [:]
    private let leftOut: Set<String>

    /// - Parameter leftOut: what is no container of anything, though what holds it is.
    init(_ configuration: ClusterConfiguration, without leftOut: Set<String> = []) {
        self.leftOut = leftOut
        let lists =
            configuration.groups.map { ($0.id, $0.members) }
            + configuration.clones.map { ($0.id, $0.members) }
            + configuration.bundles.map { ($0.id, $0.members) }
        for (id, members) in lists {
            for member in members where outer[member] == nil { outer[member] = id }
        }
    }

    /// As `ClusterConfiguration.containers(of:)`.
    func containers(of resource: String) -> [String] {
        Self.containers(of: resource) { outer[$0] }.filter { !leftOut.contains($0) }
    }

    /// - Parameter outer: what holds a resource itself.
    static func containers(of resource: String, _ outer: (String) -> String?) -> [String] {
        var result: [String] = []
        // Group in clone is the deepest nesting there is; a circle must not loop.
        while result.count < 4 {
            guard let next = outer(result.last ?? resource), next != resource, !result.contains(next) else {
                break
            }
            result.append(next)
        }
        return result
    }
}

/// Links from one resource to another, by constraints and by what encloses them.
struct ResourceLinks {
    private let next: [String: [String]]
    private let spread: Set<String>
    private let enclosures: Enclosures

    init(
        _ links: [(from: String, to: String)], _ configuration: ClusterConfiguration, _ enclosures: Enclosures
    ) {
        next = Dictionary(grouping: links, by: \.from).mapValues { $0.map(\.to) }
        spread = Set(configuration.clones.map(\.id) + configuration.bundles.map(\.id))
        self.enclosures = enclosures
    }

    /// A resource, and whatever the links of it and of what encloses it lead to from there. A clone runs on several
    /// nodes and ties nothing to one of them: it is left out.
    func reached(from start: String) -> Set<String> {
        var (reached, seen, followed): (Set<String>, Set<String>, Set<String>) = ([], [], [])
        var waiting = [start]
        // Each link is followed once.
        while let resource = waiting.popLast() {
            guard seen.insert(resource).inserted else { continue }
            let own = [resource] + enclosures.containers(of: resource)
            guard spread.isDisjoint(with: own) else { continue }
            reached.insert(resource)
            for id in own where followed.insert(id).inserted { waiting += next[id] ?? [] }
        }
        return reached
    }
}

/// Which resources are to be where others are, with all that a configuration says of it looked up once.
struct ResourceTies {
    /// A colocation with an effect on where running resources are.
    private enum Said {
        case pair(resource: String, with: String, Score)
        case sets(SetMembers, Score)
    }

    private let colocations: [Said]
    private let groups: Set<String>
    private let links: ResourceLinks
    private let enclosures: Enclosures

    init(_ configuration: ClusterConfiguration) {
        // Members of a group that does not keep them together share nothing by it.
        let loose = configuration.groups(without: "collocated")
        let enclosures = Enclosures(configuration, without: loose)
        let effect = ConstraintEffect(configuration, enclosures)
        groups = Set(configuration.groups.map(\.id)).subtracting(loose)
        let inForce = configuration.colocations.compactMap { colocation in
            effect.score(of: colocation).map { (colocation: colocation, score: $0) }
        }
        colocations = inForce.map { colocation, score in
            if let resource = colocation.resource, let with = colocation.with {
                return .pair(resource: resource, with: with, score)
            }
            return .sets(SetMembers(colocation.sets, effect), score)
        }
        let links = inForce.compactMap { colocation, score -> (from: String, to: String)? in
            guard score == .infinity, let resource = colocation.resource, let with = colocation.with,
                [nil, "Started"].contains(colocation.resourceRole),
                [nil, "Started"].contains(colocation.withRole)
            else { return nil }
            return (resource, with)
        }
        self.enclosures = enclosures
        self.links = ResourceLinks(links, configuration, enclosures)
    }

    /// As `ClusterConfiguration.colocationScore(_:_:)`.
    /// - Parameter there: the places of the other, where they are known.
    func score(_ one: String, _ other: String, at there: Set<String>? = nil) -> Score {
        let score = directScore(one, other)
        // What is kept apart itself is not brought together by a chain.
        if score == .infinity || score < .zero { return score }
        return places(of: one).isDisjoint(with: there ?? places(of: other)) ? score : .infinity
    }

    private func directScore(_ one: String, _ other: String) -> Score {
        let left = [one] + enclosures.containers(of: one)
        let right = [other] + enclosures.containers(of: other)
        // One group holds both (a group in a clone is the group's doing, not the clone's).
        let isOneGroup = left.contains { groups.contains($0) && right.contains($0) }
        var score = Score.zero
        for colocation in colocations {
            switch colocation {
            case .pair(let resource, let with, let own):
                let fits = left.contains(resource) && right.contains(with)
                if fits || (right.contains(resource) && left.contains(with)) { score = score + own }
            case .sets(let members, let own):
                if let said = members.score(left, right, own) { score = score + said }
            }
        }
        // Members that a colocation of their own keeps apart are not together: the scheduler parts them.
        return isOneGroup && score >= .zero ? .infinity : score
    }

    /// Where a resource must run by mandatory colocations, any number of them one after the other. Two that share one of
    /// these are tied; two that a third one follows are not: it is the third that stays down.
    func places(of resource: String) -> Set<String> {
        let reached = links.reached(from: resource)
        return reached.union(reached.flatMap(enclosures.containers))
    }
}

/// In which sets of a colocation a resource is.
private struct SetMembers {
    private typealias Places = (first: Int, isInSeveral: Bool)
    private var places: [String: Places] = [:]
    private let sets: [ClusterConfiguration.ResourceSet]

    init(_ sets: [ClusterConfiguration.ResourceSet], _ effect: ConstraintEffect) {
        self.sets = sets
        for (index, set) in sets.enumerated() {
            for resource in set.resources where effect.has(set.role, resource) {
                places[resource] = Self.both(places[resource], (index, false))
            }
        }
    }

    /// How strongly a resource of each list has to share a node with the other's; nil where they are not in the sets in
    /// such a way that they do: in one sequential set, or in different ones.
    /// - Parameter whole: the constraint's own score; a set may have another for its members.
    func score(_ left: [String], _ right: [String], _ whole: Score) -> Score? {
        guard let one = places(of: left), let other = places(of: right) else { return nil }
        if one.isInSeveral || other.isInSeveral || one.first != other.first { return whole }
        let set = sets[one.first]
        return set.sequential == false ? nil : set.score ?? whole
    }

    private func places(of resources: [String]) -> Places? {
        resources.reduce(nil) { known, resource in places[resource].map { Self.both(known, $0) } ?? known }
    }

    private static func both(_ known: Places?, _ more: Places) -> Places {
        guard let known else { return more }
        return (known.first, known.isInSeveral || more.isInSeveral || known.first != more.first)
    }
}
