import GraderCore

/// Name-value pairs and references of a CIB.
extension CIBConfigurationReader {
    /// The pairs of all sets of that name in an element.
    mutating func values(
        _ element: XMLTree, _ name: String, owner: String, kind: String
    ) -> [String: String] {
        values(element.children, named: name, owner: owner, kind: kind, first: nil)
    }

    /// Of several sets the one with the special id comes first, then the higher score; what comes first wins
    /// (Pacemaker's `pe__unpack_dataset_nvpairs`). Sets with a rule go to `conditional`.
    mutating func values(
        _ elements: [XMLTree], named name: String, owner: String, kind: String, first: String?
    ) -> [String: String] {
        var sets = elements.filter { $0.name == name }.map { resolve($0) }
        guard !sets.isEmpty else { return [:] }
        if sets.count > 1 {
            func rank(_ set: XMLTree) -> (Int, Int) {
                (set["id"] == first && first != nil ? 1 : 0, set["score"].flatMap { Score($0) }?.value ?? 0)
            }
            // Among equals the document's order decides.
            sets = sets.enumerated().sorted { left, right in
                let (one, other) = (rank(left.element), rank(right.element))
                return one == other ? left.offset < right.offset : one > other
            }.map(\.element)
        }
        var values: [String: String] = [:]
        for set in sets {
            var own: [String: String] = [:]
            for pair in set.children(named: "nvpair") {
                let target = resolve(pair)
                guard let key = pair["name"] ?? target["name"], own[key] == nil else { continue }
                own[key] = target["value"] ?? ""
            }
            // Before 1.0's schema `attributes` stood between the set and its pairs.
            for pair in set.first("attributes")?.children ?? [] {
                if let key = pair["name"], own[key] == nil { own[key] = pair["value"] ?? "" }
            }
            let rules = set.children(named: "rule").map { rule($0) }
            if rules.isEmpty {
                values.merge(own) { kept, _ in kept }
            } else {
                result.conditional.append(.init(owner: owner, kind: kind, values: own, rules: rules))
            }
        }
        return values
    }

    /// The element that an `id-ref` stands for; the element itself where there is none or it is not found.
    mutating func resolve(_ element: XMLTree) -> XMLTree {
        guard let reference = element["id-ref"] else { return element }
        if elementsByID == nil {
            var index: [String: XMLTree] = [:]
            section.collectIDs(into: &index)
            elementsByID = index
        }
        guard let target = elementsByID?[reference], target.name == element.name else {
            problems.add("\(element.name) refers to \(reference.excerpt), which is not in the CIB")
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
