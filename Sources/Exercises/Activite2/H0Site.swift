import GraderCore

// The part of H0 that looks at the web server on each machine: its configuration and the site's files.
extension H0 {
    /// The web server's own word on its configuration; a non-zero exit is the answer.
    static let webConfiguration = Check<Findings>(
        "H0.web-config",
        title: LocalizedText(
            fr: "La configuration du serveur web est correcte sur les deux nœuds",
            en: "The web server's configuration is right on both nodes"),
        why: LocalizedText(
            fr: "Une directive inconnue n'arrête pas un serveur en marche, mais l'empêche de redémarrer.",
            en: "An unknown directive does not stop a running server, but keeps it from starting again."),
        seeYourself: "apachectl configtest",
        hint: LocalizedText(
            fr: "Avez-vous retiré la directive ajoutée pour votre test ?",
            en: "Did you take out the directive that you added for your test?"),
        expected: { _, _ in
            LocalizedText(
                fr: "« Syntax OK » sur les deux nœuds", en: "“Syntax OK” on both nodes")
        },
        judge: { findings, _ in
            onEach(HealthProbe.webConfiguration, findings) { role in
                guard let result = findings.evidence.result(of: HealthProbe.webConfiguration, on: role) else {
                    return .unseen
                }
                let output = result.standardOutput.text + "\n" + result.standardError.text
                guard let isRight = HealthProbe.isRight(result.ending, output) else { return .unseen }
                if isRight { return .right(LocalizedText(verbatim: "Syntax OK")) }
                let lines = output.split(separator: "\n").filter { !$0.isEmpty }
                // Apache says where in one line and what in the next.
                let start = lines.firstIndex { $0.contains("rror") } ?? lines.startIndex
                let said = lines[start...].prefix(2).joined(separator: " ")
                return .wrong(LocalizedText(verbatim: String(said.prefix(300))))
            }
        })

    /// Whether both nodes have the site's files. A page that a program makes does not hold the roster's text in a
    /// file; then it only counts that the folder is there and not empty.
    static let site = Check<Findings>(
        "H0.site",
        title: LocalizedText(fr: "Le site est sur les deux nœuds", en: "The site is on both nodes"),
        why: LocalizedText(
            fr: "Après une bascule, c'est l'autre nœud qui sert les pages : il doit avoir les mêmes.",
            en: "After a failover the other node serves the pages: it has to have the same."),
        seeYourself: "ls /var/www/html",
        hint: LocalizedText(
            fr:
                "Comparez le dossier du site sur les deux nœuds : rien ne le copie de l'un à l'autre à votre place.",
            en: "Compare the site's folder on both nodes: nothing copies it from one to the other for you."),
        expected: { _, _ in
            LocalizedText(
                fr: "les mêmes pages sur les deux nœuds", en: "the same pages on both nodes")
        },
        judge: { findings, _ in
            var sites: [MachineID: Site] = [:]
            for role in MachineID.pair {
                sites[role] = findings.evidence.complete(HealthProbe.site, on: role).flatMap { Site($0.text) }
            }
            let isInFiles = sites.values.contains { $0.hasText == true }
            return onEach(HealthProbe.site, findings) { role in
                guard let site = sites[role] else { return .unseen }
                if !site.hasEntries, site.isUnknown { return .unseen }
                if !site.hasEntries { return .wrong(noSite(site.folders + site.missing)) }
                let text = LocalizedText(verbatim: site.folders.joined(separator: ", "))
                if isInFiles, site.hasText == nil || site.hasText == false && site.isUnknown {
                    return .unseen
                }
                if isInFiles, site.hasText == false {
                    return .wrong(text + otherSite(findings.lab.web.expectedText ?? ""))
                }
                return .right(text)
            }
        })

    private struct Site {
        /// Entries in the folders of the web server's configuration.
        var hasEntries = false
        /// Whether a file holds the text; nil where the search was not brought to its end.
        var hasText: Bool? = false
        var folders: [String] = []
        var missing: [String] = []
        /// Whether a folder is named in a way that this does not read.
        var isUnknown = false

        /// nil where the text is not what the script prints, or says of no folder at all.
        init?(_ text: String) {
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ", maxSplits: 2).map(String.init)
                guard words.count == 3 else { return nil }
                switch (words[0], words[1]) {
                case ("missing", "-"):
                    // A variable, a comment behind it, a path beneath ServerRoot: what the web server makes of it is not known.
                    guard words[2].hasPrefix("/"),
                        words[2].utf8.allSatisfy({ $0 > 0x20 && !"$#{}*".utf8.contains($0) })
                    else {
                        isUnknown = true
                        continue
                    }
                    missing.append(words[2])
                case (let count, let found):
                    guard let count = Int(count), count >= 0, ["yes", "no", "unknown"].contains(found) else {
                        return nil
                    }
                    hasEntries = hasEntries || count > 0
                    if found == "yes" { hasText = true }
                    if found == "unknown", hasText == false { hasText = nil }
                    folders.append(words[2])
                }
            }
            if folders.isEmpty, missing.isEmpty || isUnknown { return nil }
        }
    }

    private static func noSite(_ folders: [String]) -> LocalizedText {
        let list = folders.joined(separator: ", ")
        return LocalizedText(fr: "pas de page dans \(list)", en: "no page in \(list)")
    }
    private static func otherSite(_ text: String) -> LocalizedText {
        LocalizedText(fr: ", mais sans « \(text) »", en: ", but without “\(text)”")
    }
}
