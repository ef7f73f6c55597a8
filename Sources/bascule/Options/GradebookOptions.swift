import ArgumentParser
import GraderCore
import Reports

/// How marks are written.
struct GradebookOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Pas de l'arrondi des notes, p. ex. 0.5.", en: "What marks are rounded to, e.g. 0.5.",
            valueName: "points"))
    var round = "0.01"

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr:
                "Sens de l'arrondi : nearest (au plus près, la moitié vers le haut), up (vers le haut), down (vers le bas).",
            en: "How they are rounded: nearest (a half upwards), up, down.", valueName: "mode"))
    var roundMode = MarkRounding.Direction.nearest

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Note maximale ; le total du barème, à défaut.",
            en: "What marks are out of; the rubric's total where none is given.", valueName: "points"))
    var maximum: String?

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Donner aussi les notes dont des points restent à décider.",
            en: "Give marks while points are still undecided too."))
    var provisional = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Ce qui est écrit pour un absent de marks.yaml.",
            en: "The word for somebody whom marks.yaml calls absent.", valueName: "word"))
    var absentWord = "Abs"

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Ce qui est écrit pour qui rien n'a pu être évalué.",
            en: "The word for somebody of whom nothing could be assessed.", valueName: "word"))
    var notMarkedWord = "N.Not"

    func validate() throws {
        try require(
            rounding != nil,
            LocalizedText(
                fr: "--round prend un nombre de points supérieur à 0, p. ex. 0.25",
                en: "--round takes a number of points above 0 such as 0.25"))
        try require(
            maximum.map { (Points(decimal: $0) ?? .zero) > .zero } ?? true,
            LocalizedText(
                fr: "--maximum prend un nombre de points supérieur à 0, p. ex. 100",
                en: "--maximum takes a number of points above 0 such as 100"))
    }

    private var rounding: MarkRounding? {
        Points(decimal: round).flatMap { MarkRounding(step: $0, direction: roundMode) }
    }

    var options: Gradebook.Options {
        Gradebook.Options(
            rounding: rounding ?? .hundredths, maximum: maximum.flatMap { Points(decimal: $0) },
            isProvisional: provisional, absentWord: absentWord, notMarkedWord: notMarkedWord)
    }
}

extension MarkRounding.Direction: ExpressibleByArgument {}

/// What Moodle's import needs to know.
struct MoodleOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Moodle : le titre de la colonne qui dit de qui il s'agit.",
            en: "Moodle: the heading of the column that says who it is.", valueName: "heading"))
    var idColumn = "ID number"

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Moodle : le titre de la colonne des notes ; celui du TP, à défaut.",
            en: "Moodle: the heading of the marks' column; the exercise's title by default.",
            valueName: "heading"))
    var gradeColumn: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr:
                "Moodle : un fichier CSV (; ou ,) avec, par ligne, un nom ou un identifiant d'étudiant et son numéro dans Moodle.",
            en:
                "Moodle: a CSV file (; or ,) with a name or student id and that person's identifier on each line.",
            valueName: "file"))
    var ids: String?
}

/// What every command that writes pages takes.
struct PageOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            fr:
                "Un dossier avec ses propres logo.svg, title.txt, style.css et templates/, pour toutes les pages.",
            en: "A folder with logo.svg, title.txt, style.css and templates/ of your own, for all pages.",
            valueName: "folder"))
    var theme: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr:
                "Ce que les pages des étudiants mettent sur papier : short (l'essentiel, sur deux feuilles) ou full (tout).",
            en: "What students' pages put on paper: short (what counts, on two sheets) or full (all of it).",
            valueName: "part"))
    var print = PrintedPart.short

    enum PrintedPart: String, ExpressibleByArgument, CaseIterable { case short, full }

    /// - Throws: a sentence where the theme cannot be used, before anything is done.
    func pageTheme() throws -> PageTheme? {
        var dress = try theme.map { try PageTheme(folder: $0) } ?? .none
        dress.printsAll = print == .full
        return dress
    }
}
