import GraderCore

/// Reads what the cluster did from a node's journal (`journalctl -o short-unix`: seconds since 1970 with
/// microseconds, host, tag, message). In the words of Pacemaker 2.0.5 to 3.0.0 and Corosync 3.1.
enum ClusterLog {
    struct Entry: Hashable {
        enum Kind: Hashable {
            /// Corosync has not heard of the other node for the time of its token.
            case tokenLost
            case nodeLost, nodeBack
            case standbyOn, standbyOff
            /// What the scheduler decided; `detail` is from where to where, or where.
            case moveDecided, recoveryDecided, startDecided, stopDecided
            case stopped, started
            /// An operation that did not bring what was expected; `detail` is the operation and its result.
            case failed
        }
        /// By the node's clock.
        var microseconds: Int64
        var kind: Kind
        /// A resource or a node; as foreign as anything from a student's machine, and bounded.
        var subject: String
        var detail: String
    }

    /// Lines of one node's log that matter, in their order; all others are passed over. Never fails.
    static func entries(_ text: String) -> [Entry] {
        text.split(separator: "\n").prefix(2_000).compactMap { entry($0) }
    }

    private static func entry(_ line: Substring) -> Entry? {
        let words = line.split(whereSeparator: \.isWhitespace).prefix(40).map { String($0.prefix(120)) }
        guard words.count > 4, let time = microseconds(words[0]) else { return nil }
        func found(_ kind: Entry.Kind, _ subject: String, _ detail: String = "") -> Entry {
            Entry(
                microseconds: time, kind: kind, subject: String(subject.prefix(64)),
                detail: String(detail.prefix(120)))
        }
        let tag = words[2]
        if tag.hasPrefix("corosync[") {
            return line.contains("A processor failed, forming new configuration")
                ? found(.tokenLost, "") : nil
        }
        if tag.hasPrefix("pacemaker-attrd[") { return standby(words, found) }
        if tag.hasPrefix("pacemaker-schedulerd[") { return decision(words, found) }
        guard tag.hasPrefix("pacemaker-controld[") else { return nil }
        // `Node serv1 state is now lost`
        if let node = words.firstIndex(of: "Node"), node + 5 < words.count,
            words[(node + 2)...(node + 4)] == ["state", "is", "now"]
        {
            switch words[node + 5] {
            case "lost": return found(.nodeLost, words[node + 1])
            case "member": return found(.nodeBack, words[node + 1])
            default: return nil
            }
        }
        return result(words, found)
    }

    private typealias Make = (Entry.Kind, String, String) -> Entry

    /// `Setting standby[serv1] in instance_attributes: (unset) -> on`; since 2.1.5 without the words in the middle.
    private static func standby(_ words: [String], _ found: Make) -> Entry? {
        guard let name = words.first(where: { $0.hasPrefix("standby[") }),
            let arrow = words.firstIndex(of: "->"), arrow + 1 < words.count
        else { return nil }
        let node = name.dropFirst("standby[".count).prefix { $0 != "]" }
        return found(words[arrow + 1] == "on" ? .standbyOn : .standbyOff, String(node), "")
    }

    /// `Actions: Move IPFailover ( serv1 -> serv2 )`, `* Recover serviceWeb ( serv1 )`
    private static func decision(_ words: [String], _ found: Make) -> Entry? {
        guard let mark = words.firstIndex(where: { $0 == "*" || $0 == "Actions:" }), mark + 3 < words.count
        else { return nil }
        let kind: Entry.Kind
        switch words[mark + 1] {
        case "Move": kind = .moveDecided
        case "Recover": kind = .recoveryDecided
        case "Start": kind = .startDecided
        case "Stop": kind = .stopDecided
        default: return nil
        }
        let place = words[(mark + 3)...].filter { $0 != "(" && $0 != ")" }.map { $0 == "->" ? "→" : $0 }
        return found(kind, words[mark + 2], place.joined(separator: " "))
    }

    /// `Result of start operation for IPFailover on serv2: ok`
    private static func result(_ words: [String], _ found: Make) -> Entry? {
        guard let start = words.firstIndex(of: "Result"), start + 8 < words.count,
            words[start + 3] == "operation", words[start + 4] == "for", words[start + 6] == "on"
        else { return nil }
        let operation = words[start + 2]
        let resource = words[start + 5]
        let outcome = words[(start + 8)...].prefix { $0 != "|" }.joined(separator: " ")
        guard ["ok", "0 (ok)"].contains(outcome.lowercased()) else {
            // A probe looks whether something runs that should not: finding nothing is no failure.
            return operation == "probe" || operation == "notify"
                ? nil : found(.failed, resource, "\(operation): \(outcome)")
        }
        switch operation {
        case "start": return found(.started, resource, "")
        case "stop": return found(.stopped, resource, "")
        default: return nil
        }
    }

    private static func microseconds(_ word: String) -> Int64? {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 6, parts[0].utf8.count <= 12,
            let seconds = Int64(parts[0]), let rest = Int64(parts[1]), seconds >= 0, rest >= 0
        else { return nil }
        return seconds * 1_000_000 + rest
    }
}

extension DrillLogEntry {
    /// A line of the cluster's log in words.
    init(_ entry: ClusterLog.Entry) {
        let (subject, detail) = (entry.subject, entry.detail)
        let what: LocalizedText =
            switch entry.kind {
            case .tokenLost:
                .init(fr: "plus de nouvelles de l'autre nœud", en: "nothing heard of the other node any more")
            case .nodeLost: .init(fr: "\(subject) tenu pour perdu", en: "\(subject) counted as lost")
            case .nodeBack:
                .init(fr: "\(subject) de nouveau dans le cluster", en: "\(subject) back in the cluster")
            case .standbyOn: .init(fr: "\(subject) en standby", en: "\(subject) on standby")
            case .standbyOff: .init(fr: "\(subject) n'est plus en standby", en: "\(subject) off standby")
            case .moveDecided:
                .init(
                    fr: "décide de déplacer \(subject) (\(detail))",
                    en: "decides to move \(subject) (\(detail))")
            case .recoveryDecided:
                .init(
                    fr: "décide de rétablir \(subject) (\(detail))",
                    en: "decides to recover \(subject) (\(detail))")
            case .startDecided:
                .init(
                    fr: "décide de démarrer \(subject) (\(detail))",
                    en: "decides to start \(subject) (\(detail))")
            case .stopDecided:
                .init(
                    fr: "décide d'arrêter \(subject) (\(detail))",
                    en: "decides to stop \(subject) (\(detail))")
            case .stopped: .init(fr: "\(subject) arrêté", en: "\(subject) stopped")
            case .started: .init(fr: "\(subject) démarré", en: "\(subject) started")
            case .failed: .init(fr: "\(subject) en échec (\(detail))", en: "\(subject) failed (\(detail))")
            }
        let decisions: Set<ClusterLog.Entry.Kind> = [
            .moveDecided, .recoveryDecided, .startDecided, .stopDecided,
        ]
        self.init(
            microseconds: entry.microseconds, what: what,
            isDecision: decisions.contains(entry.kind))
    }
}
