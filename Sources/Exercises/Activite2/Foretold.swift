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

    // MARK: - In the report

    /// A row for each event, a column for each of the student's two resources.
    static func exhibit(_ findings: Findings) -> TableExhibit? {
        guard let forecast = findings.forecast, let vip = findings.virtualIP.found,
            let away = forecast.names.first
        else { return nil }
        let web = findings.webResource.found
        let resources = [vip.id] + (web.map { [$0.id] } ?? [])
        let threshold = web.flatMap {
            findings.configurations.first?.configuration.migrationThreshold(of: $0.id)
        }
        let events: [(SchedulerForecast.Event, SchedulerQuestion.Subject, LocalizedText)] = [
            (
                .firstAway, .asFound,
                LocalizedText(fr: "si \(away) passe en standby", en: "if \(away) goes into standby")
            ),
            (.firstBack, .asFound, LocalizedText(fr: "puis en revient", en: "and then comes back")),
            (
                .fails, .failing,
                LocalizedText(
                    fr: "si \(web?.id ?? "") échoue \(threshold ?? 0) fois sur \(away)",
                    en: "if \(web?.id ?? "") fails \(threshold ?? 0) times on \(away)")
            ),
        ]
        let rows = events.compactMap { event, subject, words -> Told<[LocalizedText]>? in
            let places = resources.map { forecast.nodes(of: $0, after: event, subject) }
            guard !places.contains(nil) else { return nil }
            return Told(
                [words]
                    + places.map { nodes in
                        nodes.map { $0.isEmpty ? nowhere : joined($0) } ?? LocalizedText(verbatim: "–")
                    }, tellsOf: checks)
        }
        guard !rows.isEmpty else { return nil }
        return TableExhibit(
            id: "foretold",
            heading: LocalizedText(
                fr: "La bascule annoncée par Pacemaker (crm_simulate)",
                en: "The failover as Pacemaker foretells it (crm_simulate)"),
            columns: [LocalizedText(fr: "Événement", en: "Event")]
                + resources.map { LocalizedText(fr: "où tourne \($0)", en: "where \($0) runs") },
            rows: rows)
    }

    /// What a part of it tells as much as.
    private static let checks: [CheckID] = [
        "Q3.preference", "Q3.no-ban", "Q6.standby", "Q9.together", "Q9.migration-threshold",
    ]

    private static let nowhere = LocalizedText(fr: "nulle part", en: "nowhere")
}
