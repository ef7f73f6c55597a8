import GraderCore

/// One set of name-value pairs of a resource, a node or the cluster: `params $id="x" 2: rule … a=1 b=2`.
struct NameValueSet {
    var id: String?
    var score: Score?
    /// Whether it holds only while a rule does.
    var isRuled = false
    var values: [String: String] = [:]

    /// The CIB's elements by crmsh's keywords.
    static let elements = [
        "params": "instance_attributes", "attributes": "instance_attributes", "meta": "meta_attributes",
        "utilization": "utilization",
    ]
}

extension ClusterConfiguration {
    /// The pairs of several sets. The one with the special id comes first, then the higher score, then the source's
    /// order; what comes first wins (Pacemaker's `pe__unpack_dataset_nvpairs`). Sets with a rule are only counted.
    mutating func merge(_ sets: [NameValueSet], first: String? = nil) -> [String: String] {
        func rank(_ set: NameValueSet) -> (Int, Int) {
            (first != nil && set.id == first ? 1 : 0, set.score?.value ?? 0)
        }
        ruled += sets.count(where: \.isRuled)
        let ordered = sets.filter { !$0.isRuled }.enumerated().sorted { left, right in
            let (one, other) = (rank(left.element), rank(right.element))
            return one == other ? left.offset < right.offset : one > other
        }
        return ordered.reduce(into: [:]) { $0.merge($1.element.values) { kept, _ in kept } }
    }
}
