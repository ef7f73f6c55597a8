import CLibssh2
import GraderCore

extension LibraryError {
    /// Why, behind a sentence of ours. libssh2's own words are English: in French its code says what they say, and they
    /// are quoted where the code does not.
    var words: LocalizedText {
        if let own { return own }
        if let plain = Self.plain[code] { return plain }
        let detail = BannerGate.printable(detail.utf8)
        guard !detail.isEmpty else {
            return LocalizedText(
                fr: "erreur \(code.rawValue) de libssh2", en: "libssh2 error \(code.rawValue)")
        }
        guard let french = Self.french[code.rawValue] else {
            return LocalizedText(fr: "« \(detail) »", en: "\(detail)")
        }
        return LocalizedText(fr: french, en: "\(detail)")
    }

    /// Where libssh2's own words say what it was doing, and not what was wrong.
    private static let plain: [Code: LocalizedText] = [
        .outOfBoundary: LocalizedText(
            fr: "un paquet d'une longueur impossible", en: "a packet of an impossible length"),
        .allocation: LocalizedText(
            fr: "plus de mémoire qu'une session ne peut en prendre", en: "more memory than a session may take"
        ),
        .socketDisconnect: LocalizedText(
            fr: "connexion coupée par l'autre côté", en: "cut by the other side"),
        Code(rawValue: LIBSSH2_ERROR_INVALID_MAC): LocalizedText(
            fr: "un paquet a été altéré (code d'authentification faux)",
            en: "a packet was altered (its authentication code is wrong)"),
        Code(rawValue: LIBSSH2_ERROR_SOCKET_RECV): LocalizedText(
            fr: "ce qui vient n'est pas un paquet SSH", en: "what comes is no SSH packet"),
    ]

    private static let french: [Int32: LocalizedText.Wording] = [
        LIBSSH2_ERROR_SOCKET_NONE: "connexion absente", LIBSSH2_ERROR_SOCKET_SEND: "envoi impossible",
        LIBSSH2_ERROR_BAD_SOCKET: "connexion inutilisable",
        LIBSSH2_ERROR_BANNER_RECV: "le serveur n'a pas donné sa version de SSH",
        LIBSSH2_ERROR_KEX_FAILURE: "l'échange de clés n'a pas abouti",
        LIBSSH2_ERROR_KEY_EXCHANGE_FAILURE: "l'échange de clés a échoué",
        LIBSSH2_ERROR_HOSTKEY_INIT: "la clé d'hôte est inutilisable",
        LIBSSH2_ERROR_HOSTKEY_SIGN: "la signature de la clé d'hôte est fausse",
        LIBSSH2_ERROR_DECRYPT: "un paquet ne se déchiffre pas",
        LIBSSH2_ERROR_ENCRYPT: "chiffrement impossible",
        LIBSSH2_ERROR_ZLIB: "décompression impossible", LIBSSH2_ERROR_COMPRESS: "compression impossible",
        LIBSSH2_ERROR_METHOD_NONE: "aucune méthode en commun",
        LIBSSH2_ERROR_CHANNEL_FAILURE: "le serveur a refusé d'ouvrir un canal",
        LIBSSH2_ERROR_CHANNEL_REQUEST_DENIED: "le serveur a refusé la demande",
        LIBSSH2_ERROR_CHANNEL_CLOSED: "le canal est fermé",
    ]
}
