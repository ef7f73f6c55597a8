import GraderCore
import InputFiles

/// A run that a `grade-all` asks of the board that has the class: one JSON line on the board's socket. Whom it means is
/// settled by who asks (`--resume`, `--only-failed`), so that what it shows is what is made.
public struct GradingRequest: Sendable, Hashable, Codable {
    public static let currentSchemaVersion = 3
    /// Of the line, in bytes: some thousand students.
    static let sizeLimit = 1 << 20

    public var schemaVersion = GradingRequest.currentSchemaVersion
    /// By what it was read that the board has to have read too.
    public var rosterSHA256: String
    public var rubricSHA256: String
    /// Nil: all.
    public var questions: [QuestionID]?
    /// Everybody of the run, by id.
    public var students: [String]
    /// By the student's id, the name of the run whose evidence is taken over.
    public var takenOver: [String: String]
    /// Of the run too, and at whose machines nobody looks; nil where there are none.
    public var notSeen: [NoResult]?
    public var drills: DrillRequest?

    /// - Parameter order: of a roster that lies in a file.
    public init(_ order: RunOrder, of roster: Roster, by grader: Grader) {
        rosterSHA256 = roster.checksum
        rubricSHA256 = grader.rubric.checksum
        questions = grader.asking(order.questions).questions?.sorted()
        students = order.students.map(\.identity.id)
        takenOver = order.takenOver.mapValues(\.name)
        notSeen = order.notSeen.isEmpty ? nil : order.notSeen
        drills = order.drills
    }

    /// What it is to the class's own grader, to whom it was handed.
    /// - Throws: ``GradingRefusal`` where that has another roster or another rubric, or does not know whom it means;
    ///   ``StoreFailure`` where the class's name cannot name a folder.
    public func order(for grader: ClassGrader) throws -> RunOrder {
        guard rosterSHA256 == grader.roster.checksum else {
            throw GradingRefusal(
                LocalizedText(
                    fr:
                        "Le tableau de bord a été lancé avec une autre liste de classe, ou celle-ci a changé depuis : relancer bascule board, ou donner sa liste.",
                    en:
                        "The board was started with another roster, or this one has changed since: start bascule board again, or give its roster."
                ))
        }
        guard let own = grader.grader, rubricSHA256 == own.rubric.checksum else {
            throw GradingRefusal(
                LocalizedText(
                    fr:
                        "Le tableau de bord a été lancé avec un autre barème, ou celui-ci a changé depuis : relancer bascule board, ou donner son barème avec --rubric.",
                    en:
                        "The board was started with another rubric, or this one has changed since: start bascule board again, or give its rubric with --rubric."
                ))
        }
        var order = RunOrder(grader.roster.students.filter { students.contains($0.identity.id) })
        order.questions = questions.map(Set.init)
        // A board may have been told to look at some only; here all are asked for.
        if questions == nil, own.questions != nil { order.questions = Set(own.rubric.questions.map(\.id)) }
        order.drills = drills
        order.notSeen = notSeen ?? []
        for (student, name) in takenOver {
            order.takenOver[student] = try grader.reports.run(name, of: grader.roster.className)
        }
        guard order.students.count == students.count, order.takenOver.count == takenOver.count else {
            throw GradingRefusal(
                LocalizedText(
                    fr:
                        "Le tableau de bord ne connaît pas tous les étudiants ou passages de la demande : relancer grade-all avec le même --reports que lui.",
                    en:
                        "The board does not know every student or run of the request: run grade-all again with the board's own --reports."
                ))
        }
        return order
    }
}

/// What a board answers, a JSON line each: events as they happen, then one of the others.
enum GradingReply: Sendable, Codable {
    case event(RunEvent)
    /// The run, by its name, is in its folder with all results; `missing` have none.
    case ended(run: String, missing: [NoResult])
    case refused(GradingRefusal)
    /// What ended the run, as it would have ended a command.
    case failed(StoreFailure)
    /// The same: all that is wrong in a file that the teacher wrote.
    case mistakes(Mistakes)

    /// ``InputErrors``, to be sent.
    struct Mistakes: Sendable, Codable {
        private struct Mistake: Codable {
            var file: String
            var line: Int
            var column: Int
            var message: LocalizedText
        }
        private var all: [Mistake]

        init(_ errors: InputErrors) {
            all = errors.mistakes.map {
                Mistake(file: $0.file, line: $0.line, column: $0.column, message: $0.message)
            }
        }

        var errors: InputErrors {
            InputErrors(
                all.map {
                    InputMistake(file: $0.file, line: $0.line, column: $0.column, message: $0.message)
                })
        }
    }
}
