/// One lab sheet: all that the engine has to be told of it. The engine never asks which exercise it has; it opens
/// `any Exercise` once, in a generic function that holds one student's look, so that the findings' type stays inside.
public protocol Exercise<Findings>: Sendable {
    associatedtype Findings: ExerciseFindings
    /// One short name; also the folder's and the rubric file's name.
    var id: String { get }
    var title: LocalizedText { get }
    /// The student's machines, in the sheet's order; 1 to 8.
    var machines: [MachineID] { get }
    /// What the roster says of a student's lab beside the machines' addresses.
    var labKeys: [LabKey] { get }
    /// What a student may say of his own machines where there is no roster (`check --local`).
    var ownLabOptions: [OwnLabOption] { get }
    /// The health under all questions (`H0`): always looked at, whichever questions are asked.
    var prerequisites: Question<Findings>? { get }
    /// In the order of the sheet.
    var questions: [Question<Findings>] { get }
    /// What every question of the exercise rests on.
    func commonProbes(_ stage: ProbeStage, _ findings: Findings) -> [Probe]
    /// - Parameter earlier: of the same student, a stage before: what is the same to the byte is not read again.
    func findings(_ evidence: Evidence, after earlier: Findings?) -> Findings
    /// What moved between the opening stamp and the closing one, or has not settled; nil where nothing.
    func instability(_ opening: Findings, _ closing: Findings, attempt: Int) -> Instability?
    /// A word for the state that the machines share, as a look at this one has it (for a cluster: its configuration's
    /// version), or as the others have it that see this one among them: looks at several machines, one after the other,
    /// are of one state only where it is the same for all. Nil where they share none, or it was not seen.
    func sharedState(_ findings: Findings, on machine: MachineID) -> String?
    /// Whether one of the machine's interfaces has the address; nil where that was not seen.
    func hasAddress(_ address: String, _ machine: MachineID, _ findings: Findings) -> Bool?
    /// The machines through which the network is probed where the grader does not share it, the best first.
    func lookouts(_ findings: Findings) -> [MachineID]
    /// What it shows of what it found, in the order of the page.
    func exhibits(_ findings: Findings) -> [Exhibit]
    /// What whoever makes the exercise should see: text files for the teacher to send on, by their names.
    /// - Parameter contradicted: the checks that were left open because sources contradict each other.
    func openCases(_ findings: Findings, contradicted: Set<CheckID>) -> [String: String]
    /// What its questions ask in words and evidence can show, in the order of the sheet.
    var answerFacts: [AnswerFact] { get }
    /// What the evidence shows of them, by name.
    func shownFacts(_ findings: Findings) -> [String: ShownFact]
    /// What two students cannot both have of it, kind by kind.
    func identityMarks(_ findings: Findings) -> [IdentityMark]
    /// What does not go with what the machines say: for the teacher, never points. Empty where it was not looked for.
    func anomalies(_ findings: Findings) -> [Anomaly]
    /// What it reads itself of its rubric's file.
    var ownRubricKeys: OwnRubricKeys { get }
    /// In the order in which they are run.
    var drills: [any Drill] { get }
    /// The checks that what drills measured tells of: it goes with them where students are not shown one.
    var drillsTellOf: [CheckID] { get }
    /// How its machines are raised as a virtual lab; nil where they cannot be.
    var virtualLab: VirtualLab? { get }
    /// What of the machines' printing can be read alone (`bascule parse`).
    var readers: [PrintedReader] { get }
    /// How its labs are found on a network; nil where only a roster says them.
    var discovery: (any Discovery)? { get }
}

extension Exercise {
    public var labKeys: [LabKey] { [] }
    public var ownLabOptions: [OwnLabOption] { [] }
    public var prerequisites: Question<Findings>? { nil }
    public func commonProbes(_ stage: ProbeStage, _ findings: Findings) -> [Probe] { [] }
    public func instability(_ opening: Findings, _ closing: Findings, attempt: Int) -> Instability? { nil }
    public func sharedState(_ findings: Findings, on machine: MachineID) -> String? { nil }
    public func hasAddress(_ address: String, _ machine: MachineID, _ findings: Findings) -> Bool? { nil }
    public func lookouts(_ findings: Findings) -> [MachineID] { machines }
    public func exhibits(_ findings: Findings) -> [Exhibit] { [] }
    public func openCases(_ findings: Findings, contradicted: Set<CheckID>) -> [String: String] { [:] }
    public var answerFacts: [AnswerFact] { [] }
    public func shownFacts(_ findings: Findings) -> [String: ShownFact] { [:] }
    public func identityMarks(_ findings: Findings) -> [IdentityMark] { [] }
    public func anomalies(_ findings: Findings) -> [Anomaly] { [] }
    public var ownRubricKeys: OwnRubricKeys { OwnRubricKeys() }
    public var drills: [any Drill] { [] }
    public var drillsTellOf: [CheckID] { [] }
    public var virtualLab: VirtualLab? { nil }
    public var readers: [PrintedReader] { [] }
    public var discovery: (any Discovery)? { nil }

    /// The prerequisites and the questions, in this order.
    public var everyQuestion: [Question<Findings>] { [prerequisites].compactMap(\.self) + questions }

    /// The question of this id, `H0` included.
    public func question(_ id: QuestionID) -> Question<Findings>? { everyQuestion.first { $0.id == id } }

    /// What its questions declare, `H0` included.
    public var definitions: [QuestionDefinition] { everyQuestion.map(\.definition) }
    public var prerequisitesDefinition: QuestionDefinition? { prerequisites?.definition }
    /// `H0` left out.
    public var questionDefinitions: [QuestionDefinition] { questions.map(\.definition) }

    /// The union of the probes of the questions asked, and of those that their checks may wait for, each once, in the
    /// order of their ids.
    public func plan(_ stage: ProbeStage, questions asked: Set<QuestionID>?, findings: Findings) -> [Probe] {
        let needed = asked.map(definitions.needed)
        var byID: [ProbeID: Probe] = [:]
        func add(_ probes: [Probe]) {
            for probe in probes { byID[probe.id] = byID[probe.id].map(probe.bounded) ?? probe }
        }
        add(commonProbes(stage, findings))
        add(prerequisites?.probes(stage, findings) ?? [])
        for question in questions where needed?.contains(question.id) ?? true {
            add(question.probes(stage, findings))
        }
        return byID.values.sorted { $0.id < $1.id }
    }
}
