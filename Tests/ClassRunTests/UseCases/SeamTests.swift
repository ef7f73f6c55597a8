import Foundation
import GraderCore
import InputFiles
import TestSheets
import Testing

@testable import ClassRun

/// The seam between the grader and what it grades: a lab sheet that no file of the engine knows, of one machine and of
/// three, from the roster to the pages.
struct SeamTests {
    private let folder: TestFolder
    init() throws { folder = try TestFolder() }

    /// Grades one student.
    /// - Parameter machines: what each listens on; left out: it cannot be reached.
    private func grade(
        _ sheet: ListeningSheet, _ machines: [MachineID: [Int]?]
    ) async throws -> (result: GradedResult, page: String) {
        let own = sheet.machines.enumerated().map { "    \($1): 172.16.1.\(10 + $0)" }
        let roster = try Roster.read(
            InputText(
                text: """
                    class: seam
                    exercise: listening
                    students:
                      - id: etu1
                        name: "Un"
                    \(own.joined(separator: "\n"))
                        port: 8080
                        ssh: {user: root, agent: true}

                    """, file: "class.yaml"), exercises: [sheet])
        let checks = sheet.definitions.flatMap(\.checks).map { "      \($0.id): 1" }
        let rubric = try RubricFile.read(
            file: folder.write(
                """
                exercise: listening
                title: {fr: Écoute, en: Listening}
                total: \(checks.count)
                questions:
                  - id: Q1
                    title: {fr: Le service, en: The service}
                    checks:
                \(checks.map { "  " + $0 }.joined(separator: "\n"))

                """, to: "rubric.yaml"), exercise: sheet)
        let transports = Transports { _ in
            { _ in
                var access = PairCollector.Access.nobody
                access.connect = { machine throws(TransportFailure) in
                    guard let ports = machines[machine] else {
                        throw TransportFailure(
                            .connectionRefused, LocalizedText(verbatim: "etu1/\(machine): refused."))
                    }
                    return ListeningMachine(ports: ports)
                }
                return access
            }
        }
        let grader = Grader(exercise: sheet, rubric: rubric, version: "test")
        let outcome = try await ClassGrader(
            roster, collector: grader.collector, grader: grader,
            reports: ReportsFolder("\(folder.path)/reports"), transports: transports
        ).grade(RunOrder(roster.students)) { _ in }
        let page = try String(
            contentsOfFile: "\(outcome.run.path)/students/etu1/report.html", encoding: .utf8)
        return (try outcome.run.result(of: "etu1"), page)
    }

    private func verdicts(_ result: GradedResult) -> [String: Verdict] {
        Dictionary(
            result.questions.flatMap(\.checks).map { ($0.result.id.rawValue, $0.result.verdict) }
        ) { first, _ in first }
    }

    @Test func oneMachineIsEnough() async throws {
        let sheet = ListeningSheet(machines: [MachineID("web")])
        try sheet.validate()
        let right = try await grade(sheet, [MachineID("web"): [8080]])
        #expect(right.result.score == Tally(earned: Points(2), decided: Points(2), total: Points(2)))
        #expect(right.page.contains("172.16.1.10") && right.page.contains("Vos machines"))
        let wrong = try await grade(sheet, [MachineID("web"): [22]])
        #expect(verdicts(wrong.result) == ["Q1.listens-web": .notMet, "Q1.alone-web": .notMet])
        // What is not there is lost once.
        let silent = try await grade(sheet, [MachineID("web"): []])
        #expect(
            verdicts(silent.result) == [
                "Q1.listens-web": .notMet, "Q1.alone-web": .blocked(by: CheckID("Q1.listens-web")),
            ])
    }

    @Test func threeMachinesAreJudgedEachByItself() async throws {
        let (front, one, two) = (MachineID("balancer"), MachineID("app-1"), MachineID("app-2"))
        let sheet = ListeningSheet(machines: [front, one, two])
        try sheet.validate()
        // One listens, one has no ss, one is off.
        let (result, page) = try await grade(sheet, [front: [8080], one: nil])
        #expect(
            verdicts(result) == [
                "Q1.listens-balancer": .met, "Q1.alone-balancer": .met,
                "Q1.listens-app-1": .notAssessed(.noEvidence), "Q1.alone-app-1": .notAssessed(.noEvidence),
                "Q1.listens-app-2": .notAssessed(.noEvidence), "Q1.alone-app-2": .notAssessed(.noEvidence),
            ])
        #expect(result.unreachable.keys.sorted() == [two])
        for machine in sheet.machines { #expect(page.contains(machine.rawValue)) }
    }

    @Test func theRosterIsReadByTheSheetsOwnKeys() throws {
        let sheet = ListeningSheet(machines: [MachineID("web")])
        let text = """
            class: seam
            exercise: listening
            students:
              - {id: a, name: A, web: 172.16.1.10, port: 80000, ssh: {user: root, agent: true}}
              - {id: b, name: B, web: 172.16.1.10, vip: 172.16.1.12, ssh: {user: root, agent: true}}
            """
        let errors = #expect(throws: InputErrors.self) {
            try Roster.read(InputText(text: text, file: "class.yaml"), exercises: [sheet])
        }
        let said = errors?.mistakes.map { "\($0.line): \($0.message)" } ?? []
        #expect(said.contains { $0.hasPrefix("4: port is “80000”") }, "\(said)")
        #expect(said.contains { $0.hasPrefix("5: unknown key “vip”") }, "\(said)")
        #expect(said.contains { $0.hasPrefix("5: the student has no “port”") }, "\(said)")
    }
}
