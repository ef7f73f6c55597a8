import GraderCore

/// One resource's line of `crm_mon -1`: `Web	(lsb:apache2):	 Started serv1 (unmanaged)`.
enum PrintedResource {
    static let roles: Set<String> = [
        "Started", "Stopped", "Starting", "Stopping", "Master", "Slave", "Promoted", "Unpromoted",
        "Promoting", "Demoting", "Migrating", "Monitoring", "Unknown",
    ]

    /// - Parameter node: the node that the line stands below, with `-n`; its name is then not in the line. A name that is
    ///   wins over it.
    /// - Parameter known: the nodes' names; with `-n` a description stands where else a name does.
    /// - Returns: nil where the line is none of a resource; in brackets or behind the nodes, what is not understood
    ///   (a description stands there as well).
    static func read(
        _ content: Substring, below node: String?, known: [String]
    ) -> (resource: ClusterStatus.Resource, notes: [String])? {
        guard let match = content.wholeMatch(of: /([^ \t]+)\s+\(([^ \t()]+)\):\s*(.*)/) else { return nil }
        var rest = match.output.3.trimmed
        var resource = ClusterStatus.Resource(
            id: String(match.output.1).withoutInstance, agent: String(match.output.2).withSingleColons,
            role: "Started")
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
        if rest.contains("["), let list = rest.firstMatch(of: /\[([^\]]*)\]/) {
            resource.nodes = list.output.1.blankSeparatedWords.map(String.init)
            rest = rest.replacing(/\[[^\]]*\]/, with: " ", maxReplacements: 1).trimmed
        } else if let name = rest.blankSeparatedWords.first,
            node == nil || known.containsNode(String(name))
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
        guard rest.contains("(") else { return [] }
        var notes: [String] = []
        let lists = rest.matches(of: /\(([^()]*)\)/).map(\.output.1)
        rest = rest.replacing(/\([^()]*\)/, with: " ").trimmed
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
                if let role = flag.trimmed.wholeMatch(of: /target-role:(.+)/)?.output.1 {
                    resource.targetRole = String(role)
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
        guard
            let match = content.wholeMatch(
                of:
                    /([^ ]+) (?:([0-9a-z.]+)-interval )?([a-z_\-]+) on ([^ ]+) (returned '|could not be executed \()(.*)/
            )
        else { return nil }
        let (_, resource, interval, task, node, form, told) = match.output
        let time = interval.flatMap(readable) ?? .zero
        let name = task == "probe" ? "monitor" : task.replacing("-", with: "_")
        var failure = ClusterStatus.Failure(
            operationKey: "\(resource)_\(name)_\(time.wholeMilliseconds)", node: String(node))
        failure.task = String(name)
        failure.interval = time
        var rest = told
        if form.hasPrefix("returned"), let quote = rest.firstIndex(of: "'") {
            failure.exitStatus = String(rest[..<quote])
            failure.status = "complete"
            rest = rest[rest.index(after: quote)...].trimmed
            // The agent's own words may hold anything, brackets too.
            if rest.hasPrefix("("), let end = rest.ranges(of: ") at ").last {
                failure.exitReason = String(rest[rest.index(after: rest.startIndex)..<end.lowerBound])
                rest = rest[end.lowerBound...].dropFirst().trimmed
            }
        } else if let end = rest.ranges(of: ") at ").last {
            let parts = rest[..<end.lowerBound].split(separator: ":", maxSplits: 1)
            failure.status = parts.first.map(String.init)
            failure.exitReason = parts.count > 1 ? String(parts[1].trimmed) : nil
            rest = rest[end.lowerBound...].dropFirst().trimmed
        }
        if rest.hasPrefix("at ") { rest = rest.dropFirst(3) }
        if let after = rest.ranges(of: " after ").last {
            failure.executionTime = readable(rest[after.upperBound...])
            rest = rest[..<after.lowerBound]
        }
        failure.lastResultChange = rest.trimmed.isEmpty ? nil : String(rest.trimmed)
        return failure
    }

    /// Before: `Web_monitor_15000 on serv1 'not running' (7): call=9, status='complete', exitreason='', …`.
    private static func readOld(_ content: Substring) -> ClusterStatus.Failure? {
        guard let match = content.wholeMatch(of: /([^ ]+_\d+) on ([^ ]+) '([^']*)' \((\d+)\): (.*)/) else {
            return nil
        }
        var failure = ClusterStatus.Failure(
            operationKey: String(match.output.1), node: String(match.output.2))
        failure.exitStatus = String(match.output.3)
        failure.exitCode = Int(match.output.4)
        let behind = failure.operationKey.dropFirst(failure.resource.count + 1)
        if let underscore = behind.lastIndex(of: "_") {
            failure.task = String(behind[..<underscore])
            failure.interval = Int64(behind[behind.index(after: underscore)...]).map { .milliseconds($0) }
        }
        take(match.output.5, into: &failure)
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
        for match in text.matches(of: /([a-z\-]+)=(?:'([^']*)'|([^, ]*))/) {
            values[String(match.output.1)] = String(match.output.2 ?? match.output.3 ?? "")
        }
        return values
    }

    /// `1d2h3m4.5s`, `35ms` (`pcmk__readable_interval`); nil where it is no time.
    static func readable(_ text: Substring) -> Duration? {
        guard !text.isEmpty, text.utf8.count <= 32,
            let match = text.wholeMatch(
                of: /(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)(?:\.(\d{1,3}))?s)?(?:(\d+)ms)?/)
        else { return nil }
        let (_, days, hours, minutes, seconds, fraction, milliseconds) = match.output
        func number(_ digits: Substring?) -> Int64 {
            digits.flatMap { Int64($0) }.map { min($0, 1_000_000_000) } ?? 0
        }
        let whole = ((number(days) * 24 + number(hours)) * 60 + number(minutes)) * 60 + number(seconds)
        let thousandths = fraction.map { number($0 + String(repeating: "0", count: 3 - $0.count)) } ?? 0
        return .seconds(whole) + .milliseconds(thousandths + number(milliseconds))
    }
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
