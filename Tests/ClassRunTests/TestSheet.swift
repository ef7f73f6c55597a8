import GraderCore

/// An exercise of the test's own, without any reading of evidence.
struct TestSheet: Exercise {
    struct Findings: ExerciseFindings { var evidence: Evidence }

    var id = "sheet"
    var title = LocalizedText(verbatim: "Sheet")
    var machines: [MachineID] = [MachineID("serv1"), MachineID("serv2")]
    var labKeys: [LabKey] = []
    var prerequisites: (any QuestionModule<Findings>)?
    var questions: [any QuestionModule<Findings>] = []
    var discovery: (any Discovery)?
    /// Asked of the machines.
    var probes: [Probe] = []

    func findings(_ evidence: Evidence, after earlier: Findings?) -> Findings { Findings(evidence: evidence) }
    func commonProbes(_ stage: ProbeStage, _ findings: Findings) -> [Probe] { stage == .nodes ? probes : [] }
    func picture(_ findings: Findings) -> PairPicture { PairPicture(nodes: [], vip: "", configuration: nil) }
}

extension LabValues {
    /// A lab of `activite-2`.
    static func pair(
        _ addresses: [MachineID: String] = [:], vip: String = "172.16.1.12", prefixLength: Int? = 24,
        dns: LabValue? = nil, web: [String: LabValue] = [:]
    ) -> LabValues {
        let usual: [String: LabValue] = [
            "scheme": .text("http"), "port": .number(80), "path": .text("/"),
            "acceptedStatuses": .list([.number(200)]), "server": .text("apache"),
        ]
        var lab = LabValues(addresses: addresses, values: ["vip": .text(vip)])
        lab.values["vipPrefixLength"] = prefixLength.map(LabValue.number)
        lab.values["dns"] = dns
        lab.values["web"] = .mapping(usual.merging(web) { $1 })
        return lab
    }
}
