import GraderCore

/// What the configuration comes to once defaults are applied (Pacemaker Explained, "Operation Properties",
/// "Resource Meta-Attributes", "Reusing Resource Definitions").
extension ClusterConfiguration {
    /// The primitive of that id.
    public func primitive(_ id: String) -> Primitive? { primitives.first { $0.id == id } }

    /// The group of that id.
    public func group(_ id: String) -> Group? { groups.first { $0.id == id } }

    /// The node of that name.
    public func node(_ name: String) -> Node? { nodes.first { $0.name.isSameNode(as: name) } }

    /// The agent, from the template where the primitive leaves it to one: `ocf:heartbeat:IPaddr2`.
    public func agent(of primitive: Primitive) -> String {
        (primitive.type == nil ? template(of: primitive) ?? primitive : primitive).agent
    }

    private func template(of primitive: Primitive) -> Primitive? {
        primitive.template.flatMap { id in templates.first { $0.id == id } }
    }

    /// What encloses a resource, from the inside out: its group, then the clone or bundle around it.
    public func containers(of resource: String) -> [String] {
        Enclosures.containers(of: resource) { inner in
            groups.first { $0.members.contains(inner) }?.id
                ?? clones.first { $0.members.contains(inner) }?.id
                ?? bundles.first { $0.members.contains(inner) }?.id
        }
    }

    // MARK: - Parameters and meta attributes

    /// An instance attribute of a primitive, from its template where it has none of its own.
    public func effectiveParameter(_ name: String, of primitive: Primitive) -> String? {
        primitive.params[name] ?? template(of: primitive)?.params[name]
    }

    /// A meta attribute of a primitive, group or clone: its own, its template's, that of what encloses it, then
    /// `rsc_defaults`; nil where none says anything.
    public func effectiveMeta(_ name: String, of resource: String) -> String? {
        for id in [resource] + containers(of: resource) {
            if let primitive = primitive(id) {
                if let value = primitive.meta[name] ?? template(of: primitive)?.meta[name] { return value }
            } else if let value = group(id)?.meta[name] ?? clones.first(where: { $0.id == id })?.meta[name]
                ?? bundles.first(where: { $0.id == id })?.meta[name]
            {
                return value
            }
        }
        return resourceDefaults[name]
    }

    /// After how many failures a resource leaves its node; nil where it never does (the default, or INFINITY).
    public func migrationThreshold(of resource: String) -> Int? {
        let score = effectiveMeta("migration-threshold", of: resource).flatMap { Score($0) }
        // Zero disables it (Pacemaker Explained, "migration-threshold").
        guard let score, score.isPositive, !score.isInfinite else { return nil }
        return score.value
    }

    /// Whether the cluster starts and stops the resource (`is-managed`, and neither it nor the cluster is in
    /// maintenance).
    public func isManaged(_ resource: String) -> Bool {
        func flag(_ text: String?) -> Bool? { text.flatMap { ClusterBoolean.parse($0) } }
        if flag(properties["maintenance-mode"]) == true { return false }
        if flag(effectiveMeta("maintenance", of: resource)) == true { return false }
        return flag(effectiveMeta("is-managed", of: resource)) ?? flag(properties["is-managed-default"])
            ?? true
    }

    // MARK: - Operations

    /// The operations of a primitive; those of its template where it has none of that name and role, whatever the interval
    /// (the scheduler's `template_op_key`).
    public func effectiveOperations(of primitive: Primitive) -> [Operation] {
        guard let template = template(of: primitive) else { return primitive.ops }
        return primitive.ops
            + template.ops.filter { inherited in
                !primitive.ops.contains {
                    $0.name == inherited.name && $0.roleWithinTemplate == inherited.roleWithinTemplate
                }
            }
    }

    /// The operation that says how long an action may take: Pacemaker takes the first of that name with an interval of
    /// zero, or what it reads as none (`op start interval=10s` sets nothing). For monitors the first, as they are repeated.
    public func timedOperation(_ name: String, of primitive: Primitive) -> Operation? {
        effectiveOperations(of: primitive).first {
            $0.name == name && (name == "monitor" || ($0.interval ?? .zero) == .zero)
        }
    }

    /// How long an operation may take: its own time-out, its meta attribute, `op_defaults`, 20 seconds
    /// (`PCMK_DEFAULT_ACTION_TIMEOUT_MS`). What is no time specification counts as 20 seconds.
    ///
    /// For monitors see `recurringMonitors(of:)`.
    public func effectiveTimeout(of operation: String, primitive: Primitive) -> Duration {
        effectiveTimeout(of: timedOperation(operation, of: primitive) ?? Operation(name: operation))
    }

    /// The same for an operation that is at hand.
    public func effectiveTimeout(of operation: Operation) -> Duration {
        if let own = operation.timeout { return own }
        let text =
            operation.attrs["timeout"] ?? operation.meta["timeout"] ?? operationDefaults["timeout"]
            ?? properties["default-action-timeout"]
        return text.flatMap { DurationText.timeout($0) } ?? .seconds(20)
    }

    /// The monitors that the cluster repeats on the node where the resource runs: an interval above zero, the role
    /// none or `Started`, and not switched off.
    public func recurringMonitors(of primitive: Primitive) -> [Operation] {
        effectiveOperations(of: primitive).filter { operation in
            guard operation.name == "monitor", let interval = operation.interval, interval > .zero else {
                return false
            }
            let enabled =
                operation.attrs["enabled"] ?? operation.meta["enabled"] ?? operationDefaults["enabled"]
            return (operation.role == nil || operation.role == "Started")
                && enabled.flatMap { ClusterBoolean.parse($0) } != false
        }
    }
}

extension ClusterConfiguration.Operation {
    /// As the scheduler compares roles where a primitive and its template both have an operation.
    fileprivate var roleWithinTemplate: String? {
        ["Started", "Slave", "Unpromoted"].contains(role) ? nil : role
    }
}

extension DurationText {
    /// In a time-out Pacemaker reads no ISO 8601, as it does in an interval: `PT30S` is none (2.1.5 and 3.0).
    static func timeout(_ text: String) -> Duration? {
        let first = text.utf8.first { !$0.isBlank }
        return first == UInt8(ascii: "P") || first == UInt8(ascii: "p") ? nil : parse(text)
    }
}
