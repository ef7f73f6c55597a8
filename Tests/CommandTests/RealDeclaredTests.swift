import Foundation
import GraderCore
import Testing

/// An exercise without a line of Swift, on real machines.
@Suite(.enabled(if: RealClass.isWanted, "real clusters were not asked for"), .serialized)
struct RealDeclaredTests {
    /// What was done is worth everything, what was handed out nothing, a mistake exactly its checks; and a machine that is
    /// off is not assessed.
    @Test(.timeLimit(.minutes(8)))
    func aServerIsGradedByItsDeclaration() async throws {
        let arguments = [
            "--exercise", "serveur-web", "--students", "5", "--situation-of", "etu1=solved", "etu2=fresh",
            "etu3=root-by-password", "etu4=timer-not-enabled", "etu5=off",
        ]
        try await RealClass.with("ci-declared", arguments) { real in
            let (outcome, results) = try await real.grade(exercise: "serveur-web")
            #expect(outcome.status == 2, "\(outcome.output)\(outcome.complaints)")
            #expect(results["etu1"]?.score.earned == Points(20), "\(results["etu1"]?.lost ?? [])")
            #expect(results["etu2"]?.score.earned == .zero)
            #expect(results["etu2"]?.score.decided == Points(20))
            #expect(results["etu5"]?.score.decided == .zero)
            for (student, fault) in [("etu3", "root-by-password"), ("etu4", "timer-not-enabled")] {
                let text = try String(
                    contentsOf: Program.repository.appending(
                        path: "exercises/serveur-web/faults/\(fault).sh"),
                    encoding: .utf8)
                let line = text.split(separator: "\n").first { $0.hasPrefix("# loses:") } ?? ""
                let loses = line.dropFirst("# loses:".count).split(separator: ",").map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                #expect(results[student]?.lost.sorted() == loses.sorted(), "\(fault)")
            }
        }
    }
}
