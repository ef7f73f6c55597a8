import GraderCore

/// Addresses that a node gives itself at boot, from `/etc/network/interfaces` and the files it sources
/// (`interfaces(5)`). A virtual address among them counts as started for IPaddr2, wherever the resource is.
public struct StaticAddresses: Sendable, Equatable {
    public var entries: [Entry] = []
    /// What is brought up at boot (`auto`, `allow-hotplug`), as written: names, or patterns after a slash.
    public var interfacesAtBoot: [String] = []
    /// Files that were not read to the end.
    var open: [String] = []
    /// Commands of stanzas that are brought up at boot, with the file.
    var commands: [(file: String, commands: AddressCommands, text: String)] = []

    public static func == (one: StaticAddresses, other: StaticAddresses) -> Bool {
        one.entries == other.entries && one.interfacesAtBoot == other.interfacesAtBoot
    }

    /// One address.
    public struct Entry: Sendable, Hashable {
        /// Of the stanza, or that of the command: `eth0`, `eth0:0`.
        public var interface: String
        public var address: IPAddress
        /// Whether the interface is brought up at boot (`auto`, `allow-hotplug`).
        public var isAtBoot = false
        /// The file that says so.
        public var file = path
    }

    /// The file that ifup reads first.
    public static let path = "/etc/network/interfaces"
    /// `source` within `source`: the probe looks no deeper.
    private static let depthLimit = 6

    /// The entries that give an address.
    public func entries(for address: IPAddress) -> [Entry] { entries.filter { $0.address == address } }

    /// Reads the text of one file, or of several joined with line ends between. Never fails.
    public static func read(_ text: String) -> StaticAddresses {
        read(BootFiles(files: [.init(path: path, content: text)]))
    }

    /// Reads the file that ifup begins with and what that sources.
    public static func read(_ files: BootFiles) -> StaticAddresses {
        var reader = InterfacesReader()
        if files.isThere(path) {
            var search = Search(files: files)
            take(path, by: &search, into: &reader, depth: 0)
        }
        return reader.finish()
    }

    /// What `source` lines look through.
    private struct Search {
        let files: BootFiles
        /// Read once: a second time says nothing new.
        var taken: Set<String> = []
        var comparisons = ComparisonBudget()
    }

    private static func take(
        _ path: String, by search: inout Search, into reader: inout InterfacesReader, depth: Int
    ) {
        guard search.taken.insert(path).inserted else { return }
        guard let file = search.files.file(path), file.isWhole else { return reader.leaveOpen(path) }
        var line = ""
        func end(_ search: inout Search) {
            defer { line = "" }
            let words = Substring(line).blankSeparatedWords
            guard let first = words.first, first.utf8.first != UInt8(ascii: "#") else { return }
            if words.count > ParsingLimits.words { reader.leaveOpen(path) }
            reader.take(Substring(line), words, in: path)
            guard first == "source" || first == "source-directory" else { return }
            if depth + 1 >= depthLimit { return reader.leaveOpen(path) }
            for pattern in words.dropFirst() {
                let sourced = named(pattern, by: String(first), in: file.folder, &search)
                if search.comparisons.isSpent { return reader.leaveOpen(path) }
                for other in sourced { take(other, by: &search, into: &reader, depth: depth + 1) }
            }
        }
        for piece in TextLines(file.content).lines {
            let stripped = piece.trimmed
            // A backslash continues any line, a comment too (interfaces(5)).
            if stripped.utf8.last == UInt8(ascii: "\\"), line.utf8.count < ParsingLimits.bytes {
                line += stripped.dropLast() + " "
                continue
            }
            line += stripped
            end(&search)
        }
        end(&search)
    }

    /// The files that a `source` line takes in: patterns are those of the shell, and start where the file is.
    private static func named(
        _ pattern: Substring, by keyword: String, in folder: String, _ search: inout Search
    ) -> [String] {
        let whole = pattern.hasPrefix("/") ? String(pattern) : folder + "/" + pattern
        // Beside the comparing: every word of a line goes through all places.
        guard search.comparisons.spend(whole.utf8.count + search.files.places.count) else { return [] }
        if keyword == "source" {
            let depth = whole.split(separator: "/").count
            let isHidden = whole.lastPathComponent.hasPrefix(".")
            let glob = ShellPattern(whole)
            // A star stands for no slash, nor for the dot at a name's beginning.
            return search.files.places.filter {
                $0.depth == depth && (isHidden || !$0.name.hasPrefix("."))
                    && glob.matches($0.path, &search.comparisons)
            }.map(\.path)
        }
        let directory = ShellPattern(whole.hasSuffix("/") ? String(whole.dropLast()) : whole)
        return search.files.places.filter {
            $0.name.isRunPartsName && directory.matches($0.folder, &search.comparisons)
        }.map(\.path)
    }
}

extension BootFiles {
    /// What ifup brings up at boot: its files, and the scripts that it runs for every interface.
    func interfaces(of address: IPAddress) -> AddressAtBoot {
        guard !isOff("networking") else { return AddressAtBoot() }
        var result = AddressAtBoot()
        let read = StaticAddresses.read(self)
        if let entry = read.entries(for: address).first(where: \.isAtBoot) {
            result.place = "\(entry.file) (\(entry.interface))"
        }
        result.add(AddressAtBoot(open: read.open))
        for (file, commands, text) in read.commands
        where commands.isOpen.contains(address) || commands.isAnyOpen && text.mentions(address) {
            result.add(AddressAtBoot(open: [file]))
        }
        // Of what else is below /etc/network only what ifup reads was printed.
        let lacking = unread + files.filter { !$0.isWhole }.map(\.path)
        result.add(AddressAtBoot(open: lacking.filter { $0.hasPrefix("/etc/network/") }))
        let folders = ["/etc/network/if-pre-up.d", "/etc/network/if-up.d"]
        result.add(
            scripts(
                folders.flatMap { files(in: $0) { $0.isRunPartsName } },
                variables: Self.variables(read.interfacesAtBoot.filter { !$0.hasPrefix("/") }), of: address))
        return result
    }

    /// What ifup sets for each interface; for those beyond the first few the interface is any.
    private static func variables(_ interfaces: [String]) -> [[String: String]] {
        interfaces.prefix(4).map { ["IFACE": $0, "LOGICAL": $0, "MODE": "start"] }
            + (interfaces.count > 4 ? [["MODE": "start"]] : [])
    }

    /// What executable scripts give.
    /// - Parameter variables: of each time that they are run.
    func scripts(_ scripts: [File], variables: [[String: String]], of address: IPAddress) -> AddressAtBoot {
        var result = AddressAtBoot()
        var budget = ShellBudget()
        for script in scripts.filter(\.isExecutable) {
            var commands = AddressCommands()
            for each in variables.isEmpty ? [[:]] : variables {
                commands.add(.read(script.content, variables: each, &budget))
            }
            if let entry = commands.given.first(where: { $0.address == address }) {
                result.add(
                    AddressAtBoot(place: script.path + (entry.device.map { " (\($0))" } ?? "")))
            } else if commands.isOpen.contains(address) || !script.isWhole
                || commands.isAnyOpen && script.content.mentions(address)
            {
                result.add(AddressAtBoot(open: [script.path]))
            }
        }
        return result
    }
}

extension String {
    /// Of a file that run-parts(8) runs, and that `source-directory` takes in.
    var isRunPartsName: Bool {
        !isEmpty
            && utf8.allSatisfy {
                $0.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")) ~= $0 | 0x20 || $0 == 95
                    || $0 == 45
            }
    }
}
