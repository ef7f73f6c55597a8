import GraderCore

/// What cost points, in full, and the questions with a line for every check: what stands behind a line is for whoever
/// wants to see it.
extension StudentReport {
    func setbackFields(_ setback: Setback) -> PageFields {
        let waiting = setback.waiting
        let id = setback.id
        var fields: PageFields =
            setback.check.map { check in
                checkFields(check).merging([
                    "isShownHere": true,
                    "points": check.earned.map { $0 < check.points } ?? false
                        ? words.lostPoints(check) : words.checkPoints(check),
                ])
            } ?? ["isShownHere": false, "title": safe(id.rawValue, limit: 60)]
        fields["question"] = safe(id.question.rawValue, limit: 40)
        fields["hasWaiting"] = !waiting.isEmpty
        fields["inWords"] = words.waiting(setback)
        fields["waiting"] = waiting.map { check -> PageFields in
            [
                "anchor": anchor(check.result.id.rawValue),
                "question": safe(check.result.id.question.rawValue, limit: 40),
                "title": CheckFacts(check, in: result, words).title,
            ]
        }
        return fields
    }

    func questionFields(_ question: QuestionResult) -> PageFields {
        let told = Set(result.setbacks.map(\.id))
        let folded = folds(question)
        let away = Set(folded.flatMap(\.checks).map(\.result.id))
        let teacher = words.teacher(question.teacher, of: question.score.total)
        return [
            "hasTeacher": teacher != nil,
            "teacher": teacher ?? "",
            "hasAnswer": question.writtenAnswer != nil,
            "answer": SafeText.block(question.writtenAnswer ?? "", limit: 20_000, language: language),
            "anchor": anchor(question.id.rawValue),
            "id": safe(question.id.rawValue, limit: 40),
            "title": question.title[language],
            "score": words.questionScore(question.score),
            "lines": question.checks.filter { !away.contains($0.result.id) }.map { check in
                checkFields(check).merging(["isToldAbove": told.contains(check.result.id)])
            },
            "folds": folded.map { fold -> PageFields in
                [
                    "inWords": fold.inWords, "name": fold.sign.rawValue,
                    "lines": fold.checks.map { checkFields($0).merging(["isToldAbove": false]) },
                ]
            },
        ]
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

    private func checkFields(_ check: ScoredCheck) -> PageFields {
        let result = check.result
        let sign = Sign(result.verdict)
        let facts = CheckFacts(check, in: self.result, words)
        return [
            "anchor": anchor(result.id.rawValue),
            "title": facts.title,
            "mark": sign.fields(language),
            "points": words.shortPoints(check),
            // What there is to work on lies open, the rest is a click away.
            "isOpen": sign == .notMet || sign == .partly,
            "reason": facts.reason,
            "blocker": facts.blocker.map { blocker -> PageFields in
                [
                    "title": blocker.title,
                    "anchor": blocker.isOnPage ? anchor(blocker.id.rawValue) : nil,
                ]
            },
            "teacher": facts.teacher,
            "overruled": facts.overruled,
            "facts": facts.shown.map { ["name": $0.name, "value": $0.value] as PageFields },
            "why": facts.why,
            "command": facts.command.map {
                SafeText.block($0, limit: SafeText.defaultLimit, language: language)
            },
            "hint": facts.hint,
        ]
    }
}
