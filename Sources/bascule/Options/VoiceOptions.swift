import ArgumentParser
import Foundation
import GraderCore
import Synchronization

/// How a command speaks: the same options everywhere.
struct VoiceOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Langue : fr ou en (à défaut selon LC_ALL, LC_MESSAGES ou LANG).",
            en: "Language: fr or en (default: by LC_ALL, LC_MESSAGES or LANG).", valueName: "fr|en"))
    var lang: Language?

    @Option(
        name: .customLong("color"),
        help: ArgumentHelp(
            fr: "Couleurs : auto (sur un terminal, sauf NO_COLOR), always, never.",
            en: "Colours: auto (on a terminal, unless NO_COLOR), always, never.", valueName: "when"))
    var colour = Voice.Colour.auto

    @Flag(
        name: .shortAndLong,
        help: ArgumentHelp(fr: "Résultats et erreurs seulement.", en: "Only results and errors."))
    var quiet = false

    @Flag(
        name: .shortAndLong,
        help: ArgumentHelp(fr: "Dire aussi ce qui se fait.", en: "Also say what is being done."))
    var verbose = false

    func validate() throws {
        try require(
            !(quiet && verbose),
            LocalizedText(
                fr: "--quiet et --verbose s'excluent", en: "--quiet and --verbose do not go together"))
        if let lang { Language.current = lang }
        Voice.current = Voice(colour: colour, isQuiet: quiet, isVerbose: verbose)
    }

    var language: Language { lang ?? .current }
}

extension VoiceOptions {
    /// The same arguments with these options behind the command that they are for, where they stand in front of it:
    /// `bascule --lang fr check` is `bascule check --lang fr`.
    static func behindCommand(_ arguments: [String], below root: any ParsableCommand.Type) -> [String] {
        var (path, own, rest) = ([String](), [String](), arguments[...])
        var command = root
        while let word = rest.first, !command.configuration.subcommands.isEmpty {
            if let next = command.configuration.subcommands.first(where: { $0.typedName == word }) {
                command = next
                path.append(String(rest.removeFirst()))
            } else if let count = length(of: word), count <= rest.count {
                own += rest.prefix(count)
                rest = rest.dropFirst(count)
            } else {
                break
            }
        }
        // `help check --lang fr`: the language is known already.
        if path.isEmpty, rest.first == "help" {
            var words = rest[...]
            rest = []
            while let word = words.first {
                if let count = length(of: word) {
                    words = words.dropFirst(count)
                } else {
                    rest.append(words.removeFirst())
                }
            }
        }
        // Help of a group, and what `lab shell` hands on, know none of them.
        let isTaken = command.configuration.subcommands.isEmpty && command != LabShell.self
        return path + (isTaken ? own : []) + rest
    }

    /// How many words the option has; nil where it is another.
    private static func length(of word: String) -> Int? {
        switch word {
        case "--lang", "--color": 2
        case "-q", "--quiet", "-v", "--verbose": 1
        default: word.hasPrefix("--lang=") || word.hasPrefix("--color=") ? 1 : nil
        }
    }
}

/// How the program speaks to whoever is at the terminal; set once, when the command line has been read.
struct Voice: Sendable {
    enum Colour: String, CaseIterable, ExpressibleByArgument, Sendable { case auto, always, never }

    var colour = Colour.auto
    var isQuiet = false
    var isVerbose = false

    private static let chosen = Mutex(Voice())

    static var current: Voice {
        get { chosen.withLock { $0 } }
        set { chosen.withLock { $0 = newValue } }
    }

    /// - Parameter isTerminal: whether lines go to a person.
    func hasColour(isTerminal: Bool) -> Bool {
        switch colour {
        case .always: true
        case .never: false
        // no-color.org
        case .auto:
            isTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
                && ProcessInfo.processInfo.environment["TERM"] != "dumb"
        }
    }

    /// The language that the arguments ask for, for what is said before they have been understood: help, and what is
    /// wrong with them. What stands behind `--`, or is handed on to a machine of the virtual class, is another program's.
    static func language(askedBy arguments: [String]) -> Language? {
        let own = arguments.prefix { $0 != "--" && $0 != "shell" }
        for (word, next) in zip(own, Array(own.dropFirst()) + [""]) {
            if word == "--lang" { return Language(rawValue: next) }
            if word.hasPrefix("--lang=") { return Language(rawValue: String(word.dropFirst(7))) }
        }
        return nil
    }
}
