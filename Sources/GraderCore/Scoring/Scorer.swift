/// Judges a pair's evidence with an exercise's questions and scores it with a rubric. Pure.
public struct Scorer<E: Exercise>: Sendable {
    public var exercise: E
    public var rubric: Rubric
    /// The questions asked; nil: all.
    public var questions: Set<QuestionID>?

    public init(exercise: E, rubric: Rubric, questions: Set<QuestionID>? = nil) {
        self.exercise = exercise
        self.rubric = rubric
        self.questions = questions
    }

    /// One result for each question of the rubric, in its order.
    /// - Throws: where a check waits for one that it does not declare, or the rubric names a check that its question
    ///   does not have: bugs of ours, which reading the rubric and starting the program rule out.
    public func score(_ findings: E.Findings) throws(ProgramFault) -> [QuestionResult] {
        let judged = try judge(findings).mapValues { overall($0, findings.evidence) }.blockedByMissedOnly()
        return try rubric.questions.map { (section) throws(ProgramFault) in
            let question = exercise.question(section.id)
            let checks = try section.checks.map { (line) throws(ProgramFault) in
                let result =
                    if let result = judged[line.id] { ofThisRun(result, section) } else {
                        try unjudged(line, section, isJudged: question != nil)
                    }
                var check = scored(result, points: line.points)
                if let visibility = line.visibility ?? section.visibility, visibility.level != .full {
                    check.concealed = Concealment(visibility)
                }
                return check
            }
            return QuestionResult(
                id: section.id, title: section.title, checks: checks,
                score: checks.reduce(Tally()) { $0 + $1.score })
        }
    }

    /// Every check's own result, and then what has to wait for another.
    private func judge(_ findings: E.Findings) throws(ProgramFault) -> [CheckID: CheckResult] {
        var byID: [CheckID: CheckResult] = [:]
        var waiting: [CheckDefinition] = []
        for section in rubric.questions {
            guard let question = exercise.question(section.id) else { continue }
            for result in try question.results(findings, section.parameters) { byID[result.id] = result }
            waiting += question.definition.checks.filter { !$0.requires.isEmpty }
        }
        // An exam's rubric may leave out a question that others wait for: they wait all the same.
        let listed = Set(rubric.questions.map(\.id))
        for id in exercise.definitions.needed(by: listed).subtracting(listed) {
            guard let question = exercise.question(id) else { continue }
            for result in try question.results(findings, Parameters()) { byID[result.id] = result }
            waiting += question.definition.checks.filter { !$0.requires.isEmpty }
        }
        // What one waits for may itself wait for another, in whatever order they stand.
        for _ in waiting {
            for check in waiting {
                guard var result = byID[check.id] else { continue }
                result.wait(for: check.requires, among: byID)
                byID[check.id] = result
            }
        }
        return byID
    }

    /// A result after what holds for all of the evidence: nobody could be reached, the pair did not hold still, something
    /// was not handed in.
    private func overall(_ result: CheckResult, _ evidence: Evidence) -> CheckResult {
        var result = result
        if let nothing = evidence.nothingToJudge {
            result.verdict = .notAssessed(nothing.reason)
            result.found = nothing.sentence
        } else if let missing = result.machineNotHandedIn(evidence) {
            result.verdict = .notAssessed(.outOfSight)
            result.found = result.found + ScorerTexts.notHandedIn(missing)
        } else if case .notAssessed(let reason) = result.verdict,
            [.noEvidence, .timedOut].contains(reason),
            result.sources.contains(where: { evidence.isLostByUs($0) })
        {
            result.verdict = .notAssessed(.overloaded)
        } else if case .notAssessed(let reason) = result.verdict,
            [.noEvidence, .timedOut].contains(reason),
            let probe = result.sources.first(where: { evidence.isCutOff($0) })
        {
            result.found = result.found + ScorerTexts.cutOff(probe)
        }
        return result
    }

    /// A result as this run and its rubric have it: nobody asked, no hints.
    private func ofThisRun(_ result: CheckResult, _ section: RubricQuestion) -> CheckResult {
        var result = result
        if let questions, !questions.contains(section.id), section.id != .prerequisites {
            result.verdict = .notRequested(.otherQuestions)
            result.found = ScorerTexts.otherQuestions
        }
        if !section.showHints { result.hint = nil }
        return result
    }

    /// A line that no check answers to: the teacher's, or of a question that is not judged here.
    private func unjudged(
        _ line: RubricCheck, _ section: RubricQuestion, isJudged: Bool
    ) throws(ProgramFault) -> CheckResult {
        guard line.byTeacher || !isJudged else {
            throw ProgramFault(
                LocalizedText(
                    fr: """
                        C'est une erreur de Bascule : \(section.id) n'a pas de contrôle \(line.id), auquel le barème \
                        donne des points ; à signaler.
                        """,
                    en: """
                        This is a bug in Bascule: \(section.id) has no check \(line.id), which the rubric gives points \
                        to; please report it.
                        """))
        }
        return CheckResult(
            id: line.id, title: line.title ?? section.title,
            verdict: .notRequested(line.byTeacher ? .teachersMark : .noModule),
            expected: line.title ?? section.title,
            found: line.byTeacher ? ScorerTexts.teachersMark : ScorerTexts.noModule,
            why: LocalizedText(verbatim: ""))
    }

    private func scored(_ result: CheckResult, points: Points) -> ScoredCheck {
        let isRemoved = result.verdict == .notRequested(.removed)
        return ScoredCheck(
            result: result, points: isRemoved ? .zero : points, earned: result.verdict.earned(of: points))
    }
}

extension Verdict {
    /// What a check of so many points brings; nil while it is not decided.
    public func earned(of points: Points) -> Points? {
        switch self {
        case .met: points
        case .partly(let fraction): points.times(min(max(fraction, 0), 1))
        // What a fault of the cluster's foundations prevents is the teacher's to decide: that fault costs what the
        // prerequisites section says, and no question's points on top.
        case .blocked(let check) where check.question == .prerequisites: nil
        case .notMet, .blocked, .notRequested(.removed): .zero
        case .notAssessed, .notRequested: nil
        }
    }
}

extension CheckResult {
    /// A machine that the result looked at too and of which the student handed in nothing: who chooses what is seen wins
    /// nothing by it, and loses nothing. Nil where there is none, or nothing was judged.
    fileprivate func machineNotHandedIn(_ evidence: Evidence) -> MachineID? {
        switch verdict {
        case .met, .partly, .notMet, .blocked: break
        case .notAssessed, .notRequested: return nil
        }
        guard evidence.handIn != nil else { return nil }
        return evidence.unreachable.keys.sorted().first { machine in
            sources.contains { $0.rawValue.hasPrefix("\(machine.rawValue)/") }
        }
    }
}

extension Evidence {
    /// Whether more was printed than is read of it.
    fileprivate func isCutOff(_ probe: ProbeID) -> Bool {
        guard case .command(let result)? = self[probe]?.outcome else { return false }
        return result.outputTruncated
    }

    /// Whether an observation is missing because the grader itself was late.
    fileprivate func isLostByUs(_ probe: ProbeID) -> Bool {
        if case .failed(let failure)? = self[probe]?.outcome {
            failure.kind == .graderOverloaded
        } else {
            false
        }
    }
}

extension ScoredCheck {
    /// What the check adds to a question's score.
    public var score: Tally {
        Tally(of: points, earned: earned)
    }
}

private enum ScorerTexts {
    static let otherQuestions = LocalizedText(
        fr: "Question non demandée lors de ce passage.", en: "This question was not asked for in this run.")
    static func notHandedIn(_ machine: MachineID) -> LocalizedText {
        LocalizedText(
            fr: " ; rien n'a été rendu de \(machine.rawValue)",
            en: "; nothing was handed in of \(machine.rawValue)")
    }
    static func cutOff(_ probe: ProbeID) -> LocalizedText {
        LocalizedText(
            fr: " ; \(probe.rawValue) a écrit plus qu'il n'en est lu",
            en: "; \(probe.rawValue) printed more than is read of it")
    }
    static let teachersMark = LocalizedText(
        fr: "Note que l'enseignant doit encore donner.", en: "A mark that the teacher has still to give.")
    static let noModule = LocalizedText(
        fr: "Cette version de Bascule ne corrige pas encore cette question.",
        en: "This version of Bascule does not judge this question yet.")
}
