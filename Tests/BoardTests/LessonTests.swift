import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// What a lesson does, on machines of the test's own.
@Suite(.timeLimit(.minutes(2))) struct LessonTests {
    /// Waits until the lesson says so.
    private func wait(
        _ lesson: Lesson, _ isMeant: @escaping @Sendable (LessonState) -> Bool
    ) async -> LessonState {
        let signals = await lesson.signals(.wholeClass)
        let now = await lesson.state()
        if isMeant(now) { return now }
        for await _ in signals {
            let state = await lesson.state()
            if isMeant(state) { return state }
        }
        return await lesson.state()
    }

    @Test func aLookIsShownWithWhatHasChanged() async throws {
        let lessonClass = try LessonClass(["etu1"])
        let lesson = try lessonClass.lesson()
        try await lessonClass.during(lesson) {
            #expect(await lesson.askLook(at: "etu1", by: .teacher, isMended: false) == .accepted)
            let first = await wait(lesson) { $0.standings[0].result != nil }
            #expect(first.standings[0].changes.isEmpty && first.standings[0].changedAt != nil)
            lessonClass.machines.set("etu1", .listening([22]))
            #expect(await lesson.askLook(at: "etu1", by: .teacher, isMended: false) == .accepted)
            let second = await wait(lesson) { !$0.standings[0].changes.isEmpty }
            let broken = second.standings[0]
            #expect(broken.changes.map(\.check) == ["Q1.listens-web", "Q1.alone-web"])
            #expect(broken.changes.allSatisfy { $0.from == .met && $0.to == .notMet })
            #expect(broken.atBeginning[QuestionID("Q1")]?.earned == Points(3))
            // Off for once, nothing is lost, and nothing is news when it is there again.
            for state in [Machines.State.refusing(.timedOut), .listening([22])] {
                lessonClass.machines.set("etu1", state)
                let before = await lesson.standing(of: "etu1")?.result?.collectedAt
                #expect(await lesson.askLook(at: "etu1", by: .teacher, isMended: false) == .accepted)
                _ = await wait(lesson) { $0.standings[0].result?.collectedAt != before }
            }
            #expect(await lesson.standing(of: "etu1")?.changes.count == 2)
        }
    }

    @Test func aStudentAsksOnceAMinute() async throws {
        let lessonClass = try LessonClass(["etu1"])
        let lesson = try lessonClass.lesson()
        try await lessonClass.during(lesson) {
            let open = lessonClass.machines.close()
            #expect(await lesson.askLook(at: "etu1", by: .student, isMended: false) == .accepted)
            #expect(await lesson.askLook(at: "etu1", by: .student, isMended: false) == .underWay)
            #expect(await lesson.askLook(at: "etu1", by: .teacher, isMended: false) == .underWay)
            #expect(await lesson.askLook(at: "nobody", by: .student, isMended: false) == .notAllowed)
            open()
            _ = await wait(lesson) { $0.standings[0].result != nil }
            guard case .tooSoon(let next) = await lesson.askLook(at: "etu1", by: .student, isMended: true)
            else {
                Issue.record("not too soon")
                return
            }
            #expect(next > Date())
            #expect(await lesson.askLook(at: "etu1", by: .teacher, isMended: false) == .accepted)
        }
    }

    @Test func aClockThatIsSetBackKeepsNobodyWaiting() async throws {
        let lessonClass = try LessonClass(["etu1"])
        var plan = LessonPlan()
        plan.interval = .seconds(600)
        let lesson = try lessonClass.lesson(plan)
        try await lessonClass.during(lesson) {
            _ = await wait(lesson) { $0.round == nil && $0.nextRoundAt.map { $0 > Date() } ?? false }
            #expect(await lesson.askLook(at: "etu1", by: .student, isMended: false) == .accepted)
            _ = await wait(lesson) { $0.standings[0].activity == .idle }
            await lesson.setClockBack()
            #expect(await lesson.askLook(at: "etu1", by: .student, isMended: false) == .accepted)
            _ = await wait(lesson) { $0.nextRoundAt.map { $0 < Date().addingTimeInterval(3600) } ?? false }
        }
    }

    /// A button must not lock anybody out.
    @Test(arguments: [TransportFailure.Kind.authenticationFailed, .rootRefused])
    func aRefusedLoginIsTriedAgainWhenSomebodySaysThatItWasMended(kind: TransportFailure.Kind) async throws {
        let lessonClass = try LessonClass(["etu1", "etu2"])
        lessonClass.machines.set("etu1", .refusing(kind))
        let lesson = try lessonClass.lesson()
        try await lessonClass.during(lesson) {
            await lesson.askRound()
            _ = await wait(lesson) { $0.round == nil && $0.standings.allSatisfy { $0.result != nil } }
            #expect(await lesson.standing(of: "etu1")?.refusedLogins.keys.map(\.rawValue) == ["web"])
            let before = lessonClass.machines.logins(at: "etu1")
            for asker in [LessonAsker.student, .teacher] {
                #expect(await lesson.askLook(at: "etu1", by: asker, isMended: false) == .refusedLogin)
            }
            // Rounds leave the pair alone too, and lose nobody.
            let others = lessonClass.machines.logins(at: "etu2")
            await lesson.askRound()
            _ = await wait(lesson) { _ in lessonClass.machines.logins(at: "etu2") > others }
            let state = await wait(lesson) { $0.round == nil }
            #expect(lessonClass.machines.logins(at: "etu1") == before)
            let run = try #require(try lessonClass.grader.reports.latestRun(of: "lesson"))
            #expect(run.hasResult(of: "etu1") && state.standings.count == 2)
            lessonClass.machines.set("etu1", .listening([8080]))
            #expect(await lesson.askLook(at: "etu1", by: .student, isMended: true) == .accepted)
            let mended = await wait(lesson) { $0.standings[0].refusedLogins.isEmpty }
            #expect(mended.standings[0].result?.score.earned == Points(3))
        }
    }

    @Test func thoseWhoWaitKnowTheirPlace() async throws {
        let lessonClass = try LessonClass()
        let lesson = try lessonClass.lesson()
        for (place, id) in ["etu1", "etu2", "etu3"].enumerated() {
            #expect(await lesson.askLook(at: id, by: .student, isMended: false) == .accepted)
            #expect(await lesson.standing(of: id)?.activity == .waiting(place: place + 1))
        }
    }

    /// As after `kill -9`: nothing is told the lesson before.
    @Test func theNextStartShowsWhatTheLastOneSaw() async throws {
        let lessonClass = try LessonClass()
        let first = try lessonClass.lesson()
        let codes = try lessonClass.codes
        try await lessonClass.during(first) {
            await first.askRound()
            _ = await wait(first) { $0.round == nil && $0.standings.allSatisfy { $0.result != nil } }
            lessonClass.machines.set("etu2", .listening([]))
            _ = await first.askLook(at: "etu2", by: .student, isMended: false)
            _ = await wait(first) { !$0.standings[1].changes.isEmpty }
            await first.setHints(to: 1)
        }
        let second = try lessonClass.lesson()
        let (old, new) = (await first.state(), await second.state())
        // Dates are kept to the millisecond.
        func verdicts(_ state: LessonState) -> [[Verdict]?] {
            state.standings.map { $0.result?.allChecks.map(\.result.verdict) }
        }
        #expect(verdicts(new) == verdicts(old) && verdicts(new).count == 3)
        #expect(
            new.standings.map { $0.changes.map(\.check) } == old.standings.map { $0.changes.map(\.check) }
                && new.standings[1].changes.count == 2)
        #expect(new.hintLevel == 1 && abs(new.beganAt.timeIntervalSince(old.beganAt)) < 0.01)
        #expect(try lessonClass.codes == codes)
        // After a longer break it is another lesson: what was seen stays, changes are counted anew.
        var plan = LessonPlan()
        plan.mostBreak = .zero
        let later = await (try lessonClass.lesson(plan)).state()
        #expect(later.standings.allSatisfy { $0.changes.isEmpty && $0.result != nil })
        #expect(later.beganAt > old.beganAt)
    }

    /// A class does several sheets: what was seen for one is not shown for another, by whose rubric nothing of it is hidden,
    /// and no round takes it over.
    @Test func aLookForAnotherExerciseIsNoneOfThisLesson() async throws {
        let lessonClass = try LessonClass(["etu1", "etu2"])
        lessonClass.machines.set("etu1", .refusing(.authenticationFailed))
        let first = try lessonClass.lesson()
        try await lessonClass.during(first) {
            await first.askRound()
            _ = await wait(first) { $0.round == nil && $0.standings.allSatisfy { $0.result != nil } }
        }
        let reports = lessonClass.grader.reports
        let run = try #require(try reports.latestRun(of: "lesson"))
        var manifest = try run.manifest()
        manifest.exercise = "other"
        try run.write(manifest)
        for id in ["etu1", "etu2"] {
            let file = try reports.board(of: "lesson").record(of: id)
            var record = try StoredJSON.decode(
                LessonRecord.self, from: try StoredJSON.bytes(file), newest: 1, path: file)
            record.result?.exercise = "other"
            try StoredJSON.write(record, to: file)
        }
        let second = try lessonClass.lesson()
        let state = await second.state()
        #expect(state.standings.allSatisfy { $0.result == nil && $0.changedAt == nil })
        #expect(state.standings.map(\.refusedLogins.count) == [1, 0])
        let (refused, others) = (
            lessonClass.machines.logins(at: "etu1"), lessonClass.machines.logins(at: "etu2")
        )
        try await lessonClass.during(second) {
            await second.askRound()
            _ = await wait(second) { $0.round == nil && $0.standings.allSatisfy { $0.result != nil } }
            let round = try #require(try reports.latestRun(of: "lesson"))
            #expect(try round.manifest().carried == nil)
            // The machine has counted one already, whatever sheet it was for.
            #expect(lessonClass.machines.logins(at: "etu1") == refused)
            #expect(lessonClass.machines.logins(at: "etu2") > others)
            #expect(await second.standing(of: "etu1")?.refusedLogins.keys.map(\.rawValue) == ["web"])
        }
    }

    @Test func aDamagedRecordIsSaidAndLeftOut() async throws {
        let lessonClass = try LessonClass(["etu1"])
        let file = try lessonClass.grader.reports.board(of: "lesson").record(of: "etu1")
        _ = try lessonClass.lesson()
        try AtomicFile.write("{\"schemaVersion\": 1, ", to: file)
        let state = await (try lessonClass.lesson()).state()
        #expect(state.remarks.count == 1 && state.standings[0].result == nil)
    }

    @Test func anExamShowsReachAndNothingElse() async throws {
        let lessonClass = try LessonClass(["etu1"], isExam: true)
        let lesson = try lessonClass.lesson()
        try await lessonClass.during(lesson) {
            await lesson.askRound()
            _ = await wait(lesson) { $0.round == nil && $0.standings[0].result != nil }
            let (state, standing) = try #require(await lesson.state(forStudent: "etu1"))
            #expect(state.standings.isEmpty && standing.result == nil && standing.changes.isEmpty)
            #expect(standing.logins.map(\.failure) == [nil] && standing.atBeginning.isEmpty)
            #expect(
                await lesson.askDrill(.init(stringLiteral: "any"), on: "etu1", isMended: false) == .notAllowed
            )
            lessonClass.machines.set("etu1", .refusing(.timedOut))
            #expect(await lesson.askLook(at: "etu1", by: .student, isMended: false) == .accepted)
            let off = await wait(lesson) { $0.standings[0].logins.first?.failure != nil }
            // The teacher's result is of the round still.
            #expect(off.standings[0].result?.score.earned == Points(3))
        }
    }
}

extension Lesson {
    /// As if it were ten hours earlier than when everything so far was done.
    fileprivate func setClockBack() {
        nextRoundAt?.addTimeInterval(36_000)
        for id in lastAsked.keys { lastAsked[id]?.addTimeInterval(36_000) }
    }
}
