import Foundation

/// That a check is not shown to students in full, as the rubric had it when the result was made.
public struct Concealment: Sendable, Hashable, Codable {
    public var visibility: Visibility

    public init(_ visibility: Visibility) { self.visibility = visibility }
}

extension Rubric {
    /// The checks of which students are not shown what was found.
    public func concealedChecks(at now: Date) -> Set<CheckID> {
        Set(
            questions.flatMap { section in
                section.checks.filter {
                    ($0.visibility ?? section.visibility)?.level(at: now).hidesWhatWasFound ?? false
                }.map(\.id)
            })
    }

    /// The checks of which the file itself says how much is shown.
    var spokenFor: Set<CheckID> {
        Set(
            questions.flatMap { section in
                section.checks.filter { ($0.visibility ?? section.visibility) != nil }.map(\.id)
            })
    }
}

/// What a result becomes before a student reads anything made of it. The one place where that happens: whatever is
/// rendered afterwards (page, Markdown, terminal, hints, JSON, bundle) has nothing left to give away.
extension GradedResult {
    /// Whether students do not see all of it.
    public func isConcealed(at now: Date) -> Bool {
        questions.contains { $0.checks.contains { $0.level(at: now) != .full } }
    }

    /// The checks of which students do not see what was found.
    public func concealedChecks(at now: Date) -> Set<CheckID> {
        Set(questions.flatMap(\.checks).filter { $0.level(at: now).hidesWhatWasFound }.map(\.result.id))
    }

    /// The result as `check` shows it to a student at work: what was found, and not what would be right, where the
    /// rubric does not say otherwise.
    public func shownInCheck(at now: Date, by rubric: Rubric) -> GradedResult {
        var result = self
        let spokenFor = rubric.spokenFor
        for (index, question) in questions.enumerated() {
            for (place, check) in question.checks.enumerated() where !spokenFor.contains(check.result.id) {
                result.questions[index].checks[place].concealed = Concealment(Visibility(.found))
            }
        }
        return result.shownToStudents(at: now)
    }

    /// The result as students may see it. A check of which only that is shown stands behind the others of its
    /// question, under a number; those that are hidden are one line of undecided points, so that the mark on the page
    /// neither tells whether they are met nor claims to be the whole. Pure; applied twice it is as applied once.
    public func shownToStudents(at now: Date) -> GradedResult {
        var result = self
        // For comparing students, and nothing of theirs to read.
        result.identityMarks = nil
        // For the teacher, who asks before he believes any of it.
        result.anomalies = nil
        let aliases = questions.reduce(into: [CheckID: CheckID]()) { aliases, question in
            aliases.merge(question.aliases(at: now)) { first, _ in first }
        }
        result.questions = questions.map { $0.shownToStudents(at: now, aliases) }
        guard !aliases.isEmpty else { return result }
        let concealed = Set(aliases.keys)
        result.score = result.questions.reduce(Tally()) { $0 + $1.score }
        result.members = members?.map { member($0, at: now, concealing: aliases) }
        // The whole mark, before the deadline or after it, would tell what hidden checks brought.
        result.lateness?.late.score = result.score
        result.lateness?.standing?.score = Tally()
        result.exhibits = exhibits.compactMap { $0.without(concealed) }
        if let told = drillsTellOf, !concealed.isDisjoint(with: told) {
            result.drills = nil
            result.drillsTellOf = nil
        }
        return result
    }

    /// A member's marks without those for checks that are not shown.
    private func member(
        _ member: MemberResult, at now: Date, concealing aliases: [CheckID: CheckID]
    ) -> MemberResult {
        func own(_ subject: MarkSubject) -> Points? {
            member.marks.first { $0.subject == subject.description }?.mark.points
        }
        var shown = member
        for (index, question) in questions.enumerated() where index < shown.questionScores.count {
            // Points for the whole question say nothing of its checks.
            guard question.teacher?.points == nil, own(.question(question.id)) == nil else { continue }
            for check in question.checks where check.level(at: now) == .hidden {
                var theirs = check
                theirs.earned = own(.check(check.result.id)) ?? check.earned
                shown.questionScores[index].earned =
                    shown.questionScores[index].earned - theirs.score.earned
                shown.questionScores[index].decided =
                    shown.questionScores[index].decided - theirs.score.decided
            }
        }
        shown.score = shown.questionScores.reduce(Tally()) { $0 + $1 }
        shown.marks.removeAll { aliases[CheckID($0.subject)] != nil }
        return shown
    }
}

extension QuestionResult {
    /// What stands in the place of the ids of checks that are not shown in full.
    fileprivate func aliases(at now: Date) -> [CheckID: CheckID] {
        var aliases: [CheckID: CheckID] = [:]
        var number = 0
        for check in checks {
            switch check.level(at: now) {
            case .full, .found: continue
            case .hidden: aliases[check.result.id] = CheckID("\(id).not-shown")
            case .missing:
                number += 1
                aliases[check.result.id] = CheckID("\(id).\(number)")
            }
        }
        return aliases
    }

    fileprivate func shownToStudents(at now: Date, _ aliases: [CheckID: CheckID]) -> QuestionResult {
        var question = self
        var (full, missing, hidden): ([ScoredCheck], [ScoredCheck], [ScoredCheck]) = ([], [], [])
        for check in checks {
            switch check.level(at: now) {
            case .full: full.append(check.shownToStudents(aliases))
            case .found: full.append(check.shownToStudents(aliases).withoutAnswer)
            case .missing: missing.append(check.withoutDetail(number: missing.count + 1, aliases))
            case .hidden: hidden.append(check)
            }
        }
        question.checks = full + missing + [ScoredCheck(notShowing: hidden, of: id)].compactMap(\.self)
        guard !hidden.isEmpty, teacher?.points == nil else { return question }
        question.score = question.checks.reduce(Tally()) { $0 + $1.score }
        return question
    }
}

extension ScoredCheck {
    fileprivate func level(at now: Date) -> Visibility.Level {
        concealed?.visibility.level(at: now) ?? .full
    }

    /// All of it, but for the names of others.
    fileprivate func shownToStudents(_ aliases: [CheckID: CheckID]) -> ScoredCheck {
        var check = self
        check.concealed = nil
        guard case .blocked(let by) = result.verdict, let alias = aliases[by] else { return check }
        check.result.verdict = .blocked(by: alias)
        // It would say what the other lacks.
        check.result.found = LocalizedText(verbatim: "")
        return check
    }

    /// Without what would be right.
    fileprivate var withoutAnswer: ScoredCheck {
        var check = self
        check.result.expected = LocalizedText(verbatim: "")
        return check
    }

    /// Only whether it is met.
    fileprivate func withoutDetail(number: Int, _ aliases: [CheckID: CheckID]) -> ScoredCheck {
        let (verdict, found) =
            switch result.verdict {
            case .blocked(let by) where by.question == .prerequisites:
                (Verdict.blocked(by: aliases[by] ?? by), LocalizedText(verbatim: ""))
            // What it waits for would tell what it is about.
            case .notMet, .blocked: (Verdict.notMet, StudentViewTexts.missing(concealed?.visibility.until))
            case .partly: (result.verdict, StudentViewTexts.missing(concealed?.visibility.until))
            case .met, .notAssessed, .notRequested: (result.verdict, LocalizedText(verbatim: ""))
            }
        let shown = CheckResult(
            id: aliases[result.id] ?? result.id, title: StudentViewTexts.numbered(number), verdict: verdict,
            expected: LocalizedText(verbatim: ""), found: found, why: LocalizedText(verbatim: ""))
        return ScoredCheck(result: shown, points: points, earned: earned)
    }

    /// One line for all that is hidden in a question; nil where nothing is.
    fileprivate init?(notShowing hidden: [ScoredCheck], of question: QuestionID) {
        guard !hidden.isEmpty else { return nil }
        let days = hidden.map { $0.concealed?.visibility.until }
        let last = days.compactMap(\.self).max { $0.end < $1.end }
        self.init(
            result: CheckResult(
                id: CheckID("\(question).not-shown"), title: StudentViewTexts.hidden,
                verdict: .notRequested(.notShown), expected: LocalizedText(verbatim: ""),
                found: StudentViewTexts.hidden(until: days.contains(nil) ? nil : last),
                why: LocalizedText(verbatim: "")),
            points: hidden.reduce(.zero) { $0 + $1.points }, earned: nil)
    }
}

private enum StudentViewTexts {
    static let hidden = LocalizedText(fr: "Vérifications non montrées", en: "Checks that are not shown")

    static func numbered(_ number: Int) -> LocalizedText {
        LocalizedText(fr: "Vérification n° \(number), sans détail", en: "Check no. \(number), without detail")
    }

    static func missing(_ until: CalendarDay?) -> LocalizedText {
        let detail =
            until.map { day in
                LocalizedText(
                    fr: "le détail sera montré après le \(french(day))",
                    en: "what it is will be shown after \(day)")
            } ?? LocalizedText(fr: "le détail n'est pas montré", en: "what it is is not shown")
        return LocalizedText(
            fr: "quelque chose manque encore à cette question ; \(detail)",
            en: "something of this question is still missing; \(detail)")
    }

    static func hidden(until: CalendarDay?) -> LocalizedText {
        let when =
            until.map { day in
                LocalizedText(fr: "elles le seront après le \(french(day))", en: "they will be after \(day)")
            } ?? LocalizedText(fr: "l'enseignant ne les montre pas", en: "the teacher does not show them")
        return LocalizedText(
            fr: "\(when) ; leurs points ne sont pas encore comptés ici",
            en: "\(when); their points are not counted here yet")
    }

    private static func french(_ day: CalendarDay) -> String {
        let text = day.description
        return "\(text.suffix(2))/\(text.dropFirst(5).prefix(2))/\(text.prefix(4))"
    }
}
