/// What a question says of itself: its parameters and checks. All that reading a rubric needs.
public struct QuestionDefinition: Sendable, Hashable {
    public var id: QuestionID
    /// What a rubric may set.
    public var parameters: [ParameterDefinition]
    /// In the order of the sheet.
    public var checks: [CheckDefinition]

    public init(_ id: QuestionID, parameters: [ParameterDefinition] = [], checks: [CheckDefinition]) {
        self.id = id
        self.parameters = parameters
        self.checks = checks
    }

    /// The check of that id; nil where the question has none.
    public func check(_ id: CheckID) -> CheckDefinition? { checks.first { $0.id == id } }
}

/// One question of a lab sheet: what to observe, and its checks.
public struct Question<Findings: ExerciseFindings>: Sendable {
    public let id: QuestionID
    public let parameters: [ParameterDefinition]
    /// In the order of the sheet.
    public let checks: [Check<Findings>]
    /// The probes of one stage. The findings hold what the stages before it brought.
    public let probes: @Sendable (ProbeStage, Findings) -> [Probe]
    private let absence: @Sendable (Findings) -> LocalizedText?

    /// - Parameter absence: why the question is no part of a student's lab; nil where it is. Its points then do not
    ///   count at all.
    public init(
        _ id: String, parameters: [ParameterDefinition] = [], checks: [Check<Findings>],
        absence: @escaping @Sendable (Findings) -> LocalizedText? = { _ in nil },
        probes: @escaping @Sendable (ProbeStage, Findings) -> [Probe] = { _, _ in [] }
    ) {
        self.id = QuestionID(id)
        self.parameters = parameters
        self.checks = checks
        self.absence = absence
        self.probes = probes
    }

    /// The same question with further checks behind its own, and what they look at.
    public func adding(
        _ more: [Check<Findings>], probes moreProbes: @escaping @Sendable (ProbeStage, Findings) -> [Probe]
    ) -> Question {
        Question(id.rawValue, parameters: parameters, checks: checks + more, absence: absence) {
            stage, findings in
            probes(stage, findings) + moreProbes(stage, findings)
        }
    }

    public var definition: QuestionDefinition {
        QuestionDefinition(id, parameters: parameters, checks: checks.map(\.definition))
    }

    /// One result for each of `checks`, in their order.
    /// - Throws: where a check waits for one that it does not declare.
    public func results(
        _ findings: Findings, _ parameters: Parameters
    ) throws(ProgramFault) -> [CheckResult] {
        let absence = absence(findings)
        return try checks.map { (check) throws(ProgramFault) in
            var result = try check.result(findings, parameters)
            if let absence {
                result.verdict = .notRequested(.removed)
                result.found = absence
            }
            return result
        }
    }
}

extension [QuestionDefinition] {
    public subscript(id: QuestionID) -> QuestionDefinition? { first { $0.id == id } }

    /// These questions and every one that a check of theirs may wait for, and so on.
    public func needed(by asked: Set<QuestionID>) -> Set<QuestionID> {
        var needed = asked
        var open = asked
        while let id = open.popFirst() {
            for check in self[id]?.checks ?? [] {
                for other in check.needs where needed.insert(other.question).inserted {
                    open.insert(other.question)
                }
            }
        }
        return needed
    }

    /// What does not fit together, a sentence each: ids that are not unique or not of their question, and waiting for a
    /// check that there is not, or for itself.
    public var mistakes: [LocalizedText] {
        var mistakes: [LocalizedText] = []
        let known = Set(flatMap { $0.checks.map(\.id) })
        var seen: Set<CheckID> = []
        if Set(map(\.id)).count != count {
            mistakes.append(
                LocalizedText(
                    fr: "deux questions ont le même identifiant", en: "two questions have the same id"))
        }
        for question in self {
            for check in question.checks {
                if !seen.insert(check.id).inserted {
                    mistakes.append(
                        LocalizedText(
                            fr: "il y a deux contrôles \(check.id)", en: "there are two checks \(check.id)"))
                }
                if check.id.question != question.id {
                    mistakes.append(
                        LocalizedText(
                            fr: "\(check.id) n'est pas un contrôle de \(question.id)",
                            en: "\(check.id) is no check of \(question.id)"))
                }
                for other in check.needs where !known.contains(other) {
                    mistakes.append(
                        LocalizedText(
                            fr: "\(check.id) attend \(other), qui n'existe pas",
                            en: "\(check.id) waits for \(other), which there is not"))
                }
                if check.mayWaitFor.contains(check.id) {
                    mistakes.append(
                        LocalizedText(fr: "\(check.id) s'attend lui-même", en: "\(check.id) waits for itself")
                    )
                }
            }
        }
        return mistakes
    }
}

extension Exercise {
    /// Called when the program starts.
    /// - Throws: where its checks do not fit together: a bug of ours.
    public func validate() throws(ProgramFault) {
        let mistakes = definitions.mistakes
        guard !mistakes.isEmpty else { return }
        throw ProgramFault(
            LocalizedText(
                fr: "C'est une erreur de Bascule : \(id) : \(mistakes.joined()) ; à signaler.",
                en: "This is a bug in Bascule: \(id): \(mistakes.joined()); please report it."))
    }
}
