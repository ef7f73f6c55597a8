extension GradedResult {
    /// The same result with the teacher's marks, in the place of any that it held before. Pure; applied twice it is
    /// as applied once.
    ///
    /// A check that the teacher gives points for is decided by them, whatever Bascule came to (which is kept in
    /// `judged`); points for a question stand for all of it. What the marks do not name stays as it was judged.
    /// - Parameter marks: this student's; nil takes all of the teacher's marks out again.
    public func applying(_ marks: StudentMarks?) -> GradedResult {
        let marks = marks ?? StudentMarks()
        var result = self
        let judged = questions.map { $0.applying([:]) }
        result.questions = judged.map { $0.applying(marks.marks) }
        result.score = result.questions.reduce(Tally()) { $0 + $1.score }
        result.comment = marks.comment
        result.isAbsent = marks.isAbsent ? true : nil
        let members = student.names.compactMap { name in
            marks.members[name].map { member(name, $0, over: marks.marks, judged: judged) }
        }
        result.members = members.isEmpty ? nil : members
        return result
    }

    /// The marks that it holds, as they were applied; nil where none were. Of a copy without its class nothing else tells them.
    public var heldMarks: StudentMarks? {
        var held = StudentMarks(comment: comment, isAbsent: isAbsent == true)
        for question in questions {
            held.marks[.question(question.id)] = question.teacher
            for check in question.checks { held.marks[.check(check.result.id)] = check.teacher }
        }
        for member in members ?? [] {
            held.members[member.name] = StudentMarks(
                marks: Dictionary(
                    member.marks.map { (MarkSubject($0.subject), $0.mark) },
                    uniquingKeysWith: { first, _ in first }),
                comment: member.comment, isAbsent: member.isAbsent)
        }
        return held == StudentMarks() ? nil : held
    }

    private func member(
        _ name: String, _ own: StudentMarks, over team: [MarkSubject: TeacherMark], judged: [QuestionResult]
    ) -> MemberResult {
        // A comment alone leaves the team's points standing.
        var merged = team.merging(own.marks) { team, own in own.points == nil ? team : own }
        // The team's points for a question would hide what the member has for a check of it.
        for question in judged where own.marks[.question(question.id)]?.points == nil {
            let hasOwn = question.checks.contains { own.marks[.check($0.result.id)]?.points != nil }
            if hasOwn { merged[.question(question.id)] = nil }
        }
        let questions = judged.map { $0.applying(merged) }
        let subjects = judged.flatMap { question in
            [MarkSubject.question(question.id)] + question.checks.map { .check($0.result.id) }
        }
        return MemberResult(
            name: name, score: questions.reduce(Tally()) { $0 + $1.score },
            questionScores: questions.map(\.score),
            marks: subjects.compactMap { subject in
                own.marks[subject].map { MemberResult.Mark(subject: subject.description, mark: $0) }
            },
            comment: own.comment, isAbsent: own.isAbsent)
    }
}

extension QuestionResult {
    fileprivate func applying(_ marks: [MarkSubject: TeacherMark]) -> QuestionResult {
        var question = self
        question.checks = checks.map { $0.applying(marks[.check($0.result.id)]) }
        question.teacher = marks[.question(id)]
        let sum = question.checks.reduce(Tally()) { $0 + $1.score }
        question.score =
            question.teacher?.points.map { Tally(earned: $0, decided: sum.total, total: sum.total) } ?? sum
        return question
    }
}

extension ScoredCheck {
    fileprivate func applying(_ mark: TeacherMark?) -> ScoredCheck {
        var check = self
        if let judged {
            check.result.verdict = judged.verdict
            check.result.found = judged.found
            check.judged = nil
        }
        check.teacher = mark
        if let given = mark?.points {
            check.judged = OverruledVerdict(verdict: check.result.verdict, found: check.result.found)
            check.result.verdict = Verdict(given, of: points)
            if case .notRequested? = check.judged?.verdict {
                check.result.found = LocalizedText(fr: "Noté par l'enseignant.", en: "Marked by the teacher.")
            }
            check.earned = given
        } else {
            check.earned = check.result.verdict.earned(of: points)
        }
        return check
    }
}

extension Verdict {
    /// What so many points of so many come to.
    fileprivate init(_ given: Points, of points: Points) {
        if given >= points {
            self = .met
        } else if given <= .zero {
            self = .notMet
        } else {
            self = .partly(Double(given.thousandths) / Double(points.thousandths))
        }
    }
}
