import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import Reports

/// What `board` takes, whether or not this program was built with it.
struct BoardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "board",
        LocalizedText(
            fr:
                "La séance en direct : une page pour l'enseignant, et une pour chaque étudiant, où il se vérifie.",
            en: "The lesson, live: a page for the teacher, and one for each student to check himself."),
        LocalizedText(
            fr: """
                Chaque étudiant ouvre sa page avec un code personnel (--cards fait les cartes à distribuer), lit son compte \
                rendu et peut faire examiner sa paire à nouveau ; l'enseignant voit la classe à mesure que les résultats \
                arrivent. Tant qu'il est ouvert, c'est le tableau de bord qui fait les passages de la classe : un grade-all \
                lancé à côté lui remet sa demande. Ctrl-C le ferme en bon ordre ; relancé, il a les mêmes liens et les \
                derniers résultats.
                État de sortie : 0 ou 130 fermé ; 65 la liste de classe ou le barème a des erreurs ; 74 quelque chose n'a \
                pas pu être écrit ; 75 un autre Bascule fait les passages de la classe.
                """,
            en: """
                Students open their page with a personal code (--cards makes the cards to hand out), look at their own \
                report and have their pair looked at again; you see the class as results come. While it runs, the \
                board makes the class's runs: a grade-all beside it hands over its request. Ctrl-C ends it in an \
                orderly way; started again, it has the same links and the last results.
                Exit status: 0 or 130 ended; 65 the roster or the rubric is wrong; 74 something could not be written; \
                75 another Bascule makes the class's runs.
                """),
        examples: [
            (
                "bascule board --cards --listen 0.0.0.0:8080",
                LocalizedText(
                    fr: "Fait la feuille des cartes à distribuer.",
                    en: "Makes the sheet of cards to hand out.")
            ),
            (
                "bascule board --listen 0.0.0.0:8080 --every 5m --until 17:30",
                LocalizedText(
                    fr: "Ouvre le tableau de bord à toute la salle, avec un passage toutes les cinq minutes.",
                    en: "Opens the board to the whole room, with a round every five minutes.")
            ),
        ])

    @OptionGroup var rosterArgument: RosterArgument

    @OptionGroup var options: RunOptions
    @OptionGroup var pages: PageOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Où écouter ; une adresse autre que 127.0.0.1 est joignable par tout le réseau.",
            en:
                "Where to listen; another address than this machine's own is reached by whoever is in its network.",
            valueName: String(fr: "adresse:port", en: "address:port")))
    var listen = Self.usualAddress

    static let usualAddress = "127.0.0.1:8080"

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr:
                "Un passage de la classe à cet intervalle, p. ex. 5m (de 10s à 24h) ; sans cela, seulement à la demande.",
            en: "A round over the class so often, e.g. 5m (10s to 24h); none without it but when you ask.",
            valueName: "5m"))
    var every: Duration?

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Aucun passage ne commence après cette heure d'aujourd'hui.",
            en: "No round begins after this time of today.", valueName: "17:30"))
    var until: String?

    @Option(
        name: .customLong("students-may-drill"),
        help: ArgumentHelp(
            fr: "Exercices de bascule qu'un étudiant peut lancer sur sa propre paire.",
            en: "Drills that a student may run on his own pair.", valueName: "drills"))
    var studentDrills: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Pour TLS : le certificat (fichier PEM), suivi de ceux qui le garantissent.",
            en: "For TLS: the certificate's PEM file, with those that vouch for it behind it.",
            valueName: "file"))
    var certificate: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Pour TLS : la clé du certificat (fichier PEM).",
            en: "For TLS: the PEM file of the certificate's key.", valueName: "file"))
    var key: String?

    @Option(
        name: .customLong("name"),
        help: ArgumentHelp(
            fr: "Un nom par lequel on joint le tableau de bord, pour ses liens ; peut se répéter.",
            en: "A name by which people reach the board, for its links; several times.",
            valueName: "board.example.org"))
    var names: [String] = []

    @Option(name: .long, help: .jobs)
    var jobs = 16

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Écrire la feuille des cartes, avec le lien et le code de chacun, et finir.",
            en: "Write the sheet of cards with everybody's link and code, and end."))
    var cards = false

    @Option(
        name: .customLong("new-code"),
        help: ArgumentHelp(
            fr:
                "Donner un nouveau code à cet étudiant (ou à teacher, l'enseignant, ou à all, tous), et finir ; l'ancien n'ouvre plus rien.",
            en:
                "Give this student (or teacher, or all) a new code, and end; the old one opens nothing from then on.",
            valueName: "id"))
    var newCode: [String] = []

    func validate() throws {
        let bounds = Duration.seconds(10)...Duration.seconds(86_400)
        try require(
            every.map(bounds.contains) ?? true,
            LocalizedText(
                fr: "--every va de 10s à 24h, par exemple 5m", en: "--every is from 10s to 24h, such as 5m"))
        try require(until == nil || every != nil, .untilNeedsEvery)
        try require(
            (certificate == nil) == (key == nil),
            LocalizedText(
                fr: "--certificate et --key vont ensemble", en: "--certificate and --key go together"))
        try require(jobs >= 1, .jobsWanted)
        try require(
            address != nil,
            LocalizedText(
                fr: "--listen prend une adresse et un port, par exemple 127.0.0.1:8080 ou [::1]:8080",
                en: "--listen takes an address and a port, such as 127.0.0.1:8080 or [::1]:8080"))
        try require(
            options.questions.isEmpty,
            LocalizedText(
                fr: "un tableau de bord montre tout l'énoncé : ne pas donner --question",
                en: "a board shows the whole sheet: leave --question out"))
    }

    /// Nil where it is none.
    var address: (host: String, port: Int)? {
        guard let url = URLComponents(string: "//\(listen)"), let host = url.host, !host.isEmpty,
            let port = url.port, (0...65_535).contains(port), url.path.isEmpty, url.user == nil
        else { return nil }
        let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        return bare == "localhost" || IPAddress(bare) != nil || bare.contains(":") ? (bare, port) : nil
    }

    func run() async throws {
        #if BOARD
            try await open()
        #else
            throw ValidationError(
                fr: """
                    ce programme a été compilé sans le tableau de bord : le compiler avec scripts/build, ou prendre celui \
                    des paquets de Bascule
                    """,
                en: """
                    this program was built without the board: build it with scripts/build, or take the one that comes in \
                    Bascule's packages
                    """)
        #endif
    }
}
