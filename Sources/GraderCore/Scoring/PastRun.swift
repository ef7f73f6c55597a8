import Foundation

/// What the history keeps of a run: ids and points, no names and no evidence.
public struct PastRun: Sendable, Hashable {
    /// The run's folder, e.g. `2026-11-22T141530Z`: unique within a class, and in the order of time.
    public var name: String
    public var startedAt: Date
    public var exercise: String
    /// By the student's id.
    public var scores: [String: PastScore]

    public init(name: String, startedAt: Date, exercise: String, scores: [String: PastScore]) {
        self.name = name
        self.startedAt = startedAt
        self.exercise = exercise
        self.scores = scores
    }

    public init(name: String, startedAt: Date, exercise: String, results: [GradedResult]) {
        self.init(
            name: name, startedAt: startedAt, exercise: exercise,
            scores: Dictionary(
                results.map { ($0.student.id, PastScore($0)) }, uniquingKeysWith: { first, _ in first }))
    }
}

extension PastRun {
    /// The runs before this one, the oldest first. Of several over the same evidence (`bascule score`) the last made.
    public func predecessors(in runs: [PastRun]) -> [PastRun] {
        let earlier = runs.filter {
            // A second: files keep dates to the millisecond, memory does not.
            $0.exercise == exercise && startedAt.timeIntervalSince($0.startedAt) > 1
        }.sorted { ($0.startedAt, $0.name) < ($1.startedAt, $1.name) }
        return earlier.enumerated().filter { index, run in
            // bounded: index is one of them
            !earlier[(index + 1)...].contains { $0.startedAt.timeIntervalSince(run.startedAt) <= 1 }
        }.map(\.element)
    }
}

/// One student's points in an earlier run.
public struct PastScore: Sendable, Hashable {
    /// What a check was worth, and what it brought.
    public struct Check: Sendable, Hashable {
        public var points: Points
        /// Nil where it was not decided.
        public var earned: Points?

        public init(points: Points, earned: Points?) {
            self.points = points
            self.earned = earned
        }

        /// Whether it was met in full; nil where it was not decided. Advice counts nowhere.
        public var isMet: Bool? { points > .zero ? earned.map { $0 >= points } : nil }
    }

    public var total: Tally
    public var questions: [QuestionID: Tally]
    public var checks: [CheckID: Check]

    public init(total: Tally, questions: [QuestionID: Tally], checks: [CheckID: Check]) {
        self.total = total
        self.questions = questions
        self.checks = checks
    }

    /// Whether the same checks brought the same points: whether both were scored by one rubric.
    func isWorthTheSame(as other: PastScore) -> Bool {
        checks.mapValues(\.points) == other.checks.mapValues(\.points)
    }

    public init(_ result: GradedResult) {
        total = result.score
        questions = Dictionary(
            result.questions.map { ($0.id, $0.score) }, uniquingKeysWith: { first, _ in first })
        checks = Dictionary(
            result.questions.flatMap(\.checks).map {
                ($0.result.id, Check(points: $0.points, earned: $0.earned))
            }, uniquingKeysWith: { first, _ in first })
    }
}

/// What changed between two runs: only what was decided in both is compared, so that a mark which was merely still
/// open is no progress.
public struct Progress: Sendable, Hashable {
    /// Whose total changed.
    public struct Student: Sendable, Hashable {
        public var id: String
        public var before: Points
        public var now: Points
        public var change: Points { now - before }
    }

    /// How many students met a check, then and now.
    public struct Check: Sendable, Hashable {
        public var id: CheckID
        /// How many students it was decided for in both runs.
        public var compared: Int
        public var metBefore: Int
        public var metNow: Int
        public var change: Int { metNow - metBefore }
    }

    public var since: PastRun
    /// Whether anything is otherwise than before.
    public var hasMoved: Bool {
        !(improved.isEmpty && declined.isEmpty && understood.isEmpty && lost.isEmpty)
    }
    /// Who earns more than before, most first.
    public var improved: [Student]
    /// Who earns less.
    public var declined: [Student]
    public var unchanged: Int
    /// What more students meet than before, most first.
    public var understood: [Check]
    /// What fewer meet.
    public var lost: [Check]

    /// The change of this run since the last of the earlier ones that has students of it and was scored by the same
    /// rubric: what is worth something else is no progress.
    /// - Returns: nil where there is none.
    public init?(of run: PastRun, since earlier: [PastRun]) {
        guard
            let since = run.predecessors(in: earlier).last(where: { past in
                let both = past.scores.filter { run.scores[$0.key] != nil }
                return !both.isEmpty
                    && both.allSatisfy { run.scores[$0.key]?.isWorthTheSame(as: $0.value) ?? false }
            })
        else { return nil }
        self.since = since
        let both = run.scores.keys.filter { since.scores[$0] != nil }.sorted()
        var students: [Student] = []
        var checks: [CheckID: Check] = [:]
        for id in both {
            guard let old = since.scores[id], let new = run.scores[id] else { continue }
            var student = Student(id: id, before: .zero, now: .zero)
            var isCompared = false
            for (check, now) in new.checks {
                guard let before = old.checks[check], let points = now.earned, let earlier = before.earned
                else {
                    continue
                }
                isCompared = true
                student.before = student.before + earlier
                student.now = student.now + points
                guard let isMet = now.isMet, let wasMet = before.isMet else { continue }
                var sum = checks[check] ?? Check(id: check, compared: 0, metBefore: 0, metNow: 0)
                sum.compared += 1
                sum.metBefore += wasMet ? 1 : 0
                sum.metNow += isMet ? 1 : 0
                checks[check] = sum
            }
            if isCompared { students.append(student) }
        }
        improved = students.filter { $0.change > .zero }.sorted { ($1.change, $0.id) < ($0.change, $1.id) }
        declined = students.filter { $0.change < .zero }.sorted { ($0.change, $0.id) < ($1.change, $1.id) }
        unchanged = students.count - improved.count - declined.count
        let sorted = checks.values.sorted {
            ($0.id.question, $0.id.rawValue) < ($1.id.question, $1.id.rawValue)
        }
        func ranked(_ checks: [Check]) -> [Check] {
            checks.enumerated().sorted {
                (abs($1.element.change), $0.offset) < (abs($0.element.change), $1.offset)
            }.map(\.element)
        }
        understood = ranked(sorted.filter { $0.change > 0 })
        lost = ranked(sorted.filter { $0.change < 0 })
    }
}
