/// The answers of a class that are the teacher's to mark, question by question, with what has been given so far.
public struct MarkingSheet: Sendable {
    /// Whose answer it is, and what the evidence shows beside it.
    public struct Author: Sendable, Hashable {
        public var student: StudentIdentity
        /// Fact by fact of the question.
        public var proofs: [LocalizedText]
        /// Nil where the rubric has no rule for it.
        public var proposal: AnswerProposal?
    }

    /// What written answers are compared with.
    public struct Comparison: Sendable {
        public var facts: [AnswerFact] = []
        /// By check.
        public var rules: [CheckID: AnswerRule] = [:]
        /// By the student's id, then by the fact's name.
        public var shown: [String: [String: ShownFact]] = [:]

        public init() {}
    }

    /// One answer, or the same of several students.
    public struct Entry: Sendable, Hashable {
        /// Marked alike so far, in the order of the class.
        /// The same is shown of all of them, and the same is proposed.
        public var authors: [Author]
        public var check: CheckID
        public var title: LocalizedText
        /// As it was written; nil where nothing was handed in.
        public var answer: String?
        public var worth: Points
        /// Nil: not marked yet.
        public var mark: TeacherMark?

        public var proposal: AnswerProposal? { authors.first?.proposal }
    }

    public var entries: [Entry] = []

    /// - Parameter only: this question's answers.
    public init(
        _ results: [GradedResult], only question: QuestionID? = nil, comparison: Comparison = Comparison()
    ) {
        let facts = Dictionary(
            comparison.facts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var index: [Key: Int] = [:]
        for checkID in Self.checks(of: results, only: question) {
            for result in results where result.isAbsent != true {
                guard let (asked, check) = result.waiting(for: checkID) else { continue }
                let shown = comparison.shown[result.student.id] ?? [:]
                let told = comparison.facts.filter { $0.question == asked.id }.compactMap { shown[$0.name] }
                let author = Author(
                    student: result.student, proofs: told.map(\.proof),
                    proposal: comparison.rules[checkID].map {
                        var proposal = AnswerProposal(
                            asked.writtenAnswer, rule: $0, worth: check.points, facts: facts, shown: shown)
                        // Accepted unread, it would rest on the student's word alone.
                        if result.handIn != nil { proposal.isCertain = false }
                        return proposal
                    })
                let key = Key(
                    check: checkID, answer: asked.writtenAnswer.map(Self.normalised),
                    shown: told.map(\.values), proposed: author.proposal?.points,
                    isCertain: author.proposal?.isCertain, mark: check.teacher)
                // Who handed in nothing has nothing in common with others.
                if key.answer != nil, let known = index[key] {
                    entries[known].authors.append(author)
                    continue
                }
                index[key] = entries.count
                entries.append(
                    Entry(
                        authors: [author], check: checkID, title: check.result.title,
                        answer: asked.writtenAnswer, worth: check.points, mark: check.teacher))
            }
        }
    }

    private struct Key: Hashable {
        var check: CheckID
        var answer: String?
        var shown: [Set<String>]
        var proposed: Points?
        var isCertain: Bool?
        var mark: TeacherMark?
    }

    /// In the order of the sheet.
    private static func checks(of results: [GradedResult], only question: QuestionID?) -> [CheckID] {
        var seen: Set<CheckID> = []
        return results.flatMap(\.questions).filter { question == nil || $0.id == question }
            .flatMap(\.checks).filter { $0.isTheTeachers && seen.insert($0.result.id).inserted }
            .map(\.result.id)
    }

    /// The same words, whatever stands between them and however they are capitalised.
    public static func normalised(_ answer: String) -> String {
        answer.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension ScoredCheck {
    /// Whether only the teacher can say what it earns: nothing else was ever said of it.
    fileprivate var isTheTeachers: Bool {
        (judged?.verdict ?? result.verdict) == .notRequested(.teachersMark)
    }
}

extension GradedResult {
    fileprivate func waiting(for id: CheckID) -> (QuestionResult, ScoredCheck)? {
        for question in questions {
            if let check = question.checks.first(where: { $0.result.id == id && $0.isTheTeachers }) {
                return (question, check)
            }
        }
        return nil
    }
}
