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
            Exit status: 0 a roster was written; 2 some machine could not be logged in to or has no partner; 1 no pair \
            was found; 65 a wrong subnet, table or place; 130 interrupted.
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
        let (found, wasInterrupted) = try await Interruption.guarding {
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
            throw Exit.notMet
        }
        try discovery.write(found)
        if output != "-" {
            for line in discovery.summary(found) { console.line(line) }
            console.line(output)
        }
        if found.pairs.isEmpty { throw Exit.notMet }
        if !found.refused.isEmpty || !found.loneNodes.isEmpty { throw Exit.notAssessed }
    }
}
