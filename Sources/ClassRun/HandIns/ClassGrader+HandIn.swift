import Foundation
import GraderCore

extension ClassGrader {
    /// One look on one of the student's own machines, as the student may see it, and as the file to hand in; nothing is
    /// written.
    /// - Parameter student: who knows of no roster hands in under no name.
    /// - Throws: where this is none of the machines, or the program itself went wrong.
    public nonisolated func handIn(
        of student: RosterStudent, isNamed: Bool
    ) async throws -> (result: GradedResult, file: HandInFile) {
        guard let grader else {
            throw ProgramFault(
                LocalizedText(
                    fr: "C'est un défaut de Bascule : un relevé d'étudiant sans barème.",
                    en: "This is a bug in Bascule: a hand-in without a rubric."))
        }
        let ways = try await transports.open([student])
        let evidence = await places.line.held { await look(at: student, ways(student)) }
        var result = try grader.grade(
            evidence, className: roster.className, student: student.identity,
            evidenceSHA256: SHA256Digest.hexadecimal(of: try StoredJSON.encode(evidence)))
        guard let machine = evidence.reached.first, evidence.reached.count == 1 else {
            let count = evidence.reached.count
            throw ProgramFault(
                LocalizedText(
                    fr: "C'est un défaut de Bascule : un relevé d'étudiant sur \(count) machines.",
                    en: "This is a bug in Bascule: a hand-in of \(count) machines."))
        }
        // Nobody tunnels: the machine looked itself.
        result.networkVantage = result.networkVantage.map { _ in .node(machine) }
        let file = HandInFile(
            student: isNamed ? student.identity.id : nil, machine: machine, bascule: grader.version,
            evidence: evidence)
        return (result.shownInCheck(at: Date(), by: grader.rubric), file)
    }
}
