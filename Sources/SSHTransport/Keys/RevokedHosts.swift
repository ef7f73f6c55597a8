import Foundation

/// The hosts for which a line `@revoked` takes a key back (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): one name, hashed, or
/// patterns as in ssh_config(5), mostly `*`.
struct RevokedHosts: Sendable {
    private let hashed: HashedHostName?
    private let patterns: [(text: String, isNegated: Bool)]

    init(_ text: String) {
        hashed = HashedHostName(text)
        patterns =
            hashed != nil
            ? []
            : text.lowercased().split(separator: ",").map { pattern in
                // `[host]:port` is a name, and would be a set of characters to fnmatch(3).
                (
                    String(pattern.drop { $0 == "!" }).replacing("[", with: "\\["), pattern.hasPrefix("!")
                )
            }
    }

    /// - Parameter names: of one host.
    func include(_ names: Set<String>) -> Bool {
        let matching = patterns.filter { pattern in names.contains { fnmatch(pattern.text, $0, 0) == 0 } }
        return hashed?.isOne(of: names) == true
            || (!matching.isEmpty && !matching.contains(where: \.isNegated))
    }
}
