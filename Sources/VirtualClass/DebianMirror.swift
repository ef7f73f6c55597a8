/// The Debian mirror that this machine's own apt uses.
enum DebianMirror {
    /// What Debian itself recommends, for a machine whose apt has no Debian source.
    static let standard = "http://deb.debian.org/debian"

    /// Asks apt what it has read of its sources (apt-get(8), indextargets).
    static func ofThisMachine() async throws -> String {
        let format = "$(REPO_URI) $(RELEASE) $(COMPONENT)"
        let targets = try await HostCommand(
            arguments: ["apt-get", "indextargets", "--format", format, "Created-By: Packages"]
        ).run()
        return archive(targets.output) ?? standard
    }

    /// The first main archive of Debian, not its security archive nor somebody else's packages for it.
    /// - Parameter targets: an address, a suite and a component on each line.
    static func archive(_ targets: String) -> String? {
        let suites = Release.allCases.map(\.rawValue) + ["stable", "oldstable", "testing", "sid", "unstable"]
        for line in targets.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 3, suites.contains(words[1]), words[2] == "main",
                !words[0].contains("security")
            else { continue }
            return words[0].hasSuffix("/") ? String(words[0].dropLast()) : words[0]
        }
        return nil
    }
}
