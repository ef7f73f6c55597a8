import GraderCore

/// Reads the `configuration` section of a CIB.
struct CIBConfigurationReader {
    let section: XMLTree
    var result = ClusterConfiguration()
    var problems = ProblemList()
    /// Elements by id, for `id-ref`; filled when the first reference is met.
    var elementsByID: [String: XMLTree]?

    init(_ section: XMLTree) { self.section = section }

    mutating func read() -> ClusterConfiguration {
        for part in section.children {
            switch part.name {
            case "crm_config":
                result.properties = values(
                    part.children, named: "cluster_property_set", owner: "property", kind: "property",
                    first: "cib-bootstrap-options")
            case "nodes": for element in part.children { readNode(element) }
            case "resources": for element in part.children { readResource(element) }
            case "constraints": for element in part.children { readConstraint(element) }
            case "rsc_defaults":
                result.resourceDefaults = values(
                    part.children, named: "meta_attributes", owner: "rsc_defaults", kind: "rsc_defaults",
                    first: "rsc-options")
            case "op_defaults":
                result.operationDefaults = values(
                    part.children, named: "meta_attributes", owner: "op_defaults", kind: "op_defaults",
                    first: "op-options")
            case "fencing-topology": for element in part.children { readFencingLevel(element) }
            case "tags":
                result.tags += part.children(named: "tag").map { tag in
                    .init(
                        id: tag["id"] ?? "", members: tag.children(named: "obj_ref").compactMap { $0["id"] })
                }
            case "acls": for element in part.children { result.acl[element["id"] ?? ""] = opaque(element) }
            case "alerts":
                for element in part.children { result.alerts[element["id"] ?? ""] = opaque(element) }
            default: result.unknown.append("<\(part.name.excerpt)>")
            }
        }
        result.problems = problems.all
        return result
    }

    /// The section an element stands in; nil for what stands in none.
    static func section(of element: String) -> String? {
        switch element {
        case "node": "nodes"
        case "primitive", "template", "group", "clone", "master", "bundle": "resources"
        case "rsc_location", "rsc_colocation", "rsc_order", "rsc_ticket": "constraints"
        case "cluster_property_set": "crm_config"
        case "fencing-level": "fencing-topology"
        case "tag": "tags"
        case "acl_target", "acl_group", "acl_role", "acl_user": "acls"
        case "alert": "alerts"
        default: nil
        }
    }

    private mutating func readNode(_ element: XMLTree) {
        guard element.name == "node" else { return result.unknown.append("<\(element.name.excerpt)>") }
        let name = element["uname"] ?? element["id"] ?? ""
        result.nodes.append(
            .init(
                name: name, id: element["id"],
                type: ClusterConfiguration.Node.normalizedType(element["type"]),
                attributes: values(element, "instance_attributes", owner: name, kind: "attributes"),
                utilization: values(element, "utilization", owner: name, kind: "utilization")))
    }

    private mutating func readResource(_ element: XMLTree) {
        let id = element["id"] ?? ""
        switch element.name {
        case "primitive": result.primitives.append(primitive(element))
        case "template": result.templates.append(primitive(element))
        case "group":
            result.groups.append(
                .init(
                    id: id, members: members(of: element),
                    params: values(element, "instance_attributes", owner: id, kind: "params"),
                    meta: values(element, "meta_attributes", owner: id, kind: "meta"),
                    utilization: values(element, "utilization", owner: id, kind: "utilization")))
        case "clone", "master":
            let meta = values(element, "meta_attributes", owner: id, kind: "meta")
            result.clones.append(
                .init(
                    id: id, members: members(of: element),
                    isPromotable: element.name == "master"
                        || meta["promotable"].flatMap { ClusterBoolean.parse($0) } == true,
                    params: values(element, "instance_attributes", owner: id, kind: "params"), meta: meta))
        case "bundle":
            result.bundles.append(
                .init(
                    id: id,
                    container: element.children.first { ["docker", "podman", "rkt"].contains($0.name) }?.name,
                    members: members(of: element),
                    meta: values(element, "meta_attributes", owner: id, kind: "meta")))
        default: result.unknown.append("<\(element.name.excerpt)>")
        }
    }

    /// The resources inside, which are read too. The tree's depth is bounded, so the recursion is.
    private mutating func members(of element: XMLTree) -> [String] {
        var ids: [String] = []
        for child in element.children where ["primitive", "group", "clone", "master"].contains(child.name) {
            ids.append(child["id"] ?? "")
            readResource(child)
        }
        return ids
    }

    private mutating func primitive(_ element: XMLTree) -> ClusterConfiguration.Primitive {
        let id = element["id"] ?? ""
        var primitive = ClusterConfiguration.Primitive(
            id: id, class: element["class"], provider: element["provider"], type: element["type"],
            template: element["template"])
        primitive.params = values(element, "instance_attributes", owner: id, kind: "params")
        primitive.meta = values(element, "meta_attributes", owner: id, kind: "meta")
        primitive.utilization = values(element, "utilization", owner: id, kind: "utilization")
        for operations in element.children(named: "operations") {
            let operations = resolve(operations)
            for operation in operations.children(named: "op") {
                primitive.ops.append(self.operation(resolve(operation), of: id))
            }
        }
        return primitive
    }

    private mutating func operation(_ element: XMLTree, of owner: String) -> ClusterConfiguration.Operation {
        let before = result.conditional.count
        let params = values(element, "instance_attributes", owner: owner, kind: "params")
        let meta = values(element, "meta_attributes", owner: owner, kind: "meta")
        var attributes = element.attributes
        for key in ["id", "id-ref", "name"] { attributes[key] = nil }
        var operation = ClusterConfiguration.Operation(
            name: element["name"] ?? "", params: params, meta: meta)
        operation.take(attributes)
        operation.ruled = result.conditional.count - before
        return operation
    }

    private mutating func readFencingLevel(_ element: XMLTree) {
        guard element.name == "fencing-level" else {
            return result.unknown.append("<\(element.name.excerpt)>")
        }
        let target: String
        if let name = element["target"] {
            target = name
        } else if let pattern = element["target-pattern"] {
            target = "pattern:" + pattern
        } else {
            target = "\(element["target-attribute"] ?? "")=\(element["target-value"] ?? "")"
        }
        result.fencing.append(
            .init(
                target: target, index: element["index"].flatMap { Int($0) } ?? 0,
                devices: (element["devices"] ?? "").split(separator: ",").map(String.init)))
    }

    private mutating func readConstraint(_ element: XMLTree) {
        switch element.name {
        case "rsc_location":
            var location = element.location
            // Pacemaker 1.0 could put the rules into a lifetime.
            let holders = [element] + element.children(named: "lifetime")
            location.rules = holders.flatMap { $0.children(named: "rule") }.map { rule($0) }
            location.sets = sets(of: element)
            result.locations.append(location)
        case "rsc_colocation":
            var colocation = element.colocation
            colocation.sets = sets(of: element)
            result.colocations.append(colocation)
        case "rsc_order":
            var order = element.order
            order.sets = sets(of: element)
            result.orders.append(order)
        case "rsc_ticket":
            var ticket = element.ticket
            ticket.sets = sets(of: element)
            result.tickets.append(ticket)
        default: result.unknown.append("<\(element.name.excerpt)>")
        }
    }

    private mutating func sets(of element: XMLTree) -> [ClusterConfiguration.ResourceSet] {
        element.children(named: "resource_set").map { resolve($0).resourceSet }
    }

    mutating func rule(_ element: XMLTree) -> ClusterConfiguration.Rule {
        let element = resolve(element)
        var rule = ClusterConfiguration.Rule()
        rule.reference = element["id-ref"]
        rule.role = element["role"]
        rule.scoreAttribute = element["score-attribute"]
        rule.score = element["score"].flatMap { Score($0) }
        rule.booleanOperator = element["boolean-op"] == "or" ? .or : .and
        for child in element.children {
            rule.expressions.append(child.name == "rule" ? .rule(self.rule(child)) : child.expression)
        }
        return rule
    }

    private func opaque(_ element: XMLTree) -> ClusterConfiguration.Opaque {
        let own = element.attributes.filter { $0.key != "id" }.sorted { $0.key < $1.key }.map(\.value)
        let inside = element.children.map { child in
            ([child.name]
                + child.attributes.filter { $0.key != "id" || child.attributes.count == 1 }
                .sorted { $0.key < $1.key }.map(\.value)).joined(separator: " ")
        }
        return .init(kind: element.name, words: own + inside)
    }
}
