import ArgumentParser
import GraderCore
import Reports

/// How marks are written.
struct GradebookOptions: ParsableArguments {
    @Option(name: .long, help: "What marks are rounded to, e.g. 0.5.")
    var round = "0.01"

    @Option(name: .long, help: "How they are rounded: nearest (a half upwards), up, down.")
    var roundMode = MarkRounding.Direction.nearest

    @Option(name: .long, help: "What marks are out of; the rubric's total where none is given.")
    var maximum: String?

    @Flag(name: .long, help: "Give marks while points are still undecided too.")
    var provisional = false

    @Option(name: .long, help: "The word for somebody whom marks.yaml calls absent.")
    var absentWord = "Abs"

    @Option(name: .long, help: "The word for somebody of whom nothing could be assessed.")
    var notMarkedWord = "N.Not"

    func validate() throws {
        try require(rounding != nil, "--round takes a number of points above 0 such as 0.25")
        try require(
            maximum.map { (Points(decimal: $0) ?? .zero) > .zero } ?? true,
            "--maximum takes a number of points above 0 such as 100")
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
    @Option(name: .long, help: "Moodle: the heading of the column that says who it is.")
    var idColumn = "ID number"

    @Option(name: .long, help: "Moodle: the heading of the marks' column; the exercise's title by default.")
    var gradeColumn: String?

    @Option(
        name: .long,
        help:
            "Moodle: a CSV file (; or ,) with a name or student id and that person's identifier on each line."
    )
    var ids: String?
}

/// What every command that writes pages takes.
struct PageOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "A folder with logo.svg, title.txt, style.css and templates/ of your own, for all pages.")
    var theme: String?

    @Option(
        name: .long,
        help: "What students' pages put on paper: short (what counts, on two sheets) or full (all of it).")
    var print = PrintedPart.short

    enum PrintedPart: String, ExpressibleByArgument, CaseIterable { case short, full }

    /// - Throws: a sentence where the theme cannot be used, before anything is done.
    func pageTheme() throws -> PageTheme? {
        var dress = try theme.map { try PageTheme(folder: $0) } ?? .none
        dress.printsAll = print == .full
        return dress
    }
}
