import GraderCore

/// Who belongs to the class and has no pair that could be graded: the class is not smaller for it.
extension DiscoveredRoster {
    /// A person of the list whose machines were not found.
    public struct Missing: Sendable, Hashable {
        public var student: StudentIdentity
        /// The person, with the line of the list.
        public var who: LocalizedText
        public var reason: LocalizedText
    }

    /// Whether somebody, or some machine, that ought to be in the roster is not.
    public var isIncomplete: Bool {
        !found.refused.isEmpty || !found.loneNodes.isEmpty || !notGradable.isEmpty
    }

    /// Everybody who is known of and has no entry that can be graded, with the reason.
    public var notGradable: [(student: StudentIdentity, reason: LocalizedText)] {
        entries.filter { $0.pair.vip == nil }.map { entry in
            let names = entry.names.isEmpty ? [entry.id] : entry.names
            return (StudentIdentity(id: entry.id, names: names), DiscoveryTexts.noVirtualIP)
        } + missing.map { ($0.student, $0.reason) }
    }

    /// Those of the list that no pair has for its own, in the list's order.
    public var missing: [Missing] {
        guard let students else { return [] }
        let rows = found.pairs.map { students.rows(for: $0) }
        let placed = Set(rows.filter { $0.count == 1 }.flatMap(\.self))
        var taken = Set(entries.map { $0.id.lowercased() })
        return students.rows.filter { !placed.contains($0) }.map { row in
            let wanted = row.id ?? ""
            let isFree = !wanted.isEmpty && taken.insert(wanted.lowercased()).inserted
            let id = isFree ? wanted : "list-\(row.line)"
            let names = row.names.isEmpty ? [id] : row.names
            let who = ([row.id].compactMap(\.self) + row.names).joined(separator: ", ")
            return Missing(
                student: StudentIdentity(id: id, names: names),
                who: DiscoveryTexts.person(who.isEmpty ? id : who, line: row.line),
                reason: reason(row, sharing: rows.first { $0.contains(row) }))
        }
    }

    /// - Parameter same: the lines that mean the same pair, where there is one.
    private func reason(_ row: StudentList.Row, sharing same: [StudentList.Row]?) -> LocalizedText {
        if let same { return DiscoveryTexts.severalRows(same.map(\.line)) }
        if let lone = found.loneNodes.first(where: { row.means($0.host) }) { return lone.doubt }
        if let host = found.others.first(where: row.means) { return DiscoveryTexts.inNoCluster(host.address) }
        if let host = found.refused.first(where: row.means) {
            return host.failure.map { LocalizedText(verbatim: $0) } ?? DiscoveryTexts.noReason
        }
        if let address = row.address {
            let isSearched = searched.isEmpty || searched.contains { $0.description == address }
            return isSearched ? DiscoveryTexts.noAnswer(address) : DiscoveryTexts.notSearched(address)
        }
        let names = [row.host, row.cluster].compactMap(\.self)
        return names.isEmpty ? DiscoveryTexts.noMachineNamed : DiscoveryTexts.notFound(names)
    }
}
