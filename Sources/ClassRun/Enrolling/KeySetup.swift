import Foundation
import GraderCore

/// The lines that a student pastes on both nodes to let the teacher's key in, and those that take it out again.
///
/// The key is let in with `restrict` (authorized_keys, sshd(8)): no terminal, no agent, no X11. Forwarding of ports
/// stays, since the site is looked at from the node where the grader is not in the lab's network. Nothing else of the
/// account is changed; pasted twice, the lines do nothing more.
public struct KeySetup: Sendable, Hashable {
    /// The account that logs in.
    public let user: String
    /// `type base64` each.
    public let keys: [String]
    /// The addresses, subnets or names the key is taken from; empty: from everywhere.
    public let origins: [String]
    /// The day after which the key is no longer taken, `YYYYMMDD`; nil: it stays until it is taken out.
    public let lastDay: String?

    /// A sentence about what cannot stand in a student's shell.
    public struct Mistake: Error, Sendable, Hashable, CustomStringConvertible {
        public var sentence: LocalizedText

        fileprivate init(fr: LocalizedText.Wording, en: LocalizedText.Wording) {
            sentence = LocalizedText(fr: fr, en: en)
        }

        public var description: String { sentence[.current] }
    }

    /// - Throws: a sentence about what cannot stand in a shell line, or is no day, or that there is no key.
    public init(
        user: String, keys: [String], origins: [String] = [], lastDay: String? = nil
    ) throws(Mistake) {
        let name = /[a-z_][a-z0-9_.\-]{0,31}/  // bounded: every byte can be matched in one way only
        guard user.wholeMatch(of: name) != nil else {  // bounded: as above
            throw Mistake(
                fr: "« \(user) » ne s'écrit pas dans une ligne de shell : donner un nom de compte simple.",
                en: "“\(user)” cannot be written into a shell line: give a plain account name.")
        }
        // Patterns of ssh_config(5) are allowed, and so is CIDR notation; quotes, blanks and commas are not.
        // bounded: one class of bytes, once
        for origin in origins where origin.wholeMatch(of: /!?[0-9A-Za-z.:*?\/\-]+/) == nil {
            throw Mistake(
                fr:
                    "« \(origin) » n'est pas une adresse d'où la clé puisse venir : écrire 172.16.0.1, ou 172.16.0.0/24.",
                en: "“\(origin)” is no address the key could come from: write 172.16.0.1, or 172.16.0.0/24.")
        }
        // bounded: eight digits
        if let lastDay, lastDay.wholeMatch(of: /20[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])/) == nil {
            throw Mistake(
                fr: "« \(lastDay) » n'est pas un jour : écrire 2027-07-01.",
                en: "“\(lastDay)” is no day: write 2027-07-01.")
        }
        // bounded: every byte can be matched in one way only
        guard !keys.isEmpty, keys.allSatisfy({ $0.wholeMatch(of: /[a-z0-9.@\-]+ [A-Za-z0-9+\/=]+/) != nil })
        else {
            throw Mistake(
                fr: "Il n'y a pas de clé à faire entrer : donner --identity-file.",
                en: "There is no key to let in: give --identity-file.")
        }
        self.user = user
        self.keys = keys
        self.origins = origins
        self.lastDay = lastDay
    }

    private var file: String { "~\(user)/.ssh/authorized_keys" }

    /// Lets the keys in. In parentheses, so that nothing is left in the student's shell.
    public var adding: String {
        let lines = keys.map { key in
            "  grep -qF '\(Self.blob(key))' \"$f\" || echo '\(options) \(key) bascule' >> \"$f\""
        }
        return """
            (
              f=\(file)
              mkdir -p -m 700 "${f%/*}" && touch "$f" && chmod 600 "$f"
              [ -z "$(tail -c 1 "$f")" ] || echo >> "$f"
            \(lines.joined(separator: "\n"))
            )
            """
    }

    /// Takes them out; the file and its folder go too where nothing else is in them.
    public var removing: String {
        let lines = keys.map { "  sed -i '\\,\(Self.blob($0)),d' \"$f\"" }
        return """
            (
              f=\(file); [ -f "$f" ] || exit 0
            \(lines.joined(separator: "\n"))
              [ -s "$f" ] || { rm -f "$f"; rmdir "${f%/*}" 2> /dev/null; true; }
            )
            """
    }

    private var options: String {
        var options: [String] = []
        if !origins.isEmpty { options.append("from=\"\(origins.joined(separator: ","))\"") }
        if let lastDay { options.append("expiry-time=\"\(lastDay)\"") }
        return (options + ["restrict", "port-forwarding"]).joined(separator: ",")
    }

    private static func blob(_ key: String) -> Substring { key.split(separator: " ").last ?? "" }
}
