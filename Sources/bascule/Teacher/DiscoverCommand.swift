import ArgumentParser
import GraderCore

struct DiscoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "Finds the students' machines of a subnet and writes a roster of them.",
        discussion: """
            Logs in by key (or agent) wherever port 22 is open, asks each machine what it is, puts together those that \
            are one student's and comments on what is doubtful: a machine without its partner, a cloned machine, two \
            students with one address. Passwords are never tried on machines that nobody has listed. Names come from \
            --students only.
            Exit status: 0 a roster of everybody was written; 2 somebody is missing in it (a machine that could not be \
            logged in to or has no partner, a lab that cannot be graded yet, a student of the table without \
            machines), or no lab was found and none was written; 65 a wrong subnet or table, or an exercise \
            whose machines cannot be found; 74 a place that cannot be written to; 130 interrupted.
            """)

    @Argument(help: ArgumentHelp("Subnets, ranges or addresses, e.g. 172.16.0.0/22.", valueName: "targets"))
    var targets: [String]

    @OptionGroup var options: DiscoveryOptions

    @Option(name: .shortAndLong, help: "The roster to write; - for standard output.")
    var output = "class.yaml"

    @Flag(name: .long, help: "Write over a roster that is there.")
    var force = false

    @OptionGroup var voice: VoiceOptions

    func run() async throws {
        let console = Console()
        let search = try options.search(
            targets, roster: output, mayReplace: force, language: voice.language)
        let (discovery, language) = (search.discovery, search.language)
        let found = try await search.run(output == "-" ? nil : console)
        if found.isEmpty {
            let place = targets.joined(separator: " ")
            Inputs.complain(
                language == .french
                    ? "Aucune machine de \(place) ne répond sur le port 22 : rien n'a été écrit. Est-ce bien le "
                        + "réseau de la classe, et les machines sont-elles allumées ?"
                    : "No machine of \(place) answers on port 22: nothing was written. Is this the class's subnet, "
                        + "and are the machines on?")
            throw Exit.notAssessed
        }
        if output != "-" { for line in search.summary(found) { console.line(line) } }
        guard !found.labs.isEmpty else {
            let (none, what) = (discovery.text(.noLab)[language], discovery.text(.whatALabIs)[language])
            Inputs.complain(
                language == .french
                    ? "\(none) : rien n'a été écrit. \(what) : `bascule enroll --print-setup` donne les lignes à y "
                        + "coller."
                    : "\(none): nothing was written. \(what): `bascule enroll --print-setup` gives the lines to "
                        + "paste there.")
            throw Exit.notAssessed
        }
        try search.write(found)
        let draft = search.roster(of: found)
        if output != "-" {
            console.line(output)
            if draft.gradable.isEmpty { console.line(allIncomplete(discovery)[language]) }
        }
        if draft.isIncomplete { throw Exit.notAssessed }
    }

    private func allIncomplete(_ discovery: any Discovery) -> LocalizedText {
        discovery.text(.allIncomplete)
            + LocalizedText(
                fr: " : complétez ce fichier, ou relancez plus tard avec --force.",
                en: ": complete this file, or look again later with --force.")
    }
}
