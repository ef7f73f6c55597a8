import ArgumentParser
import Foundation
import GraderCore
import VirtualClass

struct LabShell: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "shell",
        LocalizedText(
            fr: "Ouvre un shell dans une partie de la classe, ou y lance une commande.",
            en: "Opens a shell in a part of the class, or runs a command there."),
        LocalizedText(
            fr: """
                Le nom est \(exampleMachines.joined(separator: ", ")), etu1/dns, teacher ou switch. L'entrée, la sortie \
                et l'état de sortie de la commande sont ceux de celle-ci. Dans « teacher », les commandes sont celles \
                de ce poste, avec le réseau de la classe, et « bascule » est ce programme.
                Donner --class avant le nom.
                """,
            en: """
                NAME is \(exampleMachines.joined(separator: ", ")), etu1/dns, teacher or switch. The command's input, \
                output and exit status are this command's own. In `teacher`, commands are this machine's, with the \
                class's network, and `bascule` is this program.
                Give --class before NAME.
                """),
        examples: [
            (
                "bascule lab shell --class essai \(exampleMachines[0])",
                LocalizedText(fr: "un shell sur cette machine", en: "a shell on that machine")
            ),
            (
                "bascule lab shell --class essai \(exampleMachines[0]) ip address",
                LocalizedText(fr: "une seule commande", en: "one command")
            ),
        ])

    @OptionGroup var options: LabOptions

    @Argument(
        help: ArgumentHelp(
            fr: "\(exampleMachines[0]), etu1/dns, teacher…",
            en: "\(exampleMachines[0]), etu1/dns, teacher, …", valueName: "name"))
    var name: String

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp(
            fr: "La commande ; un shell, à défaut.", en: "The command; without one, a shell.",
            valueName: "command"))
    var command: [String] = []

    func run() async throws {
        let arguments = try options.runningClass().shell(
            name, command, terminal: ProcessInfo.processInfo.environment["TERM"])
        if name == "teacher" { Self.putOnPath(OwnProgram.folder) }
        try replaceProgram(arguments)
    }

    /// Commands there name this program as its user does, also where sudo has replaced PATH.
    private static func putOnPath(_ folder: String) {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        guard !path.split(separator: ":").contains(folder[...]) else { return }
        setenv("PATH", path.isEmpty ? folder : "\(folder):\(path)", 1)
    }

    /// Becomes the command, so that terminal, signals and exit status are its own (execvp(3)).
    private func replaceProgram(_ arguments: [String]) throws {
        guard let program = arguments.first else {
            throw LabError(
                LocalizedText(fr: "Il n'y a pas de commande à lancer.", en: "There is no command to start."))
        }
        var pointers = arguments.map { strdup($0) }
        defer { pointers.forEach { free($0) } }
        pointers.append(nil)
        // What this program ignores is inherited (signal(7)); the command is to end as it does elsewhere.
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_DFL) }
        execvp(program, pointers)
        let why = systemMessage(errno)
        throw LabError(
            LocalizedText(
                fr: "\(program) n'a pas pu être lancé : \(why).",
                en: "\(program) could not be started: \(why)."))
    }
}
