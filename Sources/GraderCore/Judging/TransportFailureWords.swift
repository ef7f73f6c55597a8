/// What is said of a machine that could not be looked at.
public struct TransportFailureWords: Sendable {
    /// A few words that go behind the machine's name: `does not answer`.
    public let what: LocalizedText
    /// A sentence on what is probably the matter, or on what to do; nil where there is nothing to say.
    public let advice: LocalizedText?

    fileprivate init(
        _ fr: LocalizedText.Wording, _ en: LocalizedText.Wording,
        advice adviceFR: LocalizedText.Wording? = nil, _ adviceEN: LocalizedText.Wording? = nil
    ) {
        what = LocalizedText(fr: fr, en: en)
        advice = if let adviceFR, let adviceEN { LocalizedText(fr: adviceFR, en: adviceEN) } else { nil }
    }
}

extension TransportFailure.Kind {
    public var words: TransportFailureWords {
        switch self {
        case .timedOut:
            .init(
                "ne répond pas", "does not answer",
                advice: "La machine est sans doute éteinte, ou hors du réseau.",
                "The machine is probably off, or not on the network.")
        case .graderOverloaded:
            .init(
                "non évalué, correcteur surchargé", "not assessed, the grader was overloaded",
                advice: "Il n'a pas pu écouter à temps : relancer.",
                "It could not listen in time: run it again.")
        case .connectionRefused:
            .init(
                "port SSH fermé", "SSH port closed",
                advice: "Le serveur SSH n'est pas démarré, ou écoute sur un autre port.",
                "The SSH server is not running, or listens on another port.")
        case .unreachable:
            .init(
                "injoignable", "unreachable",
                advice: "La machine est sans doute éteinte, ou cette adresse n'est pas sur le réseau.",
                "The machine is probably off, or this address is not on the network.")
        case .notSSH:
            .init("accepte la connexion mais ne parle pas SSH", "accepts the connection, but no SSH there")
        case .refusedByPenalty:
            .init(
                "refuse les connexions pour le moment", "refuses connections for the time being",
                advice: "Il y a eu trop de tentatives : réessayer dans quelques minutes.",
                "There were too many attempts: try again in a few minutes.")
        case .hostKeyChanged:
            .init(
                "sa clé d'hôte n'est plus celle enregistrée", "its host key is not the one on file",
                advice: """
                    Si la machine a été réinstallée, l'enseignant doit enregistrer la nouvelle clé \
                    (bascule enroll --replace) ; sinon, ce n'est pas la bonne machine.
                    """,
                """
                If the machine was reinstalled, the teacher has to record the new key (bascule enroll --replace); \
                otherwise it is not the right machine.
                """)
        case .authenticationFailed:
            .init(
                "identification refusée", "log-in refused",
                advice: "Le compte, la clé ou le mot de passe convenus n'y sont pas acceptés.",
                "The agreed account, key or password is not accepted there.")
        case .keyUnusable:
            .init(
                "la clé du correcteur est inutilisable", "the grader's key cannot be used",
                advice: "C'est à l'enseignant d'y remédier.", "This is for the teacher to mend.")
        case .noCommonAlgorithms: .init("aucun algorithme SSH en commun", "no SSH algorithm in common")
        case .commandsRefused:
            .init(
                "n'exécute aucune commande", "runs no command",
                advice: "On a pu s'y connecter : mot de passe expiré, compte restreint ou sans shell.",
                "The log-in worked: an expired password, a restricted account, or no shell.")
        case .rootRefused:
            .init(
                "droits root refusés", "root refused",
                advice:
                    "On a pu s'y connecter, mais pas y devenir root : vérifier sudo, ou le mot de passe de su.",
                "The log-in worked, but becoming root did not: check sudo, or the password for su.")
        case .connectionLost:
            .init(
                "connexion perdue", "connection lost",
                advice: "Elle s'est rompue pendant le relevé.", "It broke while collecting.")
        case .outOfSight:
            .init(
                "non visité (contrôle local)", "not visited (local check)",
                advice: "Un contrôle local ne regarde que la machine où il est lancé.",
                "A local check looks only at the machine it runs on.")
        case .cancelled: .init("abandonné à l'échéance", "given up at the deadline")
        case .protocolError:
            .init(
                "erreur de protocole SSH", "SSH protocol error",
                advice: "L'un des deux n'a pas suivi le protocole.", "One side did not keep to the protocol.")
        case .programFault:
            .init(
                "erreur de Bascule", "a bug in Bascule",
                advice: "Ce n'est la faute de personne d'autre : à signaler.",
                "It is nobody else's fault: please report it.")
        }
    }
}
