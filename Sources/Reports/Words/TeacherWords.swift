import GraderCore

/// What the teacher decided, in words.
extension Sentences {
    /// `1,5 / 2 points – La différence est bien vue.`; nil where the teacher said nothing.
    func teacher(_ mark: TeacherMark?, of points: Points) -> String? {
        guard let mark else { return nil }
        let given = mark.points.map { "\($0.formatted(language)) / \(self.points(points))" }
        let said = mark.comment.map { SafeText.line($0, language: language) }
        return [given, said].compactMap { $0 }.joined(separator: " – ")
    }

    /// What Bascule had come to where the teacher decided otherwise; nil where it had not come to anything.
    func overruled(_ check: ScoredCheck) -> String? {
        guard let judged = check.judged, check.teacher?.points != nil else { return nil }
        let sign = Sign(judged.verdict)
        guard sign.isDecided, judged.verdict != check.result.verdict else { return nil }
        return pick(
            "Le correcteur avait conclu : \(sign.word).", "The grader had come to: \(sign.word).")
    }

    /// That the best run counts: when, and what this run came to; nil where this run's verdict stands.
    func earlier(_ check: ScoredCheck) -> String? {
        guard let earlier = check.earlier else { return nil }
        let date = self.date(earlier.ranAt)
        let now = Sign(earlier.now.verdict)
        let outcome = Sign(check.result.verdict)
        return pick(
            "\(outcome.word) le \(date) ; c'est le meilleur passage qui compte. Cette fois : \(now.word).",
            "\(outcome.word) on \(date); the best run counts. This time: \(now.word).")
    }

    /// Every member of a team where the marks of some differ; empty where they do not.
    func members(_ result: GradedResult) -> [MemberResult] {
        guard let differing = result.members, !differing.isEmpty else { return [] }
        return result.student.names.map { name in
            differing.first { $0.name == name }
                ?? MemberResult(
                    name: name, score: result.score, questionScores: result.questions.map(\.score), marks: [],
                    comment: nil, isAbsent: result.isAbsent ?? false)
        }
    }

    /// A member's mark, for lists.
    func member(_ member: MemberResult) -> String {
        member.isAbsent ? Phrase.absent[language] : shortScore(member.score)
    }

    /// What the teacher decided for one member alone: the check or question, `: 0,5 – …`.
    func ownMarks(_ member: MemberResult) -> [String] {
        member.marks.compactMap { own in
            let points = own.mark.points.map { self.points($0) }
            let comment = own.mark.comment.map { SafeText.line($0, language: language) }
            let said = [points, comment].compactMap { $0 }.joined(separator: " – ")
            return said.isEmpty ? nil : own.subject + pick(" : ", ": ") + said
        } + [member.comment.map { SafeText.line($0, language: language) }].compactMap { $0 }
    }
}
