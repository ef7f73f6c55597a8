import GraderCore

/// Reads what the cluster did from a node's journal (`journalctl -o short-unix`: seconds since 1970 with
/// microseconds, host, tag, message). In the words of Pacemaker 2.0.5 to 3.0.0 and Corosync 3.1.
public enum ClusterLog {
    /// Something that happened, as one line of the journal says it.
    public struct Entry: Sendable, Hashable {
        /// What happened.
        public enum Kind: Sendable, Hashable {
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
        public var microseconds: Int64
        public var kind: Kind
        /// A resource or a node; as foreign as anything from a student's machine, and bounded.
        public var subject: String
        public var detail: String
    }

    /// Lines of one node's log that matter, in their order; all others are passed over. Never fails.
    public static func entries(_ text: String) -> [Entry] {
        TextLines(text).lines.prefix(2_000).compactMap { entry($0) }
    }

    private typealias Told = (kind: Entry.Kind, subject: Substring, detail: String)

    private static func entry(_ line: Substring) -> Entry? {
        let logged = LogLine(line)
        guard logged.words.count > 4, let time = microseconds(logged.words[0]),
            let told = told(logged, by: logged.words[2], line)
        else { return nil }
        return Entry(
            microseconds: time, kind: told.kind, subject: String(told.subject.prefix(64)),
            detail: String(told.detail.prefix(120)))
    }

    private static func told(_ logged: LogLine, by tag: Substring, _ line: Substring) -> Told? {
        if tag.hasPrefix("corosync[") {
            return line.contains("A processor failed, forming new configuration") ? (.tokenLost, "", "") : nil
        }
        if tag.hasPrefix("pacemaker-attrd[") { return standby(logged.words) }
        if tag.hasPrefix("pacemaker-schedulerd[") { return logged.decision.flatMap { decided($0) } }
        guard tag.hasPrefix("pacemaker-controld[") else { return nil }
        return membership(logged.words) ?? logged.result.flatMap { ended($0) }
    }

    /// `Node serv1 state is now lost`
    private static func membership(_ words: [Substring]) -> Told? {
        guard let node = words.firstIndex(of: "Node"), node + 5 < words.count,
            words[(node + 2)...(node + 4)] == ["state", "is", "now"]
        else { return nil }
        switch words[node + 5] {
        case "lost": return (.nodeLost, words[node + 1], "")
        case "member": return (.nodeBack, words[node + 1], "")
        default: return nil
        }
    }

    /// `Setting standby[serv1] in instance_attributes: (unset) -> on`; since 2.1.5 without the words in the middle.
    private static func standby(_ words: [Substring]) -> Told? {
        guard let name = words.first(where: { $0.hasPrefix("standby[") }), let value = words.following("->")
        else { return nil }
        let node = name.dropFirst("standby[".count).prefix { $0 != "]" }
        return (value == "on" ? .standbyOn : .standbyOff, node, "")
    }

    private static let decisions: [Substring: Entry.Kind] = [
        "Move": .moveDecided, "Recover": .recoveryDecided, "Start": .startDecided, "Stop": .stopDecided,
    ]

    private static func decided(_ decision: LogLine.Decision) -> Told? {
        guard let kind = decisions[decision.action], !decision.place.isEmpty else { return nil }
        let place = decision.place.filter { $0 != "(" && $0 != ")" }.map { $0 == "->" ? "→" : $0 }
        return (kind, decision.subject, place.joined(separator: " "))
    }

    private static func ended(_ result: LogLine.Result) -> Told? {
        guard result.isOK else {
            let outcome = result.outcome.prefix { $0 != "|" }.joined(separator: " ")
            // A probe looks whether something runs that should not: finding nothing is no failure.
            return ["probe", "notify"].contains(result.operation)
                ? nil : (.failed, result.resource, "\(result.operation): \(outcome)")
        }
        switch result.operation {
        case "start": return (.started, result.resource, "")
        case "stop": return (.stopped, result.resource, "")
        default: return nil
        }
    }

    private static func microseconds(_ word: Substring) -> Int64? {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 6, parts[0].utf8.count <= 12,
            let seconds = Int64(parts[0]), let rest = Int64(parts[1]), seconds >= 0, rest >= 0
        else { return nil }
        return seconds * 1_000_000 + rest
    }
}
