import GraderCore
import Pacemaker

/// Where a resource runs by every node's own word: the one place where the nodes' views of the cluster become one, or do
/// not. No check takes a view of its own choice.
enum Placement: Sendable {
    /// A view that may be another was not read; why.
    case unseen(LocalizedText)
    /// The views differ; what each of them says.
    case disputed(LocalizedText)
    /// The nodes of which all views say so, sorted; none where it runs nowhere.
    case agreed([String])

    /// `IPFailover démarrée sur serv1`, or what each node says, or why nobody can say.
    func words(_ resource: String) -> LocalizedText {
        switch self {
        case .unseen(let why): why
        case .disputed(let views): LocalizedText(fr: "\(resource) : \(views)", en: "\(resource): \(views)")
        case .agreed(let nodes): Q2.startedOn(resource, nodes)
        }
    }
}

extension Findings {
    func placement(of resource: String) -> Placement {
        if let unseen = unseenStatus { return .unseen(unseen) }
        let views = views(of: resource)
        guard let first = views.first, views.allSatisfy({ $0.active == first.active }) else {
            return .disputed(Q2.viewsDiffer(views))
        }
        return .agreed(first.active)
    }

    /// Where each node's `crm_mon` says that the resource is active, by the nodes' names.
    private func views(of resource: String) -> [(node: String, active: [String])] {
        MachineID.pair.compactMap { role in
            statuses[role].map { (label(role), $0.activeNodes(of: resource).sorted()) }
        }
    }

    /// Whether the nodes do not see the resource in the same place.
    func viewsDiffer(on resource: String) -> Bool {
        if case .disputed = placement(of: resource) { true } else { false }
    }

    /// Names of the nodes where the resource is active, as every view says; nil where they differ or one is missing.
    func agreedActiveNodes(of resource: String) -> Set<String>? {
        if case .agreed(let nodes) = placement(of: resource) { Set(nodes) } else { nil }
    }

    /// Two halves: each node is up and believes the other gone, so that each runs everything itself.
    var isSplit: Bool {
        statuses.count == MachineID.pair.count
            && statuses.allSatisfy { role, status in
                guard let own = names[role], let other = names[role.peer] else { return false }
                return status.node(own)?.isOnline == true && status.node(other)?.isOnline == false
            }
    }

    /// The verdict on a live check where the views differ. In a cluster of two halves that is so, and lost once; else one
    /// of the nodes does not say what is, and nobody is believed.
    func disputed(_ inTwoHalves: Verdict) -> Verdict {
        isSplit ? inTwoHalves : .notAssessed(.contradiction)
    }

    /// What all configurations that decide say alike: the CIBs, or what is printed for people where no CIB was read. Nil
    /// where they differ, or there is none.
    func agreed<Value: Equatable>(_ read: (ClusterConfiguration) -> Value) -> Value? {
        agreed(bySource: { read($0.configuration) })
    }

    func agreed<Value: Equatable>(bySource read: (ConfigurationSource) -> Value) -> Value? {
        let fromCIBs = configurations.filter(\.isCIB)
        let values = (fromCIBs.isEmpty ? configurations : fromCIBs).map(read)
        guard let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
        return first
    }
}
