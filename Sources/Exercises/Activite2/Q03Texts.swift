import GraderCore
import LinuxFacts
import Pacemaker

// What a student reads about Q3; apart from its judging for length only.
enum Q3 {
    static let preference = CheckDefinition(
        "Q3.preference",
        title: LocalizedText(fr: "La préférence pour le primaire", en: "Preference for the primary"),
        why: LocalizedText(
            fr: "C'est elle qui ramène l'adresse sur le primaire quand il revient.",
            en: "It is what brings the address back to the primary when that returns."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr:
                "Cherchez la contrainte de lieu : vers quel nœud penche-t-elle ? Si la ressource était déjà sur le primaire, « move » n'a rien écrit : "
                + "que se passe-t-il si elle part d'abord de l'autre nœud ?",
            en:
                "Look for the location constraint: which node does it lean to? If the resource was on the primary already, “move” wrote nothing: what "
                + "happens if it starts from the other node?"))
    static let onPrimary = CheckDefinition(
        "Q3.on-primary",
        title: LocalizedText(fr: "Active sur le nœud primaire", en: "Running on the primary node"),
        why: LocalizedText(
            fr: "Une préférence qui n'a pas d'effet n'en est pas une.",
            en: "A preference without effect is none."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr: "Sur quel nœud crm_mon la voit-il, et qu'est-ce qui la tient loin du primaire ?",
            en: "On which node does crm_mon see it, and what keeps it away from the primary?"),
        alsoSeenIn: [.address, .resources])
    static let noBan = CheckDefinition(
        "Q3.no-ban",
        title: LocalizedText(fr: "Aucune interdiction oubliée", en: "No leftover ban"),
        why: LocalizedText(
            fr: "Une interdiction laissée par « ban » ou « move » empêche la prochaine bascule, sans un mot.",
            en: "A ban left by “ban” or “move” silently prevents the next failover."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr:
                "Quelle commande a écrit cette contrainte ? Le document 2 dit comment annuler un déplacement.",
            en: "Which command wrote that constraint? Document 2 says how to undo a move."))
    static let noStandby = CheckDefinition(
        "Q3.no-standby",
        title: LocalizedText(fr: "Aucun nœud laissé en standby", en: "No node left in standby"),
        why: LocalizedText(
            fr: "Un nœud en standby n'héberge rien : le cluster n'a plus de secours.",
            en: "A node in standby hosts nothing: the cluster has no backup any more."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr:
                "Que dit crm_mon de l'état de chaque nœud ? Un test de bascule a-t-il été défait jusqu'au bout ?",
            en: "What does crm_mon say of each node's state? Was a test of the failover undone to its end?"),
        alsoSeenIn: [.standby])

    static let expected: [CheckID: LocalizedText] = [
        preference.id: LocalizedText(
            fr: "une contrainte de lieu qui préfère le primaire, sans interdire l'autre nœud",
            en: "a location constraint that prefers the primary without forbidding the other node"),
        onPrimary.id: LocalizedText(
            fr: "la ressource démarrée sur le primaire", en: "the resource started on the primary"),
        noBan.id: LocalizedText(
            fr: "aucune contrainte de score -INFINITY sur les nœuds du binôme",
            en: "no constraint with score -INFINITY on the pair's nodes"),
        noStandby.id: LocalizedText(fr: "les deux nœuds actifs", en: "both nodes active"),
    ]
    static let namesUnknown = LocalizedText(
        fr: "les noms des nœuds n'ont pu être lus", en: "the nodes' names could not be read")
    static let noBanFound = LocalizedText(fr: "aucune interdiction", en: "no ban")
    static let noneInStandby = LocalizedText(fr: "aucun nœud en standby", en: "no node in standby")

    static func scores(
        _ resource: String, _ primary: String, _ here: Score, _ secondary: String, _ there: Score
    ) -> LocalizedText {
        if here == there {
            return LocalizedText(
                fr:
                    "\(resource) : score \(here) sur \(primary) comme sur \(secondary), donc aucune préférence",
                en: "\(resource): score \(here) on \(primary) and on \(secondary) alike, so no preference")
        }
        return LocalizedText(
            fr: "\(resource) : score \(here) sur \(primary), \(there) sur \(secondary)",
            en: "\(resource): score \(here) on \(primary), \(there) on \(secondary)")
    }
    static func noConstraint(_ resource: String, _ primary: String) -> LocalizedText {
        LocalizedText(
            fr: "\(resource) est sur \(primary), mais aucune contrainte ne dit de préférer ce nœud",
            en: "\(resource) is on \(primary), but no constraint says to prefer that node")
    }
    static func banned(_ bans: [LocationPreference]) -> LocalizedText {
        H0.list(
            bans.map { ban in
                LocalizedText(
                    fr:
                        "la contrainte \(ban.constraint) interdit à \(ban.resource) de tourner sur \(ban.node) "
                        + "(score -INFINITY)",
                    en:
                        "the constraint \(ban.constraint) keeps \(ban.resource) off \(ban.node) (score -INFINITY)"
                )
            })
    }
    static func inStandby(_ nodes: [String]) -> LocalizedText {
        let names = joined(nodes)
        return LocalizedText(fr: "en standby : \(names.fr)", en: "in standby: \(names.en)")
    }
}
