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

extension ClusterConfiguration {
    /// What the location constraints say about a resource, its groups and the other members of its group, for every
    /// node they name or whose name or attributes satisfy their rules (Pacemaker Explained, "Location Constraints",
    /// "Rules").
    /// - Parameter now: the time of the node, for rules that depend on it.
    public func locationScores(for resource: String, at now: Date? = nil) -> [LocationPreference] {
        let siblings = groups.first { $0.members.contains(resource) }?.members ?? []
        let concerned = Set([resource] + containers(of: resource) + siblings)
        return locations.flatMap { location in
            location.named.filter { name, _ in concerned.contains { matches(name, $0, location) } }
                .flatMap { preferences(of: location, for: $0.name, score: $0.score ?? .zero, at: now) }
        }
    }

    private func preferences(
        of location: LocationConstraint, for resource: String, score: Score, at now: Date?
    ) -> [LocationPreference] {
        if let node = location.node {
            return [
                .init(
                    constraint: location.id, resource: resource, node: node, score: score,
                    role: location.role, applies: true)
            ]
        }
        return location.rules.flatMap { rule in
            nodes.compactMap { node -> LocationPreference? in
                let holds = holds(rule, on: node, at: now, depth: 0)
                // Not for this node, whatever the time.
                if holds == false, self.holds(rule, on: node, at: nil, depth: 0) == false { return nil }
                let own = rule.scoreAttribute.map { node.attributes[$0].flatMap { Score($0) } } ?? rule.score
                return .init(
                    constraint: location.id, resource: resource, node: node.name, score: own ?? .zero,
                    role: rule.role ?? location.role, applies: holds)
            }
        }
    }

    /// Whether a constraint's name stands for a resource: the same id, a tag with it, or a pattern.
    private func matches(_ name: String, _ resource: String, _ location: LocationConstraint) -> Bool {
        if location.resourcePattern != nil {
            // Pacemaker holds a pattern against what stands at the top only, never against a group's members.
            return containers(of: resource).isEmpty && SimplePattern(name).matches(resource)
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

extension ClusterConfiguration.LocationConstraint {
    /// The resources it names, each with its score.
    fileprivate var named: [(name: String, score: Score?)] {
        if let resource { return [(resource, score)] }
        if let resourcePattern { return [(resourcePattern, score)] }
        return sets.flatMap { set in set.resources.map { ($0, set.score ?? score) } }
    }
}

extension ClusterConfiguration.AttributeExpression {
    /// Of the permanent attributes and the node's name only: a comparison with an attribute that is not there
    /// cannot be told (it may be a transient one).
    fileprivate func holds(on node: ClusterConfiguration.Node) -> Bool? {
        let actual: String?
        switch attribute {
        case "#uname": actual = node.name
        case "#id": actual = node.id
        case "#kind": actual = node.type == "remote" ? "remote" : "cluster"
        default: actual = node.attributes[attribute]
        }
        guard let actual else { return nil }
        if operation == "defined" { return true }
        if operation == "not_defined" { return false }
        guard let value, valueSource == nil || valueSource == "literal" else { return nil }
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

/// The patterns that labs use in `rsc-pattern`: literal text, `.`, `.*`, `^` and `$`. Anything more of a regular
/// expression matches nothing here: a hostile one could take forever.
private struct SimplePattern {
    let parts: [[UInt8]]
    let isAnchoredAtStart: Bool
    let isAnchoredAtEnd: Bool

    init(_ pattern: String) {
        var text = Array(pattern.utf8.prefix(256))
        isAnchoredAtStart = text.first == UInt8(ascii: "^")
        if isAnchoredAtStart { text.removeFirst() }
        isAnchoredAtEnd = text.last == UInt8(ascii: "$")
        if isAnchoredAtEnd { text.removeLast() }
        parts = text.split(separator: Array(".*".utf8), omittingEmptySubsequences: false).map(Array.init)
    }

    func matches(_ name: String) -> Bool {
        let special = Array("*+?()[]{}|\\".utf8)
        guard !parts.joined().contains(where: special.contains) else { return false }
        let name = Array(name.utf8)
        var position = 0
        for (number, part) in parts.enumerated() {
            let mustStart = number == 0 && isAnchoredAtStart
            let mustEnd = number == parts.count - 1 && isAnchoredAtEnd
            var start = mustEnd ? max(position, name.count - part.count) : position
            while !fits(part, in: name, at: start) {
                start += 1
                if mustStart || start > name.count { return false }
            }
            if mustEnd && start + part.count != name.count { return false }
            position = start + part.count
        }
        return true
    }

    private func fits(_ part: [UInt8], in name: [UInt8], at start: Int) -> Bool {
        guard start + part.count <= name.count else { return false }
        return part.indices.allSatisfy { part[$0] == UInt8(ascii: ".") || part[$0] == name[start + $0] }
    }
}
