import GraderCore

// What runs where, and what failed.
extension PrintedClusterStatus {
    // MARK: Resources

    mutating func takeResource(_ content: Substring, _ indentation: Int) -> Bool {
        enclosures.removeAll { $0.indentation >= indentation }
        switch content {
        case "Resources:", "No active resources", "No resources", "No inactive resources": return true
        default: break
        }
        if content.hasPrefix("Resource Group: "),
            let match = content.wholeMatch(of: /Resource Group: ([^ ]+?)(?: \(.*\))?:?/)
        {
            enclosures.append(
                Enclosure(indentation: indentation, group: String(match.output.1).withoutInstance))
            return true
        }
        if content.contains(" Set: "),
            let match = content.wholeMatch(
                of: /(?:Clone|Master\/Slave) Set: ([^ ]+) \[([^\]]+)\](?: \(.*\))*:?/)
        {
            enclosures.append(
                Enclosure(
                    indentation: indentation, clone: String(match.output.1), member: String(match.output.2)))
            return true
        }
        if let clone = enclosures.last(where: { $0.clone != nil }),
            let match = content.wholeMatch(of: /([A-Za-z]+): \[(.*)\]/)
        {
            return takeInstances(of: clone, role: match.output.1, on: match.output.2.blankSeparatedWords)
        }
        return takePrimitive(content)
    }

    /// `Started: [ serv1 serv2 ]` below a clone: one instance each. A cloned group stands for its members.
    private mutating func takeInstances(
        of clone: Enclosure, role plural: Substring, on nodes: [Substring]
    ) -> Bool {
        let roles = ["Masters": "Master", "Slaves": "Slave"]
        let role = roles[String(plural)] ?? String(plural)
        guard PrintedResource.roles.contains(role) else { return false }
        for node in nodes {
            var resource = ClusterStatus.Resource(id: clone.member ?? "", agent: "", role: role)
            resource.isActive = role != "Stopped"
            resource.nodes = resource.isActive ? [String(node)] : []
            resource.clone = clone.clone
            status.resources.append(resource)
        }
        return true
    }

    private mutating func takePrimitive(_ content: Substring) -> Bool {
        guard
            case (var resource, let notes)? = PrintedResource.read(
                content, below: section == .nodes ? node : nil, known: status.nodes.map(\.name))
        else { return false }
        status.unknown += notes.map { "\(resource.id): \($0)" }
        resource.group = enclosures.last { $0.group != nil }?.group
        resource.clone = enclosures.last { $0.clone != nil }?.clone
        status.resources.append(resource)
        return true
    }

    // MARK: What failed

    mutating func takeFailure(_ content: Substring) -> Bool {
        if let failure = PrintedFailure.read(content) {
            status.failures.append(failure)
            return true
        }
        // Pacemaker 1.1 breaks the line.
        guard content.hasPrefix("last-rc-change="), let last = status.failures.indices.last else {
            return false
        }
        PrintedFailure.take(content, into: &status.failures[last])
        return true
    }

    /// `Node: serv1:`, then `Web: migration-threshold=1000000 fail-count=1 last-failure='…'`.
    mutating func takeHistory(_ content: Substring) -> Bool {
        if let match = content.wholeMatch(of: /Node:? ([^ ]+?)(?: \([^)]*\))?:?/) {
            node = String(match.output.1)
            return true
        }
        guard let node, let match = content.wholeMatch(of: /([^ ]+): (.*=.*)/) else { return false }
        let values = PrintedFailure.values(match.output.2)
        status.history.append(
            .init(
                node: node, resource: String(match.output.1), failCount: values["fail-count"],
                migrationThreshold: values["migration-threshold"], lastFailure: values["last-failure"]))
        return true
    }
}
