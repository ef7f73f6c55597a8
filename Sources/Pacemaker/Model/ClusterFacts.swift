import GraderCore

extension ClusterConfiguration {
    /// The JSON that `bascule parse crm` prints: everything by id, absent things as null, the same whether it was read
    /// from `crm configure show` or from the CIB.
    public var facts: FactsValue {
        let entries: [String: FactsValue] = [
            "nodes": FactsValue(nodes, by: \.name) { node in
                let facts: [String: FactsValue] = [
                    "id": FactsValue(node.id), "type": FactsValue(node.type),
                    "standby": FactsValue(node.standby), "attributes": FactsValue(node.attributes),
                    "utilization": FactsValue(node.utilization),
                ]
                return facts.adding(node.conditional, node.description)
            },
            "primitives": FactsValue(primitives, by: \.id, \.facts),
            "templates": FactsValue(templates, by: \.id, \.facts),
            "groups": FactsValue(groups, by: \.id) { group in
                let facts: [String: FactsValue] = [
                    "members": FactsValue(group.members), "params": FactsValue(group.params),
                    "meta": FactsValue(group.meta), "utilization": FactsValue(group.utilization),
                ]
                return facts.adding(group.conditional, group.description)
            },
            "clones": FactsValue(clones, by: \.id) { clone in
                let facts: [String: FactsValue] = [
                    "members": FactsValue(clone.members), "promotable": .bool(clone.isPromotable),
                    "params": FactsValue(clone.params), "meta": FactsValue(clone.meta),
                ]
                return facts.adding(clone.conditional, clone.description)
            },
            "bundles": FactsValue(bundles, by: \.id) { bundle in
                let facts: [String: FactsValue] = [
                    "container": FactsValue(bundle.container), "members": FactsValue(bundle.members),
                    "meta": FactsValue(bundle.meta), "parts": .array(bundle.parts.map(\.facts)),
                ]
                return facts.adding(bundle.conditional, bundle.description)
            },
            "locations": FactsValue(locations, by: \.id, \.facts),
            "colocations": FactsValue(colocations, by: \.id, \.facts),
            "orders": FactsValue(orders, by: \.id, \.facts),
            "tickets": FactsValue(tickets, by: \.id) { ticket in
                [
                    "ticket": FactsValue(ticket.ticket), "rsc": FactsValue(ticket.resource),
                    "rsc_role": FactsValue(ticket.resourceRole), "loss_policy": FactsValue(ticket.lossPolicy),
                    "sets": .array(ticket.sets.map(\.facts)),
                ]
            },
            "properties": FactsValue(properties), "rsc_defaults": FactsValue(resourceDefaults),
            "op_defaults": FactsValue(operationDefaults),
            "fencing": .array(
                fencing.sorted { ($0.target, $0.index) < ($1.target, $1.index) }.map { level in
                    .object([
                        "target": .string(level.target), "index": .integer(level.index),
                        "devices": FactsValue(level.devices),
                    ])
                }),
            "tags": .object(Dictionary(tags.map { ($0.id, FactsValue($0.members)) }) { first, _ in first }),
            "acl": .object(acl.mapValues(\.facts)), "alerts": .object(alerts.mapValues(\.facts)),
            "unknown": FactsValue(unknown),
        ]
        return .object(entries.adding(conditional, nil))
    }
}

extension [String: FactsValue] {
    /// With what only some entries have: values that hold while a rule does, and a description.
    fileprivate func adding(
        _ conditional: [ClusterConfiguration.ConditionalSet], _ description: String?
    ) -> Self {
        var facts = self
        if !conditional.isEmpty { facts["conditional"] = .array(conditional.map(\.facts)) }
        if let description { facts["description"] = .string(description) }
        return facts
    }
}

extension ClusterConfiguration.ConditionalSet {
    fileprivate var facts: FactsValue {
        .object([
            "kind": .string(kind), "score": FactsValue(score),
            "rules": .array(rules.map { $0.facts(depth: 0) }), "values": FactsValue(values),
        ])
    }
}

extension ClusterConfiguration.Primitive {
    fileprivate var facts: [String: FactsValue] {
        let facts: [String: FactsValue] = [
            "class": FactsValue(self.class), "provider": FactsValue(provider), "type": FactsValue(type),
            "template": FactsValue(template), "params": FactsValue(params), "meta": FactsValue(meta),
            "utilization": FactsValue(utilization),
            "ops": .array(
                ops.map { operation in
                    let facts: [String: FactsValue] = [
                        "name": .string(operation.name),
                        "interval_ms": FactsValue(milliseconds: operation.interval),
                        "timeout_ms": FactsValue(milliseconds: operation.timeout),
                        "role": FactsValue(operation.role), "attrs": FactsValue(operation.attrs),
                        "params": FactsValue(operation.params), "meta": FactsValue(operation.meta),
                        "ruled": .integer(operation.conditional.count),
                    ]
                    return .object(facts.adding(operation.conditional, nil))
                }),
        ]
        return facts.adding(conditional, description)
    }
}

extension ClusterConfiguration.LocationConstraint {
    fileprivate var facts: [String: FactsValue] {
        [
            "rsc": FactsValue(resource), "rsc_pattern": FactsValue(resourcePattern), "role": FactsValue(role),
            "node": FactsValue(node), "score": FactsValue(score), "discovery": FactsValue(discovery),
            "rules": .array(rules.map { $0.facts(depth: 0) }), "sets": .array(sets.map(\.facts)),
        ]
    }
}

extension ClusterConfiguration.ColocationConstraint {
    fileprivate var facts: [String: FactsValue] {
        [
            "score": FactsValue(score), "rsc": FactsValue(resource), "rsc_role": FactsValue(resourceRole),
            "with": FactsValue(with), "with_role": FactsValue(withRole),
            "node_attribute": FactsValue(nodeAttribute), "sets": .array(sets.map(\.facts)),
        ]
    }
}

extension ClusterConfiguration.OrderConstraint {
    fileprivate var facts: [String: FactsValue] {
        var result: [String: FactsValue] = [
            "kind": FactsValue(kind), "first": FactsValue(first), "first_action": FactsValue(firstAction),
            "then": FactsValue(then), "then_action": FactsValue(thenAction),
            "symmetrical": FactsValue(symmetrical), "sets": .array(sets.map(\.facts)),
        ]
        // The older form only.
        if let score { result["score"] = FactsValue(score) }
        return result
    }
}

extension ClusterConfiguration.ResourceSet {
    fileprivate var facts: FactsValue {
        .object([
            "resources": FactsValue(resources), "sequential": FactsValue(sequential),
            "require_all": FactsValue(requireAll), "role": FactsValue(role), "action": FactsValue(action),
            "score": FactsValue(score),
        ])
    }
}

extension ClusterConfiguration.Opaque {
    fileprivate var facts: FactsValue { .object(["kind": .string(kind), "words": FactsValue(words)]) }
}

extension ClusterConfiguration.Rule {
    fileprivate func facts(depth: Int) -> FactsValue {
        guard depth < ParsingLimits.depth else { return .null }
        return .object([
            "boolean_op": .string(booleanOperator.rawValue), "id_ref": FactsValue(reference),
            "role": FactsValue(role), "score": FactsValue(score),
            "score_attribute": FactsValue(scoreAttribute),
            "expr": .array(expressions.map { $0.facts(depth: depth + 1) }),
        ])
    }
}

extension ClusterConfiguration.Expression {
    fileprivate func facts(depth: Int) -> FactsValue {
        switch self {
        case .rule(let rule): return rule.facts(depth: depth)
        case .other(let words): return .object(["words": FactsValue(words)])
        case .attribute(let expression):
            return .object([
                "attribute": .string(expression.attribute), "op": .string(expression.operation),
                "value": FactsValue(expression.value), "type": FactsValue(expression.type),
                "value_source": FactsValue(expression.valueSource),
            ])
        case .date(let expression):
            var fields: [String: FactsValue] = [
                "date_op": .string(expression.operation), "start": FactsValue(expression.start),
                "end": FactsValue(expression.end),
            ]
            if !expression.fields.isEmpty { fields["fields"] = FactsValue(expression.fields) }
            return .object(fields)
        }
    }
}
