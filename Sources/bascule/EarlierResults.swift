import ClassRun
import Exercises
import GraderCore

extension RunFolder {
    /// The student's result as pages need it.
    func shownResult(of student: String) throws(StoreFailure) -> GradedResult {
        let result = try result(of: student)
        return result.exhibits.isEmpty ? result.showing(try? evidence(of: student)) : result
    }
}

extension GradedResult {
    /// A result from before exhibits and identity marks were kept (version 1) gets them from its evidence, where that is still there.
    func showing(_ evidence: Evidence?) -> GradedResult {
        guard exhibits.isEmpty, let evidence, let exercise = Catalog.exercise(exercise) else { return self }
        var shown = self
        let findings = Findings(evidence)
        shown.exhibits = exercise.exhibits(findings)
        shown.identityMarks = exercise.identityMarks(findings)
        return shown
    }
}
