import GraderCore

/// `moodle.csv`: what Moodle's gradebook imports (Grades, Import, CSV file): `,`, decimal point, UTF-8, an empty
/// cell for no grade.
public struct MoodleCSV: Sendable {
    public var run: GradedRun
    public var options: Gradebook.Options
    /// The heading of the column by which Moodle knows its users, e.g. `ID number`, `Email address`, `Username`.
    public var idColumn: String
    /// What stands in that column, by a person's name or a student's id. Without an entry it is the student's id;
    /// of a team's members, who share one, it is empty.
    public var ids: [String: String]
    /// The heading of the marks' column; nil: the exercise's title.
    public var gradeColumn: String?

    public init(
        _ run: GradedRun, options: Gradebook.Options = Gradebook.Options(), idColumn: String = "ID number",
        ids: [String: String] = [:], gradeColumn: String? = nil
    ) {
        self.run = run
        self.options = options
        self.idColumn = idColumn
        self.ids = ids
        self.gradeColumn = gradeColumn
    }

    /// The table with its header; an undecided mark is an empty cell.
    public func text() -> String {
        let book = Gradebook(run, options)
        let title = gradeColumn ?? run.exerciseTitle[run.language]
        let rows = zip(book.lines, ids(of: book)).map { line, id -> [CSVWriter.Cell] in
            [.text(id), .text(line.name), mark(line.mark), .text(feedback(line))]
        }
        let head = [idColumn, "Full name", title, "\(title) (feedback)"]
        return CSVWriter(separator: ",", hasByteOrderMark: false, language: run.language)
            .table([head.map { .text($0) }] + rows)
    }

    /// Those for whom there is no identifier of their own, as a team's members or people of one name: Moodle will not
    /// find them.
    public var unidentified: [String] {
        let book = Gradebook(run, options)
        return zip(book.lines, ids(of: book)).filter { $1.isEmpty }.map(\.0.name)
    }

    /// Line by line. What stands for two is nobody's: Moodle would give one of them the other's mark.
    private func ids(of book: Gradebook) -> [String] {
        let ids = book.lines.map(id)
        var rest = run
        rest.students = run.others
        let others = Gradebook(rest, options).lines.map(id)
        let owners = (ids + others).reduce(into: [:]) { $0[$1, default: 0] += 1 }
        return ids.map { owners[$0] == 1 ? $0 : "" }
    }

    private func id(_ line: Gradebook.Line) -> String {
        ids[line.name] ?? (line.isTeam ? "" : ids[line.studentID] ?? line.studentID)
    }

    private func mark(_ mark: Gradebook.Mark) -> CSVWriter.Cell {
        switch mark {
        case .mark(let points): .number(points.formatted(.english))
        // Moodle takes a word for a mistake.
        case .open, .notMarked, .absent: .number("")
        }
    }

    private func feedback(_ line: Gradebook.Line) -> String {
        switch line.mark {
        case .absent: options.absentWord
        case .notMarked:
            [Phrase.notAssessed[run.language], line.handIn.map { "(\($0))" }].compactMap { $0 }
                .joined(separator: " ")
        case .mark, .open:
            [Sentences(run.language).markSentence(line.score), line.handIn.map { "(\($0))" }, line.comment]
                .compactMap { $0 }
                .joined(separator: " ")
        }
    }
}
