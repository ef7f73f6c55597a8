import GraderCore

/// One line that Pacemaker logged, in its own file or in the journal, cut into words. Both hold the same sentences.
struct LogLine {
    /// At most forty.
    let words: [Substring]

    /// What the scheduler decided: `Actions: Move IPFailover ( serv1 -> serv2 )`, before 2.1 `* Move …`.
    struct Decision {
        /// `Move`, `Recover`, `Start`, `Stop`, `Shutdown`, ….
        var action: Substring
        var subject: Substring
        /// `( serv1 -> serv2 )`, `( serv1 )`.
        var place: ArraySlice<Substring>
    }

    /// `Result of start operation for IPFailover on serv2: ok`.
    struct Result {
        var operation: Substring
        var resource: Substring
        var node: String
        /// `ok`, `not installed`, `Error occurred`, and what follows them.
        var outcome: ArraySlice<Substring>

        /// `ok` until 2.1.5, `OK` from 2.1.6 on; `0 (ok)` in 1.1 and 2.0.0.
        var isOK: Bool {
            let said = outcome.prefix(2).map { $0.lowercased() }
            return said.first == "ok" || said == ["0", "(ok)"]
        }
    }

    init(_ line: Substring) {
        // By byte: the log's own words are ASCII, and there are hundreds of lines.
        words = line.utf8.split(maxSplits: 40, whereSeparator: \.isBlank).prefix(40).map { Substring($0) }
    }

    var decision: Decision? {
        guard let mark = words.firstIndex(where: { $0 == "*" || $0 == "Actions:" }), mark + 2 < words.count
        else { return nil }
        return Decision(action: words[mark + 1], subject: words[mark + 2], place: words[(mark + 3)...])
    }

    var result: Result? {
        guard let start = words.firstIndex(of: "Result"), start + 8 < words.count,
            words[start + 3] == "operation", words[start + 4] == "for", words[start + 6] == "on"
        else { return nil }
        return Result(
            operation: words[start + 2], resource: words[start + 5],
            node: words[start + 7].filter { $0 != ":" }, outcome: words[(start + 8)...])
    }
}
