import GraderCore

/// What the configuration comes to once defaults are applied (Pacemaker Explained, "Operation Properties",
/// "Resource Meta-Attributes", "Reusing Resource Definitions").
extension ClusterConfiguration {
    /// Pacemaker's own time-out for operations (`default-action-timeout`, `PCMK_DEFAULT_ACTION_TIMEOUT_MS`).
    public static let defaultOperationTimeout = Duration.seconds(20)

    /// The primitive of that id.
    public func primitive(_ id: String) -> Primitive? { primitives.first { $0.id == id } }

    /// The group of that id.
    public func group(_ id: String) -> Group? { groups.first { $0.id == id } }

    /// The node of that name.
    public func node(_ name: String) -> Node? { nodes.first { $0.name.isSameNode(as: name) } }

    /// Primitives of that class, provider and type, a template's included; a nil provider or class fits any.
    public func primitives(class: String? = nil, provider: String? = nil, type: String) -> [Primitive] {
        primitives.filter { primitive in
            let source = agentSource(of: primitive)
            return source.type == type && (`class` == nil || source.class == `class`)
                && (provider == nil || source.provider == provider)
        }
    }

    /// The agent, from the template where the primitive leaves it to one: `ocf:heartbeat:IPaddr2`.
    public func agent(of primitive: Primitive) -> String { agentSource(of: primitive).agent }

    private func agentSource(of primitive: Primitive) -> Primitive {
        primitive.type == nil ? template(of: primitive) ?? primitive : primitive
    }

    private func template(of primitive: Primitive) -> Primitive? {
        primitive.template.flatMap { id in templates.first { $0.id == id } }
    }

    /// What encloses a resource, from the inside out: its group, then the clone or bundle around it.
    public func containers(of resource: String) -> [String] {
        var result: [String] = []
        var inner = resource
        // Group in clone is the deepest nesting there is; a circle must not loop.
        while result.count < 4 {
            let outer =
                groups.first { $0.members.contains(inner) }?.id ?? clones.first {
                    $0.members.contains(inner)
                }?.id
                ?? bundles.first { $0.members.contains(inner) }?.id
            guard let outer, outer != resource, !result.contains(outer) else { break }
            result.append(outer)
            inner = outer
        }
        return result
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

    /// How much a resource prefers to stay where it is; zero by default.
    ///
    /// A group's is the sum of its members'.
    /// - Parameter honouringLegacyProperty: whether the cluster property `default-resource-stickiness` counts, as it
    ///   does in Pacemaker 1.1 only (later releases ignore or refuse it).
    public func stickiness(of resource: String, honouringLegacyProperty: Bool = false) -> Score {
        // A member that is a group itself exists only in a broken source, where it might go in a circle.
        if let group = group(resource) {
            return group.members.filter { self.group($0) == nil }.reduce(Score.zero) {
                $0 + stickiness(of: $1, honouringLegacyProperty: honouringLegacyProperty)
            }
        }
        let legacy = honouringLegacyProperty ? properties["default-resource-stickiness"] : nil
        return (effectiveMeta("resource-stickiness", of: resource) ?? legacy).flatMap { Score($0) } ?? .zero
    }

    /// After how many failures a resource leaves its node; nil where it never does (the default, or INFINITY).
    public func migrationThreshold(of resource: String) -> Int? {
        let score = effectiveMeta("migration-threshold", of: resource).flatMap { Score($0) }
        // Zero disables it (Pacemaker Explained, "migration-threshold").
        guard let score, score.isPositive, !score.isInfinite else { return nil }
        return score.value
    }

    /// After what time without a new failure old ones are forgotten; nil where never (the default, or 0).
    public func failureTimeout(of resource: String) -> Duration? {
        let interval = effectiveMeta("failure-timeout", of: resource).flatMap { DurationText.parse($0) }
        return interval == .zero ? nil : interval
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

    /// The operations of a primitive; those of its template where it has none of that name and interval.
    public func effectiveOperations(of primitive: Primitive) -> [Operation] {
        guard let template = template(of: primitive) else { return primitive.ops }
        return primitive.ops
            + template.ops.filter { inherited in
                !primitive.ops.contains { $0.name == inherited.name && $0.interval == inherited.interval }
            }
    }

    /// How long an operation may take: its own time-out, its meta attribute, `op_defaults`, 20 seconds. What is no
    /// time specification counts as 20 seconds.
    ///
    /// Of several operations with that name the first decides; for monitors see `recurringMonitors(of:)`.
    public func effectiveTimeout(of operation: String, primitive: Primitive) -> Duration {
        let found = effectiveOperations(of: primitive).first { $0.name == operation }
        return effectiveTimeout(of: found ?? Operation(name: operation))
    }

    /// The same for an operation that is at hand.
    public func effectiveTimeout(of operation: Operation) -> Duration {
        if let own = operation.timeout { return own }
        let text =
            operation.attrs["timeout"] ?? operation.meta["timeout"] ?? operationDefaults["timeout"]
            ?? properties["default-action-timeout"]
        return text.flatMap { DurationText.parse($0) } ?? Self.defaultOperationTimeout
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
