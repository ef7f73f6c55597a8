import ArgumentParser
import ClassRun
import GraderCore

struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "bundle",
        LocalizedText(
            fr: "Met dans un dossier tout ce qui concerne un étudiant, et rien sur les autres.",
            en: "Puts everything about one student, and nothing about anybody else, into a folder."),
        LocalizedText(
            fr: """
                Pour un étudiant qui demande ce qui est conservé : observations, résultats, comptes rendus, notes et \
                historique de tous les passages. Ce qui permettrait de reconnaître les autres (dans une table de voisinage, \
                dans un journal) est retiré.
                État de sortie : 0 tout y est ; 2 un fichier endommagé n'y est pas, et il est nommé.
                """,
            en: """
                For a student who asks what is kept: evidence, results, reports, marks and history of every run. What \
                others could be recognised by (in a table of neighbours, in a log line) is taken out.
                Exit status: 0 everything is in it; 2 a damaged file is not, and is named.
                """),
        examples: [
            (
                "bascule bundle --student dupont",
                LocalizedText(fr: "Écrit le dossier dupont-bundle.", en: "Writes the folder dupont-bundle.")
            )
        ])

    @OptionGroup var options: StudentOptions
    @OptionGroup var voice: VoiceOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            fr: "Le dossier à créer ; à défaut ÉTUDIANT-bundle dans le dossier courant.",
            en: "The folder to make; STUDENT-bundle in the working folder by default.", valueName: "folder"))
    var output: String?

    func run() throws {
        let path = output ?? "\(options.student)-bundle"
        var isWhole = true
        try StudentBundle(
            reports: options.folder, className: try options.theClass(), student: options.student
        ).write(to: path) { remark in
            Inputs.complain(remark)
            isWhole = false
        }
        print(path)
        if !isWhole {
            Inputs.complain(
                LocalizedText(
                    fr: "Il manque dans \(path) ce qui est nommé ci-dessus.",
                    en: "What is named above is not in \(path)."))
            throw Exit.notAssessed
        }
    }
}
