import GraderCore
import LinuxFacts
import Pacemaker

/// Q8. Verify that the HTTP service is started on the node where the cluster runs it, and not active on the other.
///
/// Each node's port is looked at from the network and on the node itself, as the sheet does with nmap, netstat or a
/// client; the looks must agree. A firewall that drops is not a closed port: what counts on the passive node is that
/// nothing listens. Before Q7 both ports are open, since Linux starts Apache at boot. Source: lab sheet, Q8 and
/// document 1, "Configuration de la ressource serviceWeb".
enum Q8 {
    static let question = Question<Findings>(
        "Q8", checks: [ports],
        probes: { stage, findings in
            switch stage {
            case .stamp, .trace, .closing: []
            case .nodes: WebPort.listeningProbes(findings)
            // The site at the virtual IP tells a server that listens there only from one that does not answer.
            case .network: WebPort.outsideProbes(findings) + WebProbe.probes(findings)
            }
        })

    static let ports = Check<Findings>(
        "Q8.ports", about: Subjects.webServer,
        title: LocalizedText(
            fr: "Le port ouvert sur le nœud actif, fermé sur l'autre",
            en: "The port open on the active node, closed on the other"),
        why: LocalizedText(
            fr: """
                Un serveur web qui tourne aussi sur le nœud passif échappe au cluster : il peut répondre à sa place, \
                avec d'autres données.
                """,
            en: """
                A web server that also runs on the passive node escapes the cluster: it may answer in its place, with \
                other data.
                """),
        seeYourself: "nmap -p 80 <node> ; ss -ltnp",
        hint: LocalizedText(
            fr:
                "Qui écoute sur le port du site, sur chacun des deux nœuds, et qui l'a démarré : le cluster, ou autre chose ?",
            en:
                "Who listens on the site's port on each of the two nodes, and what started it: the cluster, or something else?"
        ),
        mayWaitFor: ["Q7.running"] + .foundations,
        sources: MachineID.pair.flatMap { role in
            [WebPort.outside(role), ProbeID(role, WebPort.listening), ProbeID(role, ClusterProbe.status)]
        },
        expected: { findings, _ in
            let port = findings.lab.web.port
            return LocalizedText(
                fr:
                    "le port \(port) ouvert sur le nœud où le cluster a démarré le service, fermé sur l'autre",
                en: "port \(port) open on the node where the cluster started the service, closed on the other"
            )
        },
        judge: { web, findings, _ in judge(findings, web) })

    private static func judge(_ findings: Findings, _ web: FoundWebResource) -> Judgement {
        let views = MachineID.pair.map { (role: $0, view: WebPort.View(findings, $0)) }
        let seen = seen(
            views.map { (findings.label($0.role), $0.view) }, port: findings.lab.web.port)
        let placement = findings.placement(of: web.id)
        let names: [String]
        switch placement {
        case .unseen(let why): return .unseen(why)
        case .disputed:
            return Judgement(
                findings.disputed(.blocked(by: Q7.running.id)), [placement.words(web.id), seen].joined())
        case .agreed(let nodes): names = nodes
        }
        guard names.count == 1, let name = names.first else {
            return Judgement(
                findings.liveVerdict(.blocked(by: Q7.running.id), of: web.id),
                [Q2.startedOn(web.id, names), seen].joined())
        }
        guard let active = findings.role(named: name) else { return .unseen(unknownNode(name)) }
        let found = [Q2.startedOn(web.id, [name]), seen].joined()
        let here = onActive(WebPort.View(findings, active), active, findings)
        let there = onPassive(WebPort.View(findings, active.peer))
        // A server that listens on another port is lost once, where the cluster runs it.
        if here == .notMet, there != .notMet, findings.isListening(web) == false {
            return Judgement(.blocked(by: Q7.running.id), found)
        }
        for verdict in [here, there] where verdict == .notMet { return Judgement(.notMet, found) }
        for verdict in [here, there] where verdict != .met { return Judgement(verdict, found) }
        return Judgement(.met, found)
    }

    private static func onActive(_ view: WebPort.View, _ role: MachineID, _ findings: Findings) -> Verdict {
        switch view.verdict {
        case .open: return .met
        case .unknown: return .notAssessed(.noEvidence)
        case .closed: return .notMet
        case .contradiction:
            guard view.outside != .open else { return .notAssessed(.contradiction) }
            // It listens, but not at the node's own address, or behind a firewall: does it answer where it should?
            let holds = findings.virtualIP.found?.address.map { findings.holders(of: $0) == [role] } ?? false
            guard holds, let exchange = WebProbe.exchange(.vip, findings) else {
                return .notAssessed(.contradiction)
            }
            if exchange.answer.ranOutOfTime { return .notAssessed(.timedOut) }
            guard case .notConnected = exchange.answer else { return .met }
            // A port that was silent once may be open: only that all is silent there says more.
            if view.outside == .filtered, !exchange.answer.isSilence { return .notAssessed(.noEvidence) }
            return Q4.verdictWithoutResponse(exchange.answer, of: .vip, findings)
        }
    }

    private static func onPassive(_ view: WebPort.View) -> Verdict {
        if !(view.listeners ?? []).isEmpty { return .notMet }
        switch view.verdict {
        case .open: return .notMet
        case .closed: return .met
        // A proxy on the way that takes every connection answers for a node on which nothing listens.
        case .contradiction: return .notAssessed(.contradiction)
        case .unknown: return .notAssessed(.noEvidence)
        }
    }

    private static func unknownNode(_ name: String) -> LocalizedText {
        LocalizedText(
            fr: "crm_mon dit \(name), un nœud qui n'a pu être joint",
            en: "crm_mon says \(name), a node that could not be reached")
    }

    /// `serv1 : ouvert (apache2) ; serv2 : fermé`.
    private static func seen(_ views: [(String, WebPort.View)], port: Int) -> LocalizedText {
        views.map { name, view in
            let said = outside(view.outside)
            let who = listeners(view.listeners)
            return LocalizedText(
                fr: "\(name) : port \(port) \(said), \(who)",
                en: "\(name): port \(port) \(said), \(who)")
        }.joined()
    }

    private static func outside(_ state: PortProbeResult.State?) -> LocalizedText {
        switch state {
        case .open: LocalizedText(fr: "ouvert", en: "open")
        case .closed: LocalizedText(fr: "fermé", en: "closed")
        case .filtered: LocalizedText(fr: "filtré (rien ne répond)", en: "filtered (nothing answers)")
        case .hostUnreachable: LocalizedText(fr: "injoignable", en: "unreachable")
        case nil: LocalizedText(fr: "non vu du réseau", en: "not seen from the network")
        }
    }

    private static func listeners(_ sockets: [ListeningSockets.Socket]?) -> LocalizedText {
        guard let sockets else {
            return LocalizedText(fr: "écoutes non lues", en: "listening sockets not read")
        }
        guard !sockets.isEmpty else { return LocalizedText(fr: "rien n'écoute", en: "nothing listens") }
        let names = Set(sockets.flatMap { $0.processes.map(\.name) }).sorted()
        guard !names.isEmpty else { return LocalizedText(fr: "à l'écoute", en: "listening") }
        let list = names.joined(separator: ", ")
        return LocalizedText(fr: "\(list) à l'écoute", en: "\(list) listening")
    }
}
