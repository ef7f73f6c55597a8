import GraderCore

/// Addresses that a node gives itself at boot, from `/etc/network/interfaces` and the files it sources
/// (`interfaces(5)`). A virtual address among them counts as started for IPaddr2, wherever the resource is.
public struct StaticAddresses: Sendable, Equatable {
    public var entries: [Entry] = []
    /// What is brought up at boot (`auto`, `allow-hotplug`), as written: names, or patterns after a slash.
    public var interfacesAtBoot: [String] = []
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
    /// `source` within `source`.
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
        var budget = ParsingLimits.lines
        take(path, of: files, into: &reader, budget: &budget, depth: 0)
        return reader.finish()
    }

    private static func take(
        _ path: String, of files: BootFiles, into reader: inout InterfacesReader, budget: inout Int,
        depth: Int
    ) {
        guard depth < depthLimit, let file = files.file(path) else { return }
        var line = ""
        func end(_ budget: inout Int) {
            budget -= 1
            defer { line = "" }
            let words = Substring(line).blankSeparatedWords
            guard budget > 0, let first = words.first, first.utf8.first != UInt8(ascii: "#") else { return }
            reader.take(Substring(line), words, in: path)
            guard first == "source" || first == "source-directory" else { return }
            for pattern in words.dropFirst() {
                for sourced in named(pattern, by: String(first), in: file.folder, of: files) {
                    take(sourced, of: files, into: &reader, budget: &budget, depth: depth + 1)
                }
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
            end(&budget)
        }
        end(&budget)
    }

    /// The files that a `source` line takes in: patterns are those of the shell, and start where the file is.
    private static func named(
        _ pattern: Substring, by keyword: String, in folder: String, of files: BootFiles
    ) -> [String] {
        let whole = pattern.hasPrefix("/") ? String(pattern) : folder + "/" + pattern
        let paths = files.files.map(\.path) + files.unread
        if keyword == "source" {
            let depth = whole.split(separator: "/").count
            let glob = ShellPattern(whole)
            // A star stands for no slash, nor for the dot at a name's beginning.
            return paths.filter {
                $0.split(separator: "/").count == depth && glob.matches($0)
                    && (!$0.lastPathComponent.hasPrefix(".") || whole.lastPathComponent.hasPrefix("."))
            }.sorted { $0.utf8Order($1) }
        }
        let directory = ShellPattern(whole.hasSuffix("/") ? String(whole.dropLast()) : whole)
        return paths.filter { directory.matches($0.parentPath) && $0.lastPathComponent.isRunPartsName }
            .sorted { $0.utf8Order($1) }
    }
}

extension BootFiles {
    init(files: [File]) { self.files = files }

    /// What ifup brings up at boot: its files, and the scripts that it runs for every interface.
    func interfaces(of address: IPAddress) -> AddressAtBoot {
        guard !isOff("networking") else { return AddressAtBoot() }
        var result = AddressAtBoot()
        let read = StaticAddresses.read(self)
        if let entry = read.entries(for: address).first(where: \.isAtBoot) {
            result.place = "\(entry.file) (\(entry.interface))"
        }
        for (file, commands, text) in read.commands
        where commands.isOpen.contains(address) || commands.isAnyOpen && text.mentions(address) {
            result.add(AddressAtBoot(open: [file]))
        }
        // Of what else is below /etc/network only what ifup reads was printed.
        result.open += unread { $0.hasPrefix("/etc/network/") }
        result.open += files.filter { !$0.isWhole && $0.path.hasPrefix("/etc/network/") }.map(\.path)
        let folders = ["/etc/network/if-pre-up.d", "/etc/network/if-up.d"]
        result.add(
            scripts(
                folders.flatMap { files(in: $0) { $0.isRunPartsName } },
                variables: read.interfacesAtBoot.filter { !$0.hasPrefix("/") }.prefix(4).map {
                    ["IFACE": $0, "LOGICAL": $0, "MODE": "start"]
                }, of: address))
        return result
    }

    /// What executable scripts give.
    /// - Parameter variables: of each time that they are run.
    func scripts(_ scripts: [File], variables: [[String: String]], of address: IPAddress) -> AddressAtBoot {
        var result = AddressAtBoot()
        for script in scripts.filter(\.isExecutable).prefix(64) {
            var commands = AddressCommands()
            for each in variables.isEmpty ? [[:]] : variables {
                commands.add(.read(script.content, variables: each))
            }
            if let entry = commands.given.first(where: { $0.address == address }) {
                result.add(
                    AddressAtBoot(place: script.path + (entry.device.map { " (\($0))" } ?? "")))
            } else if commands.isOpen.contains(address)
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
