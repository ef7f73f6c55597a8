import ClassRun
import Foundation
import GraderCore
import InputFiles
import Reports

/// Why a request is not answered as it was meant, on a page.
struct BoardRefusal: Error {
    var status: Int
    var message: LocalizedText

    init(_ status: Int, fr: LocalizedText.Wording, en: LocalizedText.Wording) {
        self.status = status
        message = LocalizedText(fr: fr, en: en)
    }

    static let notFound = BoardRefusal(404, fr: "Cette page n'existe pas.", en: "There is no such page.")
    static let unknown = BoardRefusal(
        401, fr: "Entrez d'abord votre code.", en: "Enter your code first.")
    static let exam = BoardRefusal(
        403, fr: "Pendant un examen, cette page est fermée.", en: "This page is closed during an exam.")
    static let forged = BoardRefusal(
        403, fr: "Cette demande ne vient pas d'une page de ce tableau : rechargez la page, puis recommencez.",
        en: "This did not come from a page of this board: load the page again, then try once more.")

    static let crowded = BoardRefusal(
        429, fr: "Trop de demandes à la fois : attendez quelques secondes.",
        en: "Too many requests at once: wait for some seconds.")
    /// What went wrong on our side names files and paths: nothing for students.
    static let ours = BoardRefusal(
        500,
        fr:
            "Cela n'a pas marché de notre côté, rien n'a été enregistré : gardez une copie, l'enseignant sait pourquoi.",
        en: "This went wrong on our side, and nothing was saved: keep a copy, the teacher knows why.")

    /// What went wrong on our side, in the words of its error.
    init(_ error: any Error) {
        if let refusal = error as? BoardRefusal {
            self = refusal
            return
        }
        status = 500
        message = LocalizedText(explaining: error)
        if let failure = error as? StoreFailure, failure.cause == .busy { status = 503 }
        if error is InputErrors { status = 409 }
    }

    /// What asking for a look or a drill came to, where it did not come to one.
    init?(_ answer: LessonAnswer, at now: Date = Date()) {
        switch answer {
        case .accepted, .underWay: return nil
        case .tooSoon(let next):
            let seconds = max(1, Int(saturating: min(next.timeIntervalSince(now), 3600).rounded(.up)))
            self.init(
                429, fr: "Trop tôt : encore \(seconds) s avant la prochaine vérification.",
                en: "Too soon: another \(seconds) s before the next check.")
        case .refusedLogin:
            self.init(
                409,
                fr:
                    "Une machine a refusé la connexion. Corrigez l'accès, cochez que c'est fait, puis recommencez : chaque essai refusé compte chez elle.",
                en:
                    "A machine refused the log-in. Mend it, tick that you did, then try again: it counts every refused attempt."
            )
        case .notAllowed:
            self.init(403, fr: "Cela n'est pas permis ici.", en: "This is not allowed here.")
        }
    }
}
