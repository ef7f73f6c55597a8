import ArgumentParser
import ClassRun
import GraderCore

struct DiscoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "discover",
        LocalizedText(
            fr: "Trouve les machines des étudiants dans un sous-réseau et en écrit la liste de classe.",
            en: "Finds the students' machines of a subnet and writes a roster of them."),
        LocalizedText(
            fr: """
                Se connecte par clé (ou par agent) partout où le port 22 est ouvert, demande à chaque machine ce qu'elle \
                est, réunit celles d'un même étudiant et commente ce qui est douteux : une machine sans sa partenaire, une \
                machine clonée, deux étudiants à la même adresse. Aucun mot de passe n'est jamais essayé sur une machine que \
                personne n'a inscrite. Les noms viennent de --students seulement.
                État de sortie : 0 la liste écrite a tout le monde ; 2 il y manque quelqu'un (une machine où la connexion a \
                échoué ou qui n'a pas de partenaire, une maquette qui ne peut pas encore être notée, un étudiant du tableau \
                sans machines), ou aucune maquette n'a été trouvée et rien n'a été écrit ; 65 un sous-réseau ou un tableau \
                erroné, ou un TP dont les machines ne peuvent pas être cherchées ; 74 un endroit où l'on ne peut pas \
                écrire ; 130 interrompu.
                """,
            en: """
                Logs in by key (or agent) wherever port 22 is open, asks each machine what it is, puts together those that \
                are one student's and comments on what is doubtful: a machine without its partner, a cloned machine, two \
                students with one address. Passwords are never tried on machines that nobody has listed. Names come from \
                --students only.
                Exit status: 0 a roster of everybody was written; 2 somebody is missing in it (a machine that could not be \
                logged in to or has no partner, a lab that cannot be graded yet, a student of the table without \
                machines), or no lab was found and none was written; 65 a wrong subnet or table, or an exercise \
                whose machines cannot be found; 74 a place that cannot be written to; 130 interrupted.
                """),
        examples: [
            (
                "bascule discover 172.16.0.0/22 --class bts-sio-2 --students list.csv",
                LocalizedText(
                    fr: "Écrit class.yaml, avec les noms de list.csv.",
                    en: "Writes class.yaml, with the names of list.csv.")
            )
        ])

    @Argument(
        help: ArgumentHelp(
            fr: "Sous-réseaux, plages ou adresses, p. ex. 172.16.0.0/22.",
            en: "Subnets, ranges or addresses, e.g. 172.16.0.0/22.", valueName: "targets"))
    var targets: [String]

    @OptionGroup var options: DiscoveryOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            fr: "La liste de classe à écrire ; - pour la sortie standard.",
            en: "The roster to write; - for standard output.", valueName: "class.yaml"))
    var output = "class.yaml"

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Écraser une liste de classe qui existe déjà.", en: "Write over a roster that is there."))
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
                language.pick(
                    """
                    Aucune machine de \(place) ne répond sur le port 22 : rien n'a été écrit. Est-ce bien le réseau de la \
                    classe, et les machines sont-elles allumées ?
                    """,
                    """
                    No machine of \(place) answers on port 22: nothing was written. Is this the class's subnet, and are \
                    the machines on?
                    """))
            throw Exit.notAssessed
        }
        if output != "-" { for line in search.summary(found) { console.line(line) } }
        guard !found.labs.isEmpty else {
            let (none, what) = (discovery.text(.noLab), discovery.text(.whatALabIs))
            Inputs.complain(
                language.pick(
                    """
                    \(none) : rien n'a été écrit. \(what) : « bascule enroll --print-setup » donne les lignes à y coller.
                    """,
                    """
                    \(none): nothing was written. \(what): `bascule enroll --print-setup` gives the lines to paste there.
                    """))
            throw Exit.notAssessed
        }
        try search.write(found)
        let draft = search.roster(of: found)
        if output != "-" {
            console.line(output)
            if draft.gradable.isEmpty { console.line(allIncomplete(discovery)[language]) }
            console.next(next(draft))
        }
        if draft.isIncomplete { throw Exit.notAssessed }
    }

    /// What is doubtful is looked through first.
    private func next(_ draft: DiscoveredRoster) -> NextStep {
        let roster = output == WorkingFolder.roster ? [] : [output]
        return draft.isIncomplete
            ? NextStep(
                ["roster", "lint"] + roster, fr: "une fois la liste de classe relue et complétée",
                en: "once you have looked the roster through and completed it")
            : NextStep(
                ["enroll"] + roster, fr: "essaie chaque connexion et retient les clés d'hôte",
                en: "tries each log-in and pins the host keys")
    }

    private func allIncomplete(_ discovery: any Discovery) -> LocalizedText {
        discovery.text(.allIncomplete)
            + LocalizedText(
                fr: " : compléter ce fichier, ou relancer plus tard avec --force.",
                en: ": complete this file, or look again later with --force.")
    }
}
