import GraderCore

/// Nodes and resources of `crm configure show`.
extension CrmShowEntries {
    /// `node 1: serv1:member \ attributes standby=on`, earlier `node $id="1" serv1`. Without an id it is the name.
    mutating func takeNode() -> Bool {
        var id = cursor.takeValue(of: "id")
        if id == nil { id = cursor.takeColoned() }
        guard let word = cursor.next() else { return false }
        var (name, type) = word.splitAtColon
        if let kind = type, !["normal", "member", "ping", "remote"].contains(kind) {
            (name, type) = (word, nil)
        }
        let parts = takeParts(["attributes", "utilization"])
        result.nodes.append(
            .init(
                name: name, id: id ?? name, type: ClusterConfiguration.Node.normalizedType(type),
                attributes: parts["attributes"], utilization: parts["utilization"],
                conditional: parts.conditional, description: parts.description))
        return true
    }

    /// `primitive ID TYPE|@TEMPLATE …` and `rsc_template ID TYPE …`.
    mutating func takePrimitive(_ keyword: String) -> Bool {
        guard let id = cursor.next(), let agent = cursor.next() else { return false }
        var primitive = ClusterConfiguration.Primitive(id: id)
        if agent.utf8.first == UInt8(ascii: "@") {
            primitive.template = String(agent.dropFirst())
        } else {
            (primitive.class, primitive.provider, primitive.type) = Self.agent(agent)
        }
        let parts = takeParts(["params", "meta", "utilization"], operationsOf: id)
        primitive.params = parts["params"]
        primitive.meta = parts["meta"]
        primitive.utilization = parts["utilization"]
        primitive.ops = parts.operations
        primitive.conditional = parts.conditional
        primitive.description = parts.description
        if keyword == "primitive" {
            result.primitives.append(primitive)
        } else {
            result.templates.append(primitive)
        }
        return true
    }

    mutating func takeGroup() -> Bool {
        guard let id = cursor.next() else { return false }
        var members: [String] = []
        while let word = cursor.current, !Self.keywords.contains(word), word.pair == nil {
            members.append(word)
            cursor.advance()
        }
        let parts = takeParts(["params", "meta", "utilization"])
        result.groups.append(
            .init(
                id: id, members: members, params: parts["params"], meta: parts["meta"],
                utilization: parts["utilization"], conditional: parts.conditional,
                description: parts.description))
        return true
    }

    mutating func takeClone(_ keyword: String) -> Bool {
        guard let id = cursor.next(), let member = cursor.next() else { return false }
        let parts = takeParts(["params", "meta"])
        let isPromotable = parts["meta"]["promotable"].flatMap { ClusterBoolean.parse($0) } == true
        result.clones.append(
            .init(
                id: id, members: [member], isPromotable: keyword != "clone" || isPromotable,
                params: parts["params"], meta: parts["meta"], conditional: parts.conditional,
                description: parts.description))
        return true
    }

    /// `bundle ID [description=…] docker image=… network port-mapping id=… port=… storage … meta … primitive ID`.
    mutating func takeBundle() -> Bool {
        guard let id = cursor.next() else { return false }
        var bundle = ClusterConfiguration.Bundle(id: id)
        var meta: [NameValueSet] = []
        while let word = cursor.current {
            if ClusterConfiguration.Bundle.keywords.contains(word) {
                if ["docker", "podman", "rkt"].contains(word) { bundle.container = word }
                bundle.parts.append(.init(kind: word, words: []))
            } else if word == "primitive" {
                cursor.advance()
                if let member = cursor.current { bundle.members.append(member) }
            } else if word == "meta" {
                cursor.advance()
                meta.append(takeSet(kind: "bundle meta"))
                continue
            } else if let (name, value) = word.pair, name == "description", bundle.parts.isEmpty {
                bundle.description = value
            } else if word.pair != nil, let last = bundle.parts.indices.last {
                bundle.parts[last].words.append(word)
            } else {
                // Named as what is left over.
                break
            }
            cursor.advance()
        }
        for index in bundle.parts.indices { bundle.parts[index].words.sort() }
        bundle.meta = result.merge(meta, kind: "meta", conditional: &bundle.conditional)
        result.bundles.append(bundle)
        return true
    }

    // MARK: - Parts of a resource

    /// `ocf:heartbeat:IPaddr2`, `lsb:apache2`, and `IPaddr2`, which is crmsh's short form where only one provider
    /// has that agent.
    static func agent(_ text: String) -> (class: String?, provider: String?, type: String?) {
        let parts = text.split(separator: ":", maxSplits: 2).map(String.init)
        switch parts.count {
        case 3: return (parts[0], parts[1], parts[2])
        case 2: return (parts[0], nil, parts[1])
        default:
            let type = parts.first ?? text
            return ("ocf", pacemakerAgents.contains(type) ? "pacemaker" : "heartbeat", type)
        }
    }

    /// Agents that the provider `pacemaker` alone has (Pacemaker 1.1 to 3.0, resource-agents 3 and 4).
    private static let pacemakerAgents: Set<String> = [
        "attribute", "BundleTest", "ClusterMon", "controld", "HealthCPU", "HealthIOWait", "HealthSMART",
        "ifspeed",
        "o2cb", "ping", "pingd", "remote", "SystemHealth",
    ]

    /// What stands behind a resource's or node's name.
    private struct Parts {
        var values: [String: [String: String]] = [:]
        var operations: [ClusterConfiguration.Operation] = []
        var conditional: [ClusterConfiguration.ConditionalSet] = []
        var description: String?

        subscript(keyword: String) -> [String: String] { values[keyword] ?? [:] }
    }

    private mutating func takeParts(
        _ names: Set<String>, operationsOf owner: String? = nil
    ) -> Parts {
        var parts = Parts()
        var sets: [String: [NameValueSet]] = [:]
        var operationsID: String?
        while let word = cursor.current {
            if names.contains(word) {
                cursor.advance()
                let set = takeSet(kind: word)
                // crmsh names sets after their owner and prints no `$id` for such a name, referred to or not.
                if let owner, set.id == nil, let suffix = NameValueSet.elements[word], sets[word] == nil {
                    targets.sets["\(owner)-\(suffix)"] = set
                }
                sets[word, default: []].append(set)
            } else if owner != nil, word == "op" {
                cursor.advance()
                guard let operation = takeOperation() else { break }
                parts.operations.append(operation)
            } else if owner != nil, word == "operations" {
                cursor.advance()
                operationsID = cursor.takeValue(of: "id")
                if let reference = cursor.takeValue(of: "id-ref") {
                    hasReferences = true
                    let target = targets.operations[reference] ?? []
                    if follow(target.reduce(0) { $0 + $1.size }) { parts.operations += target }
                }
            } else if let description = cursor.takeValue(of: "description") {
                parts.description = description
            } else {
                break
            }
        }
        if let operationsID { targets.operations[operationsID] = parts.operations }
        for kind in ["params", "attributes", "meta", "utilization"] {
            parts.values[kind] = result.merge(
                sets[kind] ?? [], kind: kind, conditional: &parts.conditional)
        }
        return parts
    }

    /// `op monitor interval=10s timeout=20s OCF_CHECK_LEVEL=10 op_params … op_meta …`.
    private mutating func takeOperation() -> ClusterConfiguration.Operation? {
        guard let name = cursor.next() else { return nil }
        var operation = ClusterConfiguration.Operation(name: name)
        let inline = takeSet(kind: "op").values
        operation.take(inline.filter { Self.operationAttributes.contains($0.key) })
        let handed = inline.filter { !Self.operationAttributes.contains($0.key) }
        var sets = ["op_params": handed.isEmpty ? [] : [NameValueSet(values: handed)]]
        while let word = cursor.current, word == "op_params" || word == "op_meta" {
            cursor.advance()
            sets[word, default: []].append(takeSet(kind: word))
        }
        operation.params = result.merge(
            sets["op_params"] ?? [], kind: "params", conditional: &operation.conditional)
        operation.meta = result.merge(
            sets["op_meta"] ?? [], kind: "meta", conditional: &operation.conditional)
        return operation
    }

    /// Attributes of `op` in the CIB's schema; anything else that stands inline is handed to the agent.
    private static let operationAttributes: Set<String> = [
        "interval", "timeout", "description", "start-delay", "interval-origin", "enabled", "record-pending",
        "role",
        "requires", "on-fail", "prereq",
    ]
}
