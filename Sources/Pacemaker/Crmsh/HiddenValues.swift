/// Values that `crm configure show` does not show: those of the names in `obscure_pattern` (crm.conf, crmsh 2.3 on;
/// `passw*` where nothing is written there) stand as six asterisks. Such a value is unknown, not another one.
extension ClusterConfiguration {
    /// What crmsh prints in a value's place (`utils.obscured`).
    public static let hiddenValue = "******"

    /// Whether any value is hidden.
    public var hidesValues: Bool {
        var copy = self
        var isHidden = false
        copy.changeValues { values in
            if values.values.contains(Self.hiddenValue) { isHidden = true }
        }
        return isHidden
    }

    /// The same with another value in the place of every hidden one; nil: without it.
    public func replacingHidden(with value: String?) -> ClusterConfiguration {
        var copy = self
        copy.changeValues { values in
            for key in values.keys where values[key] == Self.hiddenValue { values[key] = value }
        }
        return copy
    }

    /// The same without the parameters and meta attributes that are hidden here or in the other one.
    public func leavingOut(hiddenIn other: ClusterConfiguration) -> ClusterConfiguration {
        func shown(_ values: [String: String], _ others: [String: String]?) -> [String: String] {
            values.filter { $0.value != Self.hiddenValue && others?[$0.key] != Self.hiddenValue }
        }
        var copy = self
        for index in copy.primitives.indices {
            let same = other.primitive(copy.primitives[index].id)
            copy.primitives[index].params = shown(copy.primitives[index].params, same?.params)
            copy.primitives[index].meta = shown(copy.primitives[index].meta, same?.meta)
        }
        for index in copy.groups.indices {
            let same = other.groups.first { $0.id == copy.groups[index].id }
            copy.groups[index].meta = shown(copy.groups[index].meta, same?.meta)
        }
        return copy
    }

    /// Every set of names and values that crmsh may hide values of.
    private mutating func changeValues(_ change: (inout [String: String]) -> Void) {
        for index in nodes.indices {
            change(&nodes[index].attributes)
            change(&nodes[index].utilization)
        }
        for path in [\ClusterConfiguration.primitives, \.templates] {
            for index in self[keyPath: path].indices {
                change(&self[keyPath: path][index].params)
                change(&self[keyPath: path][index].meta)
                change(&self[keyPath: path][index].utilization)
                for operation in self[keyPath: path][index].ops.indices {
                    change(&self[keyPath: path][index].ops[operation].params)
                    change(&self[keyPath: path][index].ops[operation].meta)
                }
            }
        }
        for index in groups.indices {
            change(&groups[index].params)
            change(&groups[index].meta)
        }
        for index in clones.indices {
            change(&clones[index].params)
            change(&clones[index].meta)
        }
        for index in bundles.indices { change(&bundles[index].meta) }
        for path in [\ClusterConfiguration.properties, \.resourceDefaults, \.operationDefaults] {
            change(&self[keyPath: path])
        }
    }
}
