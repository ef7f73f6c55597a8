/// What the evidence proves of what a question asks in words.
public struct AnswerProof: Sendable, Hashable {
    public var text: LocalizedText
    /// What it comes to, without times and places of logs: a node's name, the failovers that were tried. Students of whom
    /// the same is proved and who wrote the same are marked together.
    public var facts: [String]

    public init(_ text: LocalizedText, facts: [String]) {
        self.text = text
        self.facts = facts
    }
}

/// The answers of a class that are the teacher's to mark, question by question, with what has been given so far.
public struct MarkingSheet: Sendable {
    /// Whose answer it is, and what is proved beside it.
    public struct Author: Sendable, Hashable {
        public var student: StudentIdentity
        /// Nil where nothing is known.
        public var proof: AnswerProof?
    }

    /// One answer, or the same of several students.
    public struct Entry: Sendable, Hashable {
        /// Marked alike so far, in the order of the class.
        public var authors: [Author]
        public var check: CheckID
        public var title: LocalizedText
        /// As it was written; nil where nothing was handed in.
        public var answer: String?
        public var worth: Points
        /// Nil: not marked yet.
        public var mark: TeacherMark?
    }

    public var entries: [Entry] = []

    /// - Parameters:
    ///   - only: this question's answers.
    ///   - proofs: what each student's evidence proves (`Exercise.answerProofs`), by id.
    public init(
        _ results: [GradedResult], only question: QuestionID? = nil,
        proofs: [String: [QuestionID: AnswerProof]] = [:]
    ) {
        var index: [Key: Int] = [:]
        for checkID in Self.checks(of: results, only: question) {
            for result in results where result.isAbsent != true {
                guard let (asked, check) = result.waiting(for: checkID) else { continue }
                let author = Author(student: result.student, proof: proofs[result.student.id]?[asked.id])
                let key = Key(
                    check: checkID, answer: asked.writtenAnswer.map(Self.normalised),
                    facts: author.proof?.facts, mark: check.teacher)
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
        var facts: [String]?
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
    static func normalised(_ answer: String) -> String {
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
