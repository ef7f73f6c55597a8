import GraderCore

/// One small shell file that puts a student's machines into a named state or puts one named mistake into them.
///
/// ```
/// # The site is served.
/// # starts-from: fresh
/// ## on web
/// systemctl enable --now a-service
/// ```
/// Comment lines at the top: the first is what it is; `starts-from` names the situation it goes on from (none:
/// a freshly raised lab); a fault also has `loses`, the ids of the checks that it costs, and `why`; a variation
/// has an empty `loses`, and a situation may say by it what is not done there yet. `ci: yes` marks the faults that
/// continuous integration tries, and `halts: yes` those after which the machines do nothing of their own any more: beside
/// another fault they come last, or what the other does could not show. Then sections, each run by `sh -eu` as root on the
/// machine that it names, or on the name server (`dns`).
public struct SituationScript: Sendable, Hashable {
    /// Situations are steps along the lab sheet; faults are mistakes; variations are other ways of being right.
    public enum Kind: String, Sendable, CaseIterable {
        case situation, fault, variation

        /// The exercise's folder of them.
        var folder: String { rawValue + "s" }
    }
    /// A stretch of shell for one machine.
    public struct Section: Sendable, Hashable {
        /// A machine's name, or the name server's.
        public let place: String
        public let script: String
    }

    public let name: String
    public let kind: Kind
    /// One sentence.
    public let summary: String
    /// What the lines at the top say, see above.
    public let startsFrom: String?
    public let loses: [String]
    public let why: String?
    public let isForCI: Bool
    public let isHalting: Bool
    public let sections: [Section]

    /// - Parameters:
    ///   - file: how the file is called in messages.
    ///   - places: where a section can run.
    /// - Throws: ``LabError`` with the line that is wrong.
    public init(name: String, kind: Kind, text: String, file: String, places: [String]) throws {
        var summary: String?
        var keys: [String: String] = [:]
        var sections: [Section] = []
        var open: (place: String, lines: [String])?
        func close() {
            if let open {
                sections.append(Section(place: open.place, script: open.lines.joined(separator: "\n")))
            }
        }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(separator: " ").map(String.init)
            if words.first == "##" {
                guard words.count == 3, words[1] == "on", places.contains(words[2]) else {
                    let known = alternatives(
                        places.map { LocalizedText(fr: "« ## on \($0) »", en: "“## on \($0)”") })
                    throw LabError(
                        LocalizedText(
                            fr: "\(file):\(index + 1) : attendu : \(known).",
                            en: "\(file):\(index + 1): expected \(known)."))
                }
                close()
                open = (words[2], [])
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
                throw LabError(
                    LocalizedText(
                        fr: "\(file):\(index + 1) : une commande précède la première ligne « ## on … ».",
                        en: "\(file):\(index + 1): a command stands before the first “## on …” line."))
            }
        }
        close()
        guard let summary else {
            throw LabError(
                LocalizedText(
                    fr: "\(file):1 : la première ligne de commentaire doit dire de quoi il s'agit.",
                    en: "\(file):1: the first comment line has to say what it is."))
        }
        if kind == .fault, keys["loses"]?.isEmpty ?? true {
            throw LabError(
                LocalizedText(
                    fr:
                        "\(file):1 : une faute a une ligne « # loses: », avec les contrôles qu'elle fait perdre.",
                    en: "\(file):1: a fault needs a “# loses:” line with the checks that it costs."))
        }
        if kind == .variation, keys["loses"] != "" {
            throw LabError(
                LocalizedText(
                    fr:
                        "\(file):1 : une variante a une ligne « # loses: » vide, puisqu'elle ne fait rien perdre.",
                    en: "\(file):1: a variation needs an empty “# loses:” line, since it costs nothing."))
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

    /// The order in which two are put into one lab: halted machines would show no failure of what cannot start.
    public static func ordered(_ first: SituationScript, _ second: SituationScript) -> [SituationScript] {
        first.isHalting ? [second, first] : [first, second]
    }
}
