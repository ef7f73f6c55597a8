import ArgumentParser
import GraderCore

extension CheckCommand {
    static let configuration = CommandConfiguration.command(
        "check",
        LocalizedText(
            fr:
                "Regarde les machines d'un étudiant, sans rien y changer, et dit dans le terminal ce qui est obtenu et ce qui ne l'est pas.",
            en: "Looks at one pair, read-only, and says in the terminal what is met and what is not."),
        LocalizedText(
            fr: """
                État de sortie : 0 tout est obtenu ; 1 quelque chose ne l'est pas ; 2 quelque chose n'a pas pu être \
                évalué (2 l'emporte sur 1) ; 65 la liste de classe ou le barème est faux ; 130 interrompu. Pendant un \
                examen (exam: true dans la liste de classe ou le barème), seule la connexion aux machines est montrée : \
                0 toutes répondent, 2 l'une ne répond pas. Avec --hand-in, 0 dit que le fichier à rendre est écrit, quoi \
                qu'il montre.

                Avec --local, à la place d'une liste de classe :
                \(OwnLabOptions.help)
                """,
            en: """
                Exit status: 0 everything is met; 1 something is not; 2 something could not be assessed (2 beats 1); \
                65 the roster or the rubric is wrong; 130 interrupted. In an exam (exam: true in the roster or the \
                rubric) only whether the machines can be reached is shown: 0 all can, 2 one cannot. With --hand-in, 0 says that \
                the file to be handed in is written, whatever it shows.

                With --local, instead of a roster:
                \(OwnLabOptions.help)
                """),
        examples: [
            (
                "bascule check --student dupont --question Q3",
                LocalizedText(
                    fr: "la question 3 d'un étudiant de class.yaml",
                    en: "question 3 of a student of class.yaml")
            ),
            (
                "bascule check --local \(OwnLabOptions.example)",
                LocalizedText(
                    fr: "cette machine-ci, en root, sans liste de classe",
                    en: "this very machine, as root, without a roster")
            ),
        ])
}
