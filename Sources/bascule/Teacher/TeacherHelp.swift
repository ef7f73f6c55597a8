import ArgumentParser
import GraderCore

/// What several of the teacher's commands say in the same words.
extension ArgumentHelp {
    static var jobs: ArgumentHelp {
        ArgumentHelp(
            fr: "Nombre de paires examinées à la fois.", en: "Pairs looked at at once.", valueName: "number")
    }

    static var namesTable: ArgumentHelp {
        ArgumentHelp(
            fr: """
                Un fichier CSV (; ou ,) : sur chaque ligne un nom tel qu'il figure dans les fichiers, ou un numéro de \
                Moodle, et l'identifiant de l'étudiant.
                """,
            en: """
                A CSV file (; or ,): on each line a name as it stands in the files, or a number of Moodle's, and the \
                student's id.
                """,
            valueName: "file")
    }

    static var rulesRubric: ArgumentHelp {
        ArgumentHelp(
            fr: "Le barème dont les règles font les propositions ; à défaut le même que pour score.",
            en: "The rubric whose rules make the proposals; as for score where none is given.",
            valueName: "rubric.yaml")
    }
}

extension LocalizedText {
    static var jobsWanted: LocalizedText {
        LocalizedText(
            fr: "--jobs prend un nombre entier à partir de 1", en: "--jobs takes a whole number from 1 on")
    }

    static var leadBounds: LocalizedText {
        LocalizedText(fr: "--lead va de 5s à 1h, par exemple 2m", en: "--lead is from 5s to 1h, such as 2m")
    }

    static func noDeadline(_ roster: String) -> LocalizedText {
        LocalizedText(
            fr:
                "\(roster) n'a pas d'échéance : écrire deadline: 2026-11-27 18:00 en tête, ou à l'entrée d'un étudiant",
            en:
                "\(roster) has no deadline: write deadline: 2026-11-27 18:00 at its head, or in a student's entry"
        )
    }

    static var untilNeedsEvery: LocalizedText {
        LocalizedText(
            fr: "--until met fin à ce que --every répète : donner les deux",
            en: "--until ends what --every repeats: give both")
    }
}
