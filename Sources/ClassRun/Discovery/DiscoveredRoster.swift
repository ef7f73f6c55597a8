import GraderCore
import InputFiles

/// Writes what was discovered as a roster that can be graded as it stands, with a comment on all that is doubtful.
public struct DiscoveredRoster: Sendable {
    public var found: DiscoveredLabs
    /// What the exercise calls what was found.
    public var discovery: any Discovery
    /// Where machines were looked for.
    public var searched: [IPAddress]
    public var className: String
    public var exercise: String
    /// Lines of the `ssh:` mapping, e.g. `user: root`.
    public var ssh: [String]
    public var students: StudentList?
    /// Of the comments, and of the reports that are made with the roster.
    public var language: Language

    public init(
        _ found: DiscoveredLabs, by discovery: any Discovery, searched: [IPAddress] = [],
        className: String, exercise: String, ssh: [String], students: StudentList?, language: Language
    ) {
        self.found = found
        self.discovery = discovery
        self.searched = searched
        self.className = className
        self.exercise = exercise
        self.ssh = ssh
        self.students = students
        self.language = language
    }

    /// The labs that have all that grading needs.
    public var gradable: [DiscoveredLab] { found.labs.filter { $0.lack == nil } }

    public var text: String {
        var lines = [
            "# " + DiscoveryTexts.heading[language],
            "class: \(YAMLScalar.quoted(className))",
            "exercise: \(exercise)",
            "language: \(language.rawValue)",
            "defaults:",
            "  ssh:",
        ]
        lines += ssh.map { "    " + $0 }
        lines.append("students:" + (gradable.isEmpty ? " []" : ""))
        let entries = entries
        for entry in entries where entry.lab.lack == nil { lines += self.lines(entry) }
        let incomplete = entries.filter { $0.lab.lack != nil }
        if !incomplete.isEmpty {
            lines += heading(discovery.text(.incompleteLabs))
            for entry in incomplete { lines += self.lines(entry).map { "# " + $0 } }
        }
        let missing = missing
        if !missing.isEmpty {
            lines += heading(DiscoveryTexts.missingStudents)
            lines += missing.map { Self.comment("  \($0.who[language])\(colon) \($0.reason[language])") }
        }
        lines += notes(
            discovery.text(.loneMachines), found.loneMachines.map { ($0.machine, $0.reason[language]) })
        lines += notes(DiscoveryTexts.refused, found.refused.map { ($0.machine, $0.reason[language]) })
        lines += notes(
            discovery.text(.others),
            found.others.map { machine, _ in
                let isNamed = machine.label != machine.address.description
                return (machine, isNamed ? machine.label : DiscoveryTexts.noHostName[language])
            })
        return lines.joined(separator: "\n") + "\n"
    }

    private var colon: String { language.pick(" :", ":") }

    private func heading(_ text: LocalizedText) -> [String] { ["", "# " + text[language]] }

    private func notes(_ text: LocalizedText, _ entries: [(DiscoveredMachine, String)]) -> [String] {
        entries.isEmpty
            ? []
            : heading(text)
                + entries.map { machine, text in
                    let address = machine.address.description
                    // What the transport says begins with whom it is about, in either language.
                    let start = ["\(address)\(colon) ", "\(address): "].first(where: text.hasPrefix) ?? ""
                    let text = String(text.dropFirst(start.count))
                    let label = machine.label == address ? "" : " (\(machine.label))"
                    return Self.comment("  \(address)\(label)\(colon) \(text)")
                }
    }

    /// A lab as it is going to stand in the roster.
    struct Entry {
        var lab: DiscoveredLab
        var id: String
        var names: [String]
        var doubts: [LocalizedText]
    }

    /// Those that can be graded first.
    var entries: [Entry] {
        var taken: Set<String> = []
        return (gradable + found.labs.filter { $0.lack != nil }).map { lab in
            let rows = students?.rows(for: lab) ?? []
            var doubts = lab.doubts
            if rows.count > 1 {
                doubts.append(discovery.text(.linesMeanOneLab(rows.map(\.line))))
            } else if rows.isEmpty, students != nil {
                doubts.append(DiscoveryTexts.nobodysMachines)
            }
            let row = rows.count == 1 ? rows.first : nil
            // An id that nobody has yet and that can name a folder.
            var id = row?.id ?? lab.suggestedID ?? lab.ownID
            if !SafeName.isValid(id) || taken.contains(id.lowercased()) { id = lab.ownID }
            taken.insert(id.lowercased())
            return Entry(lab: lab, id: id, names: row?.names ?? [], doubts: doubts)
        }
    }

    private func lines(_ entry: Entry) -> [String] {
        var lines = entry.doubts.map { Self.comment("  " + (DiscoveryTexts.doubtful + $0)[language]) }
        lines.append("  - id: \(YAMLScalar.quoted(entry.id))")
        lines.append(
            entry.names.isEmpty
                ? "    name: \(YAMLScalar.quoted(entry.id))   # \(DiscoveryTexts.nameUnknown[language])"
                : "    names: [\(entry.names.map(YAMLScalar.quoted).joined(separator: ", "))]")
        lines += entry.lab.machines.map { id, machine in
            "    \(id): \(machine.address)" + Self.trailing(machine.label, limit: 64)
        }
        lines += entry.lab.rosterLines.map { line in
            "    \(line.key): \(line.value)"
                + (line.comment.map { Self.trailing($0[language], limit: 300) } ?? "")
        }
        return lines
    }

    /// One line, whatever a machine calls itself.
    private static func comment(_ text: String) -> String { "#" + plain(text, limit: 300) }
    private static func trailing(_ text: String, limit: Int) -> String { "   # " + plain(text, limit: limit) }

    /// On one line, whatever a machine calls itself: a comment ends with it.
    private static func plain(_ text: String, limit: Int) -> String {
        SafeText.line(text.cut(to: limit), language: .english)
    }
}
