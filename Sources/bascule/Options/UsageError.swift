import ArgumentParser
import Foundation
import GraderCore
import InputFiles

/// What is wrong with the words of a command line, said under the command that it belongs to.
struct UsageError {
    var message: String
    var command: any ParsableCommand.Type

    /// `Usage: bascule check …`, and where there is more.
    var text: String {
        let usage = Bascule.usageString(for: command)
        let path = command.path(below: Bascule.self) ?? []
        let whole = (["bascule"] + path + ["--help"]).joined(separator: " ")
        return String(
            fr: "Erreur : \(message)", en: "Error: \(message)")
            + "\n" + String(fr: "Syntaxe : ", en: "Usage: ") + ParserWords.translated(usage, to: .current)
            + "\n" + String(fr: "  « \(whole) » en dit plus.", en: "  See `\(whole)` for more.")
    }

    /// Ends with the status of a usage error.
    func end() -> Never {
        StandardError.say(text + "\n")
        Foundation.exit(ExitCode.validationFailure.rawValue)
    }

    /// The subcommand that was probably meant, where a word stands in the place of one and is none.
    static func misnamed(_ arguments: [String], below root: any ParsableCommand.Type) -> UsageError? {
        var command = root
        for word in arguments {
            let known = command.configuration.subcommands
            guard !known.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
            if let next = known.first(where: { $0.typedName == word }) {
                command = next
                continue
            }
            let names = known.map { $0.typedName }
            let sentence = LocalizedText(
                fr: "il n'y a pas de commande \(quoted(word))", en: "there is no command \(quoted(word))")
            return UsageError(
                message: unknownName(word, in: names, sentence)[.current], command: command)
        }
        return nil
    }
}

extension ParsableCommand {
    static var typedName: String { configuration.commandName ?? _commandName }

    /// What is typed to reach it from the root: `rubric lint`.
    static func path(below root: any ParsableCommand.Type) -> [String]? {
        if root == self { return [] }
        for next in root.configuration.subcommands {
            if let rest = path(below: next) { return [next.typedName] + rest }
        }
        return nil
    }
}
