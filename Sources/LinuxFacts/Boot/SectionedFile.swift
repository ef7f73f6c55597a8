import GraderCore

/// A file of sections and `key=value` lines, as systemd and NetworkManager read them: a comment is a line of its own,
/// behind `#` or `;`.
struct SectionedFile {
    struct Assignment: Equatable {
        /// With what a repeated section is told from another by: `Address` may stand several times.
        var section: String
        var key: String
        var value: String
    }
    private(set) var assignments: [Assignment] = []

    /// - Parameter continues: whether a backslash at a line's end takes the next one in (systemd.syntax(7)).
    init(_ text: String, continues: Bool) {
        var section = ""
        var begun = ""
        for piece in TextLines(text).lines {
            let trimmed = piece.trimmed
            if trimmed.hasPrefix("#") || trimmed.hasPrefix(";") { continue }
            if continues, trimmed.hasSuffix("\\"), begun.utf8.count < ParsingLimits.bytes {
                begun += trimmed.dropLast() + " "
                continue
            }
            let line = Substring(begun + trimmed).trimmed
            begun = ""
            if line.hasPrefix("["), line.hasSuffix("]") {
                section = String(line.dropFirst().dropLast())
            } else if let equals = line.utf8.firstIndex(of: UInt8(ascii: "=")) {
                assignments.append(
                    Assignment(
                        section: section, key: String(line[..<equals].trimmed),
                        value: String(line[line.utf8.index(after: equals)...].trimmed)))
            }
        }
    }

    func values(_ section: String, _ key: String) -> [String] {
        assignments.filter { $0.section == section && $0.key == key }.map(\.value)
    }

    /// The last one counts.
    func value(_ section: String, _ key: String) -> String? { values(section, key).last }
}

extension BootFiles {
    // MARK: systemd-networkd

    /// Where systemd looks, the first winning over the others.
    private static let networkFolders = ["/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib"].map {
        $0 + "/systemd/network"
    }

    /// systemd.network(5): the files `*.network`, each with the drop-ins `*.conf` of the folder `NAME.d`.
    func networkd(of address: IPAddress) -> AddressAtBoot {
        guard !isOff("systemd-networkd") else { return AddressAtBoot() }
        var result = AddressAtBoot()
        let unreadByFolder = Dictionary(grouping: unread, by: \.parentPath)
        // What netplan wrote is written anew at boot, from netplan's own files.
        let isMeant = { (name: String) in name.hasSuffix(".network") && !name.hasPrefix("10-netplan-") }
        for file in effective(in: Self.networkFolders, named: isMeant) {
            let folders = Self.networkFolders.map { "\($0)/\(file.name).d" }
            let parts = [file] + effective(in: folders) { $0.hasSuffix(".conf") }
            // What was not read may take back what the others say.
            let lacking =
                parts.filter { !$0.isWhole }.map(\.path)
                + folders.flatMap { unreadByFolder[$0] ?? [] }.filter { $0.hasSuffix(".conf") }
            guard lacking.isEmpty else {
                result.add(AddressAtBoot(open: lacking))
                continue
            }
            let read = parts.map { SectionedFile($0.content, continues: true) }
            let policies = read.flatMap { $0.values("Link", "ActivationPolicy") }
            let isUnmanaged = read.flatMap { $0.values("Link", "Unmanaged") }.last.map {
                ["yes", "true", "1", "on"].contains($0.lowercased())
            }
            if isUnmanaged == true || ["manual", "down", "always-down"].contains(policies.last ?? "") {
                continue
            }
            var found: String?
            for (part, sections) in zip(parts, read) {
                for line in sections.assignments where line.key == "Address" {
                    switch line.section {
                    // Nothing behind the sign takes back what came before.
                    case "Network" where line.value.isEmpty: found = nil
                    case "Network", "Address":
                        guard IPAddress(withPrefix: line.value) == address else { continue }
                        found = found ?? "\(part.path): Address=\(line.value)"
                    default: continue
                    }
                }
            }
            result.add(AddressAtBoot(place: found))
        }
        result.open += unread { path in
            Self.networkFolders.contains(path.parentPath) && isMeant(path.lastPathComponent)
                || path.hasSuffix(".conf") && path.parentPath.hasSuffix(".network.d")
                    && Self.networkFolders.contains(path.parentPath.parentPath)
        }
        return result
    }

    // MARK: NetworkManager

    /// nm-settings-keyfile(5): `[ipv4]` with `address1=172.16.0.12/24,172.16.0.254`.
    func networkManager(of address: IPAddress) -> AddressAtBoot {
        guard !isOff("NetworkManager") else { return AddressAtBoot() }
        var result = AddressAtBoot()
        let folders = ["/etc", "/run", "/usr/lib"].map { $0 + "/NetworkManager/system-connections" }
        let isMeant = { (path: String) in
            folders.contains(path.parentPath)
                // bounded: three of ours
                && Self.isConnection(path.lastPathComponent, needsSuffix: path.parentPath != folders[0])
        }
        let section = address.isIPv4 ? "ipv4" : "ipv6"
        for file in effective(in: folders, named: { _ in true }) where isMeant(file.path) {
            let sections = SectionedFile(file.content, continues: false)
            if !file.isWhole { result.open.append(file.path) }
            if let auto = sections.value("connection", "autoconnect"),
                ["false", "no", "0"].contains(auto.lowercased())
            {
                continue
            }
            if ["disabled", "ignore", "link-local"].contains(sections.value(section, "method") ?? "") {
                continue
            }
            for line in sections.assignments where line.section == section && Self.isAddressKey(line.key) {
                // `172.16.0.12/24,gateway`; before 0.9.10 `172.16.0.12;24;gateway;`.
                let first = line.value.split { $0 == "," || $0 == ";" }.first ?? ""
                guard IPAddress(withPrefix: first.trimmed) == address else { continue }
                result.add(AddressAtBoot(place: "\(file.path): \(line.key)=\(line.value)"))
            }
        }
        result.open += unread(where: isMeant)
        return result
    }

    /// `address`, `address1`, `addresses`, `addresses1`.
    private static func isAddressKey(_ key: String) -> Bool {
        let stem = key.prefix { !$0.isNumber }
        return (stem == "address" || stem == "addresses") && key.dropFirst(stem.count).allSatisfy(\.isNumber)
    }

    /// Whether NetworkManager takes the file for a connection. Below /etc the ending may be missing, as it always was
    /// before 1.14; what an editor or dpkg has put aside is none.
    private static func isConnection(_ name: String, needsSuffix: Bool) -> Bool {
        guard !name.hasPrefix("."), !name.hasSuffix("~") else { return false }
        if name.hasSuffix(".nmconnection") { return true }
        let aside = [
            ".bak", ".old", ".orig", ".save", ".backup", ".disabled", ".swp", ".pem", ".der", ".dpkg-old",
            ".dpkg-dist",
            ".dpkg-new", ".dpkg-bak", ".dpkg-tmp", ".ucf-old", ".ucf-dist",
        ]
        return !needsSuffix && !aside.contains { name.lowercased().hasSuffix($0) }
    }
}
