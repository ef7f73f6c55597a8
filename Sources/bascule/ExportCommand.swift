import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import Reports

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a run's results for a gradebook or another program.",
        discussion: """
            A mark is left out until everything is decided, unless --provisional asks for it: what could not be \
            seen is no zero. grade-all writes grades.csv and moodle.csv by itself.
            Exit status: 0 done; 2 some marks are not there yet (gradescope) or some people have no identifier \
            (moodle); 65 the run cannot be read.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case pronote, column, moodle, gradescope, junit, json
    }

    @Argument(help: ArgumentHelp("The folder of a run, e.g. reports/bts-sio-2/latest.", valueName: "run"))
    var runFolder: String

    @Option(
        name: .long,
        help: """
            pronote (CSV with decimal comma), column (marks alone, to be pasted), moodle, gradescope (a \
            results.json for each student), junit, json.
            """)
    var format: Format

    @Option(name: .shortAndLong, help: "The file to write; for gradescope a folder. Otherwise it is printed.")
    var output: String?

    @Option(name: .customLong("student"), help: "Only this student; may be given several times.")
    var only: [String] = []

    @Option(
        name: .long, help: "Language of headings and sentences: fr or en; as the run where none is given.")
    var lang: Language?

    @Flag(
        name: .customLong("as-students-see-it"),
        help: """
            junit, json: without what the rubric does not show to students. gradescope, which students read, \
            is always so, but for the mark.
            """)
    var asStudentsSeeIt = false

    @OptionGroup var marks: GradebookOptions
    @OptionGroup var moodle: MoodleOptions

    func validate() throws {
        let isMarks = [.pronote, .column, .moodle].contains(format)
        if asStudentsSeeIt, isMarks {
            throw ValidationError("--as-students-see-it is for junit and json: a gradebook takes whole marks")
        }
    }

    func run() throws {
        let console = Console()
        var run = try Inputs.reportingNow {
            try GradedRun(RunFolder(path: runFolder), students: only, language: lang)
        }
        if asStudentsSeeIt {
            let now = Date()
            run.results = run.results.map { $0.shownToStudents(at: now) }
        }
        switch format {
        case .pronote: try put(GradesCSV(run, options: marks.options).text())
        case .column: try put(GradesCSV(run, options: marks.options).column())
        case .junit: try put(try JUnitReport(run).text())
        case .json: try put(try RunJSON(run).text())
        case .moodle:
            let csv = try moodle.csv(run, marks.options)
            try put(csv.text())
            try complain(
                about: csv.unidentified, to: console,
                "have no Moodle identifier of their own: name them in a file for --ids")
        case .gradescope: try gradescope(run, console)
        }
        let language = lang ?? TerminalLanguage.current
        let isGradebook = [.pronote, .column, .moodle].contains(format)
        if isGradebook, !marks.provisional, let open = OpenMarks(run.results).sentence(language) {
            console.complain(
                open
                    + (language == .french
                        ? " ; d'ici là leur cellule reste vide (--provisional donne ce qui est acquis)."
                        : "; until then their cells are empty (--provisional gives what is earned so far)."))
        }
    }

    private func put(_ text: String) throws {
        guard let output else {
            try Self.printWhole(text)
            return
        }
        try Inputs.reportingNow { try RunFolder.write(text, to: output) }
    }

    /// A table cut off by a full disk must not pass for a whole one.
    private static func printWhole(_ text: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            Inputs.complain(
                "The export could not be written to standard output: it is not whole; give --output.")
            throw Exit.notAssessed
        }
    }

    private func gradescope(_ run: GradedRun, _ console: Console) throws {
        guard output != nil || run.results.count == 1 else {
            throw ValidationError("gradescope writes a file for each student: name a folder with --output")
        }
        var open: [String] = []
        let now = Date()
        for result in run.results {
            let export = GradescopeResults(
                result.shownToStudents(at: now), mark: result.score, language: run.language,
                rounding: marks.options.rounding)
            guard export.isComplete || marks.provisional else {
                open.append(result.student.id)
                continue
            }
            let text = try export.text()
            if let output {
                try Inputs.reportingNow {
                    try RunFolder(path: output).write(text, as: "results.json", student: result.student.id)
                }
            } else {
                try Self.printWhole(text)
            }
        }
        let seen = Set(run.results.map(\.student.id))
        let unseen = run.students.map(\.id).filter { !seen.contains($0) }
        if !unseen.isEmpty {
            console.complain("\(unseen.joined(separator: ", ")) have no result in this run: left out.")
        }
        try complain(
            about: open, to: console, "have undecided points: left out (--provisional takes them in)")
    }

    private func complain(about people: [String], to console: Console, _ what: String) throws {
        guard !people.isEmpty else { return }
        console.complain("\(people.joined(separator: ", ")) \(what).")
        throw Exit.notAssessed
    }
}

/// How marks are written.
struct GradebookOptions: ParsableArguments {
    enum Direction: String, CaseIterable, ExpressibleByArgument { case nearest, up, down }

    @Option(name: .long, help: "What marks are rounded to, e.g. 0.5.")
    var round = "0.01"

    @Option(name: .long, help: "How they are rounded: nearest (a half upwards), up, down.")
    var roundMode = Direction.nearest

    @Option(name: .long, help: "What marks are out of; the rubric's total where none is given.")
    var maximum: String?

    @Flag(name: .long, help: "Give marks while points are still undecided too.")
    var provisional = false

    @Option(name: .long, help: "The word for somebody whom marks.yaml calls absent.")
    var absentWord = "Abs"

    @Option(name: .long, help: "The word for somebody of whom nothing could be assessed.")
    var notMarkedWord = "N.Not"

    func validate() throws {
        guard rounding != nil else {
            throw ValidationError("--round takes a number of points above 0 such as 0.25")
        }
        if let maximum, (Points(decimal: maximum) ?? .zero) <= .zero {
            throw ValidationError("--maximum takes a number of points above 0 such as 100")
        }
    }

    private var rounding: MarkRounding? {
        Points(decimal: round).flatMap {
            MarkRounding(step: $0, direction: .init(rawValue: roundMode.rawValue) ?? .nearest)
        }
    }

    var options: Gradebook.Options {
        Gradebook.Options(
            rounding: rounding ?? .hundredths, maximum: maximum.flatMap { Points(decimal: $0) },
            isProvisional: provisional, absentWord: absentWord, notMarkedWord: notMarkedWord)
    }
}

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

    func csv(_ run: GradedRun, _ options: Gradebook.Options) throws -> MoodleCSV {
        let table = try ids.map { file in
            try Inputs.reading { try IdentifierFile.read(file: file) }
        }
        return MoodleCSV(
            run, options: options, idColumn: idColumn, ids: table ?? [:], gradeColumn: gradeColumn)
    }
}

extension GradedRun {
    /// A run as it lies in its folder.
    init(_ folder: RunFolder, students ids: [String] = [], language: Language? = nil) throws {
        let manifest = try folder.manifest()
        for id in ids where !manifest.students.contains(where: { $0.id == id }) {
            throw StoreFailure(
                "The run has no student \(id); it has: "
                    + manifest.students.map(\.id).joined(separator: ", ") + ".")
        }
        let students = manifest.students.filter { ids.isEmpty || ids.contains($0.id) }
        // Who could not be kept has no result; who has a damaged one is no such case.
        let place = RunPlace(folder: folder, manifest: manifest)
        let results = place.current(
            try students.filter { folder.hasResult(of: $0.id) }.map { try folder.shownResult(of: $0.id) })
        self.init(manifest, students: students, results: results, language: language)
    }

    init(
        _ manifest: RunManifest, students: [StudentIdentity]? = nil, results: [GradedResult],
        language: Language? = nil
    ) {
        self.init(
            className: manifest.className, exercise: manifest.exercise,
            exerciseTitle: results.first?.exerciseTitle ?? LocalizedText(verbatim: manifest.exercise),
            ranAt: manifest.startedAt, students: students ?? manifest.students, results: results,
            language: language ?? manifest.language)
    }
}
