import GraderCore

extension MachineAudit {
    /// What of it the teacher is told; empty for a machine as its packages left it.
    public func anomalies(on machine: MachineID) -> [Anomaly] {
        func told(
            _ kind: String, _ found: [String], _ seen: (String) -> LocalizedText, why: LocalizedText,
            innocent: LocalizedText
        ) -> Anomaly? {
            guard !found.isEmpty else { return nil }
            return Anomaly(kind, on: machine, seen: seen(Anomaly.list(found)), why: why, innocent: innocent)
        }
        func inFiles(_ lines: [Line]) -> [String] { lines.map { "\($0.file): \($0.text)" } }
        return [
            told(
                "overriddenTool", overrides, AuditTexts.overrides, why: AuditTexts.answersInPlace,
                innocent: AuditTexts.installedByHand),
            told(
                "unpackagedTool", unpackaged, AuditTexts.unpackaged, why: AuditTexts.answersInPlace,
                innocent: AuditTexts.builtFromSource),
            told(
                "divertedTool", diverted, AuditTexts.diverted, why: AuditTexts.answersInPlace,
                innocent: AuditTexts.wrapped),
            told(
                "alteredPackage", altered, AuditTexts.altered, why: AuditTexts.maySayOtherwise,
                innocent: AuditTexts.mended),
            told(
                "preloadedLibrary", preloads, AuditTexts.preloads, why: AuditTexts.everyProgram,
                innocent: AuditTexts.tracing),
            told(
                "logInHook", inFiles(hooks), AuditTexts.hooks, why: AuditTexts.beforeWeLook,
                innocent: AuditTexts.greeting),
            told(
                "startUpFile", inFiles(startUps), AuditTexts.startUps, why: AuditTexts.beforeWeLook,
                innocent: AuditTexts.convenience),
            told(
                "environment", inFiles(environment), AuditTexts.environment,
                why: AuditTexts.otherAnswers, innocent: AuditTexts.trial),
        ].compactMap(\.self)
    }
}

private enum AuditTexts {
    static func overrides(_ found: String) -> LocalizedText {
        LocalizedText(
            fr: "Des outils de paquets ont un remplaçant dans /usr/local : \(found)",
            en: "Packaged tools have a substitute in /usr/local: \(found)")
    }
    static func unpackaged(_ found: String) -> LocalizedText {
        LocalizedText(
            fr: "Des outils qu'aucun paquet n'a apportés : \(found)",
            en: "Tools that no package has brought: \(found)")
    }
    static func diverted(_ found: String) -> LocalizedText {
        LocalizedText(
            fr: "Des outils de paquets mis de côté par dpkg-divert : \(found)",
            en: "Packaged tools moved aside by dpkg-divert: \(found)")
    }
    static func altered(_ found: String) -> LocalizedText {
        LocalizedText(
            fr: "dpkg -V : ne sont plus tels que leur paquet les a apportés : \(found)",
            en: "dpkg -V: no longer as their package brought them: \(found)")
    }
    static func preloads(_ found: String) -> LocalizedText {
        LocalizedText(
            fr: "/etc/ld.so.preload charge dans chaque programme : \(found)",
            en: "/etc/ld.so.preload loads into every program: \(found)")
    }
    static func hooks(_ found: String) -> LocalizedText {
        LocalizedText(
            fr: "Une connexion SSH déclenche : \(found)", en: "An SSH log-in sets off: \(found)")
    }
    static func startUps(_ found: String) -> LocalizedText {
        LocalizedText(
            fr: "Un fichier de démarrage du shell touche aux outils relevés : \(found)",
            en: "A shell's start-up file touches the tools that are asked: \(found)")
    }
    static func environment(_ found: String) -> LocalizedText {
        LocalizedText(
            fr: "Des variables changent ce que font les programmes : \(found)",
            en: "Variables change what programs do: \(found)")
    }

    static let answersInPlace = LocalizedText(
        fr: "Un programme à la place d'un autre peut répondre ce qu'il veut.",
        en: "A program in another's place can answer what it likes.")
    static let maySayOtherwise = LocalizedText(
        fr: "Un programme modifié peut dire autre chose que ce qui est.",
        en: "A program that was changed can say something else than what is.")
    static let everyProgram = LocalizedText(
        fr: "Une telle bibliothèque peut changer ce que lit et écrit n'importe quel programme.",
        en: "Such a library can change what any program reads and writes.")
    static let beforeWeLook = LocalizedText(
        fr: "Ce qui tourne à la connexion peut changer la machine juste avant le relevé.",
        en: "What runs at a log-in can change the machine just before it is looked at.")
    static let otherAnswers = LocalizedText(
        fr: "Par elles, un outil peut lire un fichier à la place de la machine, ou charger autre chose.",
        en: "By them a tool may read a file in the machine's place, or load something else.")

    static let installedByHand = LocalizedText(
        fr: "Une autre version installée à la main ; Bascule a de toute façon demandé à celle du paquet.",
        en: "Another version installed by hand; Bascule has asked the packaged one in any case.")
    static let builtFromSource = LocalizedText(
        fr: "Un logiciel compilé à la main, ou copié d'une autre machine pour dépanner.",
        en: "Software built by hand, or copied from another machine to mend this one.")
    static let wrapped = LocalizedText(
        fr: "Un outil enveloppé pour un essai, et oublié.", en: "A tool wrapped for a trial, and forgotten.")
    static let mended = LocalizedText(
        fr: """
            Une mise à jour en cours, un défaut corrigé à la main dans le paquet, une autre version copiée \
            par-dessus, ou un disque abîmé.
            """,
        en: """
            An update under way, a fault mended by hand in the package, another version copied over it, or a \
            damaged disk.
            """)
    static let tracing = LocalizedText(
        fr: "Un outil de mesure ou d'accélération des essais, comme eatmydata.",
        en: "A tool that measures or speeds up trials, such as eatmydata.")
    static let greeting = LocalizedText(
        fr: "Un message d'accueil, une alerte, une restriction de compte : lire ce que fait la commande.",
        en: "A greeting, an alert, a restricted account: read what the command does.")
    static let convenience = LocalizedText(
        fr: "Un raccourci pour travailler plus vite ; Bascule n'emploie ni alias ni fonctions.",
        en: "A shortcut to work faster; Bascule uses neither aliases nor functions.")
    static let trial = LocalizedText(
        fr: "Un essai sur une copie de la configuration ; Bascule n'emploie pas cet environnement.",
        en: "A trial on a copy of the configuration; Bascule does not use this environment.")
}
