import GraderCore

/// Reads what `crm configure show` prints, crmsh 1.2 to 5.0 (crmsh's own `parse.py` and `cliformat.py`).
///
/// Versions differ in quoting (1.2 quotes everything), in ids (`$id="1"` or `1:`), and in where further attributes
/// of an operation stand (inline, or behind `op_params`). All of it is read, whatever the version.
public enum CrmShowReader {
    /// Never fails: what could be read is there, `unknown` holds entries that were not understood, `problems` says
    /// what was read only in part.
    public static func read(_ text: String) -> ClusterConfiguration {
        let lines = CrmShowLines(text.withoutControlSequences)
        var first = CrmShowEntries()
        first.read(lines)
        guard first.hasReferences else { return first.finish() }
        // References may point forward: once more, with everything known that they can point to.
        var second = CrmShowEntries()
        second.targets = first.targets
        second.read(lines)
        return second.finish()
    }
}

/// The entries read so far.
struct CrmShowEntries {
    var result = ClusterConfiguration()
    var problems = ProblemList()
    /// What `$id` named, for `$id-ref`.
    var targets = CrmShowTargets()
    var hasReferences = false
    var budget = ReferenceBudget()
    /// In the entry that is being read.
    var cursor = CrmShowCursor()
    /// Sets of `property`, `rsc_defaults` and `op_defaults`, to be merged at the end.
    private var defaults: [String: [NameValueSet]] = [:]
    /// Levels for every node, which may come later.
    private var fencingForAll: [String] = []
    /// How many levels each target has.
    private var fencingLevels: [String: Int] = [:]

    mutating func read(_ lines: CrmShowLines) {
        lines.problems.forEach { problems.add($0) }
        for entry in lines.entries {
            if !entry.isComplete {
                problems.add(
                    LocalizedText(
                        fr: "un guillemet n'est pas fermé : \(entry.text.excerpt)",
                        en: "a quote is not closed: \(entry.text.excerpt)"))
            }
            cursor = CrmShowCursor(words: entry.words)
            guard let keyword = cursor.next(), take(keyword, entry.text) else {
                // Verbatim and all of them: the input itself is bounded.
                result.unknown.append(entry.text)
                continue
            }
            let rest = cursor.takeRest()
            if !rest.isEmpty {
                result.unknown.append(entry.text)
                let start = entry.words.prefix(2).joined(separator: " ")
                let shown = rest.joined(separator: " ").excerpt
                problems.add(
                    LocalizedText(
                        fr: "non compris dans \(start.excerpt) : \(shown)",
                        en: "not understood in \(start.excerpt): \(shown)"))
            }
        }
    }

    /// Takes one entry in; false where it was not understood at all.
    private mutating func take(_ keyword: String, _ text: String) -> Bool {
        switch keyword {
        case "node": return takeNode()
        case "primitive", "rsc_template": return takePrimitive(keyword)
        case "group": return takeGroup()
        case "clone", "ms", "master": return takeClone(keyword)
        case "bundle": return takeBundle()
        case "location": return takeLocation()
        case "colocation", "collocation": return takeColocation()
        case "order": return takeOrder()
        case "rsc_ticket": return takeTicket()
        case "property", "rsc_defaults", "op_defaults":
            takeDefaults(keyword)
            return true
        case "fencing_topology", "fencing-topology": return takeFencing()
        case "tag": return takeTag()
        case "user", "role", "acl_target", "acl_group", "alert": return takeOpaque(keyword)
        case "xml": return takeXML(text)
        default: return false
        }
    }

    /// `property cib-bootstrap-options: \`, earlier `property $id="cib-bootstrap-options" \`.
    private mutating func takeDefaults(_ keyword: String) {
        let id = cursor.takeColoned()
        var set = takeSet(kind: keyword)
        set.id = set.id ?? id
        defaults[keyword, default: []].append(set)
    }

    private mutating func takeFencing() -> Bool {
        var target: String?
        while let word = cursor.next() {
            let kind = word.lowercased()
            if kind.hasPrefix("pattern:"), kind.utf8.count > 8 {
                target = "pattern:" + word.dropFirst(8)
            } else if kind.hasPrefix("attr:"), word.pair != nil {
                target = String(word.dropFirst(5))
            } else if word.utf8.last == UInt8(ascii: ":") {
                target = String(word.dropLast())
            } else if let target {
                fencingLevels[target, default: 0] += 1
                result.fencing.append(
                    .init(
                        target: target, index: fencingLevels[target, default: 1],
                        devices: word.split(separator: ",").map(String.init)))
            } else {
                fencingForAll.append(word)
            }
        }
        return true
    }

    private mutating func takeTag() -> Bool {
        guard let name = cursor.next() else { return false }
        let id = name.utf8.last == UInt8(ascii: ":") ? String(name.dropLast()) : name
        result.tags.append(.init(id: id, members: cursor.takeRest()))
        return true
    }

    private mutating func takeOpaque(_ keyword: String) -> Bool {
        guard let id = cursor.next() else { return false }
        let kind = ["user": "acl_user", "role": "acl_role"][keyword] ?? keyword
        let opaque = ClusterConfiguration.Opaque(kind: kind, words: cursor.takeRest())
        if keyword == "alert" { result.alerts[id] = opaque } else { result.acl[id] = opaque }
        return true
    }

    /// `xml <…>`: what crmsh cannot say in its own words.
    private mutating func takeXML(_ text: String) -> Bool {
        _ = cursor.takeRest()
        let (root, problems) = XMLTree.read(
            Array(text.utf8), named: LocalizedText(fr: "une entrée xml", en: "an xml entry"))
        guard let root, let section = CIBConfigurationReader.section(of: root.name) else { return false }
        problems.forEach { self.problems.add($0) }
        let wrapped = XMLTree(
            name: "configuration", attributes: [:],
            children: [XMLTree(name: section, attributes: [:], children: [root])])
        CIBConfigurationReader.read(wrapped, adding: &result, &budget)
        return true
    }

    /// The configuration, with what can only be said at the end.
    func finish() -> ClusterConfiguration {
        var result = result
        func merged(_ kind: String, first: String) -> [String: String] {
            var conditional: [ClusterConfiguration.ConditionalSet] = []
            defer { result.conditional += conditional }
            return result.merge(defaults[kind] ?? [], kind: kind, first: first, conditional: &conditional)
        }
        let properties = merged("property", first: "cib-bootstrap-options")
        result.properties.merge(properties) { $1 }
        result.resourceDefaults = merged("rsc_defaults", first: "rsc-options")
        result.operationDefaults = merged("op_defaults", first: "op-options")
        // Pacemaker knows nine levels; lines and words without number would multiply.
        for node in result.nodes.prefix(ParsingLimits.resources) {
            for (index, devices) in fencingForAll.prefix(ParsingLimits.depth).enumerated() {
                result.fencing.append(
                    .init(
                        target: node.name, index: index + 1,
                        devices: devices.split(separator: ",").map(String.init)))
            }
        }
        result.problems += problems.all
        result.bound()
        return result
    }
}
