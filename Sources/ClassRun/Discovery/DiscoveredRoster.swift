import GraderCore
import LinuxFacts
import InputFiles

/// Writes what was discovered as a roster that can be graded as it stands, with a comment on all that is doubtful.
public struct DiscoveredRoster: Sendable {
    public var found: DiscoveredClass
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
        _ found: DiscoveredClass, searched: [IPAddress] = [], className: String, exercise: String,
        ssh: [String], students: StudentList?,
        language: Language
    ) {
        self.found = found
        self.searched = searched
        self.className = className
        self.exercise = exercise
        self.ssh = ssh
        self.students = students
        self.language = language
    }

    /// The pairs that have all that grading needs.
    public var gradable: [DiscoveredClass.Pair] { found.pairs.filter { $0.vip != nil } }

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
        for entry in entries where entry.pair.vip != nil { lines += self.lines(entry) }
        let incomplete = entries.filter { $0.pair.vip == nil }
        if !incomplete.isEmpty {
            lines += ["", "# " + DiscoveryTexts.incompletePairs[language]]
            for entry in incomplete { lines += self.lines(entry).map { "# " + $0 } }
        }
        let missing = missing
        if !missing.isEmpty {
            lines += ["", "# " + DiscoveryTexts.missingStudents[language]]
            lines += missing.map { Self.comment("  \($0.who[language])\(colon) \($0.reason[language])") }
        }
        lines += notes(DiscoveryTexts.loneNodes, found.loneNodes.map { ($0.host, $0.doubt[language]) })
        lines += notes(
            DiscoveryTexts.refused,
            found.refused.map { ($0, $0.failure ?? DiscoveryTexts.noReason[language]) })
        lines += notes(
            DiscoveryTexts.others,
            found.others.map { ($0, $0.hostName ?? DiscoveryTexts.noHostName[language]) })
        return lines.joined(separator: "\n") + "\n"
    }

    private var colon: String { language == .french ? " :" : ":" }

    private func notes(_ heading: LocalizedText, _ entries: [(DiscoveredHost, String)]) -> [String] {
        entries.isEmpty
            ? []
            : ["", "# " + heading[language]]
                + entries.map { host, text in
                    let address = host.address.description
                    // What the transport says begins with whom it is about.
                    let text =
                        text.hasPrefix("\(address): ") ? String(text.dropFirst(address.count + 2)) : text
                    let label = host.label == address ? "" : " (\(host.label))"
                    return Self.comment("  \(address)\(label)\(colon) \(text)")
                }
    }

    /// A pair as it is going to stand in the roster.
    struct Entry {
        var pair: DiscoveredClass.Pair
        var id: String
        var names: [String]
        var doubts: [LocalizedText]
    }

    /// Those that can be graded first.
    var entries: [Entry] {
        var taken: Set<String> = []
        return (gradable + found.pairs.filter { $0.vip == nil }).map { pair in
            let rows = students?.rows(for: pair) ?? []
            var doubts = pair.doubts
            if rows.count > 1 {
                doubts.append(DiscoveryTexts.severalRows(rows.map(\.line)))
            } else if rows.isEmpty, students != nil {
                doubts.append(DiscoveryTexts.nobodysMachines)
            }
            let row = rows.count == 1 ? rows.first : nil
            let id = Self.free(row?.id ?? pair.clusterName, pair, &taken)
            return Entry(pair: pair, id: id, names: row?.names ?? [], doubts: doubts)
        }
    }

    private func lines(_ entry: Entry) -> [String] {
        let (pair, id) = (entry.pair, entry.id)
        var lines = entry.doubts.map { Self.comment("  " + (DiscoveryTexts.doubtful + $0)[language]) }
        lines.append("  - id: \(YAMLScalar.quoted(id))")
        lines.append(
            entry.names.isEmpty
                ? "    name: \(YAMLScalar.quoted(id))   # \(DiscoveryTexts.nameUnknown[language])"
                : "    names: [\(entry.names.map(YAMLScalar.quoted).joined(separator: ", "))]")
        for (key, host) in [("serv1", pair.primary), ("serv2", pair.secondary)] {
            lines.append("    \(key): \(host.address)" + Self.trailing(host.label))
        }
        if let vip = pair.vip {
            let prefix = pair.hosts.flatMap(\.addresses).first { $0.address != vip && $0.contains(vip) }?
                .prefixLength
            lines.append(
                "    vip: \(vip)/\(prefix ?? 24)"
                    + (pair.isVIPInferred ? "   # " + DiscoveryTexts.inferredVIP[language] : ""))
        }
        lines.append("    dns: " + dns(pair))
        return lines
    }

    /// The name server that the nodes themselves use and, in their own domain, the site's usual name.
    private func dns(_ pair: DiscoveredClass.Pair) -> String {
        let said = pair.hosts.first { $0.nameServer != nil && $0.searchDomain != nil }
        guard let server = said?.nameServer, let domain = said?.searchDomain,
            pair.hosts.flatMap(\.addresses).contains(where: { $0.contains(server) }),
            domain.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) })
        else { return "none   # " + DiscoveryTexts.noNameServer[language] }
        let name = domain.hasSuffix(".") ? String(domain.dropLast()) : domain
        return
            "{server: \(server), names: [\(YAMLScalar.quoted("www.\(name)"))]}   # \(DiscoveryTexts.siteNameGuessed[language])"
    }

    /// An id that nobody has yet and that can name a folder.
    private static func free(
        _ wanted: String?, _ pair: DiscoveredClass.Pair, _ taken: inout Set<String>
    ) -> String {
        let generic: Set<String> = ["debian", "hacluster", "cluster", "mycluster", "lacluster"]
        var id = "pair-\(pair.primary.address)".replacing(":", with: "-")
        if let wanted, SafeName.isValid(wanted), !generic.contains(wanted.lowercased()),
            !taken.contains(wanted.lowercased())
        {
            id = wanted
        }
        taken.insert(id.lowercased())
        return id
    }

    // MARK: Text of strangers

    /// One line, whatever a machine calls itself.
    private static func comment(_ text: String) -> String { "#" + plain(text, limit: 300) }
    private static func trailing(_ text: String) -> String { "   # " + plain(text, limit: 64) }

    private static func plain(_ text: String, limit: Int) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(limit).map { scalar in
                    let isPlain =
                        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                        || (0x20...0x7E).contains(scalar.value)
                    return isPlain ? scalar : "?"
                }))
    }
}

extension InterfaceAddresses.Address {
    fileprivate func contains(_ other: IPAddress) -> Bool {
        address.family == other.family && address.isInSameNetwork(as: other, prefixLength: prefixLength)
    }
}
