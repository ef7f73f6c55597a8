import GraderCore
import Pacemaker

/// The failover foretold: what Pacemaker's scheduler, asked on a node about the CIB that was collected, would do.
enum Foretold {
    /// On the node whose `crm` is not asked: that takes its processor for half a second.
    static func probe(_ findings: Findings) -> Probe? {
        guard let asked = findings.asked, let question = question(findings) else { return nil }
        let node = findings.reached.contains(asked.peer) ? asked.peer : asked
        return Probe(
            ProbeID(node, ClusterProbe.scheduler),
            .command(
                node: node,
                RemoteCommand(
                    question.arguments, timeLimit: .seconds(15), outputLimit: 256 << 10, input: question.text)
            ))
    }

    private static func question(_ findings: Findings) -> SchedulerQuestion? {
        guard let asked = findings.asked, let cib = findings.evidence.complete(ClusterProbe.cib, on: asked),
            let holder = findings.names[findings.vipHolderByHistory ?? .serv1],
            let other = findings.names[(findings.vipHolderByHistory ?? .serv1).peer]
        else { return nil }
        // The constraints alone cost four more simulations.
        let isPlain = findings.configurations.first?.configuration.isPlainlyPlaced == true
        return SchedulerQuestion(
            cib.raw, nodes: [holder, other], failure: failure(findings, on: holder),
            about: isPlain ? [.asFound, .failing] : SchedulerQuestion.Subject.allCases)
    }

    private static func failure(_ findings: Findings, on node: String) -> SchedulerQuestion.Failure? {
        guard let configuration = findings.configurations.first?.configuration,
            let web = findings.webResource.found, let vip = findings.virtualIP.found,
            configuration.runTogether(vip.id, web.id),
            let primitive = configuration.primitive(web.id),
            let interval = configuration.recurringMonitors(of: primitive).first?.interval,
            let threshold = configuration.migrationThreshold(of: web.id)
        else { return nil }
        return SchedulerQuestion.Failure(resource: web.id, interval: interval, node: node, count: threshold)
    }

    /// Where our reading of the constraints and the scheduler's differ: what both read.
    static func openCases(_ findings: Findings, _ contradicted: Set<CheckID>) -> [String: String] {
        let checks = contradicted.intersection(["Q3.preference", "Q3.no-ban"]).map(\.rawValue).sorted()
        let answers = MachineID.pair.compactMap { findings.evidence.complete(ClusterProbe.scheduler, on: $0) }
        guard !checks.isEmpty, let answer = answers.first, let asked = findings.asked,
            let cib = findings.evidence.complete(ClusterProbe.cib, on: asked)
        else { return [:] }
        let names = checks.joined(separator: ", ")
        let head = [
            String(
                fr: "\(names) : Bascule et l'ordonnanceur de Pacemaker lisent ces contraintes différemment.",
                en: "\(names): Bascule and Pacemaker's scheduler read these constraints differently."),
            String(
                fr:
                    "Qui développe Bascule a besoin de ce fichier pour voir lequel a raison. Il contient la configuration",
                en:
                    "Whoever makes Bascule needs this file to see which of them is right. It holds the pair's configuration:"
            ),
            String(
                fr: "de la paire : en ôter ce qui ne regarde personne d'autre avant l'envoi.",
                en: "take out what is nobody else's before it is sent."),
        ]
        let collected = String(fr: "La CIB telle que relevée", en: "The CIB as collected")
        let foretold = String(fr: "Ce que crm_simulate en a fait", en: "What crm_simulate made of it")
        let text = """
            # \(head.joined(separator: "\n# "))
            # \(collected)
            \(cib.text)
            # \(foretold)
            \(answer.text)
            """
        return ["scheduler-case.txt": text]
    }

    // MARK: - In the report

    /// A row for each event, a column for each of the student's two resources, and one for what a drill measured where
    /// one was made of such an event.
    static func exhibit(_ findings: Findings) -> TableExhibit? {
        guard let forecast = findings.forecast, let vip = findings.virtualIP.found,
            let away = forecast.names.first
        else { return nil }
        let resources = [vip.id] + (findings.webResource.found.map { [$0.id] } ?? [])
        let rows = events(findings, away).compactMap { event -> (event: Event, cells: [LocalizedText])? in
            let places = resources.map { forecast.nodes(of: $0, after: event.event, event.subject) }
            guard !places.contains(nil) else { return nil }
            return (event, [event.words] + places.map(cell))
        }
        guard !rows.isEmpty else { return nil }
        let measured = rows.map { places(of: resources, measuredBy: $0.event, from: away, findings) }
        let isMeasured = measured.contains { $0 != nil }
        return TableExhibit(
            id: "foretold",
            heading: LocalizedText(
                fr: "La bascule annoncée par Pacemaker (crm_simulate)",
                en: "The failover as Pacemaker foretells it (crm_simulate)"),
            columns: [LocalizedText(fr: "Événement", en: "Event")]
                + resources.map { LocalizedText(fr: "où tourne \($0)", en: "where \($0) runs") }
                + (isMeasured
                    ? [LocalizedText(fr: "mesuré par un exercice de bascule", en: "measured by a drill")]
                    : []),
            rows: zip(rows, measured).map { row, places in
                let cells = isMeasured ? [seen(places, resources)] : []
                return Told(row.cells + cells, tellsOf: checks + (isMeasured ? PairExhibits.drills : []))
            })
    }

    /// What the scheduler was asked about, and the drill that tries it.
    private struct Event {
        var event: SchedulerForecast.Event
        var subject: SchedulerQuestion.Subject
        var words: LocalizedText
        var drill: DrillKind
        var stage: DrillStage
    }

    private static func events(_ findings: Findings, _ away: String) -> [Event] {
        let web = findings.webResource.found?.id
        let threshold = web.flatMap {
            findings.configurations.first?.configuration.migrationThreshold(of: $0)
        }
        return [
            Event(
                event: .firstAway, subject: .asFound,
                words: LocalizedText(fr: "si \(away) passe en standby", en: "if \(away) goes into standby"),
                drill: .standby, stage: .moved),
            Event(
                event: .firstBack, subject: .asFound,
                words: LocalizedText(fr: "puis en revient", en: "and then comes back"),
                drill: .standby, stage: .after),
            Event(
                event: .fails, subject: .failing,
                words: LocalizedText(
                    fr: "si \(web ?? "") échoue \(threshold ?? 0) fois sur \(away)",
                    en: "if \(web ?? "") fails \(threshold ?? 0) times on \(away)"),
                drill: .serviceBroken, stage: .moved),
        ]
    }

    /// Where the last drill of that kind found each of the resources; nil where none was made, or of another node.
    private static func places(
        of resources: [String], measuredBy event: Event, from away: String, _ findings: Findings
    ) -> [[String]]? {
        guard
            let drill = findings.evidence.drills?.last(where: {
                $0.kind == event.drill && $0.outcome == .performed
            }),
            let plan = drill.plan, plan.name(plan.active).isSameNode(as: away)
        else { return nil }
        let moment = DrillMoment(drill, findings.evidence, event.stage)
        let places = resources.compactMap { moment.placement(of: $0, plan)?.sorted() }
        return places.count == resources.count ? places : nil
    }

    /// The node once where all were found there.
    private static func seen(_ places: [[String]]?, _ resources: [String]) -> LocalizedText {
        guard let places else { return LocalizedText(verbatim: "–") }
        guard Set(places).count > 1 else { return cell(places.first) }
        return zip(resources, places).map { resource, nodes in
            let place = cell(nodes)
            return LocalizedText(fr: "\(resource) : \(place.fr)", en: "\(resource): \(place.en)")
        }.joined()
    }

    private static func cell(_ nodes: [String]?) -> LocalizedText {
        nodes.map { $0.isEmpty ? nowhere : joined($0) } ?? LocalizedText(verbatim: "–")
    }

    /// What a part of it tells as much as.
    private static let checks: [CheckID] = [
        "Q3.preference", "Q3.no-ban", "Q6.standby", "Q9.together", "Q9.migration-threshold",
    ]

    private static let nowhere = LocalizedText(fr: "nulle part", en: "nowhere")
}
