import ArgumentParser
import GraderCore
import InputFiles

extension ArgumentHelp {
    init(fr: LocalizedText.Wording, en: LocalizedText.Wording, valueName: String? = nil) {
        self.init(stringLiteral: String(fr: fr, en: en))
        self.valueName = valueName.map { Language.current == .french ? Self.valuesInFrench[$0] ?? $0 : $0 }
    }

    /// What stands for a value in a usage line.
    private static let valuesInFrench = [
        "folder": "dossier", "file": "fichier", "name": "nom", "number": "nombre", "account": "compte",
        "key": "clé", "file.zip": "fichier.zip", "when": "quand", "run": "passage", "drills": "exercices",
        "word": "mot",
        "heading": "titre",
        "part": "partie", "targets": "cibles", "address": "adresse", "command": "commande",
        "student": "étudiant", "student=situation": "étudiant=situation", "power": "alimentation",
        "rubric": "barème", "exercise": "TP", "subject": "sujet", "@server": "@serveur",
        "check": "vérification",
        "time": "heure", "text": "texte", "answers": "réponses", "key=value": "clé=valeur", "mode": "sens",
    ]

    static var reportsFolder: ArgumentHelp {
        ArgumentHelp(fr: "Le dossier des comptes rendus.", en: "The folder for reports.", valueName: "folder")
    }

    static var student: ArgumentHelp {
        ArgumentHelp(fr: "L'identifiant de l'étudiant.", en: "The student's id.", valueName: "id")
    }

    static var account: ArgumentHelp {
        ArgumentHelp(
            fr: "Le compte qui se connecte aux machines.", en: "The account to log in to.",
            valueName: "account")
    }

    static var exercise: ArgumentHelp {
        ArgumentHelp(fr: "Le TP, par son identifiant.", en: "The lab sheet, by its id.", valueName: "id")
    }

    static var allowPublic: ArgumentHelp {
        ArgumentHelp(
            fr: "Accepter aussi des adresses publiques : seulement pour ses propres machines.",
            en: "Also take public addresses: only machines that are yours.")
    }

    static var wholeJSON: ArgumentHelp {
        ArgumentHelp(fr: "Le résultat en JSON.", en: "The result as JSON.")
    }

    static var onlyStudents: ArgumentHelp {
        ArgumentHelp(
            fr: "Cet étudiant seulement ; peut se répéter.",
            en: "Only this student; may be given several times.", valueName: "id")
    }
}

extension ValidationError {
    init(fr: LocalizedText.Wording, en: LocalizedText.Wording) { self.init(String(fr: fr, en: en)) }

    /// Of a name that nobody knows: the nearest, and all that there are.
    static func unknown(
        _ name: String, in known: [String], fr: LocalizedText.Wording, en: LocalizedText.Wording
    ) -> ValidationError {
        ValidationError(unknownName(name, in: known, LocalizedText(fr: fr, en: en))[.current])
    }
}

/// `there is no student dupond, did you mean “dupont”? There is: dupont, martin`
/// - Parameter sentence: that there is none, without a full stop.
func unknownName(_ name: String, in known: [String], _ sentence: LocalizedText) -> LocalizedText {
    let list = known.joined(separator: ", ")
    guard nearest(to: name, in: known) != nil else {
        return LocalizedText(fr: "\(sentence) ; il y a : \(list)", en: "\(sentence); there is: \(list)")
    }
    let hint = suggestion(for: name, in: known)
    return LocalizedText(
        fr: "\(sentence)\(hint) Il y a : \(list)", en: "\(sentence)\(hint) There is: \(list)")
}

extension CommandConfiguration {
    /// What `--help` says of a command: in a line, at more length, and how it is typed.
    /// - Parameter examples: a command and what it does, one or two.
    static func command(
        _ name: String, _ abstract: LocalizedText, _ discussion: LocalizedText? = nil, usage: String? = nil,
        examples: [(command: String, does: LocalizedText)] = [], subcommands: [any ParsableCommand.Type] = []
    ) -> CommandConfiguration {
        let language = Language.current
        var parts = [discussion?[language]].compactMap(\.self)
        if !examples.isEmpty {
            let heading = language.pick("Exemples :", "Examples:")
            let lines = examples.flatMap { ["  \($0.command)", "      \($0.does[language])"] }
            parts.append(([heading] + lines).joined(separator: "\n"))
        }
        return CommandConfiguration(
            commandName: name, abstract: abstract[language], usage: usage,
            discussion: parts.joined(separator: "\n\n"),
            subcommands: subcommands)
    }
}

/// `90s`, `5m`, `1h`, `500ms`: a number with its unit, as durations are written on the command line.
extension Duration: @retroactive ExpressibleByArgument {
    public init?(argument: String) {
        guard argument.last?.isLetter == true, let duration = DurationText.parse(argument) else { return nil }
        self = duration
    }

    public var defaultValueDescription: String {
        let milliseconds = Int(saturating: self / .milliseconds(1))
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}

/// After how long a pair is given up.
struct PatienceOptions: ParsableArguments {
    @Option(
        name: .customLong("give-up-after"),
        help: ArgumentHelp(
            fr: "Délai après lequel une paire est abandonnée.",
            en: "After how long a pair is given up.", valueName: "90s"))
    var limit = Duration.seconds(90)

    func validate() throws {
        try require(
            limit >= .seconds(5),
            LocalizedText(fr: "--give-up-after prend 5s ou plus", en: "--give-up-after takes 5s or more"))
    }
}
