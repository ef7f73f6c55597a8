import GraderCore

/// Constraints as the CIB writes them (`constraints-*.rng`), without their rules and sets.
extension XMLTree {
    var location: ClusterConfiguration.LocationConstraint {
        var location = ClusterConfiguration.LocationConstraint(
            id: self["id"] ?? "", resource: self["rsc"], node: self["node"], score: score("score"))
        location.resourcePattern = self["rsc-pattern"]
        location.role = self["role"]
        location.discovery = self["resource-discovery"]
        return location
    }

    var colocation: ClusterConfiguration.ColocationConstraint {
        var colocation = ClusterConfiguration.ColocationConstraint(
            id: self["id"] ?? "", score: score("score"), resource: self["rsc"], with: self["with-rsc"])
        colocation.resourceRole = self["rsc-role"]
        colocation.withRole = self["with-rsc-role"]
        colocation.nodeAttribute = self["node-attribute"]
        return colocation
    }

    var order: ClusterConfiguration.OrderConstraint {
        var order = ClusterConfiguration.OrderConstraint(
            id: self["id"] ?? "", kind: self["kind"], score: score("score"), first: self["first"],
            then: self["then"])
        order.firstAction = self["first-action"]
        order.thenAction = self["then-action"]
        order.symmetrical = self["symmetrical"].flatMap { ClusterBoolean.parse($0) }
        return order
    }

    var ticket: ClusterConfiguration.TicketConstraint {
        var ticket = ClusterConfiguration.TicketConstraint(
            id: self["id"] ?? "", ticket: self["ticket"] ?? "", resource: self["rsc"])
        ticket.resourceRole = self["rsc-role"]
        ticket.lossPolicy = self["loss-policy"]
        return ticket
    }

    var resourceSet: ClusterConfiguration.ResourceSet {
        .init(
            resources: children(named: "resource_ref").compactMap { $0["id"] },
            sequential: falseOrDefault("sequential"),
            requireAll: falseOrDefault("require-all"), role: self["role"],
            action: self["action"], score: score("score"))
    }

    /// An expression of a rule, other than a rule within it (`rule-*.rng`).
    var expression: ClusterConfiguration.Expression {
        switch name {
        case "expression":
            return .attribute(
                .init(
                    attribute: self["attribute"] ?? "", operation: self["operation"] ?? "",
                    value: self["value"], type: self["type"], valueSource: self["value-source"]))
        case "date_expression":
            var fields = (first("duration") ?? first("date_spec"))?.attributes ?? [:]
            fields["id"] = nil
            return .date(
                .init(
                    operation: self["operation"] ?? "", start: self["start"], end: self["end"],
                    fields: fields))
        default:
            return .other(
                [name]
                    + attributes.filter { $0.key != "id" }.sorted { $0.key < $1.key }
                    .map { "\($0.key)=\($0.value)" })
        }
    }

    /// False, or nil for true, which is the default of everything this is asked for.
    private func falseOrDefault(_ attribute: String) -> Bool? {
        self[attribute].flatMap { ClusterBoolean.parse($0) } == false ? false : nil
    }

    /// A score; one that Pacemaker cannot read counts as 0 to it.
    private func score(_ attribute: String) -> Score? { self[attribute].map { Score($0) ?? .zero } }
}

extension ClusterConfiguration.Operation {
    /// Takes over an operation's own attributes: times and role typed, the rest as they are.
    mutating func take(_ attributes: [String: String]) {
        var rest = attributes
        if let text = rest.removeValue(forKey: "interval") {
            interval = DurationText.parse(text)
            if interval == nil { rest["interval"] = text }
        }
        if let text = rest.removeValue(forKey: "timeout") {
            timeout = DurationText.parse(text)
            if timeout == nil { rest["timeout"] = text }
        }
        role = rest.removeValue(forKey: "role") ?? role
        attrs.merge(rest) { _, new in new }
    }
}

extension ClusterConfiguration.Node {
    /// nil for a full member, however it is spelled: `member`, in Pacemaker 1.0 `normal`.
    static func normalizedType(_ type: String?) -> String? {
        type == "member" || type == "normal" ? nil : type
    }
}
