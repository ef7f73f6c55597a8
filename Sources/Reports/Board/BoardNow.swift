import Foundation
import GraderCore

/// What is being done about a student, in his row of the class.
struct BoardNow: PageView {
    /// For the stylesheet: `idle`, `waiting`, `looking`, `drilling`, `refused`, `problem`.
    var kind: String
    /// Nil where nothing is.
    var text: String?
    var since: BoardMoment?
    /// When the machines were seen last.
    var seen: BoardMoment?
    /// When something changed last, where that is long ago and not everything is met.
    var stuck: BoardMoment?
    /// What was met and lost since the lesson began.
    var gains: String?
    var student: String
    var names: String
    var isRefused: Bool
    var isBusy: Bool
    var token: String

    /// How long nothing has to change until somebody is said to be stuck.
    static let patience: TimeInterval = 600

    init(_ standing: LessonStanding, names: String, now: Date, token: String, _ words: Sentences) {
        (kind, text, since) = BoardNow.what(standing, now: now, words)
        seen = standing.result.map { BoardMoment($0.collectedAt, .ago, now: now, words) }
        stuck = standing.stuckSince(now).map { BoardMoment($0, .since, now: now, words) }
        gains = words.gains(standing.changes)
        student = HTMLText.field(standing.student.id)
        self.names = names
        isRefused = !standing.refusedLogins.isEmpty
        isBusy = standing.activity != .idle
        self.token = token
    }

    private static func what(
        _ standing: LessonStanding, now: Date, _ words: Sentences
    ) -> (kind: String, text: String?, since: BoardMoment?) {
        func since(_ date: Date) -> BoardMoment { BoardMoment(date, .since, now: now, words) }
        let text = words.activity(standing.activity)
        switch standing.activity {
        case .waiting: return ("waiting", text, nil)
        case .looking(let date): return ("looking", text, since(date))
        case .drilling(let drill): return ("drilling", text, since(drill.beganAt))
        case .idle: break
        }
        if !standing.refusedLogins.isEmpty {
            return ("refused", words.refused(standing.refusedLogins.keys.sorted()), nil)
        }
        guard let problem = standing.problem else { return ("idle", nil, nil) }
        return ("problem", problem[words.language], nil)
    }
}

extension LessonStanding {
    /// Whether there is nothing left to do, as far as it is decided.
    var hasAllMet: Bool {
        guard let score = result?.score else { return false }
        return score.decided > .zero && score.earned >= score.decided
    }

    /// Since when nothing has changed although not everything is met; nil where that is not so, or not for long.
    func stuckSince(_ now: Date) -> Date? {
        guard let changedAt, let result, result.isAssessed, !hasAllMet,
            now.timeIntervalSince(changedAt) >= BoardNow.patience
        else { return nil }
        return changedAt
    }
}

/// How much of the class has a question: at the beginning of the lesson, and now.
struct BoardProgress: PageView {
    var id: String
    var title: String
    /// In thousandths of those who were looked at.
    var before: Int
    var now: Int
    var inWords: String

    /// Question by question, in the order of the sheet.
    static func of(_ state: LessonState, _ words: Sentences) -> [BoardProgress] {
        let seen = state.standings.compactMap { standing in
            standing.result.flatMap { $0.isAssessed && $0.isAbsent != true ? (standing, $0) : nil }
        }
        return state.decidedQuestions.map { question in
            let id = question.id
            let all = seen.count { $0.1.questions.contains { $0.id == id } }
            let before = seen.count { $0.0.atBeginning[id]?.isMet ?? false }
            let now = seen.count { $0.1.questions.first { $0.id == id }?.score.isMet ?? false }
            return BoardProgress(
                id: SafeText.line(id.rawValue, limit: 40, language: words.language),
                title: question.title[words.language], before: before * 1000 / max(all, 1),
                now: now * 1000 / max(all, 1), inWords: words.progress(from: before, to: now, of: all))
        }
    }
}

extension LessonState {
    struct DecidedQuestion {
        var id: QuestionID
        var title: LocalizedText
    }

    /// In the order of the sheet, without those that bring nothing, and those that nothing has been decided of for anybody:
    /// nobody could have them yet.
    var decidedQuestions: [DecidedQuestion] {
        var titles: [QuestionID: LocalizedText] = [:]
        for question in standings.compactMap(\.result).flatMap(\.questions)
        where question.score.decided > .zero {
            titles[question.id] = titles[question.id] ?? question.title
        }
        return titles.sorted { $0.key < $1.key }.map { DecidedQuestion(id: $0.key, title: $0.value) }
    }
}

extension Tally {
    /// Whether all that is decided so far was earned.
    var isMet: Bool { decided > .zero && earned >= decided }
}
