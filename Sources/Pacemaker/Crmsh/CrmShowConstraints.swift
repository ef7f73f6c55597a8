import GraderCore

/// Constraints of `crm configure show`.
extension CrmShowEntries {
    /// `location ID RSC|/PATTERN/|{ SET } [role=…] [resource-discovery=…] SCORE: NODE | rule …`.
    mutating func takeLocation() -> Bool {
        guard let id = cursor.next(), let resource = cursor.next() else { return false }
        var location = ClusterConfiguration.LocationConstraint(id: id)
        if resource == "{" {
            var words: [String] = []
            while let word = cursor.next(), word != "}" { words.append(word) }
            location.sets = takeResourceSets(words[...], isOrder: false)
        } else if resource.utf8.count > 2, resource.hasPrefix("/"), resource.hasSuffix("/") {
            location.resourcePattern = String(resource.dropFirst().dropLast())
        } else {
            location.resource = resource
        }
        takeLocationAttributes(&location)
        if let text = cursor.takeColoned() {
            location.score = score(text, of: id)
            location.node = cursor.next()
            // crmsh 1.2 printed the role behind the node.
            takeLocationAttributes(&location)
        }
        location.rules = takeRules()
        result.locations.append(location)
        return true
    }

    private mutating func takeLocationAttributes(_ location: inout ClusterConfiguration.LocationConstraint) {
        while true {
            if let role = cursor.takeValue(of: "role") {
                location.role = role
            } else if let discovery = cursor.takeValue(of: "resource-discovery") {
                location.discovery = discovery
            } else {
                return
            }
        }
    }

    /// `colocation ID SCORE: RSC[:ROLE] WITH[:ROLE] [node-attribute=…]`; more resources or brackets are sets.
    mutating func takeColocation() -> Bool {
        guard let id = cursor.next() else { return false }
        var colocation = ClusterConfiguration.ColocationConstraint(id: id)
        if let text = cursor.takeColoned() { colocation.score = score(text, of: id) }
        var words = cursor.takeRest()
        colocation.nodeAttribute = takeTail("node-attribute", &words)
        if words.count == 2, !Self.isSetSyntax(words) {
            (colocation.resource, colocation.resourceRole) = words[0].resourceAndRole
            (colocation.with, colocation.withRole) = words[1].resourceAndRole
        } else {
            colocation.sets = takeResourceSets(words[...], isOrder: false)
        }
        result.colocations.append(colocation)
        return true
    }

    /// `order ID [KIND|SCORE:] FIRST[:ACTION] THEN[:ACTION] [symmetrical=…]`; more resources or brackets are sets.
    mutating func takeOrder() -> Bool {
        guard let id = cursor.next() else { return false }
        var order = ClusterConfiguration.OrderConstraint(id: id)
        if let text = cursor.takeColoned() {
            if ["Mandatory", "Optional", "Serialize"].contains(text) {
                order.kind = text
            } else {
                order.score = score(text, of: id)
            }
        }
        var words = cursor.takeRest()
        order.symmetrical = takeTail("symmetrical", &words).flatMap { ClusterBoolean.parse($0) }
        if words.count == 2, !Self.isSetSyntax(words) {
            (order.first, order.firstAction) = words[0].resourceAndRole
            (order.then, order.thenAction) = words[1].resourceAndRole
        } else {
            order.sets = takeResourceSets(words[...], isOrder: true)
        }
        result.orders.append(order)
        return true
    }

    /// `rsc_ticket ID TICKET: RSC[:ROLE] … [loss-policy=…]`.
    mutating func takeTicket() -> Bool {
        guard let id = cursor.next(), let ticket = cursor.takeColoned() else { return false }
        var constraint = ClusterConfiguration.TicketConstraint(id: id, ticket: ticket)
        var words = cursor.takeRest()
        constraint.lossPolicy = takeTail("loss-policy", &words)
        if words.count == 1 {
            (constraint.resource, constraint.resourceRole) = words[0].resourceAndRole
        } else {
            constraint.sets = takeResourceSets(words[...], isOrder: false)
        }
        result.tickets.append(constraint)
        return true
    }

    // MARK: - Parts of a constraint

    /// An attribute at the end.
    private func takeTail(_ name: String, _ words: inout [String]) -> String? {
        guard let (key, value) = words.last?.pair, key == name else { return nil }
        words.removeLast()
        return value
    }

    private mutating func score(_ text: String, of id: String) -> Score? {
        let score = Score(text)
        if score == nil {
            problems.add(
                LocalizedText(
                    fr: "le score de \(id.excerpt) n'est pas un nombre : \(text.excerpt)",
                    en: "the score of \(id.excerpt) is no number: \(text.excerpt)"))
        }
        return score
    }

    private static func isSetSyntax(_ words: [String]) -> Bool {
        words.contains { word in
            word == "_rsc_set_" || word.utf8.first.map(isBracket) == true
                || word.utf8.last.map(isBracket) == true
        }
    }

    private static func isBracket(_ byte: UInt8) -> Bool { "()[]".utf8.contains(byte) }

    /// `a ( b c:start ) [ d e sequential=true ]`: round brackets are not sequential, square ones do not even need
    /// all; another role or action begins another set (crmsh's `ResourceSet`).
    private mutating func takeResourceSets(
        _ words: ArraySlice<String>, isOrder: Bool
    ) -> [ClusterConfiguration.ResourceSet] {
        var sets: [ClusterConfiguration.ResourceSet] = []
        var current = ClusterConfiguration.ResourceSet(resources: [])
        var qualifier: String?
        func save() {
            if !current.resources.isEmpty {
                if isOrder { current.action = qualifier } else { current.role = qualifier }
                sets.append(current)
            }
            current.resources = []
            qualifier = nil
        }
        for word in words.flatMap(\.withBracketsApart) where word != "_rsc_set_" {
            switch word {
            case "(", "[":
                save()
                current.sequential = false
                current.requireAll = word == "[" ? false : nil
            case ")", "]":
                save()
                current.sequential = nil
                current.requireAll = nil
            default:
                if let (name, value) = word.pair {
                    let isTrue = ClusterBoolean.parse(value) ?? true
                    switch name {
                    case "sequential": current.sequential = isTrue ? nil : false
                    case "require-all": current.requireAll = isTrue ? nil : false
                    default:
                        problems.add(
                            LocalizedText(
                                fr: "non compris dans un ensemble de ressources : \(word.excerpt)",
                                en: "not understood in a resource set: \(word.excerpt)"))
                    }
                    continue
                }
                let (resource, role) = word.resourceAndRole
                if role != qualifier { save() }
                qualifier = role
                current.resources.append(resource)
            }
        }
        save()
        return sets
    }
}

extension String {
    /// `rsc:Master` into resource and role (or action).
    fileprivate var resourceAndRole: (String, String?) {
        let (resource, role) = splitAtColon
        return (resource, role?.isEmpty == true ? nil : role)
    }

    /// `(a` and `b)` into bracket and name.
    fileprivate var withBracketsApart: [String] {
        guard utf8.count > 1 else { return [self] }
        if let first, first == "(" || first == "[" { return [String(first), String(dropFirst())] }
        if let last, last == ")" || last == "]" { return [String(dropLast()), String(last)] }
        return [self]
    }
}
