import GraderCore
import LinuxFacts

/// A small lab sheet that has nothing of a cluster: on every machine a service has to listen on a port that the roster
/// says. With one machine, three, or as many as are named. All of it is in this file.
public struct ListeningSheet: Exercise {
    public struct Findings: ExerciseFindings {
        public var evidence: Evidence
        /// The ports that each machine listens on; without those whose `ss` could not be read.
        var ports: [MachineID: Set<Int>]
    }

    public let id = "listening"
    public let title = LocalizedText(fr: "Un service qui écoute", en: "A service that listens")
    public let machines: [MachineID]
    public let labKeys = [
        LabKey(
            "port", .number(1...65_535),
            noun: LocalizedText(fr: "le port du service", en: "the service's port"), isRequired: true)
    ]
    public let questions: [Question<Findings>]

    public init(machines: [MachineID]) {
        self.machines = machines
        questions = [
            Question(
                "Q1", checks: machines.flatMap { [Self.listens($0), Self.nothingElse($0)] },
                probes: { stage, findings in
                    guard stage == .nodes else { return [] }
                    return findings.evidence.reached.map { machine in
                        Probe(
                            ProbeID(machine, "sockets"),
                            .command(node: machine, RemoteCommand(["ss", "-ltnp"], asRoot: false)))
                    }
                })
        ]
    }

    public func findings(_ evidence: Evidence, after earlier: Findings?) -> Findings {
        var ports: [MachineID: Set<Int>] = [:]
        for machine in evidence.machines {
            guard let printed = evidence.complete("sockets", on: machine)?.text else { continue }
            ports[machine] = Set(ListeningSockets.read(printed).sockets.map(\.port))
        }
        return Findings(evidence: evidence, ports: ports)
    }

    private static func socket(_ machine: MachineID) -> Subject<Findings, Set<Int>> {
        Subject(
            declaredBy: CheckID("Q1.listens-\(machine)"),
            unknown: { _ in LocalizedText(fr: "ss n'a pu être lu", en: "ss could not be read") },
            absent: { _ in LocalizedText(fr: "rien n'écoute", en: "nothing listens") },
            sources: { _ in [ProbeID(machine, "sockets")] },
            find: { findings in
                guard let ports = findings.ports[machine] else { return .unknown }
                return ports.isEmpty ? .absent : .found(ports)
            })
    }

    private static func listens(_ machine: MachineID) -> Check<Findings> {
        Check(
            CheckID("Q1.listens-\(machine)"), about: socket(machine),
            title: LocalizedText(
                fr: "Le service écoute sur \(machine)", en: "The service listens on \(machine)"),
            why: LocalizedText(fr: "Sans lui personne n'est servi.", en: "Without it nobody is served."),
            seeYourself: "ss -ltn",
            expected: { findings, _ in LocalizedText(verbatim: "port \(findings.port)") },
            judge: { ports, findings, _ in
                Judgement(
                    ports.contains(findings.port) ? .met : .notMet,
                    LocalizedText(verbatim: ports.sorted().map(String.init).joined(separator: ", ")))
            })
    }

    private static func nothingElse(_ machine: MachineID) -> Check<Findings> {
        Check(
            CheckID("Q1.alone-\(machine)"), about: socket(machine),
            title: LocalizedText(fr: "Rien d'autre n'écoute", en: "Nothing else listens"),
            why: LocalizedText(fr: "Une porte de trop.", en: "One door too many."),
            expected: { findings, _ in LocalizedText(verbatim: "port \(findings.port)") },
            judge: { ports, findings, _ in
                let others = ports.subtracting([findings.port])
                return Judgement(
                    others.isEmpty ? .met : .notMet,
                    LocalizedText(verbatim: others.sorted().map(String.init).joined(separator: ", ")))
            })
    }

    public func exhibits(_ findings: Findings) -> [Exhibit] {
        [
            .machines(
                MachinesExhibit(
                    id: "machines", heading: LocalizedText(fr: "Vos machines", en: "Your machines"),
                    title: LocalizedText(fr: "Ce qui écoute", en: "What listens"),
                    machineLabel: LocalizedText(fr: "Machine", en: "Machine"),
                    itemsLabel: LocalizedText(fr: "Ports", en: "Ports"),
                    cards: machines.map { card($0, findings) }))
        ]
    }

    private func card(_ machine: MachineID, _ findings: Findings) -> MachinesExhibit.Card {
        let isReached = findings.evidence.unreachable[machine] == nil
        let none = LocalizedText(fr: "aucun", en: "none")
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
            items: [
                Told(
                    MachinesExhibit.Items(
                        (findings.ports[machine] ?? []).sorted().map(String.init), none: none,
                        noneInWords: none),
                    tellsOf: [CheckID("Q1.listens-\(machine)"), CheckID("Q1.alone-\(machine)")])
            ])
    }
}

extension ListeningSheet.Findings {
    var port: Int { evidence.lab["port"]?.number ?? 0 }
}
