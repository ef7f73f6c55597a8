import Foundation
import GraderCore
import Pacemaker

// What undoes Q3's work when it is forgotten: a ban, a node in standby.
extension Q3 {
    /// A constraint that keeps the address off one of the nodes, for ever or until a date still to come.
    static let noBan = Check<Findings>(
        "Q3.no-ban", about: Subjects.virtualIP,
        title: LocalizedText(fr: "Aucune interdiction oubliée", en: "No leftover ban"),
        why: LocalizedText(
            fr: "Une interdiction laissée par « ban » ou « move » empêche la prochaine bascule, sans un mot.",
            en: "A ban left by “ban” or “move” silently prevents the next failover."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr:
                "Quelle commande a écrit cette contrainte ? Le document 2 dit comment annuler un déplacement.",
            en: "Which command wrote that constraint? Document 2 says how to undo a move."),
        mayWaitFor: ["Q3.preference"],
        expected: { _, _ in
            LocalizedText(
                fr: "aucune contrainte de score -INFINITY sur les nœuds de la paire",
                en: "no constraint with score -INFINITY on the pair's nodes")
        },
        judge: { vip, findings, parameters in
            bans(findings, vip).unlessNothingWasDone(findings, parameters)
        })

    static func bans(_ findings: Findings, _ vip: FoundVirtualIP) -> Judgement {
        findings.byClusterTime { bans(findings, vip, at: $0) }
    }

    static func bans(_ findings: Findings, _ vip: FoundVirtualIP, at time: Date) -> Judgement {
        // The pair's own nodes, reached or not; what is said of a node that there never was keeps nothing off.
        let ghosts = findings.ghostNodes
        let members = findings.configurations.flatMap { $0.configuration.nodes.map(\.name) }
        let nodes = (findings.names.values + members.filter { !ghosts.containsNode($0) }).uniqueNodes
        var isOpen = false
        var tied = [vip.id]
        let reading = findings.fact { configuration in
            let standing = configuration.standing(of: vip.id, at: time)
            tied = standing.tied
            let barred = nodes.filter { standing.mayRun(on: $0) == false }
            guard barred.isEmpty else { return FactReading(false, banned(standing, from: barred, vip.id)) }
            guard nodes.allSatisfy({ standing.mayRun(on: $0) == true }) else {
                isOpen = true
                return nil
            }
            return FactReading(true, noBanFound)
        }
        let foretold = MachineID.pair.compactMap { findings.names[$0] }
            .map { findings.forecast?.mayRun(tied, on: $0) }
        let mayRun = foretold.contains(nil) ? nil : foretold.allSatisfy { $0 == true }
        return findings.weighed(reading, isOpen: isOpen, against: mayRun)
    }

    private static let noBanFound = LocalizedText(
        fr: "aucune interdiction en vigueur", en: "no ban in force")

    private static func banned(
        _ standing: LocationStanding, from nodes: [String], _ resource: String
    ) -> LocalizedText {
        nodes.map { node -> LocalizedText in
            let said = standing.preferences.filter { $0.applies == true && $0.node.isSameNode(as: node) }
            if let ban = said.first(where: { $0.score == .minusInfinity }) {
                return LocalizedText(
                    fr: """
                        la contrainte \(ban.constraint) interdit à \(ban.resource) de tourner sur \(ban.node) \
                        (score -INFINITY)
                        """,
                    en:
                        "the constraint \(ban.constraint) keeps \(ban.resource) off \(ban.node) (score -INFINITY)"
                )
            }
            if standing.onlyNodes?.containsNode(node) == false {
                return LocalizedText(
                    fr: """
                        rien n'autorise \(resource) à tourner sur \(node) (symmetric-cluster=false ou \
                        resource-discovery=exclusive)
                        """,
                    en: """
                        nothing lets \(resource) run on \(node) (symmetric-cluster=false or \
                        resource-discovery=exclusive)
                        """)
            }
            let names = said.filter { $0.score < .zero }.map(\.constraint).reduce(into: [String]()) {
                if !$0.contains($1) { $0.append($1) }
            }
            return LocalizedText(
                fr: """
                    \(resource) ne tourne jamais sur \(node) : son score y est de \(standing.score(on: node)), donc négatif \
                    (\(names.joined(separator: ", ")))
                    """,
                en: """
                    \(resource) never runs on \(node): its score there is \(standing.score(on: node)), below zero \
                    (\(names.joined(separator: ", ")))
                    """)
        }.joined()
    }

    static let noStandby = Check<Findings>(
        "Q3.no-standby", about: Subjects.virtualIP,
        title: LocalizedText(fr: "Aucun nœud laissé en standby", en: "No node left in standby"),
        why: LocalizedText(
            fr: "Un nœud en standby n'héberge rien : le cluster n'a plus de secours.",
            en: "A node in standby hosts nothing: the cluster has no backup any more."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr:
                "Que dit crm_mon de l'état de chaque nœud ? Un test de bascule a-t-il été défait jusqu'au bout ?",
            en: "What does crm_mon say of each node's state? Was a test of the failover undone to its end?"),
        mayWaitFor: ["Q3.preference"],
        expected: { _, _ in LocalizedText(fr: "les deux nœuds actifs", en: "both nodes active") },
        judge: { _, findings, parameters in
            standby(findings).unlessNothingWasDone(findings, parameters)
        })

    private static func standby(_ findings: Findings) -> Judgement {
        let nodes = nodesInStandby(findings)
        let sources = findings.configurations.map(\.probe)
        guard nodes.isEmpty else {
            return Judgement(.notMet, inStandby(nodes), sources: sources)
        }
        guard !findings.cibs.isEmpty || !findings.statuses.isEmpty else {
            return .unseen(findings.unreadStatus)
        }
        // An older file, or what is printed for people: it convicts nobody, and is not passed over in silence.
        let permanent = findings.fact { configuration in
            let nodes = configuration.nodesInStandby
            return FactReading(nodes.isEmpty, nodes.isEmpty ? noneInStandby : inStandby(nodes))
        }
        if case .notAssessed = permanent.verdict, !findings.configurations.isEmpty { return permanent }
        return Judgement(.met, noneInStandby, sources: sources)
    }

    /// Standby in both forms: the permanent attribute and the one until the next reboot, which no
    /// `crm configure show` prints.
    static func nodesInStandby(_ findings: Findings) -> [String] {
        let fromCIBs = findings.configurations.filter(\.isCIB)
        let deciding = fromCIBs.isEmpty ? findings.configurations : fromCIBs
        let permanent = deciding.flatMap { $0.configuration.nodesInStandby }
        let transient = findings.cibs.values.flatMap { cib in
            cib.nodeStates.filter { $0.transientStandby ?? false }.map(\.name)
        }
        let said = findings.statuses.values.flatMap { $0.nodes.filter(\.isStandby).map(\.name) }
        return Set(permanent + transient + said).sorted()
    }

    private static let noneInStandby = LocalizedText(fr: "aucun nœud en standby", en: "no node in standby")
    private static func inStandby(_ nodes: [String]) -> LocalizedText {
        let names = joined(nodes)
        return LocalizedText(fr: "en standby : \(names)", en: "in standby: \(names)")
    }
}

extension Judgement {
    /// Nobody has earned anything by leaving nothing behind where there was nothing to leave.
    fileprivate func unlessNothingWasDone(_ findings: Findings, _ parameters: Parameters) -> Judgement {
        guard verdict == .met else { return self }
        var judgement = self
        let preference = Q3.preference.judgement(findings, parameters)
        switch preference.verdict {
        case .notMet: judgement.verdict = .blocked(by: Q3.preference.id)
        case .notAssessed: judgement.verdict = preference.verdict
        default: break
        }
        return judgement
    }
}

extension ClusterConfiguration {
    /// The nodes with the permanent attribute.
    fileprivate var nodesInStandby: [String] { nodes.filter { $0.standby ?? false }.map(\.name) }
}
