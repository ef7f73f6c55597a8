import GraderCore

/// Constraints as the CIB writes them (`constraints-*.rng`).
extension CIBConfigurationReader {
    mutating func readConstraint(_ element: XMLTree) {
        let id = element["id"] ?? ""
        // A score that Pacemaker cannot read counts as 0 to it.
        let score = element["score"].map { Score($0) ?? .zero }
        let sets = element.children(named: "resource_set").map { resourceSet(resolve($0)) }
        switch element.name {
        case "rsc_location":
            // Pacemaker 1.0 could put the rules into a lifetime.
            let holders = [element] + element.children(named: "lifetime")
            result.locations.append(
                .init(
                    id: id, resource: element["rsc"], resourcePattern: element["rsc-pattern"],
                    role: element["role"], node: element["node"], score: score,
                    discovery: element["resource-discovery"],
                    rules: holders.flatMap { $0.children(named: "rule") }.map { rule($0) }, sets: sets))
        case "rsc_colocation":
            result.colocations.append(
                .init(
                    id: id, score: score, resource: element["rsc"], resourceRole: element["rsc-role"],
                    with: element["with-rsc"], withRole: element["with-rsc-role"],
                    nodeAttribute: element["node-attribute"], sets: sets))
        case "rsc_order":
            result.orders.append(
                .init(
                    id: id, kind: element["kind"], score: score, first: element["first"],
                    firstAction: element["first-action"], then: element["then"],
                    thenAction: element["then-action"], symmetrical: element.flag("symmetrical"), sets: sets))
        case "rsc_ticket":
            result.tickets.append(
                .init(
                    id: id, ticket: element["ticket"] ?? "", resource: element["rsc"],
                    resourceRole: element["rsc-role"], lossPolicy: element["loss-policy"], sets: sets))
        default: result.unknown.append("<\(element.name.excerpt)>")
        }
    }

    private func resourceSet(_ element: XMLTree) -> ClusterConfiguration.ResourceSet {
        .init(
            resources: element.children(named: "resource_ref").compactMap { $0["id"] },
            // True is the default of both.
            sequential: element.flag("sequential") == false ? false : nil,
            requireAll: element.flag("require-all") == false ? false : nil, role: element["role"],
            action: element["action"], score: element["score"].map { Score($0) ?? .zero })
    }

    /// - Parameter depth: how many rules it is in. A reference leads back up: the tree's own depth is no bound.
    mutating func rule(_ element: XMLTree, depth: Int = 0) -> ClusterConfiguration.Rule {
        guard depth < ParsingLimits.depth else {
            problems.add(ReferenceBudget.problem)
            return .init(reference: element["id"] ?? element["id-ref"] ?? "")
        }
        let element = resolve(element)
        return .init(
            role: element["role"], score: element.score("score"), scoreAttribute: element["score-attribute"],
            booleanOperator: element["boolean-op"] == "or" ? .or : .and,
            expressions: element.children.map {
                $0.name == "rule" ? .rule(rule($0, depth: depth + 1)) : $0.expression
            },
            reference: element["id-ref"])
    }
}

extension XMLTree {
    /// An expression of a rule, other than a rule within it (`rule-*.rng`).
    fileprivate var expression: ClusterConfiguration.Expression {
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
        default: return .other([name] + valuesWithoutID.map { "\($0.key)=\($0.value)" })
        }
    }

    /// The attributes but for the id, by name.
    var valuesWithoutID: [(key: String, value: String)] {
        attributes.filter { $0.key != "id" }.sorted { $0.key < $1.key }
    }
}
