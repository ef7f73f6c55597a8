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
        var scanner = LineScanner(content)
        if scanner.take("Resource Group: "), let name = Self.name(in: scanner.rest) {
            enclosures.append(Enclosure(indentation: indentation, group: String(name).withoutInstance))
            return true
        }
        if scanner.takeOne(of: ["Clone Set: ", "Master/Slave Set: "]) != nil, let id = scanner.word(),
            scanner.take(" ["), let member = scanner.upTo("]"), !member.isEmpty,
            Self.isRemark(scanner.rest.withoutLastColon)
        {
            enclosures.append(
                Enclosure(indentation: indentation, clone: String(id), member: String(member)))
            return true
        }
        scanner = LineScanner(content)
        if let clone = enclosures.last(where: { $0.clone != nil }), let role = scanner.upTo(": ["),
            role.utf8.allSatisfy(\.isASCIILetter), scanner.rest.last == "]"
        {
            return takeInstances(of: clone, role: role, on: scanner.rest.dropLast().blankSeparatedWords)
        }
        return takePrimitive(content)
    }

    /// `web`, `web:`, `web (unmanaged)`, `web (1):`: the name.
    private static func name(in text: Substring) -> Substring? {
        var scanner = LineScanner(text.withoutLastColon)
        guard let name = scanner.word(), isRemark(scanner.rest) else { return nil }
        return name
    }

    /// Nothing, or what stands in brackets behind a blank.
    private static func isRemark(_ text: Substring) -> Bool {
        text.isEmpty || text.utf8.count > 2 && text.hasPrefix(" (") && text.hasSuffix(")")
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
            status.resources.appendBounded(resource)
        }
        return true
    }

    private mutating func takePrimitive(_ content: Substring) -> Bool {
        guard
            case (var resource, let notes)? = PrintedResource.read(
                content, below: section == .nodes ? node : nil, isKnown: { names.contains($0.lowercased()) })
        else { return false }
        status.unknown += notes.map { "\(resource.id): \($0)" }
        resource.group = enclosures.last { $0.group != nil }?.group
        resource.clone = enclosures.last { $0.clone != nil }?.clone
        status.resources.appendBounded(resource)
        return true
    }

    // MARK: What failed

    mutating func takeFailure(_ content: Substring) -> Bool {
        if let failure = PrintedFailure.read(content) {
            status.failures.appendBounded(failure)
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
        var scanner = LineScanner(content)
        if scanner.takeOne(of: ["Node: ", "Node "]) != nil, let name = Self.name(in: scanner.rest) {
            node = String(name)
            return true
        }
        scanner = LineScanner(content)
        guard let node, let resource = scanner.word(), resource.last == ":", resource.utf8.count > 1,
            scanner.take(" "), scanner.rest.holds("=")
        else { return false }
        let values = PrintedFailure.values(scanner.rest)
        status.history.appendBounded(
            .init(
                node: node, resource: String(resource.dropLast()), failCount: values["fail-count"],
                migrationThreshold: values["migration-threshold"], lastFailure: values["last-failure"]))
        return true
    }
}

extension Substring {
    fileprivate var withoutLastColon: Substring { last == ":" ? dropLast() : self }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }
}
