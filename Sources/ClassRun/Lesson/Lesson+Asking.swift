import Foundation
import GraderCore

/// What teacher and students ask for.
extension Lesson {
    /// A look at one student's pair, in line with all others.
    /// - Parameter isMended: the asker says that a refused log-in was mended.
    public func askLook(
        at id: String, by asker: LessonAsker, isMended: Bool
    ) -> LessonAnswer {
        ask(for: id, by: asker, isMended: isMended, drills: nil)
    }

    /// A drill on a student's own pair, asked for by the student.
    public func askDrill(_ kind: DrillKind, on id: String, isMended: Bool) -> LessonAnswer {
        guard !isExam, plan.studentDrills.contains(kind) else { return .notAllowed }
        var request = DrillRequest([kind])
        // The student has just worked on it, and says that he is through.
        request.quietTime = .seconds(15)
        return ask(for: id, by: .student, isMended: isMended, drills: request)
    }

    private func ask(
        for id: String, by asker: LessonAsker, isMended: Bool, drills: DrillRequest?
    ) -> LessonAnswer {
        guard let student = grader.roster[id] else { return .notAllowed }
        guard tasks[id] == nil, looking[id] == nil, drilling[id] == nil else { return .underWay }
        if asker == .student, let next = nextLook(of: id) { return .tooSoon(next) }
        guard isMended || records[id]?.refusedLogins.isEmpty ?? true else { return .refusedLogin }
        if asker == .student { lastAsked[id] = Date() }
        waiting.append(id)
        let seesReachOnly = isExam && asker == .student
        let snapshot = snapshot(of: id)
        var drills = drills
        drills?.snapshotFirst = records[id]?.notKept
        tasks[id] = Task { [request = drills] in
            await self.look(at: student, request, keptIn: snapshot, seesReachOnly: seesReachOnly)
        }
        announce(id)
        return .accepted
    }

    /// The pair's, of this lesson: nobody deletes any, so one student would fill the hypervisor's disk by asking again and
    /// again.
    private func snapshot(of id: String) -> String? {
        records[id]?.snapshot.flatMap { $0.takenAt >= header.beganAt ? $0.name : nil }
    }

    private nonisolated func look(
        at student: RosterStudent, _ drills: DrillRequest?, keptIn snapshot: String?, seesReachOnly: Bool
    ) async {
        let id = student.identity.id
        let events = events
        do {
            if seesReachOnly {
                let logins = try await grader.logins(of: student) { events.yield(.began(id)) }
                events.yield(Task.isCancelled ? .failed(id, nil) : .loggedIn(id, logins))
                return
            }
            let result = try await grader.look(at: student, drills: drills, keptIn: snapshot) {
                events.yield(.began(id))
            } onDrill: {
                events.yield(.drill($0))
            }
            // One that was broken off says nothing about the pair; a drill's end does.
            let isBrokenOff = Task.isCancelled && (result.drills ?? []).isEmpty
            events.yield(isBrokenOff ? .failed(id, nil) : .looked(id, result))
        } catch {
            events.yield(.failed(id, LessonProblem(LocalizedText(explaining: error))))
        }
    }

    /// A round over the class as soon as there is none under way.
    public func askRound() {
        isRoundWanted = true
        announceAll()
    }

    /// How far hints go for the class from now on.
    /// - Parameter level: 0 none … 3 all; nil: as the rubric says, which is the most in any case.
    public func setHints(to level: Int?) {
        header.hintLevel = level.map { min(max($0, 0), RubricQuestion.mostHints) }
        keepHeader()
        announceAll()
    }
}

extension ClassGrader {
    /// Whether each machine of a student can be logged in to, and nothing else.
    nonisolated func logins(
        of student: RosterStudent, onBegan: @Sendable () -> Void
    ) async throws -> [LessonStanding.Login] {
        try await places.line.held {
            onBegan()
            var failures: [MachineID: TransportFailure] = [:]
            try await transports.tryLogins([student]) { failures[$0.node] = $0.failure }
            return student.lab.machines.map { LessonStanding.Login(node: $0, failure: failures[$0]) }
        }
    }
}
