import ArgumentParser
import GraderCore
import InputFiles

/// What ArgumentParser says in English only, in French: the headings and fixed parts of its help, and its own errors
/// (ArgumentParser 1.8, HelpGenerator.swift and UsageGenerator.swift). Everything else in its texts is ours already.
enum ParserWords {
    /// - Parameter text: help, or an error's message.
    static func translated(_ text: String, to language: Language) -> String {
        guard language == .french else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.hasPrefix("Error: ") ? inGuillemets(line($0)) : line($0)
        }.joined(separator: "\n")
    }

    /// Where a time lacks its unit, what it may be.
    static func advised(_ message: String) -> String {
        message.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            // bounded: a line of our own words
            line.contains(" is invalid for ") && line.firstMatch(of: /<[0-9]+(ms|s|m)>/) != nil
                ? line
                    + String(
                        fr: " ; une durée a son unité : 500ms, 90s, 5m, 1h",
                        en: "; a time has its unit: 500ms, 90s, 5m, 1h")
                : String(line)
        }.joined(separator: "\n")
    }

    /// An error's quoted words and their list, as French has them.
    private static func inGuillemets(_ line: String) -> String {
        line.replacing("' and '", with: "' et '").replacing("' or '", with: "' ou '")
            // bounded: between two quotes, each byte once
            .replacing(/'([^']*)'/) { "«\u{A0}\($0.1)\u{A0}»" }
            .replacing("»?", with: "»\u{202F}?").replacing("»:", with: "»\u{A0}:")
            .replacing(". vouliez-vous", with: ", vouliez-vous")
    }

    private static func line(_ line: Substring) -> String {
        var line = String(line)
        if let heading = headings[line] { return heading }
        if line.hasSuffix(" SUBCOMMANDS:") { return "COMMANDES (\(line.dropLast(13))) :" }
        if line.last == ":", line == line.uppercased() { return line.dropLast() + " :" }
        for (english, french) in beginnings where line.hasPrefix(english) {
            line = french + line.dropFirst(english.count)
            break
        }
        for (english, french) in parts where line.contains(english) {
            line = line.replacing(english, with: french)
        }
        return line
    }

    /// Whole lines.
    private static let headings = [
        "OPTIONS:": "OPTIONS :", "ARGUMENTS:": "ARGUMENTS :", "SUBCOMMANDS:": "SOUS-COMMANDES :",
    ]

    private static let beginnings = [
        ("OVERVIEW: ", ""), ("USAGE: ", "SYNTAXE : "), ("Usage: ", "Syntaxe : "), ("Error: ", "Erreur : "),
        ("Help:  ", "Aide :  "),
    ]

    private static let parts = [
        ("Unknown option ", "option inconnue : "), ("Did you mean ", "vouliez-vous dire "),
        ("Missing value for ", "il manque une valeur à "),
        ("Missing expected argument ", "il manque l’argument "),
        ("Missing one of: ", "il manque l’un de : "),
        ("Missing required subcommand.", "il manque la sous-commande."),
        ("Invalid option: ", "option non valable : "), ("Unexpected argument ", "argument en trop : "),
        (" unexpected arguments: ", " arguments en trop : "),
        ("Value to be set with flag ", "le choix fait par "),
        (" had already been set with flag ", " l’est déjà par "), ("The value ", "la valeur "),
        (" is invalid for ", " ne convient pas à "), (" is invalid.", " ne convient pas."),
        (". Please provide one of the following:", " ; au choix :"),
        (". Please provide one of ", " ; au choix : "),
        ("The option ", "l’option "), (" does not take any value, but ", " ne prend pas de valeur, or "),
        (" was specified.", " a été donné."), ("(default:", "(à défaut :"), ("(values:", "(valeurs :"),
        ("; default:", " ; à défaut :"), (" default: ", " à défaut : "),
        ("Show the version.", "Affiche la version."),
        ("Show help information.", "Affiche cette aide."),
        ("Show subcommand help information.", "Affiche l’aide d’une sous-commande."),
        ("' for detailed help.", " » en dit plus."), ("' for more information.", " » en dit plus."),
        ("  See '", "  « "), ("<subcommand>", "<sous-commande>"),
    ]
}
