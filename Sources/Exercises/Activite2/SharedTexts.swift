import GraderCore
import LinuxFacts
import Pacemaker

extension LocalizedText {
    static let none = LocalizedText(verbatim: "")
    static let noConfiguration = LocalizedText(
        fr: "La configuration du cluster n'a pu être lue sur aucun nœud joint.",
        en: "The cluster's configuration could not be read on any node reached.")
    static let noStatus = LocalizedText(
        fr: "L'état du cluster (crm_mon) n'a pu être lu sur aucun nœud joint.",
        en: "The cluster's state (crm_mon) could not be read on any node reached.")
    /// - Parameter nodes: those where it was not read, though it was elsewhere.
    static func statusUnread(_ nodes: LocalizedText) -> LocalizedText {
        LocalizedText(
            fr: "L'état du cluster (crm_mon) n'a pu être lu sur \(nodes.fr), qui peut le voir autrement.",
            en: "The cluster's state (crm_mon) could not be read on \(nodes.en), which may see it otherwise.")
    }
    static let noAddresses = LocalizedText(
        fr: "Les adresses des interfaces n'ont pu être lues sur aucun nœud joint.",
        en: "The interfaces' addresses could not be read on any node reached.")
    static let noVirtualIP = LocalizedText(
        fr: "Il n'y a pas encore de ressource d'adresse virtuelle (Q1).",
        en: "There is no virtual IP resource yet (Q1).")
}

extension CheckDefinition {
    /// The check, as the configuration's sources agree on it.
    func result(_ outcome: FactOutcome, expected: LocalizedText) -> CheckResult {
        result(outcome.verdict, expected: expected, found: outcome.found, sources: outcome.sources)
    }
}

extension Duration {
    /// As people write it in a Pacemaker configuration: `10s`, `500ms`.
    var spelt: String {
        let milliseconds = Int((self / .milliseconds(1)).rounded())
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}

extension Duration {
    /// With the minutes beside it where somebody is likely to have written those: `600s (10 min)`.
    var speltWithMinutes: String {
        let seconds = components.seconds
        guard seconds >= 120, seconds % 60 == 0 else { return spelt }
        return "\(spelt) (\(seconds / 60) min)"
    }
}

extension Findings {
    /// Why nothing can be said of where resources run: no view of the cluster was read, or not every one; nil where
    /// something can.
    var unseenStatus: LocalizedText? {
        if statuses.isEmpty { return .noStatus }
        let unread = unreadViews
        return unread.isEmpty ? nil : .statusUnread(joined(unread.map(label)))
    }

    /// The prefix length of the lab's network as the nodes' own interfaces have it; nil where none could be seen.
    var labPrefixLength: Int? {
        MachineID.pair.lazy.compactMap { role in
            lab.addresses[role].flatMap { IPAddress($0) }.flatMap {
                self.interfaces[role]?.holder(of: $0)?.entry.prefixLength
            }
        }.first
    }
}

/// `serv1`, `serv1 et serv2`.
func joined(_ names: [String]) -> LocalizedText {
    LocalizedText(fr: names.joined(separator: " et "), en: names.joined(separator: " and "))
}
