import GraderCore

/// Name-value pairs and references of a CIB.
extension CIBConfigurationReader {
    /// The pairs of all sets of a kind in an element: `params`, `meta`, ….
    mutating func values(_ element: XMLTree, _ kind: String) -> [String: String] {
        values(element.children, named: NameValueSet.elements[kind] ?? kind, kind: kind)
    }

    mutating func values(
        _ elements: [XMLTree], named name: String, kind: String, first: String? = nil
    ) -> [String: String] {
        let sets = elements.filter { $0.name == name }.map { set($0) }
        return result.merge(sets, kind: kind, first: first, conditional: &conditional)
    }

    /// The conditional sets met since there were so many of them: those of the element that is being read.
    mutating func conditional(since count: Int) -> [ClusterConfiguration.ConditionalSet] {
        // bounded: they only come to it in between
        defer { conditional.removeLast(conditional.count - count) }
        return Array(conditional[count...])
    }

    private mutating func set(_ element: XMLTree) -> NameValueSet {
        let element = resolve(element)
        var set = NameValueSet(id: element["id"], score: element.score("score"))
        for pair in element.children(named: "nvpair") {
            let target = resolve(pair)
            guard let key = pair["name"] ?? target["name"], set.values[key] == nil else { continue }
            set.values[key] = target["value"] ?? ""
        }
        // Before 1.0's schema `attributes` stood between the set and its pairs.
        for pair in element.first("attributes")?.children ?? [] {
            if let key = pair["name"], set.values[key] == nil { set.values[key] = pair["value"] ?? "" }
        }
        set.rules = element.children(named: "rule").map { rule($0).guarding }
        return set
    }

    /// The element that an `id-ref` stands for; the element itself where there is none, or it is not found or followed.
    mutating func resolve(_ element: XMLTree) -> XMLTree {
        guard let reference = element["id-ref"] else { return element }
        if elementsByID == nil {
            var index: [String: XMLTree] = [:]
            section.collectIDs(into: &index)
            elementsByID = index
        }
        guard let target = elementsByID?[reference], target.name == element.name else {
            problems.add(
                LocalizedText(
                    fr: "\(element.name) renvoie à \(reference.excerpt), qui n'est pas dans la CIB",
                    en: "\(element.name) refers to \(reference.excerpt), which is not in the CIB"))
            return element
        }
        guard budget.follow(target.size) else {
            problems.add(ReferenceBudget.problem)
            return element
        }
        return target
    }
}

extension XMLTree {
    /// Elements that a reference can stand for, by id; of several the first.
    fileprivate func collectIDs(into index: inout [String: XMLTree]) {
        if let id = self["id"], self["id-ref"] == nil, index[id] == nil { index[id] = self }
        for child in children { child.collectIDs(into: &index) }
    }
}
