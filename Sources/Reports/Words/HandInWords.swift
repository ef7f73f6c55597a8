import GraderCore

/// What a student collected and nobody has verified, in words.
extension Sentences {
    /// For a list: `relevé fait par l'étudiant (27/11/2026 21:40 UTC), non vérifié`; nil where a grader looked.
    func handIn(_ result: GradedResult) -> String? {
        guard result.handIn != nil else { return nil }
        let date = self.date(result.collectedAt)
        return pick(
            "relevé fait par l'étudiant (\(date)), non vérifié",
            "collected by the student (\(date)), not verified")
    }

    /// What stands beside a mark in a list; nil where nothing does.
    func remark(_ result: GradedResult) -> String? {
        let remarks = [handIn(result), late(result)].compactMap(\.self)
        return remarks.isEmpty ? nil : remarks.joined(separator: pick(" ; ", "; "))
    }

    func handInNotices(_ result: GradedResult) -> [Notice] {
        guard let handIn = result.handIn else { return [] }
        let parts = handIn.parts.sorted { $0.key < $1.key }.map { machine, part in
            pick(
                "\(machine.rawValue) le \(date(part.collectedAt))",
                "\(machine.rawValue) on \(date(part.collectedAt))")
        }
        let imported = date(handIn.importedAt)
        let machines = parts.joined(separator: ", ")
        return [
            Notice(
                kind: .caution,
                title: pick(
                    "Relevé fait par l'étudiant, non vérifié", "Collected by the student, not verified"),
                sentence: pick(
                    """
                    \(machines), d'après l'horloge de chaque machine ; reçu le \(imported). Personne d'autre n'a vu les \
                    machines : ce relevé vaut ce que vaut la parole de celui qui l'a fait, et ce qu'il ne montre pas n'est \
                    pas évalué.
                    """,
                    """
                    \(machines), by each machine's own clock; received on \(imported). Nobody else has seen the machines: \
                    this is worth as much as the word of whoever made it, and what it does not show is not assessed.
                    """))
        ]
    }

    /// From where the network was looked at.
    func vantage(of result: GradedResult) -> String {
        guard result.handIn != nil, case .tunnel(let machine)? = result.networkVantage else {
            return vantage(result.networkVantage)
        }
        return vantage(.node(machine))
    }
}

/// What a grader's look should confirm of what a student collected: for the teacher.
public struct ConfirmationList: Sendable {
    private struct Question {
        var id: QuestionID
        /// How many checks earn points by the student's word alone.
        var trusted: Int
        /// The question itself where it is all of its checks.
        var unseen: [String]
    }

    private var student: String
    private var questions: [Question]

    /// Empty where a grader looked.
    public init(_ result: GradedResult) {
        student = result.student.id
        guard result.handIn != nil else {
            questions = []
            return
        }
        questions = result.questions.map { question in
            let unseen = question.checks.filter { check in
                if case .notAssessed = check.result.verdict { true } else { false }
            }
            return Question(
                id: question.id,
                trusted: question.checks.count { check in
                    // What the teacher decided, or an earlier look by a grader, is no word of the student's.
                    check.earlier == nil && check.teacher?.points == nil && (check.earned ?? .zero) > .zero
                },
                unseen: unseen.count > 1 && unseen.count == question.checks.count
                    ? [question.id.rawValue] : unseen.map(\.result.id.rawValue))
        }
    }

    /// `Q1 (9), Q2 (3)`, and the ids of the checks; nil where there are none.
    private var trusted: String? {
        let told = questions.filter { $0.trusted > 0 }.map { "\($0.id.rawValue) (\($0.trusted))" }
        return told.isEmpty ? nil : told.joined(separator: ", ")
    }

    private var unseen: String? {
        let told = questions.flatMap(\.unseen)
        return told.isEmpty ? nil : told.joined(separator: ", ")
    }

    /// Without a line where there is nothing to confirm.
    func sentences(_ words: Sentences) -> [String] {
        [
            trusted.map {
                words.pick(
                    "Points acquis sur sa seule parole : \($0).", "Points earned on their word alone: \($0).")
            },
            unseen.map { words.pick("Non vu : \($0).", "Not seen: \($0).") },
        ].compactMap(\.self)
    }

    /// For a terminal: the student, and what to look at.
    public func lines(_ language: Language) -> [String] {
        let words = Sentences(language)
        let told = sentences(words)
        guard !told.isEmpty else { return [] }
        return [
            SafeText.label(student, limit: 24)
                + words.pick(", à confirmer sur place :", ", to be confirmed by a live look:")
        ]
            + told.map { "  " + SafeText.line($0, limit: 2_000, language: language) }
    }

    func notices(_ words: Sentences) -> [Notice] {
        let told = sentences(words)
        guard !told.isEmpty else { return [] }
        return [
            Notice(
                kind: .caution, title: words.pick("À confirmer sur place", "To be confirmed by a live look"),
                sentence: told.joined(separator: " "))
        ]
    }
}
