import ClassRun
import GraderCore
import NIOPosix
import Reports

/// What is said as JSON of an exam.
private struct ExamAnswer: Encodable {
    struct Node: Encodable {
        var reached: Bool
        var message: String?
    }
    var exam = true
    var student: String
    var nodes: [String: Node]
}

/// `check` during an exam: whether the machines can be reached and logged in to, and nothing else. Nothing is
/// collected and nothing judged, so that there is nothing to be had from it.
extension CheckCommand {
    func tryLogins(
        _ student: RosterStudent, _ console: Console,
        _ transports: @escaping @Sendable (MultiThreadedEventLoopGroup) -> Transports
    ) async throws {
        let (failures, wasInterrupted) = try await Composition.working { group in
            var failures: [MachineID: TransportFailure?] = [:]
            try await transports(group).tryLogins([student]) { login in
                // The other machine of `check --local` is nobody's failure.
                failures[login.node] = .some(login.failure?.kind == .outOfSight ? nil : login.failure)
            }
            return failures
        }
        try say(failures, of: student, console)
        if wasInterrupted { throw Exit.interrupted }
        if failures.values.contains(where: { $0 != nil }) { throw Exit.notAssessed }
    }

    private func say(
        _ failures: [MachineID: TransportFailure?], of student: RosterStudent, _ console: Console
    ) throws {
        let language = options.language
        if options.json {
            let nodes = failures.map { role, failure in
                (role.rawValue, ExamAnswer.Node(reached: failure == nil, message: failure?.sentence.en))
            }
            return console.line(
                try PrintedJSON.text(
                    ExamAnswer(student: student.identity.id, nodes: Dictionary(nodes) { first, _ in first })))
        }
        console.line(
            language.pick(
                "Examen : seule la connexion aux machines est montrée.",
                "Exam: only whether the machines can be reached is shown."))
        for (role, failure) in failures.sorted(by: { $0.key < $1.key }) {
            let address = student.lab.addresses[role] ?? ""
            let name = SafeText.line("\(role.rawValue) (\(address))", limit: 100, language: language)
            let reached = language.pick("connexion réussie", "logged in")
            let state =
                failure.map { SafeText.line($0.sentence[language], limit: 400, language: language) }
                ?? reached
            let sign = failure == nil ? "✓" : "✗"
            console.line("  \(sign) \(name)" + language.pick(" : ", ": ") + state)
        }
    }
}
