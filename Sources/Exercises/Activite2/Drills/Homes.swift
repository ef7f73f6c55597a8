import GraderCore
import Pacemaker

/// Where everything ran before a drill: what the drill moves and the cluster's own policy does not bring back is put
/// there again.
struct Homes: Hashable {
    struct Home: Hashable {
        /// What a constraint can name: a group, or a primitive that is in none.
        var resource: String
        /// The primitives, the resource itself where it is no group.
        var members: [String]
        /// By the name that the cluster has for it.
        var node: String

        /// Whether its names can stand in a line of words and in XML as they are. Others, which Pacemaker accepts too, are
        /// left alone.
        var isPlain: Bool {
            members.count <= Homes.most && ([resource, node] + members).allSatisfy(Homes.isPlain)
        }
    }
    var all: [Home]
    /// Those that can be put back; a lab's cluster has one or two.
    var plain: [Home] { constraints.count > Self.most ? [] : Array(all.filter(\.isPlain).prefix(Self.most)) }
    private static let most = 50
    /// The ids of all constraints: where they have changed somebody is at work, and nothing is moved any more.
    var constraints: [String]

    /// What ran whole, on one node, by the cluster's own doing. Clones and bundles run on several; what is not managed is
    /// not moved.
    /// - Parameter concerned: the primitives that the drill may move; nil for all.
    init(_ status: ClusterStatus, _ configuration: ClusterConfiguration, concerned: [String]?) {
        var places: [String: Int] = [:]
        var members: [(resource: String, instances: [ClusterStatus.Resource])] = []
        for instance in status.resources {
            let resource = instance.group ?? instance.id
            if let place = places[resource] {
                members[place].instances.append(instance)
            } else {
                places[resource] = members.count
                members.append((resource, [instance]))
            }
        }
        all = members.compactMap { resource, instances in
            guard let node = instances.first?.nodes.first,
                instances.allSatisfy({ $0.isAtHome(on: node) }),
                Set(instances.map(\.id)).count == instances.count,
                concerned.map({ list in instances.contains { list.contains($0.id) } }) ?? true
            else { return nil }
            return Home(resource: resource, members: instances.map(\.id), node: node)
        }
        constraints =
            configuration.locations.map(\.id) + configuration.colocations.map(\.id)
            + configuration.orders.map(\.id)
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: ".") else {
            return false
        }
        return name.utf8.count <= 200
            && name.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
                        || "_.-".unicodeScalars.contains($0))
            }
    }

    /// The id of a constraint that the undo made, in an element as `ClusterSnapshot` writes it; nil of any other.
    static func markedConstraint(_ element: String) -> String? {
        guard let start = element.firstRange(of: " id=\"bascule-drill-"), element.contains("<rsc_location ")
        else { return nil }
        // bounded: five bytes into what was found
        return String(element[element.index(start.lowerBound, offsetBy: 5)...].prefix { $0 != "\"" })
    }

    /// A line each: `servweb IPFailover,serviceWeb serv1`.
    var lines: String {
        plain.map { "\($0.resource) \($0.members.joined(separator: ",")) \($0.node)" }.joined(separator: "\n")
    }
}

extension ClusterStatus.Resource {
    fileprivate func isAtHome(on node: String) -> Bool {
        clone == nil && bundle == nil && isManaged && !isFailed && !isBlocked && !isOrphaned
            && role == "Started" && pending == nil && nodes == [node]
    }
}
