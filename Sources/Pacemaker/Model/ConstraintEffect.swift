import GraderCore

/// Whether what a constraint says has an effect at all: to the scheduler one about a role that a resource never has, or an
/// action that it never does, is as good as none.
struct ConstraintEffect {
    private let promotable: Set<String>
    private let looseGroups: Set<String>
    private let enclosures: Enclosures
    private let nodes: [ClusterConfiguration.Node]

    init(_ configuration: ClusterConfiguration, _ enclosures: Enclosures) {
        promotable = Set(configuration.clones.filter(\.isPromotable).map(\.id))
        looseGroups = configuration.groups(without: "collocated")
        nodes = configuration.nodes
        self.enclosures = enclosures
    }

    /// Whether a resource may be in a role while it runs.
    func has(_ role: String?, _ resource: String) -> Bool {
        switch role {
        case nil, "Started": true
        case "Stopped": false
        default: isPromotable(resource)
        }
    }

    /// Whether a resource is up once it has done an action.
    func isUp(after action: String?, _ resource: String) -> Bool {
        switch action {
        case nil, "start": true
        case "promote": isPromotable(resource)
        default: false
        }
    }

    /// The score of a colocation of two resources as far as it has to do with their nodes; nil where it has not.
    func score(of colocation: ClusterConfiguration.ColocationConstraint) -> Score? {
        guard let score = colocation.score, has(colocation.resourceRole, colocation.resource ?? ""),
            has(colocation.withRole, colocation.with ?? "")
        else { return nil }
        // A mandatory one with a group that is in several places is called a mistake, and passed over.
        if score == .infinity, [colocation.resource, colocation.with].contains(where: isLoose) { return nil }
        guard let attribute = colocation.nodeAttribute, attribute != "#uname" else { return score }
        // Where nodes have the same value, none, too, any of them will do.
        let areApart = Set(nodes.map { $0.value(of: attribute)?.lowercased() }).count == nodes.count
        return areApart || score == .minusInfinity ? score : nil
    }

    private func isLoose(_ resource: String?) -> Bool { resource.map(looseGroups.contains) ?? false }

    private func isPromotable(_ resource: String) -> Bool {
        ([resource] + enclosures.containers(of: resource)).contains(where: promotable.contains)
    }
}

extension ClusterConfiguration {
    /// The groups of which a meta attribute takes back what makes them groups: `collocated`, `ordered` (deprecated, and
    /// obeyed all the same).
    func groups(without name: String) -> Set<String> {
        let loose = groups.filter { group in
            (group.meta[name] ?? resourceDefaults[name]).flatMap { ClusterBoolean.parse($0) } == false
        }
        return Set(loose.map(\.id))
    }
}
