import Foundation
import TestSheets
import Testing

@testable import GraderCore

/// Findings of an exercise of another kind: nothing that the engine could know.
private struct Room: ExerciseFindings {
    var evidence = Evidence(
        student: "a", exercise: "room",
        lab: .pair(),
        startedAt: Date(timeIntervalSince1970: 0), finishedAt: Date(timeIntervalSince1970: 0),
        collector: "test", nonce: "0", unreachable: [:], instability: nil, observations: [])
    var lamp: Lookup<Int?>
    var door: Lookup<String> = .found("oak")
}

private func text(_ text: String) -> LocalizedText { LocalizedText(verbatim: text) }

private let lamp = Subject<Room, Int?>(
    declaredBy: "Q1.lamp", unknown: { _ in text("dark") }, absent: { _ in text("no lamp") },
    sources: { _ in [.network("look")] }, find: \.lamp)
private let door = Subject<Room, String>(
    declaredBy: "Q2.door", unknown: { _ in text("fog") }, absent: { _ in text("no door") }, find: \.door)

private func check<Value>(
    _ id: CheckID, about subject: Subject<Room, Value>, mayWaitFor: [CheckID] = [], sources: [ProbeID] = [],
    _ verdict: Verdict = .met
) -> Check<Room> {
    Check(
        id, about: subject, title: text("title"), why: text("why"), mayWaitFor: mayWaitFor, sources: sources,
        expected: { _, _ in text("expected") }, judge: { value, _, _ in Judgement(verdict, text("\(value)")) }
    )
}

private func check(_ id: CheckID, mayWaitFor: [CheckID] = [], _ verdict: Verdict = .met) -> Check<Room> {
    Check(
        id, title: text("title"), why: text("why"), mayWaitFor: mayWaitFor,
        expected: { _, _ in text("expected") }, judge: { _, _ in Judgement(verdict, text("found")) })
}

@Suite struct CheckTests {
    private let watts = lamp.needing({ $0 }, declaredBy: "Q1.watts", absent: text("no watts"))

    private func verdict(_ check: Check<Room>, _ room: Room) throws -> Verdict {
        try check.result(room, Parameters()).verdict
    }

    @Test func theJudgeIsCalledWhereTheSubjectWasFound() throws {
        let result = try check("Q1.bright", about: watts).result(Room(lamp: .found(60)), Parameters())
        #expect(result.verdict == .met)
        #expect(result.found == text("60"))
        #expect(result.expected == text("expected"))
    }

    @Test func whatIsUnknownIsNotAssessed() throws {
        for id in ["Q1.lamp", "Q1.bright"] as [CheckID] {
            let result = try check(id, about: lamp).result(Room(lamp: .unknown), Parameters())
            #expect(result.verdict == .notAssessed(.noEvidence))
            #expect(result.found == text("dark"))
        }
    }

    @Test func whatIsAbsentIsLostByTheCheckThatDeclaresIt() throws {
        let room = Room(lamp: .absent)
        #expect(try verdict(check("Q1.lamp", about: lamp), room) == .notMet)
        let other = try check("Q1.bright", about: watts).result(room, Parameters())
        #expect(other.verdict == .blocked(by: "Q1.lamp"))
        #expect(other.found == text("no lamp"))
        #expect(other.sources == [.network("look")])
    }

    @Test func aPartThatIsMissingIsAnothersToLose() throws {
        let room = Room(lamp: .found(nil))
        #expect(try verdict(check("Q1.lamp", about: lamp), room) == .met)
        #expect(try verdict(check("Q1.bright", about: watts), room) == .blocked(by: "Q1.watts"))
    }

    @Test func ofTwoSubjectsTheUnknownComesFirstAndThenTheFirst() throws {
        let both = check("Q3.both", about: lamp.and(door))
        #expect(try verdict(both, Room(lamp: .found(1), door: .found(""))) == .met)
        #expect(
            try verdict(both, Room(lamp: .absent, door: .unknown)) == .notAssessed(.noEvidence))
        #expect(try verdict(both, Room(lamp: .absent, door: .absent)) == .blocked(by: "Q1.lamp"))
        #expect(try verdict(both, Room(lamp: .found(1), door: .absent)) == .blocked(by: "Q2.door"))
        #expect(both.definition.needs == ["Q1.lamp", "Q2.door"])
    }

    @Test func sourcesAreTheJudgesOwnOrTheChecks() throws {
        let declared = [ProbeID.network("port")]
        let check = check("Q1.bright", about: lamp, sources: declared)
        #expect(try check.result(Room(lamp: .found(1)), Parameters()).sources == declared)
        #expect(try check.result(Room(lamp: .unknown), Parameters()).sources == declared)
        #expect(try check.result(Room(lamp: .absent), Parameters()).sources == [.network("look")])
    }

    @Test func aCheckWaitsForNoneThatItDoesNotDeclare() throws {
        let room = Room(lamp: .found(1))
        let waiting = Verdict.blocked(by: "Q2.door")
        #expect(try verdict(check("Q1.a", mayWaitFor: ["Q2.door"], waiting), room) == waiting)
        let fault = #expect(throws: ProgramFault.self) { try verdict(check("Q1.a", waiting), room) }
        #expect(fault?.description.contains("Q1.a waits for Q2.door") == true)
        // Its subject's check counts as declared; itself never.
        #expect(throws: ProgramFault.self) {
            try verdict(check("Q1.lamp", about: lamp, .blocked(by: "Q1.lamp")), room)
        }
    }
}

@Suite struct QuestionTests {
    private func question(_ id: String, _ checks: [Check<Room>]) -> QuestionDefinition {
        Question<Room>(id, checks: checks).definition
    }

    @Test func whatFitsTogetherHasNoMistakes() {
        let questions = [
            question(
                "Q1",
                [check("Q1.lamp", about: lamp), check("Q1.bright", about: lamp, mayWaitFor: ["Q2.door"])]),
            question("Q2", [check("Q2.door", about: door, mayWaitFor: ["Q1.bright"])]),
        ]
        #expect(questions.mistakes == [])
    }

    @Test func mistakesAreNamed() {
        #expect(question("Q1", [check("Q1.a"), check("Q1.a")]).mistakes == ["there are two checks Q1.a"])
        #expect(question("Q1", [check("Q2.a")]).mistakes == ["Q2.a is no check of Q1"])
        #expect(
            question("Q1", [check("Q1.a", mayWaitFor: ["Q1.b"])]).mistakes
                == ["Q1.a waits for Q1.b, which there is not"])
        #expect(
            question("Q1", [check("Q1.a", mayWaitFor: ["Q1.a"])]).mistakes.contains("Q1.a waits for itself"))
        #expect(
            question("Q1", [check("Q1.bright", about: lamp)]).mistakes
                == ["Q1.bright waits for Q1.lamp, which there is not"])
        #expect(
            [question("Q1", []), question("Q1", [])].mistakes.map(\.en) == ["two questions have the same id"])
    }

    /// What Q4 rests on is Q2's and, by way of that, Q1's; nobody needs Q3.
    @Test func whatAQuestionRestsOnIsNeededToo() {
        let questions = [
            question("Q1", [check("Q1.lamp", about: lamp)]),
            question("Q2", [check("Q2.door", about: door), check("Q2.a", about: lamp)]),
            question("Q3", [check("Q3.a")]),
            question("Q4", [check("Q4.a", mayWaitFor: ["Q2.a"])]),
        ]
        #expect(
            questions.needed(by: ["Q4"].map { QuestionID($0) }.reduce(into: []) { $0.insert($1) }).map(
                \.rawValue
            ).sorted() == ["Q1", "Q2", "Q4"])
        #expect(questions.needed(by: [QuestionID("Q3")]) == [QuestionID("Q3")])
        #expect(questions.needed(by: []) == [])
    }

    @Test func aQuestionThatIsNoPartOfTheLabIsRemovedWhole() throws {
        let question = Question<Room>(
            "Q1", checks: [check("Q1.lamp", about: lamp), check("Q1.a")],
            absence: { if case .unknown = $0.lamp { text("no lamps here") } else { nil } })
        let removed = try question.results(Room(lamp: .unknown), Parameters())
        #expect(removed.map(\.verdict) == [.notRequested(.removed), .notRequested(.removed)])
        #expect(removed.map(\.found) == [text("no lamps here"), text("no lamps here")])
        let judged = try question.results(Room(lamp: .absent), Parameters())
        #expect(judged.map(\.verdict) == [.notMet, .met])
    }
}

extension QuestionDefinition {
    fileprivate var mistakes: [String] { [self].mistakes.map(\.en) }
}
