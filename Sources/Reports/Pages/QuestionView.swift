import GraderCore

/// A check with all that is said of it.
struct CheckView: PageView {
    var anchor: String
    var title: String
    var mark: Sign.View
    var points: String
    /// Whether it lies open.
    var isOpen: Bool
    /// Whether it is among what cost points, at the head of the page.
    var isToldAbove: Bool
    var reason: String?
    var blocker: Blocker?
    var facts: [Fact]
    var teacher: String?
    var overruled: String?
    var why: String?
    var command: String?
    var hint: String?

    struct Blocker: PageView {
        var title: String
        /// Nil where it is not on this page.
        var anchor: String?
    }

    struct Fact: PageView {
        var name: String
        var value: String
    }
}

struct QuestionView: PageView {
    var anchor: String
    var id: String
    var title: String
    var score: String
    var teacher: String?
    var answer: String?
    var lines: [CheckView]
    var folds: [Fold]

    /// Checks that are said with one line for all.
    struct Fold: PageView {
        var inWords: String
        /// Of the sign.
        var name: String
        var lines: [CheckView]
    }
}

/// What cost points, or what others wait for.
struct SetbackView: PageView {
    var question: String
    var title: String
    /// Nil where it is not in this report.
    var check: CheckView?
    var inWords: String
    var waiting: [Waiting]

    struct Waiting: PageView {
        var anchor: String
        var question: String
        var title: String
    }
}

/// What cost points, in full, and the questions with a line for every check: what stands behind a line is for whoever
/// wants to see it.
extension StudentReport {
    func setback(_ setback: Setback) -> SetbackView {
        let id = setback.id
        let view = setback.check.map { check in
            self.check(
                check, isToldAbove: true,
                points: check.earned.map { $0 < check.points } ?? false
                    ? words.lostPoints(check) : words.checkPoints(check))
        }
        return SetbackView(
            question: safe(id.question.rawValue, limit: 40),
            title: view?.title ?? safe(id.rawValue, limit: 60), check: view,
            inWords: words.waiting(setback),
            waiting: setback.waiting.map { check in
                SetbackView.Waiting(
                    anchor: anchor(check.result.id.rawValue),
                    question: safe(check.result.id.question.rawValue, limit: 40),
                    title: CheckFacts(check, in: result, words).title)
            })
    }

    func question(_ question: QuestionResult) -> QuestionView {
        let told = Set(result.setbacks.map(\.id))
        let folded = folds(question)
        let away = Set(folded.flatMap(\.checks).map(\.result.id))
        return QuestionView(
            anchor: anchor(question.id.rawValue), id: safe(question.id.rawValue, limit: 40),
            title: question.title[language], score: words.questionScore(question.score),
            teacher: words.teacher(question.teacher, of: question.score.total),
            answer: question.writtenAnswer.map { SafeText.block($0, limit: 20_000, language: language) },
            lines: question.checks.filter { !away.contains($0.result.id) }.map {
                check($0, isToldAbove: told.contains($0.result.id))
            },
            folds: folded.map { fold in
                QuestionView.Fold(
                    inWords: fold.inWords, name: fold.sign.rawValue,
                    lines: fold.checks.map { check($0, isToldAbove: false) })
            })
    }

    /// Checks that are said with one line for all: what is well before all questions, what waits for others, and what
    /// could not be looked at.
    private func folds(_ question: QuestionResult) -> [CheckFold] {
        func checks(_ sign: Sign) -> [ScoredCheck] {
            question.checks.filter { Sign($0.result.verdict) == sign }
        }
        var folds: [CheckFold] = []
        let met = checks(.met)
        if question.id == .prerequisites, !met.isEmpty {
            folds.append(
                CheckFold(
                    sign: .met, checks: met,
                    inWords: words.foldedChecks(met.count, isAll: met.count == question.checks.count)))
        }
        for sign in Sign.allCases where sign.isSaidForAll {
            let found = checks(sign)
            if found.count > 1 {
                folds.append(
                    CheckFold(sign: sign, checks: found, inWords: words.foldedChecks(found.count, sign)))
            }
        }
        return folds
    }

    private struct CheckFold {
        var sign: Sign
        var checks: [ScoredCheck]
        var inWords: String
    }

    private func check(_ check: ScoredCheck, isToldAbove: Bool, points: String? = nil) -> CheckView {
        let result = check.result
        let sign = Sign(result.verdict)
        let facts = CheckFacts(check, in: self.result, words)
        return CheckView(
            anchor: anchor(result.id.rawValue), title: facts.title, mark: sign.view(language),
            points: points ?? words.shortPoints(check),
            // What there is to work on lies open, the rest is a click away.
            isOpen: sign == .notMet || sign == .partly, isToldAbove: isToldAbove,
            reason: facts.reason,
            blocker: facts.blocker.map { blocker in
                CheckView.Blocker(
                    title: blocker.title, anchor: blocker.isOnPage ? anchor(blocker.id.rawValue) : nil)
            },
            facts: facts.shown.map { CheckView.Fact(name: $0.name, value: $0.value) },
            teacher: facts.teacher, overruled: facts.overruled, why: facts.why,
            command: facts.command.map {
                SafeText.block($0, limit: SafeText.defaultLimit, language: language)
            },
            hint: facts.hint)
    }
}
