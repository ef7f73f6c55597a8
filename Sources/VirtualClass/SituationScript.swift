/// One small shell file that puts a pair into a named state or puts one named mistake into it.
///
/// ```
/// # The address is in the cluster, with its monitor and time-outs.
/// # starts-from: fresh
/// ## on serv1
/// crm configure primitive …
/// settled
/// ```
/// Comment lines at the top: the first is what it is; `starts-from` names the situation it goes on from (none:
/// a freshly raised pair); a fault also has `loses`, the ids of the checks that it costs, and `why`; a variation
/// has an empty `loses`. `ci: yes` marks the faults that continuous integration tries, and `halts: yes` those after which the cluster does
/// nothing of its own any more: beside another fault they come last, or what the other does could not show. Then sections, each run by `sh -eu` as root on the node that it names: `serv1`, `serv2` or `dns`.
public struct SituationScript: Sendable, Hashable {
    /// Situations are steps along the lab sheet; faults are mistakes; variations are other ways of being right.
    public enum Kind: String, Sendable, CaseIterable {
        case situation, fault, variation

        /// The folder of the exercise that holds them.
        public var folder: String { rawValue + "s" }
    }
    /// Where a section runs.
    public enum Place: String, Sendable, CaseIterable { case serv1, serv2, dns }
    /// A stretch of shell for one node.
    public struct Section: Sendable, Hashable {
        public let place: Place
        public let script: String
    }

    public let name: String
    public let kind: Kind
    /// One sentence.
    public let summary: String
    /// The situation it goes on from; nil for a freshly raised pair.
    public let startsFrom: String?
    /// For a fault: the ids of the checks that a pair with it does not meet.
    public let loses: [String]
    /// For a fault: why it costs those; for a variation why it costs nothing.
    public let why: String?
    /// Whether continuous integration tries it.
    public let isForCI: Bool
    /// Whether the cluster does nothing of its own any more.
    public let isHalting: Bool
    public let sections: [Section]

    /// Reads a script.
    ///
    /// - Parameter file: how the file is called in messages.
    /// - Throws: `LabError` with the line at which the text is not what is described above.
    public init(name: String, kind: Kind, text: String, file: String) throws {
        var summary: String?
        var keys: [String: String] = [:]
        var sections: [Section] = []
        var open: (place: Place, lines: [String])?
        func close() {
            if let open {
                sections.append(Section(place: open.place, script: open.lines.joined(separator: "\n")))
            }
        }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(separator: " ").map(String.init)
            if words.first == "##" {
                guard words.count == 3, words[1] == "on", let place = Place(rawValue: words[2]) else {
                    throw LabError(
                        "\(file):\(index + 1): expected “## on serv1”, “## on serv2” or “## on dns”.")
                }
                close()
                open = (place, [])
            } else if open != nil {
                open?.lines.append(String(line))
            } else if words.first == "#", words.count > 1 {
                let key = words[1].last == ":" ? String(words[1].dropLast()) : ""
                if ["starts-from", "loses", "why", "ci", "halts"].contains(key) {
                    keys[key] = words.dropFirst(2).joined(separator: " ")
                } else if summary == nil {
                    summary = words.dropFirst().joined(separator: " ")
                }
            } else if let first = words.first, !first.hasPrefix("#") {
                throw LabError("\(file):\(index + 1): a command stands before the first “## on …” line.")
            }
        }
        close()
        guard let summary else { throw LabError("\(file):1: the first comment line has to say what it is.") }
        if kind == .fault, keys["loses"]?.isEmpty ?? true {
            throw LabError("\(file):1: a fault needs a “# loses:” line with the checks that it costs.")
        }
        if kind == .variation, keys["loses"] != "" {
            throw LabError("\(file):1: a variation needs an empty “# loses:” line, since it costs nothing.")
        }
        self.name = name
        self.kind = kind
        self.summary = summary
        self.startsFrom = keys["starts-from"]
        self.loses = (keys["loses"] ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        self.why = keys["why"]
        self.isForCI = keys["ci"] == "yes"
        self.isHalting = keys["halts"] == "yes"
        self.sections = sections
    }

    /// The order in which two are put into one pair: a cluster that was told to do nothing would show no failure of
    /// what cannot start.
    public static func ordered(_ first: SituationScript, _ second: SituationScript) -> [SituationScript] {
        first.isHalting ? [second, first] : [first, second]
    }
}
