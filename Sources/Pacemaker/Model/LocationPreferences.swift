import Foundation
import GraderCore

/// One constraint's say on whether a resource runs on a node.
public struct LocationPreference: Sendable, Equatable {
    /// The constraint's id.
    public var constraint: String
    /// The resource, tag or pattern that it names.
    public var resource: String
    public var node: String
    public var score: Score
    /// The role it is for; nil is any.
    public var role: String?
    /// Whether it applies: false for a rule that has expired, nil where that cannot be told (a rule that depends
    /// on the time where none was given, or on something that the configuration does not say).
    public var applies: Bool?
}

extension LocationPreference {
    /// A clone's promoted instances only; the words of Pacemaker before 2.1 and since.
    var isOfPromoted: Bool { role == "Master" || role == "Promoted" }
}

extension ClusterConfiguration {
    /// What a location constraint says about any of these resources, for every node that it names or whose name or
    /// attributes satisfy its rules (Pacemaker Explained, "Location Constraints", "Rules").
    /// - Parameter now: the time of the nodes, for rules that depend on it.
    /// - Returns: nil where it cannot be told whether it is about one of them.
    func preferences(
        of location: LocationConstraint, for concerned: Set<String>, at now: Date?
    ) -> [LocationPreference]? {
        if let text = location.resourcePattern {
            let pattern = ResourcePattern(text)
            guard concerned.allSatisfy({ pattern?.matches($0) != nil }) else { return nil }
        }
        // One that names two resources, as a pattern may, weighs for each.
        return location.named.flatMap { name, score -> [LocationPreference] in
            let count = concerned.count { isNamed($0, by: name, in: location) }
            guard count > 0 else { return [] }
            let said = preferences(of: location, for: name, score: score ?? .zero, at: now)
            return Array(repeatElement(said, count: count).joined())
        }
    }

    private func preferences(
        of location: LocationConstraint, for resource: String, score: Score, at now: Date?
    ) -> [LocationPreference] {
        func preference(_ node: String, _ score: Score, role: String?, applies: Bool?) -> LocationPreference {
            LocationPreference(
                constraint: location.id, resource: resource, node: node, score: score, role: role,
                applies: applies)
        }
        if let node = location.node {
            return [preference(node, score, role: location.role, applies: true)]
        }
        return location.rules.flatMap { rule in
            nodes.compactMap { node -> LocationPreference? in
                let holds = holds(rule, on: node, at: now, depth: 0)
                // Not for this node, whatever the time.
                if holds == false, self.holds(rule, on: node, at: nil, depth: 0) == false { return nil }
                let role = rule.role ?? location.role
                guard let attribute = rule.scoreAttribute else {
                    return preference(node.name, rule.score ?? .zero, role: role, applies: holds)
                }
                // Without a value the scheduler keeps the resource off the node.
                let own = node.value(of: attribute).map { Score($0) ?? .zero }
                return preference(
                    node.name, own ?? .minusInfinity, role: role,
                    applies: own == nil && !node.areAttributesKnown ? nil : holds)
            }
        }
    }

    /// Whether a constraint's name stands for a resource: the same id, a tag with it, or a pattern.
    func isNamed(_ resource: String, by name: String, in location: LocationConstraint) -> Bool {
        if location.resourcePattern != nil {
            // Pacemaker holds a pattern against what stands at the top only, never against a group's members.
            return containers(of: resource).isEmpty && ResourcePattern(name)?.matches(resource) == true
        }
        return name == resource || tags.contains { $0.id == name && $0.members.contains(resource) }
    }

    // MARK: - Rules

    /// Three-valued: nil where it cannot be told.
    private func holds(_ rule: Rule, on node: Node, at now: Date?, depth: Int) -> Bool? {
        guard depth < ParsingLimits.depth, rule.reference == nil, !rule.expressions.isEmpty else {
            return nil
        }
        let values = rule.expressions.map { expression -> Bool? in
            switch expression {
            case .rule(let inner): holds(inner, on: node, at: now, depth: depth + 1)
            case .attribute(let comparison): comparison.holds(on: node)
            case .date(let comparison): now.flatMap { comparison.holds(at: $0) }
            case .other: nil
            }
        }
        switch rule.booleanOperator {
        case .and: return values.contains(false) ? false : values.contains(nil) ? nil : true
        case .or: return values.contains(true) ? true : values.contains(nil) ? nil : false
        }
    }
}

extension ClusterConfiguration.Rule {
    /// How much there is to compare: itself, its expressions and what is in those that are rules. Readers bound how deep
    /// these stand.
    var weight: Int {
        expressions.reduce(1) { sum, expression in
            if case .rule(let inner) = expression { sum + inner.weight } else { sum + 1 }
        }
    }
}

extension ClusterConfiguration.LocationConstraint {
    /// The resources it names, each with its score.
    fileprivate var named: [(name: String, score: Score?)] {
        if let resource { return [(resource, score)] }
        if let resourcePattern { return [(resourcePattern, score)] }
        return sets.flatMap { set in set.resources.map { ($0, set.score ?? score) } }
    }
}

extension ClusterConfiguration.AttributeExpression {
    /// As Pacemaker compares. Where the source does not hold the attributes until the next reboot, one that is not there
    /// cannot be told.
    fileprivate func holds(on node: ClusterConfiguration.Node) -> Bool? {
        let actual: String?
        switch attribute {
        case "#uname": actual = node.name
        case "#id": actual = node.id
        case "#kind": actual = node.type == "remote" ? "remote" : "cluster"
        default:
            // Others of these are the cluster's to say: `#is_dc`, `#cluster-name`.
            if attribute.hasPrefix("#") { return nil }
            actual = node.value(of: attribute)
            if actual == nil, !node.areAttributesKnown { return nil }
        }
        if operation == "defined" { return actual != nil }
        if operation == "not_defined" { return actual == nil }
        guard let value, valueSource == nil || valueSource == "literal" else { return nil }
        guard let actual else { return operation == "ne" }
        let isNumeric =
            ["integer", "number"].contains(type)
            || (type == nil && ["lt", "lte", "gt", "gte"].contains(operation))
        let order: Int
        if isNumeric {
            guard let left = Double(actual), let right = Double(value) else { return nil }
            order = left < right ? -1 : left > right ? 1 : 0
        } else {
            // Pacemaker compares strings without regard to case.
            let (left, right) = (actual.lowercased(), value.lowercased())
            order = left < right ? -1 : left > right ? 1 : 0
        }
        switch operation {
        case "eq": return order == 0
        case "ne": return order != 0
        case "lt": return order < 0
        case "lte": return order <= 0
        case "gt": return order > 0
        case "gte": return order >= 0
        default: return nil
        }
    }
}
