/// An exercise's own reading of the evidence of one student, made once for all its questions. Holds what could be
/// read; what could not is absent, and never stands for a no.
public protocol ExerciseFindings: Sendable {
    /// What it was read from.
    var evidence: Evidence { get }
}

/// One question of a lab sheet: what to observe and how to judge it. Judging is pure: the same evidence and
/// parameters give the same results, on any machine, at any time.
public protocol QuestionModule<Findings>: Sendable {
    associatedtype Findings: ExerciseFindings
    var id: QuestionID { get }
    var checks: [CheckDefinition] { get }
    var parameters: [ParameterDefinition] { get }
    /// The probes of one stage. `findings` holds what the stages before it brought.
    func probes(_ stage: ProbeStage, findings: Findings) -> [Probe]
    /// One result for each of `checks`, in their order.
    func judge(_ findings: Findings, parameters: Parameters) -> [CheckResult]
}

/// A question as a rubric knows it: what may be given points and which parameters there are.
public struct QuestionOutline: Sendable, Hashable {
    public var id: QuestionID
    /// In the order of the sheet.
    public var checks: [CheckDefinition]
    public var parameters: [ParameterDefinition]

    init(_ module: some QuestionModule) {
        id = module.id
        checks = module.checks
        parameters = module.parameters
    }
}

/// One lab sheet: all that the engine has to be told of it. The engine never asks which exercise it has; it opens
/// `any Exercise` once, in a generic function that holds one student's look, so that the findings' type stays inside.
public protocol Exercise<Findings>: Sendable {
    associatedtype Findings: ExerciseFindings
    /// E.g. `activite-2`; also the folder's and the rubric file's name.
    var id: String { get }
    var title: LocalizedText { get }
    /// The student's machines, in the sheet's order; 1 to 8.
    var machines: [MachineID] { get }
    /// What the roster says of a student's lab beside the machines' addresses.
    var labKeys: [LabKey] { get }
    /// The health under all questions (`H0`): always looked at, whichever questions are asked.
    var prerequisites: (any QuestionModule<Findings>)? { get }
    /// In the order of the sheet.
    var questions: [any QuestionModule<Findings>] { get }
    /// What every question of the exercise rests on.
    func commonProbes(_ stage: ProbeStage, _ findings: Findings) -> [Probe]
    /// - Parameter earlier: of the same student, a stage before: what is the same to the byte is not read again.
    func findings(_ evidence: Evidence, after earlier: Findings?) -> Findings
    /// What moved between the opening stamp and the closing one, or has not settled; nil where nothing.
    func instability(_ opening: Findings, _ closing: Findings, attempt: Int) -> Instability?
    /// The machines through which the network is probed where the grader does not share it, the best first.
    func lookouts(_ findings: Findings) -> [MachineID]
    /// What was found of the machines, for the drawing at the head of the report.
    func picture(_ findings: Findings) -> PairPicture
    /// Where sources contradict one another.
    func disagreements(_ findings: Findings) -> [LocalizedText]
    /// By what the machines are told from others'; nil where nothing of it was seen.
    func identity(_ findings: Findings) -> PairIdentity?
    /// How its machines are raised as a virtual lab; nil where they cannot be.
    var virtualLab: VirtualLab? { get }
    /// Its drills; nil where it has none.
    var drills: (any DrillPlanner)? { get }
    /// What of the machines' printing can be read alone (`bascule parse`).
    var readers: [PrintedReader] { get }
}

extension Exercise {
    public var labKeys: [LabKey] { [] }
    public var prerequisites: (any QuestionModule<Findings>)? { nil }
    public func commonProbes(_ stage: ProbeStage, _ findings: Findings) -> [Probe] { [] }
    public func instability(_ opening: Findings, _ closing: Findings, attempt: Int) -> Instability? { nil }
    public func lookouts(_ findings: Findings) -> [MachineID] { machines }
    public func disagreements(_ findings: Findings) -> [LocalizedText] { [] }
    public func identity(_ findings: Findings) -> PairIdentity? { nil }
    public var virtualLab: VirtualLab? { nil }
    public var drills: (any DrillPlanner)? { nil }
    public var readers: [PrintedReader] { [] }

    /// The questions, for who needs no findings.
    public var outlines: [QuestionOutline] { questions.map { QuestionOutline($0) } }
    public var prerequisitesOutline: QuestionOutline? { prerequisites.map { QuestionOutline($0) } }
    /// `H0` included.
    public func outline(_ id: QuestionID) -> QuestionOutline? { module(id).map { QuestionOutline($0) } }

    /// The module of this id, `H0` included.
    public func module(_ id: QuestionID) -> (any QuestionModule<Findings>)? {
        prerequisites?.id == id ? prerequisites : questions.first { $0.id == id }
    }

    /// The union of the probes of the questions asked, each once, in the order of their ids.
    public func plan(_ stage: ProbeStage, questions asked: Set<QuestionID>?, findings: Findings) -> [Probe] {
        var byID: [ProbeID: Probe] = [:]
        for probe in commonProbes(stage, findings) { byID[probe.id] = probe }
        for probe in prerequisites?.probes(stage, findings: findings) ?? [] { byID[probe.id] = probe }
        for question in questions where asked?.contains(question.id) ?? true {
            for probe in question.probes(stage, findings: findings) { byID[probe.id] = probe }
        }
        return byID.values.sorted { $0.id < $1.id }
    }
}
