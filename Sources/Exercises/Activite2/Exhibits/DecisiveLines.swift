import GraderCore
import Pacemaker

/// Which lines of `crm configure show` decided which checks: so that a student sees where to look.
///
/// The lines are found by what the checks are about, in the words of crmsh. It is a reading aid: nothing is judged
/// by it, and a check without such a line has none.
enum DecisiveLines {
    /// By line, those that decided anything.
    static func marks(_ configuration: String) -> [ListingExhibit.MarkedLine] {
        var statement = ""
        return TextLines(configuration).lines.prefix(5_000).enumerated()
            .compactMap { number, text in
                let line = String(text.utf8.count <= 400 ? text : text.prefix(400))
                // crmsh indents what belongs to the statement above.
                if line.first?.isWhitespace == false { statement = line }
                guard !line.allSatisfy(\.isWhitespace) else { return nil }
                let kind = statement.prefix { $0 != " " }
                let checks = patterns.filter { decides($0.value, kind, statement, line) }.map(\.key)
                guard !checks.isEmpty else { return nil }
                return ListingExhibit.MarkedLine(line: number, decides: checks.sorted().map { CheckID($0) })
            }
    }

    /// What a check looks for: in statements of these kinds, lines with one of these words.
    struct LinePattern: Sendable {
        var statements: [String]
        /// Words that the statement's first line has to hold too, one of them; none: any will do.
        var naming: [String] = []
        /// Words that it may not hold.
        var without: [String] = []
        /// Empty: the statement's first line itself.
        var words: [String] = []
    }

    private static let address = ["IPaddr2"]
    private static let web = ["lsb:", "systemd:", "service:", "apache", "nginx"]

    static let patterns: [String: LinePattern] = [
        "H0.fencing": LinePattern(
            statements: ["property"], words: ["stonith-enabled=", "no-quorum-policy="]),
        "H0.managed": LinePattern(
            statements: ["property", "node", "primitive", "group", "ms", "clone"],
            words: ["maintenance-mode=", "maintenance=", "is-managed=", "target-role="]),
        "H0.no-clone": LinePattern(statements: ["clone", "ms"]),
        "Q1.primitive": LinePattern(statements: ["primitive"], naming: address),
        "Q1.address": LinePattern(statements: ["primitive"], naming: address, words: [" ip=", "\tip="]),
        "Q1.netmask": LinePattern(statements: ["primitive"], naming: address, words: ["cidr_netmask="]),
        "Q1.interface": LinePattern(statements: ["primitive"], naming: address, words: [" nic=", "\tnic="]),
        "Q1.label": LinePattern(statements: ["primitive"], naming: address, words: ["iflabel="]),
        "Q1.monitor-interval": LinePattern(statements: ["primitive"], naming: address, words: ["op monitor"]),
        "Q1.start-timeout": LinePattern(statements: ["primitive"], naming: address, words: ["op start"]),
        "Q1.stop-timeout": LinePattern(statements: ["primitive"], naming: address, words: ["op stop"]),
        "Q3.preference": LinePattern(statements: ["location"], without: ["-inf", "-INFINITY"]),
        "Q3.no-ban": LinePattern(statements: ["location"], naming: ["-inf", "-INFINITY"]),
        "Q3.no-standby": LinePattern(statements: ["node"], words: ["standby="]),
        "Q7.primitive": LinePattern(statements: ["primitive"], naming: web),
        "Q7.monitor": LinePattern(statements: ["primitive"], naming: web, words: ["op monitor"]),
        "Q7.start-timeout": LinePattern(statements: ["primitive"], naming: web, words: ["op start"]),
        "Q7.stop-timeout": LinePattern(statements: ["primitive"], naming: web, words: ["op stop"]),
        "Q9.together": LinePattern(statements: ["group", "colocation"]),
        "Q9.order": LinePattern(statements: ["group", "order"]),
        "Q9.migration-threshold": LinePattern(
            statements: ["group", "primitive", "rsc_defaults"], words: ["migration-threshold="]),
    ]

    private static func decides(
        _ pattern: LinePattern, _ kind: Substring, _ statement: String, _ line: String
    ) -> Bool {
        guard pattern.statements.contains(where: { $0 == kind }),
            pattern.naming.isEmpty || pattern.naming.contains(where: { statement.holds($0) }),
            !pattern.without.contains(where: { statement.holds($0) })
        else { return false }
        return pattern.words.isEmpty
            ? line == statement : pattern.words.contains { line.holds($0) && !isHidden($0, in: line) }
    }

    /// What crmsh hides decides nothing.
    private static func isHidden(_ word: String, in line: String) -> Bool {
        let hidden = ClusterConfiguration.hiddenValue
        return line.holds("\(word)\"\(hidden)\"") || line.holds(word + hidden)
    }
}
