import GraderCore

/// Who belongs to the class and has no lab that could be graded: the class is not smaller for it.
extension DiscoveredRoster {
    /// Whether somebody, or some machine, that ought to be in the roster is not.
    public var isIncomplete: Bool {
        !found.refused.isEmpty || !found.loneMachines.isEmpty || !notGradable.isEmpty
    }

    /// Everybody who is known of and has no entry that can be graded, with the reason.
    public var notGradable: [(student: StudentIdentity, reason: LocalizedText)] {
        entries.compactMap { entry in
            let names = entry.names.isEmpty ? [entry.id] : entry.names
            return entry.lab.lack.map { (StudentIdentity(id: entry.id, names: names), $0) }
        } + missing.map { ($0.student, $0.reason) }
    }

    /// Those of the list that no lab has for its own, in the list's order; `who` names the line too.
    public var missing: [(student: StudentIdentity, who: LocalizedText, reason: LocalizedText)] {
        guard let students else { return [] }
        let rows = found.labs.map { students.rows(for: $0) }
        let placed = Set(rows.filter { $0.count == 1 }.flatMap(\.self))
        var taken = Set(entries.map { $0.id.lowercased() })
        return students.rows.filter { !placed.contains($0) }.map { row in
            let wanted = row.id ?? ""
            let isFree = !wanted.isEmpty && taken.insert(wanted.lowercased()).inserted
            let id = isFree ? wanted : "list-\(row.line)"
            let names = row.names.isEmpty ? [id] : row.names
            let who = ([row.id].compactMap(\.self) + row.names).joined(separator: ", ")
            return (
                StudentIdentity(id: id, names: names),
                DiscoveryTexts.person(who.isEmpty ? id : who, line: row.line),
                reason(row, sharing: rows.first { $0.contains(row) })
            )
        }
    }

    /// - Parameter same: the lines that mean the same lab, where there is one.
    private func reason(_ row: StudentList.Row, sharing same: [StudentList.Row]?) -> LocalizedText {
        if let same { return discovery.text(.linesMeanOneLab(same.map(\.line))) }
        let unused = found.loneMachines + found.others + found.refused
        if let meant = unused.first(where: { row.means($0.machine) }) { return meant.reason }
        if let address = row.address {
            let isSearched = searched.isEmpty || searched.contains { $0.description == address }
            return isSearched ? DiscoveryTexts.noAnswer(address) : DiscoveryTexts.notSearched(address)
        }
        let names = [row.host, row.cluster].compactMap(\.self)
        return names.isEmpty ? DiscoveryTexts.noMachineNamed : DiscoveryTexts.notFound(names)
    }
}
