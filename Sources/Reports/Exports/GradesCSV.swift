import GraderCore

/// `grades.csv`, for Pronote and for spreadsheets set to French: `;`, decimal comma, UTF-8 with a byte order mark.
public struct GradesCSV: Sendable {
    public var run: GradedRun
    public var options: Gradebook.Options

    public init(_ run: GradedRun, options: Gradebook.Options = Gradebook.Options()) {
        self.run = run
        self.options = options
    }

    /// A line for each person: id, name, mark, what it is out of, how many of the rubric's points are earned and how
    /// many are decided, the questions' points, the teacher's comment; where somebody was looked at after the
    /// deadline, a last column has what was found then, beside the mark of the last look in time; where a student collected the evidence, one says so. The mark is empty
    /// until everything is decided, unless provisional
    /// marks are asked for.
    public func text() -> String {
        let book = Gradebook(run, options)
        let words = Sentences(run.language)
        let head =
            Self.head.map { $0[run.language] } + book.questions.map(\.rawValue)
            + [words.pick("Commentaire", "Comment")]
            + (book.hasLate ? [words.pick("En retard", "Late")] : [])
            + (book.hasHandIn ? [words.pick("Non vérifié", "Not verified")] : [])
        let rows = book.lines.map { line -> [CSVWriter.Cell] in
            [
                .text(line.studentID), .text(line.name), mark(line.mark), number(line.total),
                number(line.score.earned), number(line.score.decided), number(line.score.total),
            ] + line.questions.map(question) + [.text(line.comment ?? "")]
                + (book.hasLate ? [.text(line.late ?? "")] : [])
                + (book.hasHandIn ? [.text(line.handIn ?? "")] : [])
        }
        return CSVWriter(separator: ";", hasByteOrderMark: true, language: words.language)
            .table([head.map { .text($0) }] + rows)
    }

    /// What every list has before its questions.
    private static let head = [
        LocalizedText(fr: "Identifiant", en: "Id"), LocalizedText(fr: "Nom", en: "Name"),
        LocalizedText(fr: "Note", en: "Mark"), LocalizedText(fr: "Sur", en: "Out of"),
        LocalizedText(fr: "Points obtenus", en: "Points earned"),
        LocalizedText(fr: "Points décidés", en: "Points decided"),
        LocalizedText(fr: "Points du barème", en: "Points of the rubric"),
    ]

    /// The marks alone, one a line in the order of the roster: to be pasted into a column.
    public func column() -> String {
        Gradebook(run, options).lines.map { line in
            let text =
                switch mark(line.mark) {
                case .number(let number): number
                case .word(let word), .text(let word), .passage(let word):
                    SafeText.line(word, limit: 60, language: run.language)
                }
            return text + "\n"
        }.joined()
    }

    private func mark(_ mark: Gradebook.Mark) -> CSVWriter.Cell {
        switch mark {
        case .mark(let points): number(points)
        case .open: .number("")
        case .notMarked: .word(options.notMarkedWord)
        case .absent: .word(options.absentWord)
        }
    }

    private func question(_ score: Tally?) -> CSVWriter.Cell {
        guard let score, score.decided > .zero, score.isComplete || options.isProvisional else {
            return .number("")
        }
        return number(score.earned)
    }

    /// With a decimal comma, whatever the language: that is what these programs read.
    private func number(_ points: Points) -> CSVWriter.Cell { .number(points.formatted(.french)) }
}
