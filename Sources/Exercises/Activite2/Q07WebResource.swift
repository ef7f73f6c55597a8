import GraderCore
import LinuxFacts
import Pacemaker

/// Q7. Create the resource “serviceWeb” and verify on which node it starts.
///
/// Any agent that runs the roster's kind of web server counts, as far as the rubric allows it: `lsb:apache2` of the
/// sheet's command, `ocf:heartbeat:apache` of its example, `systemd:`, `service:`. The sheet says 40 s in a sentence
/// and 60 s in the command: both are right. Names are free, and before Q9 any node is. Source: lab sheet, Q7 and
/// document 1, "Configuration de la ressource serviceWeb".
struct Q07WebResource: QuestionModule {
    let id = QuestionID("Q7")
    let checks = [Q7.primitive, Q7.monitor, Q7.startTimeout, Q7.stopTimeout, Q7.running]
    let parameters = [
        ParameterDefinition("agents", .texts),
        ParameterDefinition("monitor-intervals", .durations),
        ParameterDefinition("start-timeouts", .durations),
        ParameterDefinition("stop-timeouts", .durations),
    ]

    init() {}

    func probes(_ stage: ProbeStage, findings: Findings) -> [Probe] {
        stage == .nodes ? WebPort.listeningProbes(findings) : []
    }

    func judge(_ findings: Findings, parameters: Parameters) -> [CheckResult] {
        let agents = parameters.texts("agents") ?? Q7.everyAgent
        let monitor = parameters.durations("monitor-intervals") ?? [.seconds(60)]
        let start = parameters.durations("start-timeouts") ?? [.seconds(40), .seconds(60)]
        let stop = parameters.durations("stop-timeouts") ?? [.seconds(40), .seconds(60)]
        let expected: [CheckID: LocalizedText] = [
            Q7.primitive.id: Q7.expectedPrimitive(agents), Q7.monitor.id: Q1.expectedMonitor(monitor),
            Q7.startTimeout.id: Q1.expectedTimeout("start", start),
            Q7.stopTimeout.id: Q1.expectedTimeout("stop", stop), Q7.running.id: Q7.expectedRunning,
        ]
        switch findings.webResource {
        case .unknown:
            return checks.map {
                $0.result(
                    .notAssessed(.noEvidence), expected: expected[$0.id] ?? .none, found: .noConfiguration)
            }
        case .absent:
            let sources = findings.configurations.map(\.probe)
            let found = Q7.noPrimitive(findings.otherPrimitives)
            return checks.map {
                // One node says so and the other denies it: that is what the student has to read.
                if $0.id == Q7.primitive.id, let contested = findings.contestedWebResource {
                    return primitive(findings, contested, agents: agents)
                }
                return $0.result(
                    $0.id == Q7.primitive.id ? .notMet : .blocked(by: Q7.primitive.id),
                    expected: expected[$0.id] ?? .none, found: found, sources: sources)
            }
        case .found(let web):
            return [
                primitive(findings, web, agents: agents),
                Q7.monitor.monitorInterval(findings, ofPrimitive: web.id, accepted: monitor),
                Q7.startTimeout.timeout(of: "start", findings, ofPrimitive: web.id, accepted: start),
                Q7.stopTimeout.timeout(of: "stop", findings, ofPrimitive: web.id, accepted: stop),
                running(findings, web),
            ]
        }
    }

    private func primitive(_ findings: Findings, _ web: FoundWebResource, agents: [String]) -> CheckResult {
        let server = findings.lab.web.server
        let outcome = findings.fact(ofPrimitive: web.id) { configuration, primitive in
            let agent = configuration.agent(of: primitive)
            let isAllowed = agents.contains { agent == $0 || agent.hasPrefix($0 + ":") }
            return FactReading(
                configuration.isWebServer(primitive, server) && isAllowed,
                LocalizedText(verbatim: "\(primitive.id) (\(agent))"))
        }
        return Q7.primitive.result(outcome, expected: Q7.expectedPrimitive(agents))
    }

    /// Started on one node, as every view of the cluster says, and something listens there.
    private func running(_ findings: Findings, _ web: FoundWebResource) -> CheckResult {
        let sources =
            findings.statuses.keys.sorted().map { ProbeID($0, ClusterProbe.status) }
            + MachineID.pair.map { ProbeID($0, WebPort.listening) }
        func result(_ verdict: Verdict, _ found: LocalizedText) -> CheckResult {
            Q7.running.result(verdict, expected: Q7.expectedRunning, found: found, sources: sources)
        }
        if let unseen = findings.unseenStatus { return result(.notAssessed(.noEvidence), unseen) }
        guard let names = findings.agreedActiveNodes(of: web.id) else {
            let views = MachineID.pair.compactMap { role in
                findings.statuses[role].map { (findings.label(role), $0.activeNodes(of: web.id)) }
            }
            return result(.notMet, Q2.viewsDiffer(views))
        }
        let found = Q2.startedOn(web.id, names.sorted())
        guard names.count == 1, let name = names.first else {
            // A member waits for the address that stands before it in the group: that is lost once, at the address.
            let waits = names.isEmpty && findings.waitsForAddress(web)
            return result(
                findings.liveVerdict(waits ? .blocked(by: Q1.running.id) : .notMet, of: web.id), found)
        }
        // The cluster's word against the kernel's: a `crm_mon` that lies runs no web server.
        switch findings.isListening(web) {
        case nil: return result(.notAssessed(.noEvidence), found + Q7.socketsUnseen(name))
        case false?:
            return result(.notMet, found + Q7.nobodyListens(name, findings.lab.web.port))
        case true?: return result(.met, found)
        }
    }
}

extension Findings {
    /// Whether the web service cannot start because the virtual IP, which it is tied to, runs nowhere.
    fileprivate func waitsForAddress(_ web: FoundWebResource) -> Bool {
        guard let vip = virtualIP.found, agreedActiveNodes(of: vip.id) == [],
            let configuration = configurations.first?.configuration
        else { return false }
        return configuration.runTogether(web.id, vip.id) && configuration.starts(vip.id, before: web.id)
    }

    /// Whether the cluster has the web server in its hands and runs it nowhere, or somewhere where nothing listens; nil
    /// where that was not seen.
    var isWebServerDown: Bool? {
        guard let web = webResource.found else { return false }
        guard unseenStatus == nil else { return nil }
        switch agreedActiveNodes(of: web.id)?.count {
        case 0?: return true
        case 1?: return isListening(web).map { !$0 }
        default: return false
        }
    }

    /// Whether the web server is started on a node, and nothing listens on the site's port there.
    func isDeaf(_ web: FoundWebResource) -> Bool { isListening(web) == false }

    /// Whether something listens on the site's port on the one node where the web server is started; nil where there is
    /// no such node, or its sockets could not be read.
    func isListening(_ web: FoundWebResource) -> Bool? {
        guard let names = agreedActiveNodes(of: web.id), names.count == 1, let name = names.first,
            let role = role(named: name), let sockets = WebPort.sockets(self, role)
        else { return nil }
        return sockets.sockets.contains { $0.port == lab.web.port }
    }

    /// The agents of the other primitives, for a student who created one that is not recognised.
    fileprivate var otherPrimitives: [String] {
        guard let configuration = configurations.first?.configuration else { return [] }
        return configuration.primitives.filter { !configuration.isVirtualIP($0) }.prefix(6).map {
            "\($0.id) (\(configuration.agent(of: $0)))"
        }
    }
}

enum Q7 {
    /// Every way that Pacemaker knows to run a web server.
    static let everyAgent = ["lsb", "ocf:heartbeat", "systemd", "service"]

    static let primitive = CheckDefinition(
        "Q7.primitive",
        title: LocalizedText(fr: "Une primitive pour le serveur web", en: "A primitive for the web server"),
        why: LocalizedText(
            fr:
                "Tant que le cluster ne gère pas le serveur web, il tourne partout, et personne ne le relance s'il tombe.",
            en:
                "Until the cluster manages the web server it runs everywhere, and nobody restarts it when it fails."
        ),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr:
                "Document 1 : un script de /etc/init.d ou un agent OCF peut démarrer le serveur. Lesquels avez-vous ?",
            en:
                "Document 1: a script in /etc/init.d or an OCF agent can start the server. Which of them do you have?"
        ))
    static let monitor = CheckDefinition(
        "Q7.monitor",
        title: LocalizedText(fr: "Le test de vie du service", en: "The service's monitor"),
        why: LocalizedText(
            fr: "Sans test périodique, un serveur web arrêté le reste sans que le cluster ne réagisse.",
            en:
                "Without a recurring monitor a web server that stopped stays so, and the cluster does nothing."
        ),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Tous les combien l'énoncé fait-il tester « la vie » du service web ?",
            en: "How often does the sheet have the web service's “life” tested?"))
    static let startTimeout = CheckDefinition(
        "Q7.start-timeout",
        title: LocalizedText(fr: "Le délai de démarrage du service", en: "The service's start time-out"),
        why: LocalizedText(
            fr:
                "Un démarrage manqué fait partir la ressource : il faut laisser au serveur le temps de démarrer.",
            en: "A failed start sends the resource away: the server must be given the time to start."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Une opération par action : laquelle porte le délai de démarrage ?",
            en: "One operation for each action: which one carries the start time-out?"))
    static let stopTimeout = CheckDefinition(
        "Q7.stop-timeout",
        title: LocalizedText(fr: "Le délai d'arrêt du service", en: "The service's stop time-out"),
        why: LocalizedText(
            fr:
                "Avec un délai trop court, un arrêt normal passe pour un échec, et la ressource reste bloquée où elle est.",
            en:
                "With too short a time-out a normal stop counts as a failure, and the resource stays blocked where it is."
        ),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Une opération par action : laquelle porte le délai d'arrêt ?",
            en: "One operation for each action: which one carries the stop time-out?"))
    static let running = CheckDefinition(
        "Q7.running",
        title: LocalizedText(
            fr: "Le service est démarré sur un seul nœud", en: "The service is started on one node"),
        why: LocalizedText(
            fr: "Une ressource configurée mais arrêtée ne rend aucun service.",
            en: "A resource that is configured but stopped serves nobody."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr: "Que dit crm_mon de la ressource ? S'il y a une action en échec, quel en est le motif ?",
            en: "What does crm_mon say of the resource? If an action failed, what is the reason given?"),
        alsoSeenIn: [.resources])

    static let expectedRunning = LocalizedText(
        fr: "le service démarré par le cluster sur un nœud et un seul, et à l'écoute sur ce nœud",
        en: "the service started by the cluster on one node and one only, and listening there")

    static func expectedPrimitive(_ agents: [String]) -> LocalizedText {
        let classes = agents.map { $0 + ":…" }
        return LocalizedText(
            fr: "une primitive qui lance le serveur web (\(classes.joined(separator: " ou "))), de nom libre",
            en: "a primitive that runs the web server (\(classes.joined(separator: " or "))), under any name")
    }
    static func noPrimitive(_ others: [String]) -> LocalizedText {
        guard !others.isEmpty else {
            return LocalizedText(
                fr: "aucune primitive pour un serveur web", en: "no primitive for a web server")
        }
        let list = others.joined(separator: ", ")
        return LocalizedText(
            fr: "aucune primitive pour ce serveur web ; il y a : \(list)",
            en: "no primitive for this web server; there is: \(list)")
    }
    static func socketsUnseen(_ node: String) -> LocalizedText {
        LocalizedText(
            fr: ", mais ce qui y est à l'écoute n'a pu être lu (« ss -ltn » sur \(node))",
            en: ", but what listens there could not be read (“ss -ltn” on \(node))")
    }
    static func nobodyListens(_ node: String, _ port: Int) -> LocalizedText {
        LocalizedText(
            fr: ", mais rien n'y écoute sur le port \(port) (« ss -ltn » sur \(node))",
            en: ", but nothing listens on port \(port) there (“ss -ltn” on \(node))")
    }
}
