import GraderCore
import LinuxFacts
import Pacemaker

/// Q7. Create the resource “serviceWeb” and verify on which node it starts.
///
/// Any agent that runs the roster's kind of web server counts, as far as the rubric allows it: `lsb:apache2` of the
/// sheet's command, `ocf:heartbeat:apache` of its example, `systemd:`, `service:`. The sheet says 40 s in a sentence
/// and 60 s in the command: both are right. Names are free, and before Q9 any node is. Source: lab sheet, Q7 and
/// document 1, "Configuration de la ressource serviceWeb".
enum Q7 {
    static let question = Question<Findings>(
        "Q7",
        parameters: [
            ParameterDefinition("agents", .texts),
            ParameterDefinition("monitor-intervals", .durations),
            ParameterDefinition("start-timeouts", .durations),
            ParameterDefinition("stop-timeouts", .durations),
        ],
        checks: [primitive, monitor, startTimeout, stopTimeout, running],
        probes: { stage, findings in stage == .nodes ? WebPort.listeningProbes(findings) : [] })

    /// The primitive, as this question's own checks say that there is none.
    private static let configured = subject(find: \.webResource)

    private static func subject(
        find: @escaping @Sendable (Findings) -> Lookup<FoundWebResource>
    ) -> Subject<Findings, FoundWebResource> {
        Subject(
            declaredBy: "Q7.primitive", unknown: \.unreadConfiguration,
            absent: { noPrimitive($0.otherPrimitives) },
            sources: { $0.configurations.map(\.probe) }, find: find)
    }

    private static func noPrimitive(_ others: [String]) -> LocalizedText {
        guard !others.isEmpty else {
            return LocalizedText(
                fr: "aucune primitive pour un serveur web", en: "no primitive for a web server")
        }
        let list = others.joined(separator: ", ")
        return LocalizedText(
            fr: "aucune primitive pour ce serveur web ; il y a : \(list)",
            en: "no primitive for this web server; there is: \(list)")
    }

    static let primitive = Check<Findings>(
        "Q7.primitive",
        // One node says so and the other denies it: that is what the student has to read.
        about: subject { findings in
            findings.contestedWebResource.map { .found($0) } ?? findings.webResource
        },
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
        ),
        expected: { _, parameters in
            let classes = agents(parameters).map { $0 + ":…" }
            return LocalizedText(
                fr:
                    "une primitive qui lance le serveur web (\(classes.joined(separator: " ou "))), de nom libre",
                en:
                    "a primitive that runs the web server (\(classes.joined(separator: " or "))), under any name"
            )
        },
        judge: { web, findings, parameters in
            let agents = agents(parameters)
            let server = findings.lab.web.server
            return findings.fact(ofPrimitive: web.id) { configuration, primitive in
                let agent = configuration.agent(of: primitive)
                let isAllowed = agents.contains { agent == $0 || agent.hasPrefix($0 + ":") }
                return FactReading(
                    configuration.isWebServer(primitive, server) && isAllowed,
                    LocalizedText(verbatim: "\(primitive.id) (\(agent))"))
            }
        })

    /// Where the rubric says nothing: every way that Pacemaker knows to run a web server.
    private static func agents(_ parameters: Parameters) -> [String] {
        parameters.texts("agents") ?? ["lsb", "ocf:heartbeat", "systemd", "service"]
    }

    static let monitor = Check<Findings>(
        "Q7.monitor", about: configured,
        title: LocalizedText(fr: "Le test de vie du service", en: "The service's monitor"),
        why: LocalizedText(
            fr: "Sans test périodique, un serveur web arrêté le reste sans que le cluster ne réagisse.",
            en:
                "Without a recurring monitor a web server that stopped stays so, and the cluster does nothing."
        ),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Tous les combien l'énoncé fait-il tester « la vie » du service web ?",
            en: "How often does the sheet have the web service's “life” tested?"),
        expected: { Operations.expectedMonitor(monitorIntervals($1)) },
        judge: { Operations.monitor(of: $0.id, $1, accepted: monitorIntervals($2)) })

    static let startTimeout = Check<Findings>(
        "Q7.start-timeout", about: configured,
        title: LocalizedText(fr: "Le délai de démarrage du service", en: "The service's start time-out"),
        why: LocalizedText(
            fr:
                "Un démarrage manqué fait partir la ressource : il faut laisser au serveur le temps de démarrer.",
            en: "A failed start sends the resource away: the server must be given the time to start."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Une opération par action : laquelle porte le délai de démarrage ?",
            en: "One operation for each action: which one carries the start time-out?"),
        expected: { Operations.expectedTimeout("start", timeouts("start", $1)) },
        judge: { Operations.timeout(of: "start", of: $0.id, $1, accepted: timeouts("start", $2)) })

    static let stopTimeout = Check<Findings>(
        "Q7.stop-timeout", about: configured,
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
            en: "One operation for each action: which one carries the stop time-out?"),
        expected: { Operations.expectedTimeout("stop", timeouts("stop", $1)) },
        judge: { Operations.timeout(of: "stop", of: $0.id, $1, accepted: timeouts("stop", $2)) })

    private static func monitorIntervals(_ parameters: Parameters) -> [Duration] {
        parameters.durations("monitor-intervals") ?? [.seconds(60)]
    }
    private static func timeouts(_ operation: String, _ parameters: Parameters) -> [Duration] {
        parameters.durations("\(operation)-timeouts") ?? [.seconds(40), .seconds(60)]
    }

    /// Started on one node, as every view of the cluster says, and something listens there.
    static let running = Check<Findings>(
        "Q7.running", about: configured,
        title: LocalizedText(
            fr: "Le service est démarré sur un seul nœud", en: "The service is started on one node"),
        why: LocalizedText(
            fr: "Une ressource configurée mais arrêtée ne rend aucun service.",
            en: "A resource that is configured but stopped serves nobody."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr: "Que dit crm_mon de la ressource ? S'il y a une action en échec, quel en est le motif ?",
            en: "What does crm_mon say of the resource? If an action failed, what is the reason given?"),
        mayWaitFor: ["Q1.running"] + .foundations,
        expected: { _, _ in
            LocalizedText(
                fr: "le service démarré par le cluster sur un nœud et un seul, et à l'écoute sur ce nœud",
                en: "the service started by the cluster on one node and one only, and listening there")
        },
        judge: { web, findings, _ in
            let sources =
                findings.statusSources
                + MachineID.pair.map { ProbeID($0, WebPort.listening) }
            func result(_ verdict: Verdict, _ found: LocalizedText) -> Judgement {
                Judgement(verdict, found, sources: sources)
            }
            let names: [String]
            switch findings.placement(of: web.id) {
            case .unseen(let why): return result(.notAssessed(.noEvidence), why)
            case .disputed(let views): return result(findings.disputed(.notMet), views)
            case .agreed(let nodes): names = nodes
            }
            let found = Q2.startedOn(web.id, names)
            guard names.count == 1, let name = names.first else {
                // A member waits for the address that stands before it in the group: that is lost once, at the address.
                let waits = names.isEmpty && findings.waitsForAddress(web)
                return result(
                    findings.liveVerdict(waits ? .blocked(by: Q1.running.id) : .notMet, of: web.id), found)
            }
            // The cluster's word against the kernel's: a `crm_mon` that lies runs no web server.
            switch findings.isListening(web) {
            case nil: return result(.notAssessed(.noEvidence), found + socketsUnseen(name))
            case false?:
                return result(.notMet, found + nobodyListens(name, findings.lab.web.port))
            case true?: return result(.met, found)
            }
        })

    private static func socketsUnseen(_ node: String) -> LocalizedText {
        LocalizedText(
            fr: ", mais ce qui y est à l'écoute n'a pu être lu (« ss -ltn » sur \(node))",
            en: ", but what listens there could not be read (“ss -ltn” on \(node))")
    }
    private static func nobodyListens(_ node: String, _ port: Int) -> LocalizedText {
        LocalizedText(
            fr: ", mais rien n'y écoute sur le port \(port) (« ss -ltn » sur \(node))",
            en: ", but nothing listens on port \(port) there (“ss -ltn” on \(node))")
    }
}
