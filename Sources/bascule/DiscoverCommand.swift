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

    func run() async throws {
        let console = Console()
        let discovery = try options.discovery(targets, roster: output, mayReplace: force)
        let (found, wasInterrupted) = try await Interruption.guarding {
            try await discovery.run { text in
                if output != "-" { console.progress(text) }
            }
        }
        console.endProgress()
        if wasInterrupted { throw Exit.interrupted }
        if found.isEmpty {
            Inputs.complain(
                "No machine of \(targets.joined(separator: " ")) answers on port 22: nothing was written. Is this the "
                    + "class's subnet, and are the machines on?")
            throw Exit.notMet
        }
        try discovery.write(found)
        if output != "-" {
            for line in Discovery.summary(found) { console.line(line) }
            console.line(output)
        }
        if found.pairs.isEmpty { throw Exit.notMet }
        if !found.refused.isEmpty || !found.loneNodes.isEmpty { throw Exit.notAssessed }
    }
}

/// How machines that nobody has listed yet are looked for and logged in to.
struct DiscoveryOptions: ParsableArguments {
    @Option(name: .long, help: "The account to log in to.")
    var user = "root"

    @Option(
        name: .customLong("identity-file"),
        help: "A private key to offer; several times. Without one: ~/.ssh/id_ed25519 and the agent.")
    var identityFiles: [String] = []

    @Option(
        name: .customLong("known-hosts"),
        help: "Where host keys are pinned (default: known_hosts beside the roster).")
    var knownHosts: String?

    @Option(name: .customLong("class-name"), help: "The class, for the roster and the reports' folder.")
    var className = "class"

    @Option(name: .long, help: "The lab sheet.")
    var exercise = "activite-2"

    @Option(
        name: .customLong("students"),
        help: ArgumentHelp(
            "Whose machines are whose: a table with the columns id, name and address, host or cluster.",
            valueName: "list.csv"))
    var students: String?

    @Flag(name: .long, help: "Also look among public addresses: only machines that are yours.")
    var allowPublic = false

    /// - Throws: before anything is touched, where the subnet, the table or the place is wrong.
    func discovery(_ targets: [String], roster: String, mayReplace: Bool) throws -> Discovery {
        let addresses: [IPAddress]
        do {
            addresses = try ScanTargets(targets, allowsPublic: allowPublic).addresses
        } catch {
            Inputs.complain(error.description)
            throw Exit.badInput
        }
        guard Catalog.exercises.contains(where: { $0.id == exercise }) else {
            Inputs.complain(
                "There is no exercise \(exercise): --exercise takes "
                    + Catalog.exercises.map(\.id).joined(separator: ", ") + ".")
            throw Exit.badInput
        }
        let list = try Inputs.reading { try students.map { try StudentList.read(file: $0) } }
        let folder =
            roster == "-"
            ? "." : URL(filePath: roster).deletingLastPathComponent().path(percentEncoded: false)
        if roster != "-", !mayReplace, FileManager.default.fileExists(atPath: roster) {
            Inputs.complain("\(roster) is there already: give --force to write over it, or another --output.")
            throw Exit.badInput
        }
        let hosts =
            knownHosts ?? URL(filePath: folder).appending(path: "known_hosts").path(percentEncoded: false)
        let hostsFolder = URL(filePath: hosts).deletingLastPathComponent().path(percentEncoded: false)
        for place in Set([folder, hostsFolder]) where !FileManager.default.isWritableFile(atPath: place) {
            Inputs.complain("\(place) cannot be written to: choose another --output or --known-hosts.")
            throw Exit.badInput
        }
        let usual = NSHomeDirectory() + "/.ssh/id_ed25519"
        let files =
            identityFiles.isEmpty && FileManager.default.fileExists(atPath: usual) ? [usual] : identityFiles
        return Discovery(
            addresses: addresses, user: user,
            identityFiles: files.map { URL(filePath: $0).path(percentEncoded: false) }, knownHostsFile: hosts,
            className: className, exercise: exercise, students: list, roster: roster)
    }
}
