import GraderCore
import LinuxFacts
import Pacemaker

/// Addresses that a node gives itself at boot: by ifupdown, or by systemd-networkd, NetworkManager or netplan.
enum StaticConfiguration {
    static let probe = "static-configuration"

    /// Each file after a line with its name; bounded by the probe's limits. `head` because a student's file may
    /// be anything, a device included.
    static let script = """
        for file in /etc/network/interfaces /etc/network/interfaces.d/* /etc/systemd/network/*.network \
        /etc/NetworkManager/system-connections/* /etc/netplan/*; do
        [ -f "$file" ] && [ -r "$file" ] && printf '==> %s <==\\n' "$file" && head -c 65536 "$file" && echo
        done; true
        """

    /// Whether the text is what the script prints: files, each after its name, or nothing where there is no file.
    static func isReadable(_ text: String) -> Bool { text.isEmpty || text.hasPrefix("==> /") }

    /// Where the address is configured on an interface that comes up at boot, in a few words; nil where it is not.
    static func place(in text: String, of address: IPAddress) -> String? {
        let files = files(in: text)
        // interfaces(5): `auto` may stand in another file than the stanza.
        let atBoot = files.filter { $0.name.hasPrefix("/etc/network/") }
            .flatMap { StaticAddresses.read($0.content).interfacesAtBoot }
        for (file, content) in files {
            if file.hasPrefix("/etc/network/") {
                let entries = StaticAddresses.read(content, atBoot: atBoot).entries(for: address)
                if let entry = entries.first(where: \.isAtBoot) {
                    return "\(file) (\(entry.interface))"
                }
            } else if let line = lineOfOtherTools(in: content, holding: address) {
                return "\(file): \(line)"
            }
        }
        return nil
    }

    private static func files(in text: String) -> [(name: String, content: String)] {
        var files: [(name: String, content: String)] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.hasPrefix("==> /"), line.hasSuffix(" <==") {
                files.append((String(line.dropFirst(4).dropLast(4)), ""))
            } else if !files.isEmpty {
                files[files.count - 1].content += line + "\n"
            }
        }
        return files
    }

    /// `Address=` of systemd.network(5), `address1=` of NetworkManager's keyfiles (nm-settings-keyfile(5)), and an
    /// item of netplan's `addresses:`.
    private static func lineOfOtherTools(in content: String, holding address: IPAddress) -> String? {
        for line in content.split(whereSeparator: \.isNewline) {
            let trimmed = line.trimmingPrefix { $0 == " " || $0 == "\t" }
            let lowercased = trimmed.lowercased()
            guard lowercased.hasPrefix("address") || trimmed.hasPrefix("- ") else { continue }
            let words = trimmed.split { !($0.isHexDigit || $0 == "." || $0 == ":") }
            if words.contains(where: { IPAddress(parsing: $0) == address }) {
                return String(trimmed.prefix(200))
            }
        }
        return nil
    }
}
