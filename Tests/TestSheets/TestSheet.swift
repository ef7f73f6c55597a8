import GraderCore

/// An exercise of the tests' own, without any reading of evidence.
public struct TestSheet: Exercise {
    public struct Findings: ExerciseFindings {
        public var evidence: Evidence
        public init(evidence: Evidence) { self.evidence = evidence }
    }

    public var id: String
    public var title = LocalizedText(verbatim: "Sheet")
    public var machines: [MachineID]
    public var labKeys: [LabKey]
    public var prerequisites: Question<Findings>?
    public var questions: [Question<Findings>]
    public var discovery: (any Discovery)?
    /// Asked of the machines.
    public var probes: [Probe]
    public var drills: [any Drill] = []

    public init(
        id: String = "sheet", machines: [MachineID] = [MachineID("serv1"), MachineID("serv2")],
        labKeys: [LabKey] = [], prerequisites: Question<Findings>? = nil,
        questions: [Question<Findings>] = [], discovery: (any Discovery)? = nil, probes: [Probe] = []
    ) {
        self.id = id
        self.machines = machines
        self.discovery = discovery
        self.labKeys = labKeys
        self.prerequisites = prerequisites
        self.questions = questions
        self.probes = probes
    }

    public func findings(_ evidence: Evidence, after earlier: Findings?) -> Findings {
        Findings(evidence: evidence)
    }
    public func commonProbes(_ stage: ProbeStage, _ findings: Findings) -> [Probe] {
        stage == .nodes ? probes : []
    }
}

extension LabValues {
    /// A lab of `activite-2`.
    public static func pair(
        _ addresses: [MachineID: String] = [:], vip: String = "172.16.1.12", prefixLength: Int? = 24,
        dns: LabValue? = nil, web: [String: LabValue] = [:]
    ) -> LabValues {
        let usual: [String: LabValue] = [
            "scheme": .string("http"), "port": .integer(80), "path": .string("/"),
            "acceptedStatuses": .array([.integer(200)]), "server": .string("apache"),
        ]
        var lab = LabValues(addresses: addresses, values: ["vip": .string(vip)])
        lab.values["vipPrefixLength"] = prefixLength.map(LabValue.integer)
        lab.values["dns"] = dns
        lab.values["web"] = .object(usual.merging(web) { $1 })
        return lab
    }
}
