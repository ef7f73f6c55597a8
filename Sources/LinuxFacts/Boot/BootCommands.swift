import GraderCore

/// Addresses that a program or a script gives at boot, beside the network's own configuration.
extension BootFiles {
    /// keepalived.conf(5): `virtual_ipaddress { 172.16.0.12/24 dev eth0 }`, where its unit is in use.
    func keepalived(of address: IPAddress) -> AddressAtBoot {
        guard units["keepalived.service"]?.isUsed ?? false else { return AddressAtBoot() }
        var result = AddressAtBoot()
        let main = "/etc/keepalived/keepalived.conf"
        var reader = KeepalivedReader(files: self)
        reader.take(main, within: [])
        if let file = reader.places[address] {
            result.place = "\(file): virtual_ipaddress"
        }
        result.add(AddressAtBoot(open: reader.open + unread { $0 == main }))
        return result
    }

    /// systemd-rc-local-generator(8): run at boot where it is executable.
    func localScript(of address: IPAddress) -> AddressAtBoot {
        let path = "/etc/rc.local"
        let state = units["rc-local.service"]?.fileState ?? ""
        guard !state.hasPrefix("masked") else { return AddressAtBoot() }
        var result = scripts(files.filter { $0.path == path }, variables: [], of: address)
        result.open += unread { $0 == path }
        return result
    }

    /// Units of the machine's own (systemd.service(5)) that run `ip` or `ifconfig`, where they are in use.
    func services(of address: IPAddress) -> AddressAtBoot {
        var result = AddressAtBoot()
        var budget = ShellBudget()
        let folder = "/etc/systemd/system"
        for file in files where file.path.hasPrefix(folder + "/") {
            let isDropIn = file.name.hasSuffix(".conf") && file.folder.hasSuffix(".service.d")
            let unit = isDropIn ? String(file.folder.lastPathComponent.dropLast(2)) : file.name
            guard unit.hasSuffix(".service"), units[unit]?.isUsed ?? false else { continue }
            let sections = SectionedFile(file.content, continues: true)
            var commands = AddressCommands()
            for line in sections.assignments
            where line.section == "Service"
                && ["ExecStartPre", "ExecStart", "ExecStartPost"].contains(line.key)
            {
                commands.add(.read(String(line.value.drop { "-@:+!".contains($0) }), &budget))
            }
            result.add(said(commands, of: address, in: file))
        }
        return result
    }

    /// crontab(5): what stands behind `@reboot`.
    func schedules(of address: IPAddress) -> AddressAtBoot {
        var result = AddressAtBoot()
        var budget = ShellBudget()
        guard !isOff("cron") else { return result }
        for file in files {
            let isOwn = file.path == "/var/spool/cron/crontabs/root"
            guard
                isOwn || file.path == "/etc/crontab"
                    || file.folder == "/etc/cron.d" && file.name.isRunPartsName
            else { continue }
            var commands = AddressCommands()
            for line in TextLines(file.content).lines {
                let words = line.blankSeparatedWords
                // In the system's tables the user's name comes before the command.
                guard words.first == "@reboot", let command = words.dropFirst(isOwn ? 1 : 2).first else {
                    continue
                }
                commands.add(.read(String(line[command.startIndex...]), &budget))
            }
            result.add(said(commands, of: address, in: file))
        }
        return result
    }

    private func said(_ commands: AddressCommands, of address: IPAddress, in file: File) -> AddressAtBoot {
        if let entry = commands.given.first(where: { $0.address == address }) {
            return AddressAtBoot(place: file.path + (entry.device.map { " (\($0))" } ?? ""))
        }
        let isOpen = commands.isOpen.contains(address) || commands.isAnyOpen && file.content.mentions(address)
        return AddressAtBoot(open: isOpen || !file.isWhole ? [file.path] : [])
    }

    /// All that the files say of an address but what netplan's do.
    public func say(of address: IPAddress) -> AddressAtBoot {
        var result = interfaces(of: address)
        for other in [networkd, networkManager, localScript, services, schedules, keepalived] {
            result.add(other(address))
        }
        // A name that could not be printed may be that of any file.
        result.add(AddressAtBoot(open: unread { $0 == "?" }))
        return result
    }
}

/// What a machine's files say of one address.
public struct AddressAtBoot: Sendable, Equatable {
    /// The file that gives it, and how, in a few words; the first of several.
    public var place: String?
    /// Files that may give it: they could not be read, or not understood.
    public var open: [String] = []

    public init(place: String? = nil, open: [String] = []) {
        self.place = place
        self.open = open
    }

    /// Takes in what other files say; who comes first is believed.
    public mutating func add(_ other: AddressAtBoot) {
        place = place ?? other.place
        open += other.open.filter { !open.contains($0) }
    }
}

/// The addresses of keepalived's instances, with the files that they stand in.
private struct KeepalivedReader {
    let files: BootFiles
    var places: [IPAddress: String] = [:]
    var open: [String] = []
    private var variables: [String: String] = [:]
    /// The blocks that are open.
    private var blocks: [String] = []
    /// What a brace would open.
    private var last = ""
    /// Bytes of files that name one another: twice what the probe prints of all of them.
    private var bytes = 2 * BootFiles.textLimit
    private var comparisons = ComparisonBudget()

    init(files: BootFiles) { self.files = files }

    private static let lists: Set<String> = ["virtual_ipaddress", "virtual_ipaddress_excluded"]

    /// `${name}` as `$name`.
    private static func withoutBraces(_ text: Substring) -> String {
        var isBehindDollar = false
        return text.parts(between: "{", and: "}").map { part in
            defer { isBehindDollar = part.whole.utf8.last == UInt8(ascii: "$") }
            guard case .inside(let name, _) = part, isBehindDollar, !name.isEmpty,
                name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
            else { return String(part.whole) }
            return String(name)
        }.joined()
    }

    /// - Parameter outer: the files that name this one; who is among them says nothing new.
    mutating func take(_ path: String, within outer: [String]) {
        guard !outer.contains(path) else { return }
        bytes -= 64
        guard let file = files.file(path), file.isWhole, outer.count < 4, file.content.utf8.count <= bytes
        else {
            if files.isThere(path) { leaveOpen(path) }
            return
        }
        bytes -= file.content.utf8.count
        for line in TextLines(file.content).lines {
            let content = line.prefix { $0 != "#" && $0 != "!" }
            let spaced = Self.withoutBraces(content)
                .replacing("{", with: " { ").replacing("}", with: " } ")
            let words = spaced[...].blankSeparatedWords.map(String.init)
            guard let first = words.first else { continue }
            if words.count > ParsingLimits.words { leaveOpen(path) }
            if first.hasPrefix("$"), let equals = first.firstIndex(of: "=") {
                variables[String(first[first.index(after: first.startIndex)..<equals])] =
                    String(first[first.index(after: equals)...])
                continue
            }
            if first == "include", words.count > 1 {
                let whole = words[1].hasPrefix("/") ? words[1] : "\(file.folder)/\(words[1])"
                include(ShellPattern(whole), in: path, within: outer)
                continue
            }
            take(words, in: path)
        }
    }

    private mutating func include(_ pattern: ShellPattern, in path: String, within outer: [String]) {
        // Beside the comparing: every line goes through all places.
        guard comparisons.spend(files.places.count) else { return leaveOpen(path) }
        for other in files.places where pattern.matches(other.path, &comparisons) {
            take(other.path, within: outer + [path])
        }
        if comparisons.isSpent { leaveOpen(path) }
    }

    /// What a file says cannot be told to the end.
    private mutating func leaveOpen(_ path: String) {
        if !open.contains(path) { open.append(path) }
    }

    private mutating func take(_ words: [String], in path: String) {
        var isEntry = true
        for (index, word) in words.enumerated() {
            switch word {
            case "{":
                if blocks.count < 32 { blocks.append(last) } else { leaveOpen(path) }
                isEntry = true
            case "}":
                _ = blocks.popLast()
                isEntry = true
            default:
                if index == 0 || isEntry { last = word }
                // The first word of an entry is the address; its device and label follow.
                guard isEntry, Self.lists.contains(blocks.last ?? "") else {
                    isEntry = false
                    continue
                }
                isEntry = false
                if let address = IPAddress(withPrefix: value(of: word)) {
                    places[address] = places[address] ?? path
                }
            }
        }
    }

    /// `$VIP`, as a whole or with a prefix length behind.
    private func value(of word: String) -> String {
        guard word.hasPrefix("$") else { return word }
        let parts = word.dropFirst().split(separator: "/", maxSplits: 1)
        guard let name = parts.first, let value = variables[String(name)] else { return word }
        return value + (parts.count > 1 ? "/\(parts[1])" : "")
    }
}
