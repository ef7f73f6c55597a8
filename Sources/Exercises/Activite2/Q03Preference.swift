import Foundation
import GraderCore
import LinuxFacts
import Pacemaker

/// Q3. Move the resource to the primary node if it is not there, verify that it runs there and that this node is
/// preferred.
///
/// Any form that has the effect counts: `crm resource move` (`cli-prefer-…`), a location with a score, a rule, on
/// the resource or on its group. `move` writes nothing where the resource already is: a part of the points is the
/// rubric's to give. Leftover bans and a forgotten standby undo the work. Source: lab sheet, Q3 and document 1,
/// second step.
enum Q3 {
    static let question = Question<Findings>(
        "Q3", parameters: [ParameterDefinition("fraction-without-constraint", .number)],
        checks: [preference, onPrimary, noBan, noStandby])

    static let preference = Check<Findings>(
        "Q3.preference", about: Subjects.virtualIP,
        title: LocalizedText(fr: "La préférence pour le primaire", en: "Preference for the primary"),
        why: LocalizedText(
            fr: "C'est elle qui ramène l'adresse sur le primaire quand il revient.",
            en: "It is what brings the address back to the primary when that returns."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: """
                Cherchez la contrainte de lieu : vers quel nœud penche-t-elle ? Si la ressource était déjà sur le primaire, « move » n'a rien écrit : \
                que se passe-t-il si elle part d'abord de l'autre nœud ?
                """,
            en: """
                Look for the location constraint: which node does it lean to? If the resource was on the primary already, “move” wrote nothing: what \
                happens if it starts from the other node?
                """),
        expected: { _, _ in
            LocalizedText(
                fr: "une contrainte de lieu qui préfère le primaire, sans interdire l'autre nœud",
                en: "a location constraint that prefers the primary without forbidding the other node")
        },
        judge: { vip, findings, parameters in
            if let swapped = findings.rolesSwapped { return swapped }
            let fractionWithout = parameters.number("fraction-without-constraint") ?? 0.5
            return findings.byClusterTime { judgePreference(findings, vip, fractionWithout, at: $0) }
        })

    private static func judgePreference(
        _ findings: Findings, _ vip: FoundVirtualIP, _ fractionWithout: Double, at time: Date
    ) -> Judgement {
        guard let primary = findings.names[.serv1],
            let secondary = findings.names[.serv2]
        else { return .unseen(namesUnknown) }
        var (isOpen, mayFailOver) = (false, true)
        let reading = findings.fact { configuration in
            let standing = configuration.standing(of: vip.id, at: time)
            let (here, there) = (standing.mayRun(on: primary), standing.mayRun(on: secondary))
            if here == false || there == false { mayFailOver = false }
            guard let isPreferred = standing.prefers(primary, to: secondary) else {
                isOpen = true
                return nil
            }
            return FactReading(
                isPreferred,
                scores(
                    vip.id, NodeStanding(primary, here, standing),
                    NodeStanding(secondary, there, standing)))
        }
        // Where a node is barred the scheduler's choice shows no preference: that is another check's.
        let foretold = mayFailOver ? findings.forecast?.prefers(primary, for: vip.id) : nil
        let outcome = findings.weighed(reading, isOpen: isOpen, against: foretold)
        if outcome.verdict == .notMet, fractionWithout > 0, !primary.isSameNode(as: secondary),
            findings.agreed({
                $0.standing(of: vip.id, at: time).isUndecided(between: primary, and: secondary)
            }) == true
        {
            // A part of the points hangs on where the address is.
            switch findings.placement(of: vip.id) {
            case .unseen(let why): return .unseen(why)
            case .disputed(let views): return Judgement(findings.disputed(.notMet), views)
            case .agreed(let nodes): guard Set(nodes).isOnlyNode(primary) else { return outcome }
            }
            return Judgement(
                fractionWithout >= 1 ? .met : .partly(fractionWithout), noConstraint(vip.id, primary),
                sources: outcome.sources)
        }
        return outcome
    }

    /// What location constraints come to on one node. Bans are the business of another check, and of that alone.
    private struct NodeStanding {
        var node: String
        var score: Score
        var isBanned: Bool

        init(_ node: String, _ mayRun: Bool?, _ standing: LocationStanding) {
            (self.node, score) = (node, standing.score(on: node))
            isBanned = mayRun == false && score >= .zero
        }

        var words: String { isBanned ? "-INFINITY" : "\(score)" }
    }

    private static func scores(
        _ resource: String, _ here: NodeStanding, _ there: NodeStanding
    ) -> LocalizedText {
        if here.score == there.score, !here.isBanned, !there.isBanned {
            return LocalizedText(
                fr: """
                    \(resource) : score \(here.words) sur \(here.node) comme sur \(there.node), donc aucune préférence
                    """,
                en:
                    "\(resource): score \(here.words) on \(here.node) and on \(there.node) alike, so no preference"
            )
        }
        return LocalizedText(
            fr: "\(resource) : score \(here.words) sur \(here.node), \(there.words) sur \(there.node)",
            en: "\(resource): score \(here.words) on \(here.node), \(there.words) on \(there.node)")
    }
    private static func noConstraint(_ resource: String, _ primary: String) -> LocalizedText {
        LocalizedText(
            fr: """
                \(resource) est sur \(primary), mais aucune contrainte en vigueur ne dit de préférer ce nœud
                """,
            en: "\(resource) is on \(primary), but no constraint in force says to prefer that node")
    }
    static let namesUnknown = LocalizedText(
        fr: "les noms des nœuds n'ont pu être lus", en: "the nodes' names could not be read")

    static let onPrimary = Check<Findings>(
        "Q3.on-primary", about: Subjects.virtualIP,
        title: LocalizedText(fr: "Active sur le nœud primaire", en: "Running on the primary node"),
        why: LocalizedText(
            fr: "Une préférence qui n'a pas d'effet n'en est pas une.",
            en: "A preference without effect is none."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr: "Sur quel nœud crm_mon la voit-il, et qu'est-ce qui la tient loin du primaire ?",
            en: "On which node does crm_mon see it, and what keeps it away from the primary?"),
        mayWaitFor: [
            "Q1.running", "Q2.one-node", "Q3.no-ban", "Q3.no-standby", "H0.nodes-online", "H0.no-failures",
        ] + .foundations,
        expected: { _, _ in
            LocalizedText(
                fr: "la ressource démarrée sur le primaire", en: "the resource started on the primary")
        },
        judge: { vip, findings, _ in
            findings.byClusterTime { judgeOnPrimary(findings, vip, at: $0) }
                .unlessSilent(findings, vip.address)
        })

    private static func judgeOnPrimary(
        _ findings: Findings, _ vip: FoundVirtualIP, at time: Date
    ) -> Judgement {
        if let swapped = findings.rolesSwapped { return swapped }
        guard let primary = findings.names[.serv1] else { return .unseen(namesUnknown) }
        let said: Set<String>
        switch findings.placement(of: vip.id) {
        case .unseen(let why): return .unseen(why)
        case .disputed(let views):
            return Judgement(
                findings.disputed(.blocked(by: Q2.oneNode.id)), views, sources: findings.statusSources)
        case .agreed(let nodes): said = Set(nodes)
        }
        var verdict: Verdict =
            said.isOnlyNode(primary)
            ? .met
            : said.isEmpty
                ? findings.liveVerdict(.blocked(by: Q1.running.id), of: vip.id) : .notMet
        // What keeps it away is then not known.
        if verdict == .notMet, findings.names[.serv2] == nil { return .unseen(namesUnknown) }
        let isPreferred = judgePreference(findings, vip, 0, at: time).verdict == .met
        if verdict == .notMet, isPreferred, let stay = Stay(of: vip, awayFrom: primary, at: time, findings) {
            return Judgement(
                stay.verdict, [Q2.startedOn(vip.id, said.sorted()), stay.why].joined(),
                sources: findings.statusSources + HistoryLog.sources)
        }
        if verdict == .notMet {
            // What keeps it away is lost once, where it is.
            if said.containsNode(primary) { verdict = .blocked(by: Q2.oneNode.id) }
            if isPreferred, let fault = findings.fault(keeping: vip.id, off: primary) {
                verdict = .blocked(by: fault)
            }
            if bans(findings, vip, at: time).verdict == .notMet { verdict = .blocked(by: Q3.noBan.id) }
            if nodesInStandby(findings).containsNode(primary) { verdict = .blocked(by: Q3.noStandby.id) }
        }
        return Judgement(verdict, Q2.startedOn(vip.id, said.sorted()), sources: findings.statusSources)
    }
}

extension Findings {
    /// The health check that says why the primary cannot have the resource: it is not in the cluster, or the
    /// resource, or one that is tied to it, failed there and was not cleaned up.
    fileprivate func fault(keeping resource: String, off primary: String) -> CheckID? {
        let isOnline = statuses.values.contains { $0.node(primary)?.isOnline ?? false }
        if !isOnline { return H0.nodesOnline.id }
        let failed = Set(
            statuses.values.flatMap { status in
                status.failures.filter { $0.node.isSameNode(as: primary) }.map(\.resource)
            })
        let isHeld = failed.contains { failed in
            failed == resource || agreed { $0.runTogether(failed, resource) } ?? false
        }
        return isHeld ? H0.noFailures.id : nil
    }
}
