import GraderCore

/// Reads the `configuration` section of a CIB.
struct CIBConfigurationReader {
    let section: XMLTree
    var result: ClusterConfiguration
    var problems = ProblemList()
    /// Sets that a rule guards, until what they belong to has taken them.
    var conditional: [ClusterConfiguration.ConditionalSet] = []
    /// Elements by id, for `id-ref`; filled when the first reference is met.
    var elementsByID: [String: XMLTree]?
    var budget: ReferenceBudget

    static func read(_ section: XMLTree) -> ClusterConfiguration {
        var result = ClusterConfiguration()
        var budget = ReferenceBudget()
        read(section, adding: &result, &budget)
        return result
    }

    /// - Parameter result: what another source says; of two values its own stands.
    static func read(
        _ section: XMLTree, adding result: inout ClusterConfiguration, _ budget: inout ReferenceBudget
    ) {
        var reader = CIBConfigurationReader(section: section, result: ClusterConfiguration(), budget: budget)
        // Two that hold the same would each be copied whole with the first change.
        swap(&reader.result, &result)
        for part in section.children { reader.read(part) }
        reader.result.problems += reader.problems.all
        swap(&reader.result, &result)
        budget = reader.budget
    }

    private mutating func read(_ part: XMLTree) {
        switch part.name {
        case "crm_config":
            let values = values(
                part.children, named: "cluster_property_set", kind: "property",
                first: "cib-bootstrap-options")
            result.conditional += conditional(since: 0)
            result.properties.merge(values) { known, _ in known }
        case "nodes": for element in part.children { readNode(element) }
        case "resources": for element in part.children { readResource(element) }
        case "constraints": for element in part.children { readConstraint(element) }
        case "rsc_defaults":
            result.resourceDefaults = values(
                part.children, named: "meta_attributes", kind: "rsc_defaults", first: "rsc-options")
            result.conditional += conditional(since: 0)
        case "op_defaults":
            result.operationDefaults = values(
                part.children, named: "meta_attributes", kind: "op_defaults", first: "op-options")
            result.conditional += conditional(since: 0)
        case "fencing-topology": for element in part.children { readFencingLevel(element) }
        case "tags":
            result.tags += part.children(named: "tag").map { tag in
                .init(id: tag["id"] ?? "", members: tag.children(named: "obj_ref").compactMap { $0["id"] })
            }
        case "acls": for element in part.children { result.acl[element["id"] ?? ""] = opaque(element) }
        case "alerts": for element in part.children { result.alerts[element["id"] ?? ""] = opaque(element) }
        default: result.unknown.append("<\(part.name.excerpt)>")
        }
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
                attributes: values(element, "attributes"),
                utilization: values(element, "utilization"),
                conditional: conditional(since: 0), description: element["description"]))
    }

    private mutating func readResource(_ element: XMLTree) {
        let id = element["id"] ?? ""
        let before = conditional.count
        switch element.name {
        case "primitive": result.primitives.append(primitive(element))
        case "template": result.templates.append(primitive(element))
        case "group":
            result.groups.append(
                .init(
                    id: id, members: members(of: element), params: values(element, "params"),
                    meta: values(element, "meta"), utilization: values(element, "utilization"),
                    conditional: conditional(since: before), description: element["description"]))
        case "clone", "master":
            let meta = values(element, "meta")
            let isPromotable = meta["promotable"].flatMap { ClusterBoolean.parse($0) } == true
            result.clones.append(
                .init(
                    id: id, members: members(of: element),
                    isPromotable: element.name == "master" || isPromotable,
                    params: values(element, "params"), meta: meta,
                    conditional: conditional(since: before), description: element["description"]))
        case "bundle":
            result.bundles.append(
                .init(
                    id: id,
                    container: element.children.first { ["docker", "podman", "rkt"].contains($0.name) }?.name,
                    members: members(of: element), meta: values(element, "meta"),
                    parts: Self.parts(ofBundle: element), conditional: conditional(since: before),
                    description: element["description"]))
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

    /// The container, network and storage of a bundle with their mappings, by crmsh's keywords.
    private static func parts(ofBundle element: XMLTree) -> [ClusterConfiguration.Opaque] {
        element.children.filter { ClusterConfiguration.Bundle.keywords.contains($0.name) }.flatMap { part in
            ([part] + part.children).map { element in
                let words = element.attributes.map { "\($0.key)=\($0.value)" }
                return ClusterConfiguration.Opaque(kind: element.name, words: words.sorted())
            }
        }
    }

    private mutating func primitive(_ element: XMLTree) -> ClusterConfiguration.Primitive {
        let id = element["id"] ?? ""
        let before = conditional.count
        return .init(
            id: id, class: element["class"], provider: element["provider"], type: element["type"],
            template: element["template"], params: values(element, "params"),
            meta: values(element, "meta"), utilization: values(element, "utilization"),
            ops: element.children(named: "operations").flatMap { operations in
                resolve(operations).children(named: "op").map { operation(resolve($0)) }
            }, conditional: conditional(since: before), description: element["description"])
    }

    private mutating func operation(_ element: XMLTree) -> ClusterConfiguration.Operation {
        let before = conditional.count
        var operation = ClusterConfiguration.Operation(
            name: element["name"] ?? "", params: values(element, "params"),
            meta: values(element, "meta"))
        operation.take(element.attributes.filter { !["id", "id-ref", "name"].contains($0.key) })
        operation.conditional = conditional(since: before)
        return operation
    }

    private mutating func readFencingLevel(_ element: XMLTree) {
        guard element.name == "fencing-level" else {
            return result.unknown.append("<\(element.name.excerpt)>")
        }
        let target =
            element["target"] ?? element["target-pattern"].map { "pattern:" + $0 }
            ?? "\(element["target-attribute"] ?? "")=\(element["target-value"] ?? "")"
        result.fencing.append(
            .init(
                target: target, index: element.number("index") ?? 0,
                devices: (element["devices"] ?? "").split(separator: ",").map(String.init)))
    }

    private func opaque(_ element: XMLTree) -> ClusterConfiguration.Opaque {
        let inside = element.children.map { child in
            let values = child.attributes.count == 1 ? Array(child.attributes) : child.valuesWithoutID
            return ([child.name] + values.map(\.value)).joined(separator: " ")
        }
        return .init(kind: element.name, words: element.valuesWithoutID.map(\.value) + inside)
    }
}

extension ClusterConfiguration.Operation {
    /// Takes over an operation's own attributes: times and role typed, the rest as they are.
    mutating func take(_ attributes: [String: String]) {
        var rest = attributes
        func time(_ name: String, _ parse: (String) -> Duration?) -> Duration? {
            guard let time = rest[name].flatMap(parse) else { return nil }
            rest[name] = nil
            return time
        }
        if rest["interval"] != nil { interval = time("interval") { DurationText.parse($0) } }
        timeout = time("timeout", DurationText.timeout)
        role = rest.removeValue(forKey: "role")
        attrs = rest
    }
}

extension ClusterConfiguration.Bundle {
    /// crmsh's keywords for what a bundle is made of, but for what it runs and its meta attributes.
    static let keywords: Set<String> = [
        "docker", "podman", "rkt", "network", "port-mapping", "storage", "storage-mapping",
    ]
}

extension ClusterConfiguration.Rule {
    /// As a guard of values: its score says nothing there, and crmsh and the CIB write it or not.
    var guarding: Self {
        var rule = self
        rule.score = nil
        return rule
    }
}

extension ClusterConfiguration.Node {
    /// nil for a full member, however it is spelled: `member`, in Pacemaker 1.0 `normal`.
    static func normalizedType(_ type: String?) -> String? {
        type == "member" || type == "normal" ? nil : type
    }
}
