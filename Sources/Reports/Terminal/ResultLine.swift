import GraderCore

/// The one line that `grade-all` prints for each student as the result comes.
///
///     etu07  Nadège Ferrand-Roche   provisoire, 12,5 sur 17 notés, 3 à venir   Q1 ✓  Q2 ✓  Q3 ◐  Q4 ✗  Q5 –
///     etu09  Loup Abgrall           non évalué : web (172.16.9.10) n'a pas répondu à temps …
public struct ResultLine: Sendable {
    /// How wide the columns are, so that the lines of one run stand under one another.
    public struct Columns: Sendable {
        public var id: Int
        public var names: Int

        public init(id: Int, names: Int) {
            self.id = id
            self.names = names
        }

        /// Wide enough for all of a class, within reason.
        public init(_ students: [StudentIdentity]) {
            let lines = students.map { ResultLine.identity($0) }
            id = lines.map { TerminalText.columns($0.id) }.max() ?? 0
            names = min(lines.map { TerminalText.columns($0.names) }.max() ?? 0, 40)
        }
    }

    private var student: StudentIdentity
    private var outcome: Outcome
    private var language: Language

    private enum Outcome: Sendable {
        case result(GradedResult)
        case reason(String)
    }

    public init(_ result: GradedResult, language: Language) {
        student = result.student
        outcome = .result(result)
        self.language = language
    }

    /// For a student of whom there is no result at all.
    public init(notAssessed student: StudentIdentity, reason: LocalizedText, language: Language) {
        self.student = student
        outcome = .reason(reason[language])
        self.language = language
    }

    /// - Parameter colour: whether ANSI colours may be used.
    public func text(columns: Columns, colour: Bool) -> String {
        let terminal = TerminalText(colour: colour, width: .max)
        let identity = ResultLine.identity(student)
        let start =
            terminal.styled(TerminalText.padded(identity.id, to: columns.id), .bold) + "  "
            + TerminalText.padded(identity.names, to: columns.names) + "  "
        return start + tail(terminal)
    }

    private func tail(_ terminal: TerminalText) -> String {
        let words = Sentences(language)
        let missing = Sign.notAssessed.word[language]
        switch outcome {
        case .reason(let reason):
            return terminal.styled(missing, .yellow) + (reason.isEmpty ? "" : words.pick(" : ", ": "))
                + SafeText.line(reason, limit: 400, language: language)
        case .result(let result):
            let obstacle = words.obstacle(result).map { SafeText.line($0, limit: 600, language: language) }
            guard result.isAssessed else {
                return terminal.styled(missing, .yellow)
                    + (obstacle.map { words.pick(" : ", ": ") + $0 } ?? "")
            }
            let score = TerminalText.padded(words.shortScore(result.score), to: 48)
            let marks = result.questions.map { question -> String in
                let sign = QuestionSign(question)
                let id = SafeText.label(question.id.rawValue, limit: 8)
                return "\(id) \(terminal.styled(sign.symbol, sign.sign.terminalStyle))"
            }
            let late =
                (result.handIn == nil
                    ? ""
                    : words.pick(
                        "  ! relevé de l'étudiant, non vérifié", "  ! the student's own, not verified"))
                + (result.isLate ? latePart(result, words) : "")
                + (words.anomalyCount(result).map { "  ! " + $0 } ?? "")
            return score + "  " + marks.joined(separator: "  ") + late
                + (obstacle.map { "  ! " + $0 } ?? "")
        }
    }

    /// What the signs behind the questions say, in one line.
    public static func legend(_ results: [GradedResult], language: Language) -> String? {
        let used = Set(results.filter(\.isAssessed).flatMap(\.questions).map { QuestionSign($0) })
        guard !used.isEmpty else { return nil }
        let signs = Sign.allCases.filter { sign in used.contains { $0.sign == sign } }
            .map { "\($0.symbol) \($0.word[language])" }
        let open = used.contains { $0.isOpen } ? [language.pick("… points à venir", "… points to come")] : []
        return (signs + open).joined(separator: "  ")
    }

    private func latePart(_ result: GradedResult, _ words: Sentences) -> String {
        guard let standing = result.lateness?.standing else {
            return words.pick("  ! en retard", "  ! late")
        }
        let mark = words.shortScore(standing.score)
        return words.pick("  ! en retard ; la note reste \(mark)", "  ! late; the mark is still \(mark)")
    }

    private static func identity(_ student: StudentIdentity) -> (id: String, names: String) {
        (
            SafeText.label(student.id, limit: 24),
            SafeText.label(student.names.joined(separator: ", "), limit: 40)
        )
    }
}
