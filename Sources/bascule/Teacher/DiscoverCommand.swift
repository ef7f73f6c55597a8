import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import NetworkProbes
import NIOPosix
import SSHTransport

struct DiscoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "Finds the pairs of a subnet and writes a roster of them.",
        discussion: """
            Logs in by key (or agent) wherever port 22 is open, asks each machine what it is, puts the pairs together \
            and comments on what is doubtful: a lone node, a cloned machine, two pairs with one virtual IP. Passwords \
            are never tried on machines that nobody has listed. Names come from --students only.
            Exit status: 0 a roster of everybody was written; 2 somebody is missing in it (a machine that could not be \
            logged in to or has no partner, a pair without a virtual IP, a student of the table without machines), or \
            no pair was found and none was written; 65 a wrong subnet, table or place; 130 interrupted.
            """)

    @Argument(help: ArgumentHelp("Subnets, ranges or addresses, e.g. 172.16.0.0/22.", valueName: "targets"))
    var targets: [String]

    @OptionGroup var options: DiscoveryOptions

    @Option(name: .shortAndLong, help: "The roster to write; - for standard output.")
    var output = "class.yaml"

    @Flag(name: .long, help: "Write over a roster that is there.")
    var force = false

    @Option(name: .long, help: "Language of this program's own lines: fr or en (default: by LANG).")
    var lang: Language?

    func run() async throws {
        let console = Console()
        let discovery = try options.discovery(
            targets, roster: output, mayReplace: force, language: lang ?? TerminalLanguage.current)
        let (found, wasInterrupted) = try await Signals.cancelling {
            try await discovery.run { text in
                if output != "-" { console.progress(text) }
            }
        }
        console.endProgress()
        if wasInterrupted { throw Exit.interrupted }
        if found.isEmpty {
            let place = targets.joined(separator: " ")
            Inputs.complain(
                discovery.language == .french
                    ? "Aucune machine de \(place) ne répond sur le port 22 : rien n'a été écrit. Est-ce bien le "
                        + "réseau de la classe, et les machines sont-elles allumées ?"
                    : "No machine of \(place) answers on port 22: nothing was written. Is this the class's subnet, "
                        + "and are the machines on?")
            throw Exit.notAssessed
        }
        if output != "-" { for line in discovery.summary(found) { console.line(line) } }
        guard !found.pairs.isEmpty else {
            Inputs.complain(
                discovery.language == .french
                    ? "Aucune paire : rien n'a été écrit. Une paire est faite de deux machines dont les corosync.conf "
                        + "se nomment l'une l'autre et où votre clé peut entrer : `bascule enroll --print-setup` donne "
                        + "les lignes à y coller."
                    : "No pair: nothing was written. A pair is two machines whose corosync.conf name one another and "
                        + "that let your key in: `bascule enroll --print-setup` gives the lines to paste there."
            )
            throw Exit.notAssessed
        }
        try discovery.write(found)
        let draft = discovery.roster(of: found)
        if output != "-" {
            console.line(output)
            if draft.gradable.isEmpty { console.line(DiscoveryAdvice.noVirtualIP[discovery.language]) }
        }
        if draft.isIncomplete { throw Exit.notAssessed }
    }
}

private enum DiscoveryAdvice {
    static let noVirtualIP = LocalizedText(
        fr:
            "Aucune paire n'a encore d'IP virtuelle : complétez ce fichier, ou relancez plus tard avec --force.",
        en: "No pair has a virtual IP yet: complete this file, or look again later with --force.")
}
