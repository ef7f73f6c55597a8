import Foundation

/// What the system says about an error number, e.g. `No such file or directory`.
///
/// strerror(3) speaks French only where that locale was generated, which nobody can rely on: those a person meets are
/// here, in glibc's own French (fr.po); the others stay as the system says them.
public func systemMessage(_ code: Int32) -> LocalizedText {
    let english = String(cString: strerror(code))
    return french[code].map { LocalizedText(fr: $0, en: "\(english)") } ?? LocalizedText(verbatim: english)
}

/// What is said of a file that could not be written, and what to do about it.
/// - Parameter code: of errno(3).
public func unwrittenMessage(_ path: LocalizedText, _ code: Int32) -> LocalizedText {
    let reason = systemMessage(code)
    return switch code {
    case EFBIG:
        LocalizedText(
            fr: "\(path) n'a pas pu être écrit (\(reason)) : \(sizeLimitAdvice).",
            en: "\(path) could not be written (\(reason)): \(sizeLimitAdvice).")
    case ENOSPC, EDQUOT:
        LocalizedText(
            fr: "Le disque est plein (\(reason)) : faire de la place, \(path) n'a pas pu être écrit.",
            en: "The disk is full (\(reason)): make room, \(path) could not be written.")
    case EMFILE, ENFILE:
        LocalizedText(
            fr:
                "\(path) n'a pas pu être ouvert (\(reason)) : en permettre davantage avec « ulimit -n 1024 », puis recommencer.",
            en:
                "\(path) could not be opened (\(reason)): allow more of them with `ulimit -n 1024`, then try again."
        )
    default:
        LocalizedText(
            fr:
                "\(path) n'a pas pu être écrit (\(reason)) : vérifier le dossier, ou en choisir un autre.",
            en: "\(path) could not be written (\(reason)): check the folder, or choose another.")
    }
}

/// What to do where a file may not grow: that is no full disk.
public let sizeLimitAdvice = LocalizedText(
    fr: "lever la limite de la taille des fichiers (ulimit -f)",
    en: "raise the limit on the size of files (ulimit -f)")

/// Whether something is at a path, links followed, or might be: absent is only what the system says is not there (`ENOENT`,
/// `ENOTDIR`; stat(2)). What cannot be looked at, for want of a permission, is not absent: whoever opens it is told why.
public func mayBeThere(_ path: String) -> Bool {
    var status = stat()
    if stat(path, &status) == 0 { return true }
    // At once: making room for a list may change it.
    let code = errno
    return ![ENOENT, ENOTDIR].contains(code)
}

private let french: [Int32: LocalizedText.Wording] = [
    EPERM: "Opération non permise", ENOENT: "Aucun fichier ou dossier de ce nom",
    EIO: "Erreur d'entrée/sortie", EACCES: "Permission non accordée", EEXIST: "Le fichier existe",
    ENOTDIR: "N'est pas un dossier", EISDIR: "Est un dossier", EINVAL: "Argument invalide",
    EMFILE: "Trop de fichiers ouverts", ENFILE: "Trop de fichiers ouverts dans le système",
    ENOTTY: "Ioctl() inapproprié pour un périphérique", EFBIG: "Fichier trop gros",
    ENOSPC: "Aucun espace disponible sur le périphérique",
    EROFS: "Système de fichiers accessible en lecture seulement",
    ENAMETOOLONG: "Nom de fichier trop long", ELOOP: "Trop de niveaux de liens symboliques",
    ENOTEMPTY: "Le dossier n'est pas vide", EDQUOT: "Quota de disque dépassé",
    EADDRINUSE: "Adresse déjà utilisée", EADDRNOTAVAIL: "Impossible d'assigner l'adresse demandée",
    ECONNREFUSED: "Connexion refusée", ECONNRESET: "Connexion réinitialisée par le correspondant",
    ETIMEDOUT: "Connexion terminée par expiration du délai d'attente",
    EHOSTUNREACH: "Aucun chemin d'accès pour atteindre l'hôte cible",
    ENETUNREACH: "Le réseau n'est pas accessible",
    EPIPE: "Relais brisé (pipe)", ENOMEM: "Impossible d'allouer de la mémoire",
    ENOEXEC: "Erreur de format pour exec()", EBUSY: "Périphérique ou ressource occupé",
]
