import GraderCore
import LinuxFacts
import Pacemaker

/// Q9. Group the resources so that they are active on the same node.
///
/// A group with the address first, or anything with the same effect: a mandatory colocation and an order. The
/// number of failures after which they move is what is in force for the web service, wherever it is written: on
/// the group, on the member, in `rsc_defaults`. Names are free (`servweb` and `servIntralab` in the sheet). Source:
/// lab sheet, Q9 and document 1, "Configuration de la ressource serviceWeb".
enum Q9 {
    static let question = Question<Findings>(
        "Q9", parameters: [ParameterDefinition("migration-threshold", .number)],
        checks: [together, order, sameNode, migrationThreshold])

    /// The address and the service.
    private static let both = Subjects.virtualIP.and(Subjects.webServer)

    static let together = Check<Findings>(
        "Q9.together", about: both,
        title: LocalizedText(
            fr: "L'adresse et le service liés l'un à l'autre", en: "Address and service tied to each other"),
        why: LocalizedText(
            fr:
                "Sans lien, Pacemaker répartit les ressources : l'adresse d'un côté, le serveur web de l'autre.",
            en: "Without a tie Pacemaker spreads the resources: the address here, the web server there."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr:
                "Document 1 : quelle est « la solution la plus simple » pour que deux ressources restent ensemble ?",
            en: "Document 1: what is the simplest way to keep two resources together?"),
        expected: { _, _ in
            LocalizedText(
                fr: "un groupe, ou une colocation obligatoire",
                en: "a group, or a mandatory colocation")
        },
        judge: { both, findings, _ in
            let (vip, web) = both
            return findings.fact { configuration in
                let score = configuration.colocationScore(web.id, vip.id)
                return FactReading(score == .infinity, tie(configuration, vip.id, web.id, score))
            }
        })

    private static func tie(
        _ configuration: ClusterConfiguration, _ vip: String, _ web: String, _ score: Score
    ) -> LocalizedText {
        let group = configuration.groups.first { $0.members.contains(vip) && $0.members.contains(web) }
        if let group, score == .infinity {
            return LocalizedText(
                fr: "groupe \(group.id) : \(group.members.joined(separator: ", "))",
                en: "group \(group.id): \(group.members.joined(separator: ", "))")
        }
        if let group, score == .zero {
            return LocalizedText(
                fr: "groupe \(group.id) avec collocated=false : rien n'y tient \(vip) et \(web) ensemble",
                en: "group \(group.id) with collocated=false: nothing in it keeps \(vip) and \(web) together")
        }
        if score == .zero {
            return LocalizedText(
                fr: "rien ne lie \(vip) et \(web)", en: "nothing ties \(vip) and \(web) together")
        }
        return LocalizedText(
            fr: "colocation de \(vip) et \(web), score \(score)",
            en: "colocation of \(vip) and \(web), score \(score)")
    }

    /// The address before the service: Apache may be bound to the address, and stops first.
    static let order = Check<Findings>(
        "Q9.order", about: both,
        title: LocalizedText(
            fr: "L'adresse d'abord, le service ensuite", en: "First the address, then the service"),
        why: LocalizedText(
            fr:
                "Le serveur web doit trouver l'adresse en place quand il démarre, et s'arrêter avant qu'elle parte.",
            en:
                "The web server has to find the address in place when it starts, and to stop before it leaves."
        ),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Dans quel ordre un groupe démarre-t-il ses membres ?",
            en: "In which order does a group start its members?"),
        mayWaitFor: ["Q9.together"],
        expected: { _, _ in
            LocalizedText(
                fr: "l'adresse démarrée avant le service (ordre du groupe, ou contrainte d'ordre)",
                en: "the address started before the service (the group's order, or an order constraint)")
        },
        judge: { both, findings, parameters in
            let (vip, web) = both
            var isReversed = false
            var outcome = findings.fact { configuration in
                if configuration.starts(web.id, before: vip.id) {
                    isReversed = true
                    return FactReading(false, sequence(web.id, vip.id))
                }
                let holds = configuration.starts(vip.id, before: web.id)
                return FactReading(holds, holds ? sequence(vip.id, web.id) : noOrder)
            }
            if outcome.verdict == .notMet, !isReversed,
                together.judgement(findings, parameters).verdict == .notMet
            {
                outcome.verdict = .blocked(by: together.id)
            }
            return outcome
        })

    private static let noOrder = LocalizedText(
        fr: "rien ne dit dans quel ordre l'adresse et le service démarrent",
        en: "nothing says in which order the address and the service start")
    private static func sequence(_ first: String, _ then: String) -> LocalizedText {
        LocalizedText(fr: "\(first) d'abord, \(then) ensuite", en: "\(first) first, then \(then)")
    }

    static let sameNode = Check<Findings>(
        "Q9.same-node", about: both,
        title: LocalizedText(fr: "Actives sur le même nœud", en: "Active on the same node"),
        why: LocalizedText(
            fr: "C'est le but : qui joint l'adresse doit trouver le serveur web derrière elle.",
            en: "This is the aim: whoever reaches the address has to find the web server behind it."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr: "Que dit crm_mon de chacune des deux ressources ?",
            en: "What does crm_mon say of each of the two resources?"),
        mayWaitFor: ["Q9.together", "Q1.running", "Q7.running"] + .foundations,
        expected: { _, _ in
            LocalizedText(
                fr: "l'adresse et le service démarrés sur le même nœud",
                en: "the address and the service started on the same node")
        },
        judge: { both, findings, parameters in
            let (vip, web) = both
            let isTogether = together.judgement(findings, parameters).verdict
            return judgeSameNode(findings, vip, web, isTogether: isTogether)
                .unlessSilent(findings, vip.address)
        })

    private static func judgeSameNode(
        _ findings: Findings, _ vip: FoundVirtualIP, _ web: FoundWebResource, isTogether: Verdict
    ) -> Judgement {
        let sources = findings.statusSources
        func result(_ verdict: Verdict, _ found: LocalizedText) -> Judgement {
            Judgement(verdict, found, sources: sources)
        }
        if let unseen = findings.unseenStatus { return result(.notAssessed(.noEvidence), unseen) }
        let places = [(vip.id, findings.placement(of: vip.id)), (web.id, findings.placement(of: web.id))]
        let found = places.map { $0.1.words($0.0) }.joined()
        guard let vipNodes = findings.agreedActiveNodes(of: vip.id) else {
            return result(findings.disputed(.blocked(by: Q1.running.id)), found)
        }
        guard let webNodes = findings.agreedActiveNodes(of: web.id) else {
            return result(findings.disputed(.blocked(by: Q7.running.id)), found)
        }
        if isTogether == .notMet { return result(.blocked(by: Q9.together.id), found) }
        guard vipNodes.count == 1 else {
            return result(findings.liveVerdict(.blocked(by: Q1.running.id), of: vip.id), found)
        }
        guard webNodes.count == 1 else {
            return result(findings.liveVerdict(.blocked(by: Q7.running.id), of: web.id), found)
        }
        guard vipNodes == webNodes, let name = vipNodes.first else { return result(.notMet, found) }
        // The cluster's word against the interfaces': the address has to be there, too.
        if let address = vip.address, let role = findings.role(named: name) {
            guard findings.interfaces[role] != nil else {
                return result(.notAssessed(.noEvidence), [found, Q2.nodeUnseen(name)].joined())
            }
            guard findings.holders(of: address).contains(role) else {
                return result(
                    .blocked(by: Q1.running.id), found + addressMissing(address.description, name))
            }
        }
        return result(.met, found)
    }

    private static func addressMissing(_ address: String, _ node: String) -> LocalizedText {
        LocalizedText(
            fr: " ; mais \(address) n'est pas sur \(node)", en: "; but \(address) is not on \(node)")
    }

    static let migrationThreshold = Check<Findings>(
        "Q9.migration-threshold", about: both,
        title: LocalizedText(fr: "Le seuil de migration", en: "The migration threshold"),
        why: LocalizedText(
            fr: "Sans seuil, un service qui retombe sans cesse est relancé sans fin sur le même nœud.",
            en: "Without a threshold a service that keeps failing is restarted on the same node for ever."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Combien d'incidents le document 1 tolère-t-il avant la migration, et où cela s'écrit-il ?",
            en: "How many failures does document 1 tolerate before the migration, and where is that written?"),
        expected: { LocalizedText(verbatim: "migration-threshold=\(threshold($1))") },
        judge: { both, findings, parameters in
            hasThreshold(threshold(parameters), both.1.id, findings)
        })

    /// Whether that many failures of the web server are what makes it leave its node.
    static func hasThreshold(_ wanted: Int, _ web: String, _ findings: Findings) -> Judgement {
        findings.fact { configuration in
            guard let threshold = configuration.migrationThreshold(of: web) else {
                return FactReading(false, noThreshold)
            }
            return FactReading(
                threshold == wanted, LocalizedText(verbatim: "migration-threshold=\(threshold)"))
        }
    }

    private static func threshold(_ parameters: Parameters) -> Int {
        parameters.number("migration-threshold").flatMap { Int(exactly: $0) } ?? 5
    }
    private static let noThreshold = LocalizedText(
        fr: "aucun seuil en vigueur pour le service web", en: "no threshold in force for the web service")
}
