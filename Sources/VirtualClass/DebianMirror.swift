import Foundation

/// The Debian mirror that this machine's own apt uses (sources.list(5), both formats).
enum DebianMirror {
    /// What Debian itself recommends, for a machine whose apt has no Debian source.
    static let standard = "http://deb.debian.org/debian"

    /// Reads the machine's apt sources.
    static func ofThisMachine() -> String {
        let folder = "/etc/apt/sources.list.d"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let files = ["/etc/apt/sources.list"] + names.sorted().map { "\(folder)/\($0)" }
        for file in files {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { continue }
            if let found = file.hasSuffix(".sources") ? deb822(text) : oneLine(text) { return found }
        }
        return standard
    }

    /// The first Debian archive in a `.sources` file.
    static func deb822(_ text: String) -> String? {
        for stanza in text.components(separatedBy: "\n\n") {
            var fields: [String: String] = [:]
            for line in stanza.split(separator: "\n") where !line.hasPrefix("#") {
                guard let colon = line.firstIndex(of: ":"), !line.hasPrefix(" ") else { continue }
                let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                fields[line[..<colon].lowercased()] = value
            }
            let words = { (key: String) in (fields[key] ?? "").split(separator: " ").map(String.init) }
            guard words("types").contains("deb"), words("components").contains("main"),
                fields["enabled"] != "no",
                let address = words("uris").first, isArchive(address, suites: words("suites"))
            else { continue }
            return address
        }
        return nil
    }

    /// The first Debian archive in a `sources.list`.
    static func oneLine(_ text: String) -> String? {
        for line in text.split(separator: "\n") {
            var words = line.split(separator: " ").map(String.init)
            guard words.first == "deb" else { continue }
            words.removeFirst()
            if words.first?.hasPrefix("[") == true {
                guard let end = words.firstIndex(where: { $0.hasSuffix("]") }) else { continue }
                words.removeSubrange(...end)
            }
            guard words.count >= 3, words[2...].contains("main"), isArchive(words[0], suites: [words[1]])
            else {
                continue
            }
            return words[0]
        }
        return nil
    }

    /// The main archive of Debian, not its security archive nor somebody else's packages for it.
    private static func isArchive(_ address: String, suites: [String]) -> Bool {
        let names = Release.allCases.map(\.rawValue) + ["stable", "oldstable", "testing", "sid", "unstable"]
        return !address.contains("security") && suites.contains(where: names.contains)
    }
}
