import GraderCore

/// Addresses that a node gives itself at boot: ifupdown, systemd-networkd, NetworkManager, netplan.
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

    /// The line, with its file, that configures the address on an interface; nil where none does.
    ///
    /// A gateway or name server of that address does not configure it (interfaces(5), systemd.network(5)).
    static func line(in text: String, holding address: IPAddress) -> String? {
        var file = ""
        for line in text.split(separator: "\n") {
            if line.hasPrefix("==> "), line.hasSuffix(" <==") {
                file = String(line.dropFirst(4).dropLast(4))
                continue
            }
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            guard let first = trimmed.first, first != "#", first != ";" else { continue }
            let lowercased = trimmed.lowercased()
            let speaksOfOthers = ["gateway", "dns", "route", "network ", "broadcast", "via "].contains {
                lowercased.hasPrefix($0)
            }
            guard !speaksOfOthers else { continue }
            let words = trimmed.split { !($0.isHexDigit || $0 == "." || $0 == ":") }
            if words.contains(where: { IPAddress(String($0)) == address }) {
                return "\(file): \(trimmed.prefix(200))"
            }
        }
        return nil
    }
}
