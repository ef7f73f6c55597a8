import GraderCore

/// What happens in the run of a class, as it happens.
public enum RunEvent: Sendable, Codable {
    case started(StudentIdentity)
    /// The evidence is kept; nobody asked for a judgement.
    case collected(StudentIdentity, Evidence)
    case graded(GradedResult)
    case noResult(NoResult)
    case drill(DrillEvent)
    /// Something that the teacher should know and that stops nothing: an answer's file that cannot be read.
    case remark(LocalizedText)

    /// What came of a student's evidence.
    static func finishing(_ student: StudentIdentity, _ finish: () throws -> RunEvent) -> RunEvent {
        do {
            return try finish()
        } catch let fault as ProgramFault {
            return .noResult(NoResult(student, .programFault(fault)))
        } catch {
            let failure = error as? StoreFailure ?? StoreFailure(fileOperation: error)
            return .noResult(
                NoResult(
                    student,
                    .notStored(failure ?? StoreFailure(LocalizedText(explaining: error), .notWritten))))
        }
    }
}
