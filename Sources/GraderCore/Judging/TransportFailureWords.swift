/// What is said of a machine that could not be looked at.
public struct TransportFailureWords: Sendable {
    /// A few words that go behind the machine's name: `does not answer`.
    public let what: LocalizedText
    /// A sentence on what is probably the matter, or on what to do; nil where there is nothing to say.
    public let advice: LocalizedText?

    fileprivate init(
        fr: LocalizedText.Wording, en: LocalizedText.Wording, advice: LocalizedText? = nil
    ) {
        what = LocalizedText(fr: fr, en: en)
        self.advice = advice
    }
}

extension TransportFailure.Kind {
    public var words: TransportFailureWords {
        switch self {
        case .timedOut:
            .init(
                fr: "ne répond pas", en: "does not answer",
                advice: LocalizedText(
                    fr: "La machine est sans doute éteinte, ou hors du réseau.",
                    en: "The machine is probably off, or not on the network."))
        case .graderOverloaded:
            .init(
                fr: "non évalué, correcteur surchargé", en: "not assessed, the grader was overloaded",
                advice: LocalizedText(
                    fr: "Il n'a pas pu écouter à temps : relancer.",
                    en: "It could not listen in time: run it again."))
        case .connectionRefused:
            .init(
                fr: "port SSH fermé", en: "SSH port closed",
                advice: LocalizedText(
                    fr: "Le serveur SSH n'est pas démarré, ou écoute sur un autre port.",
                    en: "The SSH server is not running, or listens on another port."))
        case .unreachable:
            .init(
                fr: "injoignable", en: "unreachable",
                advice: LocalizedText(
                    fr: "La machine est sans doute éteinte, ou cette adresse n'est pas sur le réseau.",
                    en: "The machine is probably off, or this address is not on the network."))
        case .notSSH:
            .init(
                fr: "accepte la connexion mais ne parle pas SSH",
                en: "accepts the connection, but no SSH there")
        case .refusedByPenalty:
            .init(
                fr: "refuse les connexions pour le moment", en: "refuses connections for the time being",
                advice: LocalizedText(
                    fr: "Il y a eu trop de tentatives : réessayer dans quelques minutes.",
                    en: "There were too many attempts: try again in a few minutes."))
        case .hostKeyChanged:
            .init(
                fr: "sa clé d'hôte n'est plus celle enregistrée", en: "its host key is not the one on file",
                advice: LocalizedText(
                    fr: """
                        Si la machine a été réinstallée, l'enseignant doit enregistrer la nouvelle clé \
                        (bascule enroll --replace) ; sinon, ce n'est pas la bonne machine.
                        """,
                    en: """
                        If the machine was reinstalled, the teacher has to record the new key (bascule enroll --replace); \
                        otherwise it is not the right machine.
                        """))
        case .authenticationFailed:
            .init(
                fr: "identification refusée", en: "log-in refused",
                advice: LocalizedText(
                    fr: "Le compte, la clé ou le mot de passe convenus n'y sont pas acceptés.",
                    en: "The agreed account, key or password is not accepted there."))
        case .keyUnusable:
            .init(
                fr: "la clé du correcteur est inutilisable", en: "the grader's key cannot be used",
                advice: LocalizedText(
                    fr: "C'est à l'enseignant d'y remédier.", en: "This is for the teacher to mend."))
        case .noCommonAlgorithms:
            .init(fr: "aucun algorithme SSH en commun", en: "no SSH algorithm in common")
        case .commandsRefused:
            .init(
                fr: "n'exécute aucune commande", en: "runs no command",
                advice: LocalizedText(
                    fr: "On a pu s'y connecter : mot de passe expiré, compte restreint ou sans shell.",
                    en: "The log-in worked: an expired password, a restricted account, or no shell."))
        case .rootRefused:
            .init(
                fr: "droits root refusés", en: "root refused",
                advice: LocalizedText(
                    fr:
                        "On a pu s'y connecter, mais pas y devenir root : vérifier sudo, ou le mot de passe de su.",
                    en: "The log-in worked, but becoming root did not: check sudo, or the password for su."))
        case .connectionLost:
            .init(
                fr: "connexion perdue", en: "connection lost",
                advice: LocalizedText(
                    fr: "Elle s'est rompue pendant le relevé.", en: "It broke while collecting."))
        case .outOfSight:
            .init(
                fr: "non visité (contrôle local)", en: "not visited (local check)",
                advice: LocalizedText(
                    fr: "Un contrôle local ne regarde que la machine où il est lancé.",
                    en: "A local check looks only at the machine it runs on."))
        case .cancelled: .init(fr: "abandonné à l'échéance", en: "given up at the deadline")
        case .protocolError:
            .init(
                fr: "erreur de protocole SSH", en: "SSH protocol error",
                advice: LocalizedText(
                    fr: "L'un des deux n'a pas suivi le protocole.",
                    en: "One side did not keep to the protocol."))
        case .programFault:
            .init(
                fr: "erreur de Bascule", en: "a bug in Bascule",
                advice: LocalizedText(
                    fr: "Ce n'est la faute de personne d'autre : à signaler.",
                    en: "It is nobody else's fault: please report it."))
        }
    }
}
