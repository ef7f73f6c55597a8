import GraderCore

/// Reads what `crm_mon -1` prints for people, Pacemaker 1.1 to 3.0 (`crm_mon(8)`; its own `crm_mon.c`, `pe_output.c`
/// and the like). The XML says more, and is what Bascule asks for itself; the printed form is what people paste.
extension ClusterStatusReader {
    /// Either form: XML where the document begins with one of crm_mon's elements, else the printed one.
    public static func read(anyForm bytes: [UInt8]) -> ClusterStatus {
        let text = String(decoding: bytes.prefix(ParsingLimits.bytes + 1), as: UTF8.self)
        let isXML = ["<pacemaker-result", "<crm_mon"].contains { text.contains($0) }
        return isXML ? readPart(of: bytes) : read(printed: text)
    }

    /// Never fails: `unknown` holds the lines that were not understood.
    public static func read(printed text: String) -> ClusterStatus {
        let source = TextLines(
            text.withoutControlSequences,
            named: LocalizedText(fr: "la sortie de crm_mon", en: "the output of crm_mon"))
        var printed = PrintedClusterStatus()
        for line in source.lines {
            if !printed.take(line) { printed.status.unknown.append(String(line.trimmed)) }
        }
        printed.finish()
        printed.status.problems += source.problems
        printed.status.bound()
        return printed.status
    }
}

/// The state while reading line by line.
struct PrintedClusterStatus {
    /// The part of the page.
    enum Section {
        case summary, nodes, resources, failures, history, other
    }

    /// A group or clone whose members follow, further to the right.
    struct Enclosure {
        var indentation: Int
        var group: String?
        var clone: String?
        /// What is cloned.
        var member: String?
    }

    var status = ClusterStatus()
    var section = Section.summary
    var enclosures: [Enclosure] = []
    /// The node that the lines below are about (`-n`, and the migration summary).
    var node: String?
    /// The nodes' names in lower case: Pacemaker compares them so.
    var names: Set<String> = []

    /// Takes one line in; false where it was not understood.
    mutating func take(_ line: Substring) -> Bool {
        if line.trimmed.isEmpty {
            // Up to 1.1 what follows the nodes has no title of its own.
            if section != .history { node = nil }
            return true
        }
        let indentation = line.utf8.count - Substring(line.utf8.drop(while: \.isBlank)).utf8.count
        var content = line.trimmed
        if content.hasPrefix("* ") { content = content.dropFirst(2).trimmed }
        let title = content.lowercased()
        if let next = Self.sections.first(where: { title == $0.title })?.section {
            section = next
            (enclosures, node) = ([], nil)
            // What is not read at all shows as it is, with its title.
            return next != .other
        }
        // Pacemaker 1.1 prints summary and nodes without titles.
        if section == .summary, takeSummary(content) { return true }
        if section == .summary || section == .nodes, takeNode(content) { return true }
        switch section {
        case .summary, .other: return false
        // With -n resources stand below their node.
        case .nodes, .resources: return takeResource(content, indentation)
        case .failures: return takeFailure(content)
        case .history: return takeHistory(content)
        }
    }

    // MARK: The summary

    private mutating func takeSummary(_ content: Substring) -> Bool {
        if content.hasPrefix("***") {
            guard content.contains("Resource management is DISABLED") else { return false }
            status.options["maintenance-mode"] = "true"
            return true
        }
        if content == "The cluster will not attempt to start, stop or recover services" { return true }
        if content.hasPrefix("Status of pacemakerd:") { return true }
        // 1.0 and 1.1 frame the summary.
        if content.utf8.allSatisfy({ $0 == UInt8(ascii: "=") }) { return true }
        var scanner = LineScanner(content)
        if let count = scanner.digits(), scanner.take(" "), let what = scanner.upTo(" configured") {
            switch what.lowercased() {
            case "node", "nodes": status.nodesConfigured = Int(count)  // bounded: of a text
            case "resource", "resources", "resource instance", "resource instances":
                status.resourcesConfigured = Int(count)  // bounded: of a text
            default: return false
            }
            return true
        }
        guard let colon = content.firstIndex(of: ":") else { return false }
        let value = content[content.index(after: colon)...].trimmed
        switch content[..<colon].lowercased() {
        case "stack": status.stack = String(value)
        case "current dc": takeCoordinator(value)
        case "last updated": status.lastUpdate = Self.time(value, until: " on ")
        case "last change":
            // `via` a tool on a node, and since 1.1.12 `by` a user before that.
            status.lastChange = Self.time(
                Self.time(value, until: " by ").map { $0[...] } ?? value, until: " via ")
        // 1.0 and 1.1 give it a line of its own.
        case "version": status.pacemakerVersion = value.isEmpty ? nil : String(value)
        default: return false
        }
        return true
    }

    /// `serv1 (version 2.1.5-a3f44794f94) - partition with quorum`.
    private mutating func takeCoordinator(_ value: Substring) {
        guard !value.hasPrefix("NONE"), let name = value.blankSeparatedWords.first else { return }
        status.dc = String(name)
        var scanner = LineScanner(value)
        if scanner.upTo("(version ") != nil, let version = scanner.upTo(")"), !version.isEmpty,
            version != "unknown"
        {
            status.pacemakerVersion = String(version)
        }
        if value.contains("partition WITHOUT quorum") {
            status.hasQuorum = false
        } else if value.contains("partition with quorum") {
            status.hasQuorum = true
        }
    }

    private static func time(_ value: Substring, until word: String) -> String? {
        let time = value.ranges(of: word).first.map { value[..<$0.lowerBound] } ?? value
        return time.trimmed.isEmpty ? nil : String(time.trimmed)
    }

    // MARK: Nodes

    /// `Online: [ serv1 serv2 ]`, `Node serv1: standby (with active resources)`, `Node serv1: online:`.
    private mutating func takeNode(_ content: Substring) -> Bool {
        var scanner = LineScanner(content)
        let kind = scanner.takeOne(of: ["Remote", "Guest"])
        if let state = scanner.takeOne(of: ["Online: [", "OFFLINE: ["]) {
            guard scanner.rest.last == "]" else { return false }
            (section, node) = (.nodes, nil)
            for name in scanner.rest.dropLast().blankSeparatedWords {
                var node = ClusterStatus.Node(name: String(name))
                node.isOnline = state.hasPrefix("Online")
                // As crm_mon's XML calls those that are no members.
                if kind != nil { node.type = "remote" }
                add(node)
            }
            return true
        }
        guard scanner.takeOne(of: ["Node: ", "node: ", "Node ", "node "]) != nil, var name = scanner.word()
        else { return false }
        // With its number in brackets, or not.
        if scanner.take(" (") {
            guard scanner.upTo(")") != nil, scanner.take(": ") else { return false }
        } else {
            guard name.last == ":", name.utf8.count > 1, scanner.take(" ") else { return false }
            name = name.dropLast()
        }
        let told = scanner.rest.last == ":" ? scanner.rest.dropLast() : scanner.rest
        guard !told.holds(":") else { return false }
        section = .nodes
        var node = ClusterStatus.Node(name: String(name))
        let state = told.lowercased()
        node.isUnclean = state.hasPrefix("unclean")
        node.isPending = state.contains("pending")
        node.isOnline = !state.contains("offline") && !node.isPending
        node.isStandby = state.contains("standby")
        node.isStandbyOnFail = state.contains("on-fail")
        node.isInMaintenance = state.contains("maintenance")
        let known = ["unclean", "pending", "offline", "online", "standby", "maintenance"]
        guard known.contains(where: { state.contains($0) }) else { return false }
        add(node)
        self.node = node.name
        return true
    }

    private mutating func add(_ node: ClusterStatus.Node) {
        status.nodes.appendBounded(node)
        if status.nodes.count <= ParsingLimits.resources { names.insert(node.name.lowercased()) }
    }

    /// What only the whole page says.
    mutating func finish() {
        for index in status.nodes.indices { status.nodes[index].isDC = status.nodes[index].name == status.dc }
    }
}
