import GraderCore
import Pacemaker

/// How a primitive's operations are judged, the same for the virtual IP (Q1) and for the web server (Q7).
enum Operations {
    /// A recurring monitor at one of the accepted intervals (Pacemaker Explained, "Resource Operations").
    static func monitor(
        of id: String, _ findings: Findings, accepted: [Duration]
    ) -> Judgement {
        findings.fact(ofPrimitive: id) { configuration, primitive in
            let intervals = configuration.recurringMonitors(of: primitive).compactMap(\.interval)
            if intervals.isEmpty {
                let idle = configuration.effectiveOperations(of: primitive).first {
                    $0.name == "monitor" && ($0.interval ?? .zero) > .zero
                }
                return FactReading(false, idle.map(idleMonitor) ?? noMonitor)
            }
            return FactReading(
                intervals.contains { accepted.contains($0) },
                LocalizedText(
                    verbatim: "op monitor interval="
                        + intervals.map(\.speltWithMinutes).joined(separator: ", ")))
        }
    }

    /// The time-out that applies to an operation, its own or a default's.
    static func timeout(
        of operation: String, of id: String, _ findings: Findings, accepted: [Duration]
    ) -> Judgement {
        findings.fact(ofPrimitive: id) { configuration, primitive in
            let effective = configuration.effectiveTimeout(of: operation, primitive: primitive)
            return FactReading(
                accepted.contains(effective),
                foundTimeout(operation, effective, configuration, primitive))
        }
    }

    static func expectedMonitor(_ accepted: [Duration]) -> LocalizedText {
        let times = accepted.map(\.spelt)
        return LocalizedText(
            fr: "un test de vie toutes les \(times.joined(separator: " ou "))",
            en: "a monitor every \(times.joined(separator: " or "))")
    }
    static func expectedTimeout(_ operation: String, _ accepted: [Duration]) -> LocalizedText {
        let times = accepted.map(\.spelt)
        return LocalizedText(
            fr: "op \(operation) timeout=\(times.joined(separator: " ou "))",
            en: "op \(operation) timeout=\(times.joined(separator: " or "))")
    }

    private static let noMonitor = LocalizedText(
        fr: "aucun test périodique (op monitor absent, ou intervalle nul)",
        en: "no recurring monitor (no op monitor, or an interval of zero)")
    /// One that is there and never run while the resource is started.
    private static func idleMonitor(_ monitor: ClusterConfiguration.Operation) -> LocalizedText {
        let interval = (monitor.interval ?? .zero).speltWithMinutes
        if let role = monitor.role, role != "Started" {
            return LocalizedText(
                fr: "op monitor interval=\(interval), mais pour le rôle \(role) seulement",
                en: "op monitor interval=\(interval), but for the role \(role) only")
        }
        return LocalizedText(
            fr: "op monitor interval=\(interval), mais désactivé (enabled=false)",
            en: "op monitor interval=\(interval), but switched off (enabled=false)")
    }
    private static func foundTimeout(
        _ operation: String, _ effective: Duration, _ configuration: ClusterConfiguration,
        _ primitive: ClusterConfiguration.Primitive
    ) -> LocalizedText {
        // Its own, or its template's.
        let timed = configuration.timedOperation(operation, of: primitive)
        if let unreadable = timed?.attrs["timeout"] {
            return LocalizedText(
                fr: """
                    op \(operation) timeout=\(unreadable), que Pacemaker ne sait pas lire : c'est la valeur par défaut qui vaut \
                    (\(effective.spelt))
                    """,
                en: """
                    op \(operation) timeout=\(unreadable), which Pacemaker cannot read: the default applies (\(effective.spelt))
                    """)
        }
        if timed?.timeout != nil || timed?.meta["timeout"] != nil {
            return LocalizedText(verbatim: "op \(operation) timeout=\(effective.speltWithMinutes)")
        }
        let same = configuration.effectiveOperations(of: primitive).first { $0.name == operation }
        if timed == nil, let interval = same?.interval {
            return LocalizedText(
                fr: """
                    op \(operation) interval=\(interval.spelt), mais Pacemaker n'emploie que celle d'interval=0 : c'est la valeur par \
                    défaut qui vaut (\(effective.spelt))
                    """,
                en: """
                    op \(operation) interval=\(interval.spelt), but Pacemaker uses only the one of interval=0: the default applies \
                    (\(effective.spelt))
                    """)
        }
        return LocalizedText(
            fr: "aucun délai pour \(operation) : c'est la valeur par défaut qui vaut (\(effective.spelt))",
            en: "no time-out for \(operation): the default applies (\(effective.spelt))")
    }
}

// Q1's operations: a monitor every 10 s, a start time-out of 30 s and a stop time-out of 40 s.
extension Q1 {
    static let monitorInterval = Check<Findings>(
        "Q1.monitor-interval", about: configured,
        title: LocalizedText(fr: "Le test de vie de la ressource", en: "The resource's monitor"),
        why: LocalizedText(
            fr: "Sans test périodique, Pacemaker ne s'aperçoit pas que l'adresse a disparu.",
            en: "Without a recurring monitor Pacemaker does not notice that the address has gone."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Quelle opération teste la ressource, et quel intervalle l'énoncé demande-t-il ?",
            en: "Which operation tests the resource, and which interval does the sheet ask for?"),
        expected: { Operations.expectedMonitor(monitorIntervals($1)) },
        judge: { Operations.monitor(of: $0.id, $1, accepted: monitorIntervals($2)) })

    static let startTimeout = Check<Findings>(
        "Q1.start-timeout", about: configured,
        title: LocalizedText(fr: "Le délai de démarrage", en: "The start time-out"),
        why: LocalizedText(
            fr: "Passé ce délai, Pacemaker tient le démarrage pour manqué et déplace la ressource.",
            en: "After this time Pacemaker takes the start for failed and moves the resource."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Une opération par action : laquelle porte le délai de démarrage ?",
            en: "One operation for each action: which one carries the start time-out?"),
        expected: { Operations.expectedTimeout("start", startTimeouts($1)) },
        judge: { Operations.timeout(of: "start", of: $0.id, $1, accepted: startTimeouts($2)) })

    static let stopTimeout = Check<Findings>(
        "Q1.stop-timeout", about: configured,
        title: LocalizedText(fr: "Le délai d'arrêt", en: "The stop time-out"),
        why: LocalizedText(
            fr: "Un arrêt qui n'aboutit pas bloque la ressource : le délai dit quand s'en apercevoir.",
            en: "A stop that fails blocks the resource: the time-out says when to notice."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Une opération par action : laquelle porte le délai d'arrêt ?",
            en: "One operation for each action: which one carries the stop time-out?"),
        expected: { Operations.expectedTimeout("stop", stopTimeouts($1)) },
        judge: { Operations.timeout(of: "stop", of: $0.id, $1, accepted: stopTimeouts($2)) })

    private static func monitorIntervals(_ parameters: Parameters) -> [Duration] {
        parameters.durations("monitor-intervals") ?? [.seconds(10)]
    }
    private static func startTimeouts(_ parameters: Parameters) -> [Duration] {
        parameters.durations("start-timeouts") ?? [.seconds(30)]
    }
    private static func stopTimeouts(_ parameters: Parameters) -> [Duration] {
        parameters.durations("stop-timeouts") ?? [.seconds(40)]
    }
}
