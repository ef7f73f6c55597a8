import GraderCore

/// How much of a configuration may be read anew because something refers to it. Unbounded, what stands twice for what
/// stands twice for something makes more than all memory of a kilobyte, and what refers to itself never ends.
struct ReferenceBudget {
    private var left = ParsingLimits.elements

    /// - Parameter size: what the reference stands for, in elements, attributes and pairs.
    /// - Returns: whether it is followed; false from the first that is too much.
    mutating func follow(_ size: @autoclosure () -> Int) -> Bool {
        guard left > 0 else { return false }
        let size = size()
        left = size > left ? 0 : left - size
        return left > 0
    }

    static let problem = LocalizedText(
        fr: "des renvois (id-ref) mènent à plus qu'il n'en est lu ; les autres ne sont pas suivis",
        en: "references (id-ref) lead to more than is read; the others are not followed")
}

extension XMLTree {
    /// It, its attributes and all that is in it.
    var size: Int { children.reduce(1 + attributes.count) { $0 + $1.size } }
}

extension NameValueSet {
    var size: Int { rules.reduce(1 + values.count) { $0 + $1.size } }
}

extension ClusterConfiguration.Rule {
    /// As crmsh writes rules, without others in them.
    var size: Int { 1 + expressions.count }
}

extension ClusterConfiguration.Operation {
    var size: Int {
        conditional.reduce(1 + attrs.count + params.count + meta.count) { $0 + 1 + $1.values.count }
    }
}
