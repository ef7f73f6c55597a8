import GraderCore
import LinuxFacts
import Pacemaker

extension LocalizedText {
    static let none = LocalizedText(verbatim: "")
    /// - Parameter nodes: those where it was not read, though it was elsewhere.
    static func statusUnread(_ nodes: LocalizedText) -> LocalizedText {
        LocalizedText(
            fr: "L'état du cluster (crm_mon) n'a pu être lu sur \(nodes), qui peut le voir autrement.",
            en: "The cluster's state (crm_mon) could not be read on \(nodes), which may see it otherwise.")
    }
}

extension Duration {
    /// As people write it in a Pacemaker configuration: `10s`, `500ms`.
    var spelt: String {
        let milliseconds = (self + .microseconds(self < .zero ? -500 : 500)).wholeMilliseconds
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }

    /// With the minutes beside it where somebody is likely to have written those: `600s (10 min)`.
    var speltWithMinutes: String {
        let seconds = wholeSeconds
        guard seconds >= 120, seconds % 60 == 0 else { return spelt }
        return "\(spelt) (\(seconds / 60) min)"
    }
}

extension Findings {
    /// Why nothing can be said of where resources run: no view of the cluster was read, or not every one; nil where
    /// something can.
    var unseenStatus: LocalizedText? {
        if statuses.isEmpty { return unreadStatus }
        let unread = unreadViews
        return unread.isEmpty ? nil : .statusUnread(joined(unread.map(label)))
    }

    /// Why no node's configuration was read, where none was.
    var unreadConfiguration: LocalizedText {
        stoppedEverywhere
            ?? LocalizedText(
                fr: "La configuration du cluster n'a pu être lue sur aucun nœud joint.",
                en: "The cluster's configuration could not be read on any node reached.")
    }

    /// Why no node's view of the cluster was read, where none was.
    var unreadStatus: LocalizedText {
        stoppedEverywhere
            ?? LocalizedText(
                fr: "L'état du cluster (crm_mon) n'a pu être lu sur aucun nœud joint.",
                en: "The cluster's state (crm_mon) could not be read on any node reached.")
    }

    /// Who has stopped his cluster can do something about it: it is no reading that failed.
    private var stoppedEverywhere: LocalizedText? {
        guard !reached.isEmpty, reached.allSatisfy(isStopped) else { return nil }
        let nodes = joined(reached.map(label))
        return LocalizedText(
            fr: """
                Pacemaker est arrêté sur \(nodes) : il n'y a pas de cluster à y lire. Le démarrer (systemctl start pacemaker), \
                puis recommencer.
                """,
            en: """
                Pacemaker is stopped on \(nodes): there is no cluster to read there. Start it (systemctl start pacemaker), and try \
                again.
                """)
    }

    var statusSources: [ProbeID] { statuses.keys.sorted().map { ProbeID($0, ClusterProbe.status) } }

    /// Members of the configuration that are neither of the pair's two machines, such as Debian's sample `node1`.
    var ghostNodes: [String] {
        let members = Set(
            configurations.flatMap { $0.configuration.nodes.filter { $0.type == nil }.map(\.name) })
        let known = Set(names.values)
        let others = members.filter { !known.containsNode($0) }.sorted()
        if known.count == MachineID.pair.count { return others }
        // A node's name is not known: one member more may be that one.
        let online = Set(statuses.values.flatMap { $0.nodes.filter(\.isOnline).map(\.name) })
        let suspects = others.filter { !online.containsNode($0) }
        return others.count <= 2 - known.count ? [] : suspects
    }

    /// The verdict on a live check, unless a fault of the cluster's foundations is why it is not met: then it is
    /// blocked by that.
    func liveVerdict(_ verdict: Verdict, of resource: String) -> Verdict {
        if isHeldByFencing(resource) { return .blocked(by: H0.fencing.id) }
        let isIdle = statuses.values.allSatisfy { $0.activeNodes(of: resource).isEmpty }
        if isIdle, isWithoutQuorum { return .blocked(by: H0.quorum.id) }
        return verdict
    }

    /// The prefix length of the lab's network as the nodes' own interfaces have it; nil where none could be seen.
    var labPrefixLength: Int? {
        MachineID.pair.lazy.compactMap { role in
            lab.addresses[role].flatMap {
                self.interfaces[role]?.holder(of: $0)?.entry.prefixLength
            }
        }.first
    }
}

/// `serv1`, `serv1 et serv2`.
func joined(_ names: [String]) -> LocalizedText {
    names.map { LocalizedText(verbatim: $0) }.joined(LocalizedText(fr: " et ", en: " and "))
}
