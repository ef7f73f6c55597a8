import GraderCore

/// One set of name-value pairs of a resource, a node or the cluster: `params $id="x" 2: rule … a=1 b=2`.
struct NameValueSet {
    var id: String?
    var score: Score?
    /// The rules that guard it; it holds only while they do.
    var rules: [ClusterConfiguration.Rule] = []
    var values: [String: String] = [:]

    /// The CIB's elements by crmsh's keywords.
    static let elements = [
        "params": "instance_attributes", "attributes": "instance_attributes", "meta": "meta_attributes",
        "utilization": "utilization",
    ]
}

extension ClusterConfiguration {
    /// The pairs of several sets of one kind. The one with the special id comes first, then the higher score, then the
    /// source's order; what comes first wins (Pacemaker's `pe__unpack_dataset_nvpairs`). Sets with a rule are kept apart.
    mutating func merge(
        _ sets: [NameValueSet], kind: String, first: String? = nil, conditional: inout [ConditionalSet]
    ) -> [String: String] {
        func rank(_ set: NameValueSet) -> (Int, Int) {
            (first != nil && set.id == first ? 1 : 0, set.score?.value ?? 0)
        }
        let ordered = sets.enumerated().sorted { left, right in
            let (one, other) = (rank(left.element), rank(right.element))
            return one == other ? left.offset < right.offset : one > other
        }
        var values: [String: String] = [:]
        for set in ordered.map(\.element) {
            guard set.rules.isEmpty else {
                ruled += 1
                // `bound()` says that there were more.
                guard conditional.count < ParsingLimits.resources else { continue }
                conditional.append(
                    ConditionalSet(
                        kind: kind, score: set.score, rules: set.rules, values: set.values,
                        settled: Set(values.keys)))
                continue
            }
            values.merge(set.values) { kept, _ in kept }
        }
        return values
    }
}
