import GraderCore
import Pacemaker

extension Findings {
    /// The primitives that a question may be about, of every configuration, the best first: a leftover of an earlier
    /// try, stopped and never deleted, must not be judged for the one in use. Of several with the same claim the one
    /// that runs comes first, then one in a group, then one that nobody has stopped, then the configurations' order.
    /// - Parameter candidate: what a primitive is by itself, the least claim being the best, with the first group that
    ///   holds it; nil where it is none.
    func ranked<Value>(
        _ candidate: (ClusterConfiguration, ClusterConfiguration.Primitive, _ group: String?)
            -> (claim: Int, value: Value)?
    ) -> [Value] {
        var ranked: [(rank: (Int, Int, Int, Int), value: Value)] = []
        for configuration in configurations.map(\.configuration) {
            for primitive in configuration.primitives {
                let group = configuration.groups.first { $0.members.contains(primitive.id) }?.id
                guard let (claim, value) = candidate(configuration, primitive, group) else { continue }
                let isStopped =
                    configuration.effectiveMeta("target-role", of: primitive.id)?.lowercased() == "stopped"
                let rank = (
                    claim, isActiveSomewhere(primitive.id) ? 0 : 1, group == nil ? 1 : 0, isStopped ? 1 : 0
                )
                ranked.append((rank, value))
            }
        }
        return ranked.enumerated().sorted {
            $0.element.rank != $1.element.rank
                ? $0.element.rank < $1.element.rank : $0.offset < $1.offset
        }.map(\.element.value)
    }

    /// The best candidate that no CIB denies; absent where a configuration that was read whole has none.
    func best<Value>(_ candidates: [Value], id: (Value) -> String) -> Lookup<Value> {
        if let found = candidates.first(where: { !isDenied(id($0)) }) { return .found(found) }
        return configurations.contains(where: \.isWhole) ? .absent : .unknown
    }

    /// Whether any view of the cluster has the resource running.
    func isActiveSomewhere(_ resource: String) -> Bool {
        statuses.values.contains { !$0.activeNodes(of: resource).isEmpty }
    }
}
