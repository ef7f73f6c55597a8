import GraderCore

/// A run's marks as a gradebook has them: one line for each person, even in a team, in the order of the roster.
public struct Gradebook: Sendable {
    /// What the teacher decides about the marks of a gradebook.
    public struct Options: Sendable {
        public var rounding: MarkRounding
        /// What marks are out of; nil: the rubric's total.
        public var maximum: Points?
        /// Whether a mark is given while points are still undecided.
        public var isProvisional: Bool
        /// Stands in the place of a mark where the teacher noted the person as absent.
        public var absentWord: String
        /// Stands there where nothing at all could be assessed.
        public var notMarkedWord: String

        public init(
            rounding: MarkRounding = .hundredths, maximum: Points? = nil, isProvisional: Bool = false,
            absentWord: String = "Abs", notMarkedWord: String = "N.Not"
        ) {
            self.rounding = rounding
            self.maximum = maximum
            self.isProvisional = isProvisional
            self.absentWord = absentWord
            self.notMarkedWord = notMarkedWord
        }
    }

    /// What stands in a cell.
    enum Mark: Sendable, Hashable {
        case mark(Points)
        /// Something is decided, but not everything, and nobody asked for provisional marks.
        case open
        /// Nothing could be decided.
        case notMarked
        case absent
    }

    struct Line: Sendable {
        var studentID: String
        /// The person's; the student's id where there is no name.
        var name: String
        var isTeam: Bool
        var mark: Mark
        var score: Tally
        /// What the mark is out of: the person's own total, which a removed question takes points from.
        var total: Points
        /// By the gradebook's questions; nil where the result has none of it.
        var questions: [Tally?]
        var comment: String?
        /// That there is a later look, after the deadline; nil where everything is in time.
        var late: String?
        /// That the student collected what the mark rests on; nil where a grader looked.
        var handIn: String?
    }

    /// Whether a mark rests on what a student collected.
    var hasHandIn: Bool { lines.contains { $0.handIn != nil } }

    /// Whether somebody was looked at after the deadline.
    var hasLate: Bool { lines.contains { $0.late != nil } }

    var questions: [QuestionID]
    var lines: [Line]

    init(_ run: GradedRun, _ options: Options) {
        // Advice has no column.
        let questions = run.questions.filter { $0.score.total > .zero }.map(\.id)
        self.questions = questions
        let total = run.total
        lines = run.students.flatMap { student -> [Line] in
            let result = run.results.first { $0.student.id == student.id }
            let names = student.names.isEmpty ? [student.id] : student.names
            return names.map { name in
                var line = Gradebook.line(
                    student, name, names.count > 1, result, questions, options,
                    Sentences(run.language, in: run.timeZone))
                if line.total == .zero { line.total = total }
                return line
            }
        }
    }

    private static func line(
        _ student: StudentIdentity, _ name: String, _ isTeam: Bool, _ result: GradedResult?,
        _ questions: [QuestionID], _ options: Options, _ words: Sentences
    ) -> Line {
        let member = result?.members?.first { $0.name == name }
        let score = member?.score ?? result?.score ?? Tally()
        let mark: Mark =
            if member?.isAbsent ?? false || result?.isAbsent ?? false {
                .absent
            } else if score.decided == .zero {
                .notMarked
            } else if score.isComplete || options.isProvisional {
                .mark(options.rounding.mark(score.earned, of: score.total, outOf: options.maximum))
            } else {
                .open
            }
        let own = result.map { result in
            Dictionary(
                zip(result.questions.map(\.id), member?.questionScores ?? result.questions.map(\.score)),
                uniquingKeysWith: { first, _ in first })
        }
        let comments = [result?.comment, member?.comment].compactMap { $0 }
        return Line(
            studentID: student.id, name: name, isTeam: isTeam, mark: mark, score: score,
            total: options.maximum ?? score.total, questions: questions.map { own?[$0] },
            comment: comments.isEmpty ? nil : comments.joined(separator: " "),
            late: result.flatMap { words.late($0) }, handIn: result.flatMap { words.handIn($0) })
    }
}
