import Foundation
import GraderCore

/// From evidence to a result: judging and scoring, for one exercise and rubric. Pure.
public struct Grader: Sendable {
    public var exercise: any Exercise
    public var rubric: Rubric
    public var questions: Set<QuestionID>?
    /// Bascule's version, for the provenance.
    public var version: String

    public init(exercise: any Exercise, rubric: Rubric, questions: Set<QuestionID>? = nil, version: String) {
        self.exercise = exercise
        self.rubric = rubric
        self.questions = questions
        self.version = version
    }

    /// Collects what is judged.
    public var collector: PairCollector {
        PairCollector(exercise: exercise, questions: questions, collector: version)
    }

    /// The same for other questions; for its own where they are nil.
    func asking(_ questions: Set<QuestionID>?) -> Grader {
        var grader = self
        if let questions { grader.questions = questions }
        return grader
    }

    /// - Parameter evidenceSHA256: of the evidence file's bytes, so that a dispute can show that nothing changed.
    /// - Throws: where the evidence shows that the program itself went wrong.
    public func grade(
        _ evidence: Evidence, className: String, student: StudentIdentity, evidenceSHA256: String
    ) throws(ProgramFault) -> GradedResult {
        if let fault = evidence.fault { throw fault }
        return try grade(
            exercise, evidence, className: className, student: student, evidenceSHA256: evidenceSHA256)
    }

    /// What whoever makes the exercise should see of a student's evidence: texts by file name (`Exercise.openCases`).
    func openCases(_ evidence: Evidence, _ result: GradedResult) -> [String: String] {
        let contradicted = result.questions.flatMap { $0.checks.map(\.result) }.filter {
            $0.verdict == .notAssessed(.contradiction)
        }
        return contradicted.isEmpty ? [:] : openCases(exercise, evidence, Set(contradicted.map(\.id)))
    }

    private func openCases<E: Exercise>(
        _ exercise: E, _ evidence: Evidence, _ contradicted: Set<CheckID>
    ) -> [String: String] {
        exercise.openCases(exercise.findings(evidence, after: nil), contradicted: contradicted)
    }

    private func grade<E: Exercise>(
        _ exercise: E, _ evidence: Evidence, className: String, student: StudentIdentity,
        evidenceSHA256: String
    ) throws(ProgramFault) -> GradedResult {
        let findings = exercise.findings(evidence, after: nil)
        let results = try Scorer(exercise: exercise, rubric: rubric, questions: questions).score(findings)
        var result = GradedResult(
            className: className, student: student, exercise: exercise.id, exerciseTitle: exercise.title,
            collectedAt: evidence.startedAt,
            collectionSeconds: evidence.finishedAt.timeIntervalSince(evidence.startedAt),
            questions: results, score: results.reduce(Tally()) { $0 + $1.score },
            unreachable: evidence.unreachable, instability: evidence.instability,
            exhibits: exercise.exhibits(findings), networkVantage: evidence.networkVantage,
            provenance: Provenance(
                grader: version, rubricSHA256: rubric.checksum, evidenceSHA256: evidenceSHA256))
        result.handIn = evidence.handIn
        let marks = exercise.identityMarks(findings)
        result.identityMarks = marks.isEmpty ? nil : marks
        let anomalies = exercise.anomalies(findings)
        result.anomalies = anomalies.isEmpty ? nil : anomalies
        result.drills = evidence.drills?.map { DrillAccount($0, exercise.drill($0.kind)) }
        if result.drills != nil { result.drillsTellOf = exercise.drillsTellOf }
        return result
    }
}
