import GraderCore

/// One resource's line of `crm_mon -1`: `Web	(lsb:apache2):	 Started serv1 (unmanaged)`.
enum PrintedResource {
    static let roles: Set<String> = [
        "Started", "Stopped", "Starting", "Stopping", "Master", "Slave", "Promoted", "Unpromoted",
        "Promoting", "Demoting", "Migrating", "Monitoring", "Unknown",
    ]

    /// - Parameter node: the node that the line stands below, with `-n`; its name is then not in the line. A name that is
    ///   wins over it.
    /// - Parameter isKnown: whether a node has that name; with `-n` a description stands where else a name does.
    /// - Returns: nil where the line is none of a resource; in brackets or behind the nodes, what is not understood
    ///   (a description stands there as well).
    static func read(
        _ content: Substring, below node: String?, isKnown: (String) -> Bool
    ) -> (resource: ClusterStatus.Resource, notes: [String])? {
        var scanner = LineScanner(content)
        guard let id = scanner.some(where: { !$0.isBlank }) else { return nil }
        scanner.skipBlanks()
        guard scanner.take("("), let agent = scanner.some(where: { !$0.isBlank && !$0.isRoundBracket }),
            scanner.take("):")
        else { return nil }
        var rest = scanner.rest.trimmed
        var resource = ClusterStatus.Resource(
            id: String(id).withoutInstance, agent: String(agent).withSingleColons, role: "Started")
        func takeWord(_ word: String) -> Bool {
            guard rest == word[...] || rest.hasPrefix(word + " ") else { return false }
            rest = rest.dropFirst(word.count).trimmed
            return true
        }
        // `REMOVED` since Pacemaker 3.
        resource.isOrphaned = takeWord("ORPHANED") || takeWord("REMOVED")
        resource.isFailed = takeWord("FAILED")
        let role = roles.first(where: { rest == $0[...] || rest.hasPrefix($0 + " ") })
        if let role {
            resource.role = role
            _ = takeWord(role)
        } else if !resource.isFailed {
            // A failed one's role is only said where it is a promoted one's.
            return nil
        }
        resource.isActive = !["Stopped", "Starting"].contains(resource.role)
        var notes = takeFlags(of: &resource, from: &rest)
        var before = LineScanner(rest)
        if let plain = before.upTo("["), let list = before.upTo("]") {
            resource.nodes = list.blankSeparatedWords.map(String.init)
            rest = "\(plain) \(before.rest)"[...].trimmed
        } else if let name = rest.blankSeparatedWords.first,
            node == nil || isKnown(String(name))
        {
            resource.nodes = [String(name)]
            rest = rest.dropFirst(name.count).trimmed
        } else if let node, resource.isActive {
            resource.nodes = [node]
        }
        if !rest.isEmpty { notes.append(String(rest)) }
        return (resource, notes)
    }

    /// `(disabled, unmanaged)`, before the nodes or behind them.
    private static func takeFlags(
        of resource: inout ClusterStatus.Resource, from rest: inout Substring
    ) -> [String] {
        guard rest.holds("(") else { return [] }
        var notes: [String] = []
        var lists: [Substring] = []
        var outside = ""
        for part in rest.parts(between: "(", and: ")") {
            switch part {
            case .plain(let text): outside += text
            case .inside(let list, _):
                lists.append(list)
                outside += " "
            }
        }
        rest = outside[...].trimmed
        for flag in lists.flatMap({ $0.split(separator: ",") }) {
            switch flag.trimmed.lowercased() {
            case "disabled": resource.targetRole = "Stopped"
            case "unmanaged", "maintenance": resource.isManaged = false
            // As crm_mon's XML has it: what may not be touched is not managed.
            case "blocked": (resource.isBlocked, resource.isManaged) = (true, false)
            case "failure ignored": resource.isFailureIgnored = true
            case let word where roles.contains(word.capitalized): resource.pending = word.capitalized
            // The node's, which its own line says.
            case "unclean", "locked": continue
            default:
                var scanner = LineScanner(flag.trimmed)
                if scanner.take("target-role:"), !scanner.isAtEnd {
                    resource.targetRole = String(scanner.rest)
                } else {
                    notes.append(String(flag.trimmed))
                }
            }
        }
        return notes
    }
}

/// One line below `Failed Resource Actions:`.
enum PrintedFailure {
    static func read(_ content: Substring) -> ClusterStatus.Failure? { readNew(content) ?? readOld(content) }

    /// Since 2.1: `Web 15s-interval monitor on serv1 returned 'not running' (why) at … after 35ms`, or
    /// `… could not be executed (Timed Out: why) at …`.
    private static func readNew(_ content: Substring) -> ClusterStatus.Failure? {
        var scanner = LineScanner(content)
        guard let resource = scanner.word(), scanner.take(" "), var task = scanner.word() else { return nil }
        var time = Duration.zero
        if task.hasSuffix("-interval"), !scanner.rest.hasPrefix(" on ") {
            time = readable(task.dropLast("-interval".count)) ?? .zero
            guard scanner.take(" "), let behind = scanner.word() else { return nil }
            task = behind
        }
        guard task.utf8.allSatisfy({ $0.isLowerCase || $0 == 0x5F || $0 == 0x2D }), scanner.take(" on "),
            let node = scanner.word(),
            let form = scanner.takeOne(of: [" returned '", " could not be executed ("])
        else { return nil }
        let name = task == "probe" ? "monitor" : task.replacing("-", with: "_")
        var failure = ClusterStatus.Failure(
            operationKey: "\(resource)_\(name)_\(time.wholeMilliseconds)", node: String(node))
        failure.task = String(name)
        failure.interval = time
        var rest = scanner.rest
        if form.hasPrefix(" returned"), let quote = rest.firstIndex(of: "'") {
            failure.exitStatus = String(rest[..<quote])
            failure.status = "complete"
            rest = rest[rest.index(after: quote)...].trimmed
            // The agent's own words may hold anything, brackets too.
            if rest.hasPrefix("("), let end = rest.lastRange(of: ") at ") {
                failure.exitReason = String(rest[rest.index(after: rest.startIndex)..<end.lowerBound])
                rest = rest[end.lowerBound...].dropFirst().trimmed
            }
        } else if let end = rest.lastRange(of: ") at ") {
            let parts = rest[..<end.lowerBound].split(separator: ":", maxSplits: 1)
            failure.status = parts.first.map(String.init)
            failure.exitReason = parts.count > 1 ? String(parts[1].trimmed) : nil
            rest = rest[end.lowerBound...].dropFirst().trimmed
        }
        if rest.hasPrefix("at ") { rest = rest.dropFirst(3) }
        if let after = rest.lastRange(of: " after ") {
            failure.executionTime = readable(rest[after.upperBound...])
            rest = rest[..<after.lowerBound]
        }
        failure.lastResultChange = rest.trimmed.isEmpty ? nil : String(rest.trimmed)
        return failure
    }

    /// Before: `Web_monitor_15000 on serv1 'not running' (7): call=9, status='complete', exitreason='', …`.
    private static func readOld(_ content: Substring) -> ClusterStatus.Failure? {
        var scanner = LineScanner(content)
        guard let key = scanner.word(), let underscore = key.utf8.lastIndex(of: 0x5F),
            underscore > key.startIndex, Int64(key[key.utf8.index(after: underscore)...]) != nil,
            scanner.take(" on "), let node = scanner.word(), scanner.take(" '"),
            let status = scanner.upTo("' ("), let code = scanner.digits(), scanner.take("): ")
        else { return nil }
        var failure = ClusterStatus.Failure(operationKey: String(key), node: String(node))
        failure.exitStatus = String(status)
        failure.exitCode = Int(code)  // bounded: of a text
        let behind = failure.operationKey.dropFirst(failure.resource.count + 1)
        if let underscore = behind.lastIndex(of: "_") {
            failure.task = String(behind[..<underscore])
            failure.interval = Int64(behind[behind.index(after: underscore)...]).map { .milliseconds($0) }
        }
        take(scanner.rest, into: &failure)
        return failure
    }

    /// `call=9, status='complete', exitreason='', last-rc-change='…', queued=0ms, exec=35ms`.
    static func take(_ text: Substring, into failure: inout ClusterStatus.Failure) {
        let values = values(text)
        failure.callID = values["call"].flatMap { Int($0) } ?? failure.callID
        failure.status = values["status"] ?? failure.status
        failure.exitReason =
            values["exitreason"].flatMap { $0.isEmpty || $0 == "none" ? nil : $0 } ?? failure.exitReason
        failure.lastResultChange = values["last-rc-change"] ?? failure.lastResultChange
        failure.executionTime = values["exec"].flatMap { readable($0[...]) } ?? failure.executionTime
    }

    /// `key=value` and `key='a value'`, separated by commas or blanks.
    static func values(_ text: Substring) -> [String: String] {
        var values: [String: String] = [:]
        var scanner = LineScanner(text)
        while let before = scanner.upTo("=") {
            let key = before.utf8.reversed().prefix { $0.isLowerCase || $0 == UInt8(ascii: "-") }
            guard !key.isEmpty else { continue }
            var quoted = scanner
            let value: Substring
            if quoted.take("'"), let inside = quoted.upTo("'") {
                value = inside
                scanner = quoted
            } else {
                value = scanner.some { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: " ") } ?? ""
            }
            values[String(before.suffix(key.count))] = String(value)
        }
        return values
    }

    /// `1d2h3m4.5s`, `35ms` (`pcmk__readable_interval`); nil where it is no time.
    static func readable(_ text: Substring) -> Duration? {
        guard !text.isEmpty, text.utf8.count <= 32 else { return nil }
        var scanner = LineScanner(text)
        var total = Duration.zero
        var units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)][...]
        while !scanner.isAtEnd {
            guard let digits = scanner.digits() else { return nil }
            let isBroken = scanner.take(".")
            let thousandths = isBroken ? scanner.some(atMost: 3, where: \.isASCIIDigit) : nil
            guard isBroken == (thousandths != nil), let name = scanner.some(where: \.isLowerCase),
                let place = units.firstIndex(where: { $0.0 == name }), !isBroken || name == "s"
            else { return nil }
            total += .milliseconds(min(Int(digits) ?? .max, 1_000_000_000) * units[place].1)
            if let thousandths {
                total += .milliseconds(Int((thousandths + "00").prefix(3)) ?? 0)
            }
            // Each once, the longest first.
            units = units[(place + 1)...]  // bounded: place is one of them
        }
        return total
    }
}

extension UInt8 {
    fileprivate var isRoundBracket: Bool { self == UInt8(ascii: "(") || self == UInt8(ascii: ")") }
}

extension PrintedClusterStatus {
    /// The titles of the page's parts, in lower case.
    static let sections: [(title: String, section: Section)] = [
        ("cluster summary:", .summary), ("node list:", .nodes), ("active resources:", .resources),
        ("full list of resources:", .resources), ("inactive resources:", .resources),
        ("failed resource actions:", .failures), ("failed actions:", .failures),
        ("migration summary:", .history), ("operations:", .other), ("node attributes:", .other),
        ("fencing history:", .other), ("failed fencing actions:", .other),
        ("pending fencing actions:", .other), ("negative location constraints:", .other),
        ("tickets:", .other),
    ]
}
