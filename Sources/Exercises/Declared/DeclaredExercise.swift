import GraderCore
import InputFiles

/// What a declared exercise reads of the evidence beside its checks: nothing. Each check reads what it looks at.
public struct DeclaredFindings: ExerciseFindings {
    public var evidence: Evidence
}

/// A lab sheet written in YAML (`exercises/<id>/exercise.yaml`).
public struct DeclaredExercise: DeclaringExercise {
    public let id: String
    public let title: LocalizedText
    public let machines: [MachineID]
    public let labKeys: [LabKey]
    public let questions: [Question<DeclaredFindings>]
    public let virtualLab: VirtualLab?
    let declaredChecks: [DeclaredCheck]
    /// A declaration may be its own rubric: then these keys stand in it.
    public let ownRubricKeys = OwnRubricKeys(file: Self.ownKeys, check: CheckReader.keys)

    static let ownKeys = ["machines", "lab"]

    public var discovery: (any Discovery)? {
        DeclaredDiscovery(machines: machines, required: labKeys.filter(\.isRequired).map(\.name))
    }

    public var ownLabOptions: [OwnLabOption] {
        machines.map { machine in
            OwnLabOption(
                machine.rawValue, at: [machine.rawValue],
                help: LocalizedText(fr: "l'adresse de \(machine)", en: "the address of \(machine)"),
                example: "172.16.0.10")
        }
            + labKeys.map { key in
                OwnLabOption(
                    key.name, at: [key.name], help: key.noun,
                    example: key.isRequired ? key.noun[.current] : nil)
            }
    }

    init(
        id: String, title: LocalizedText, machines: [MachineID], labKeys: [LabKey],
        questions declared: [SheetReader.DeclaredQuestion], virtualLab: VirtualLab?
    ) {
        self.id = id
        self.title = title
        self.machines = machines
        self.labKeys = labKeys
        questions = declared.map { $0.question() }
        declaredChecks = declared.flatMap(\.checks)
        self.virtualLab = virtualLab
    }

    public func findings(_ evidence: Evidence, after earlier: DeclaredFindings?) -> DeclaredFindings {
        DeclaredFindings(evidence: evidence)
    }

    /// A machine restarted while it was looked at: what was seen before and after is of two moments.
    public func commonProbes(_ stage: ProbeStage, _ findings: DeclaredFindings) -> [Probe] {
        guard stage == .stamp || stage == .closing else { return [] }
        return findings.evidence.reached.map { machine in
            Probe(
                ProbeID(machine, Self.boot),
                .command(
                    node: machine, RemoteCommand(["cat", "/proc/sys/kernel/random/boot_id"], asRoot: false)),
                isBrief: true)
        }
    }

    private static let boot = "boot"

    public func instability(
        _ opening: DeclaredFindings, _ closing: DeclaredFindings, attempt: Int
    ) -> Instability? {
        for machine in opening.evidence.reached {
            guard let before = opening.evidence.complete(Self.boot, on: machine),
                let after = closing.evidence.complete(Self.boot, on: machine), before != after
            else { continue }
            return Instability(kind: .nodeRestarted, attempts: attempt, detail: machine.rawValue)
        }
        return nil
    }

    public func exhibits(_ findings: DeclaredFindings) -> [Exhibit] {
        let none = LocalizedText(verbatim: "")
        let cards = machines.map { machine in
            let isReached = findings.evidence.unreachable[machine] == nil
            return MachinesExhibit.Card(
                machine, name: nil, role: LocalizedText(verbatim: machine.rawValue),
                address: findings.evidence.lab.addresses[machine] ?? "",
                states: [
                    Told(
                        MachinesExhibit.State(
                            isReached ? .good : .bad,
                            isReached
                                ? LocalizedText(fr: "examinée", en: "looked at")
                                : LocalizedText(fr: "injoignable", en: "out of reach")))
                ],
                items: [])
        }
        return [
            .machines(
                MachinesExhibit(
                    id: "machines", heading: LocalizedText(fr: "Vos machines", en: "Your machines"),
                    title: LocalizedText(fr: "Ce qui a été examiné", en: "What was looked at"),
                    machineLabel: LocalizedText(fr: "Machine", en: "Machine"), itemsLabel: none, cards: cards)
            )
        ]
    }
}

extension [DeclaredCheck] {
    /// What has to be observed for them at a stage.
    func probes(_ stage: ProbeStage, _ evidence: Evidence) -> [Probe] {
        guard stage == .nodes || stage == .network else { return [] }
        return filter { $0.look.isNetwork == (stage == .network) }.flatMap { $0.probes(evidence) }
    }
}

extension SheetReader.DeclaredQuestion {
    func question<Findings: ExerciseFindings>() -> Question<Findings> {
        let checks = checks
        return Question(
            id.rawValue, checks: checks.map { $0.check() },
            probes: { stage, findings in checks.probes(stage, findings.evidence) })
    }
}

/// An exercise with what a rubric declares beside its own checks.
struct ExtendedExercise<Base: Exercise>: DeclaringExercise {
    let base: Base
    let questions: [Question<Base.Findings>]
    let declaredChecks: [DeclaredCheck]

    init(_ base: Base, by declared: [SheetReader.DeclaredQuestion]) {
        self.base = base
        declaredChecks =
            ((base as? any DeclaringExercise)?.declaredChecks ?? []) + declared.flatMap(\.checks)
        let extended = base.questions.map { question in
            guard let more = declared.first(where: { $0.id == question.id }) else { return question }
            let checks = more.checks
            return question.adding(checks.map { $0.check() }) { stage, findings in
                checks.probes(stage, findings.evidence)
            }
        }
        let known = Set(base.questions.map(\.id))
        let added: [Question<Base.Findings>] = declared.filter { !known.contains($0.id) }.map {
            $0.question()
        }
        questions = (extended + added).sorted { $0.id < $1.id }
    }

    var id: String { base.id }
    var title: LocalizedText { base.title }
    var machines: [MachineID] { base.machines }
    var labKeys: [LabKey] { base.labKeys }
    var ownLabOptions: [OwnLabOption] { base.ownLabOptions }
    var prerequisites: Question<Base.Findings>? { base.prerequisites }
    var answerFacts: [AnswerFact] { base.answerFacts }
    var drills: [any Drill] { base.drills }
    var drillsTellOf: [CheckID] { base.drillsTellOf }
    var virtualLab: VirtualLab? { base.virtualLab }
    var readers: [PrintedReader] { base.readers }
    var discovery: (any Discovery)? { base.discovery }
    var ownRubricKeys: OwnRubricKeys {
        OwnRubricKeys(file: base.ownRubricKeys.file, check: CheckReader.keys)
    }

    func commonProbes(_ stage: ProbeStage, _ findings: Base.Findings) -> [Probe] {
        base.commonProbes(stage, findings)
    }
    func findings(_ evidence: Evidence, after earlier: Base.Findings?) -> Base.Findings {
        base.findings(evidence, after: earlier)
    }
    func instability(_ opening: Base.Findings, _ closing: Base.Findings, attempt: Int) -> Instability? {
        base.instability(opening, closing, attempt: attempt)
    }
    func sharedState(_ findings: Base.Findings, on machine: MachineID) -> String? {
        base.sharedState(findings, on: machine)
    }
    func hasAddress(_ address: String, _ machine: MachineID, _ findings: Base.Findings) -> Bool? {
        base.hasAddress(address, machine, findings)
    }
    func lookouts(_ findings: Base.Findings) -> [MachineID] { base.lookouts(findings) }
    func exhibits(_ findings: Base.Findings) -> [Exhibit] { base.exhibits(findings) }
    func openCases(_ findings: Base.Findings, contradicted: Set<CheckID>) -> [String: String] {
        base.openCases(findings, contradicted: contradicted)
    }
    func shownFacts(_ findings: Base.Findings) -> [String: ShownFact] { base.shownFacts(findings) }
    func identityMarks(_ findings: Base.Findings) -> [IdentityMark] { base.identityMarks(findings) }
    func anomalies(_ findings: Base.Findings) -> [Anomaly] { base.anomalies(findings) }
}
