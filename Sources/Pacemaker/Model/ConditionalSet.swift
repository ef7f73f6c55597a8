import GraderCore

extension ClusterConfiguration {
    /// Name-value pairs that hold only while a rule does (Pacemaker Explained, "Rules", "Using Rules to Control Resource
    /// Options"): `params rule #uname eq serv1 nic=eth0`.
    public struct ConditionalSet: Sendable, Equatable {
        /// crmsh's keyword: `params`, `meta`, `utilization`, `attributes`; `property`, `rsc_defaults`, `op_defaults`.
        public var kind: String
        /// Which of several sets comes first; nil is 0.
        public var score: Score?
        public var rules: [Rule]
        public var values: [String: String]
        /// Names that a set without a rule gives before this one does: of those it has no say.
        public var settled: Set<String> = []
    }

    /// What this configuration may come to as the rules of its conditional sets hold or not, itself (none does) first. All
    /// of that where they are few; else none, all, each one alone and all but each one.
    public var possibilities: [ClusterConfiguration] {
        var counting = self
        let count = counting.choose { _ in false }
        guard count > 0 else { return [self] }
        func chosen(_ isChosen: (Int) -> Bool) -> ClusterConfiguration {
            var configuration = self
            configuration.choose(isChosen)
            return configuration
        }
        guard count > 3 else {
            // bounded: three at most, just above
            return (0..<(1 << count)).map { subset in chosen { subset & (1 << $0) != 0 } }
        }
        let single = 0..<min(count, Self.conditionalSetsTriedAlone)
        return [self, chosen { _ in true }] + single.map { one in chosen { $0 == one } }
            + single.map { one in chosen { $0 != one } }
    }

    private static let conditionalSetsTriedAlone = 12

    /// All values that a primitive's instance attribute may have, its template's too: the unconditional one first.
    public func possibleParameters(_ name: String, of primitive: Primitive) -> [String] {
        let holders = [primitive] + templates.filter { $0.id == primitive.template }
        let guarded = holders.flatMap(\.conditional).filter { $0.kind == "params" }
            .compactMap { $0.values[name] }
        return [effectiveParameter(name, of: primitive)].compactMap(\.self) + guarded
    }

    /// Puts the values of the chosen sets, by their number, in force; how many sets there are.
    @discardableResult
    private mutating func choose(_ isChosen: (Int) -> Bool) -> Int {
        var number = 0
        func settle<Entity>(
            _ entity: inout Entity, _ sets: [ConditionalSet],
            _ places: [String: WritableKeyPath<Entity, [String: String]>]
        ) {
            var given: [String: Set<String>] = [:]
            for set in sets {
                defer { number += 1 }
                guard isChosen(number), let place = places[set.kind] else { continue }
                for (name, value) in set.values
                where !set.settled.contains(name) && given[set.kind, default: []].insert(name).inserted {
                    entity[keyPath: place][name] = value
                }
            }
        }
        for index in nodes.indices {
            let sets = nodes[index].conditional
            settle(&nodes[index], sets, ["attributes": \.attributes, "utilization": \.utilization])
        }
        for list in [\Self.primitives, \Self.templates] {
            for index in self[keyPath: list].indices {
                let sets = self[keyPath: list][index].conditional
                settle(
                    &self[keyPath: list][index], sets,
                    ["params": \.params, "meta": \.meta, "utilization": \.utilization])
                for operation in self[keyPath: list][index].ops.indices {
                    let sets = self[keyPath: list][index].ops[operation].conditional
                    settle(
                        &self[keyPath: list][index].ops[operation], sets,
                        ["params": \.params, "meta": \.meta])
                }
            }
        }
        for index in groups.indices {
            let sets = groups[index].conditional
            settle(
                &groups[index], sets,
                ["params": \.params, "meta": \.meta, "utilization": \.utilization])
        }
        for index in clones.indices {
            settle(&clones[index], clones[index].conditional, ["params": \.params, "meta": \.meta])
        }
        for index in bundles.indices {
            settle(&bundles[index], bundles[index].conditional, ["meta": \.meta])
        }
        settle(
            &self, conditional,
            [
                "property": \.properties, "rsc_defaults": \.resourceDefaults,
                "op_defaults": \.operationDefaults,
            ])
        return number
    }
}
