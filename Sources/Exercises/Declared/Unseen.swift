import GraderCore

/// Why nothing can be told of a fact.
struct Unseen: Error {
    var value: FactValue
    init(_ value: FactValue) { self.value = value }

    private static func none(fr: LocalizedText.Wording, en: LocalizedText.Wording) -> FactValue {
        .unknown(.noEvidence, LocalizedText(fr: fr, en: en))
    }

    /// Of evidence that was collected before the check was declared, or before what it looks at was changed.
    static let notCollected = Unseen(
        none(
            fr: "ce relevé ne contient pas ce que ce contrôle regarde : il faut relever à nouveau",
            en: "this evidence does not hold what this check looks at: collect again"))
    static let unreadable = none(fr: "la réponse n'est pas lisible", en: "the answer cannot be read")
    static let cutOff = none(
        fr: "la réponse est plus longue que ce que Bascule en garde",
        en: "the answer is longer than what Bascule keeps of it")
    static let link = none(
        fr: "c'est un lien symbolique, que ce contrôle ne suit pas",
        en: "it is a symbolic link, which this check does not follow")
    static let underWay = none(
        fr: "l'unité est en train de démarrer ou de s'arrêter", en: "the unit is just starting or stopping")
    static let stillRunning = none(fr: "l'unité n'a pas fini", en: "the unit has not ended yet")
    static let forgotten = none(
        fr: "rien ne se réfère à cette unité : systemd oublie ses exécutions",
        en: "nothing refers to this unit: systemd forgets its runs")
    static let encoded = FactValue.unknown(.noEvidence, FoundWords.encoded)
    static let noWay = none(
        fr: "aucune route n'y mène d'où l'on regarde", en: "there is no route to it from where one looks")
    static let silence = FactValue.unknown(
        .timedOut, LocalizedText(fr: "pas de réponse à temps", en: "no answer in time"))

    static func timedOut(_ limit: Duration) -> FactValue {
        let seconds = limit / .seconds(1)
        return .unknown(
            .timedOut,
            LocalizedText(
                fr: "la commande n'a pas fini en \(seconds, digits: 0) s",
                en: "the command did not end within \(seconds, digits: 0) s"))
    }

    static func signalled(_ name: String) -> FactValue {
        none(fr: "la commande a été interrompue (SIG\(name))", en: "the command was ended by SIG\(name)")
    }

    static func noCommand(_ result: CommandResult) -> FactValue {
        let said = result.standardError.text.trimmed.cut(to: 120)
        return none(
            fr: "la commande n'a pu être lancée : \(said)", en: "the command could not be run: \(said)")
    }

    static func failed(_ status: Int, _ result: CommandResult) -> FactValue {
        let said = result.standardError.text.trimmed.cut(to: 120)
        return none(
            fr: "la commande n'a pas donné de réponse (code \(status)) : \(said)",
            en: "the command gave no answer (status \(status)): \(said)")
    }
}

extension TransportFailure.Kind {
    /// For a check that rests on what could not be had.
    var reason: NotAssessedReason {
        switch self {
        case .timedOut: .timedOut
        case .graderOverloaded: .overloaded
        case .outOfSight: .outOfSight
        case .connectionRefused, .unreachable, .notSSH: .unreachable
        case .refusedByPenalty, .hostKeyChanged, .authenticationFailed, .keyUnusable, .noCommonAlgorithms,
            .commandsRefused, .rootRefused:
            .refused
        case .connectionLost, .cancelled, .protocolError, .programFault: .noEvidence
        }
    }
}

extension FoundWords {
    static let encoded = LocalizedText(fr: "la page est compressée", en: "the page is compressed")
    static let noFile = LocalizedText(fr: "le fichier n'existe pas", en: "the file does not exist")
    static let noContent = LocalizedText(fr: "ce n'est pas un fichier", en: "it is no regular file")
    static let notInstalled = LocalizedText(fr: "pas installé", en: "not installed")
    static let noUser = LocalizedText(fr: "cet utilisateur n'existe pas", en: "there is no such user")
    static let noUnit = LocalizedText(fr: "cette unité n'existe pas", en: "there is no such unit")
    static let notMounted = LocalizedText(fr: "rien n'y est monté", en: "nothing is mounted there")
    static let nobodyListens = LocalizedText(
        fr: "rien n'écoute sur ce port", en: "nothing listens on this port")
    static func refusedToAnswer(_ code: String) -> LocalizedText {
        LocalizedText(fr: "le serveur répond \(code)", en: "the server answers \(code)")
    }
    static let refused = LocalizedText(fr: "connexion refusée", en: "connection refused")
    static let silent = LocalizedText(fr: "rien ne répond", en: "nothing answers")
    static let ownLook = LocalizedText(
        fr: "ne se voit que depuis une autre machine", en: "can only be seen from another machine")
}
