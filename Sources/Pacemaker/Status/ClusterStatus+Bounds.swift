import GraderCore

extension ClusterStatus {
    /// Keeps nothing of a page that lists more of a kind than is looked up in one another in a moment; a problem says so. What
    /// a shorter list lacks would seem not to run, and a cluster without nodes is one that was not seen.
    mutating func bound() {
        let counts = [
            nodes.count, resources.count, resources.reduce(0) { $0 + $1.nodes.count }, failures.count,
            history.count, bans.count,
        ]
        guard counts.contains(where: { $0 > ParsingLimits.resources }) else { return }
        problems.append(
            LocalizedText(
                fr: """
                    la sortie de crm_mon donne plus de \(ParsingLimits.resources) nœuds, ressources ou entrées d'une sorte ; rien \
                    n'en est retenu
                    """,
                en: """
                    the output of crm_mon has more than \(ParsingLimits.resources) nodes, resources or entries of a kind; nothing \
                    of it is kept
                    """))
        self = unread
    }

    /// Without anything that could be taken for all there is.
    var unread: ClusterStatus {
        var nothing = ClusterStatus()
        (nothing.unknown, nothing.problems) = (unknown, problems)
        return nothing
    }
}

extension Array {
    /// Keeps one more than is read, so that it shows that there were more.
    mutating func appendBounded(_ entry: Element) {
        if count <= ParsingLimits.resources { append(entry) }
    }
}
