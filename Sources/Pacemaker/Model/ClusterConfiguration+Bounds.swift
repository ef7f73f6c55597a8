import GraderCore

extension ClusterConfiguration {
    /// Keeps so many entries of each kind that whoever looks each of one kind up among another's is done in a moment; a
    /// problem says that there were more, so that nobody is judged by what is missing.
    mutating func bound() {
        let isCut = [
            Self.cut(&nodes), Self.cut(&primitives), Self.cut(&groups), Self.cut(&clones), Self.cut(&bundles),
            Self.cut(&templates), Self.cut(&locations), Self.cut(&colocations), Self.cut(&orders),
            Self.cut(&tickets), Self.cut(&fencing), Self.cut(&tags), Self.cut(&conditional),
        ].contains(true)
        guard isCut else { return }
        problems.append(
            LocalizedText(
                fr: """
                    plus de \(ParsingLimits.resources) ressources ou contraintes d'une sorte ; le reste n'est pas lu
                    """,
                en:
                    "more than \(ParsingLimits.resources) resources or constraints of a kind; the rest is not read"
            ))
    }

    private static func cut<Entry>(_ entries: inout [Entry]) -> Bool {
        guard entries.count > ParsingLimits.resources else { return false }
        entries.removeSubrange(ParsingLimits.resources...)
        return true
    }
}
