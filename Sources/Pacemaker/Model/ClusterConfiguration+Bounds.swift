import GraderCore

extension ClusterConfiguration {
    /// Keeps so many entries of each kind that whoever looks each of one kind up among another's is done in a moment; a
    /// problem says that there were more, so that nobody is judged by what is missing.
    mutating func bound() {
        var isCut = [
            Self.cut(&nodes), Self.cut(&primitives), Self.cut(&groups), Self.cut(&clones), Self.cut(&bundles),
            Self.cut(&templates), Self.cut(&locations), Self.cut(&colocations), Self.cut(&orders),
            Self.cut(&tickets), Self.cut(&fencing), Self.cut(&tags), Self.cut(&conditional),
            ruled > ParsingLimits.resources,
        ].contains(true)
        // What is within them too, of all of a kind together.
        isCut = Self.cut(&groups, \.members) || isCut
        isCut = Self.cut(&clones, \.members) || isCut
        isCut = Self.cut(&bundles, \.members) || isCut
        isCut = Self.cut(&tags, \.members) || isCut
        isCut = Self.cut(&primitives, \.ops, each: 20) || isCut
        isCut = Self.cut(&locations, \.rules) || isCut
        isCut = Self.cutSets(&locations, \.sets) || isCut
        isCut = Self.cutSets(&colocations, \.sets) || isCut
        isCut = Self.cutSets(&orders, \.sets) || isCut
        isCut = Self.cutSets(&tickets, \.sets) || isCut
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

    /// - Parameter each: so many more are allowed for each entry.
    private static func cut<Entry, Part>(
        _ entries: inout [Entry], _ parts: WritableKeyPath<Entry, [Part]>, each: Int = 0
    ) -> Bool {
        var (left, isCut) = (ParsingLimits.resources, false)
        for index in entries.indices {
            left += each
            if entries[index][keyPath: parts].count > left {
                entries[index][keyPath: parts].removeSubrange(left...)
                isCut = true
            }
            left -= entries[index][keyPath: parts].count
        }
        return isCut
    }

    private static func cutSets<Entry>(
        _ entries: inout [Entry], _ sets: WritableKeyPath<Entry, [ResourceSet]>
    ) -> Bool {
        var isCut = cut(&entries, sets)
        for index in entries.indices where cut(&entries[index][keyPath: sets], \.resources) { isCut = true }
        return isCut
    }

    private static func cut<Entry>(_ entries: inout [Entry]) -> Bool {
        guard entries.count > ParsingLimits.resources else { return false }
        entries.removeSubrange(ParsingLimits.resources...)
        return true
    }
}
