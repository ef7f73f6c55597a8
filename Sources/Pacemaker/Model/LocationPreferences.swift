import Foundation
import GraderCore

/// One constraint's say on whether a resource runs on a node.
public struct LocationPreference: Sendable, Equatable, Codable {
    /// How the constraint concerns the resource that was asked about.
    public enum Relation: String, Sendable, Codable {
        /// It names the resource itself, or a tag or pattern that fits it.
        case itself
        /// It names the group, clone or bundle around it.
        case container
        /// It names another member of its group, which runs on the same node.
        case sibling
    }

    /// The constraint's id.
    public var constraint: String
    /// The resource, tag or pattern that it names.
    public var resource: String
    public var relation: Relation
    public var node: String
    public var score: Score
    /// The role it is for; nil is any.
    public var role: String?
    /// Whether it applies: false for a rule that has expired, nil where that cannot be told (a rule that depends
    /// on the time where none was given, or on something that the configuration does not say).
    public var applies: Bool?
    /// The end of a rule's time, as written: `2026-11-22 14:57:27Z`.
    public var expires: String?
}

extension ClusterConfiguration {
    /// What the location constraints say about a resource, its groups and the other members of its group, for every
    /// node they name or whose name or attributes satisfy their rules (Pacemaker Explained, "Location Constraints",
    /// "Rules").
    /// - Parameter now: the time of the node, for rules that depend on it.
    public func locationScores(for resource: String, at now: Date? = nil) -> [LocationPreference] {
        let containers = containers(of: resource)
        let siblings = groups.first { $0.members.contains(resource) }?.members.filter { $0 != resource } ?? []
        var result: [LocationPreference] = []
        for location in locations {
            for (name, score) in location.named {
                let relation: LocationPreference.Relation
                if matches(name, resource, location) {
                    relation = .itself
                } else if containers.contains(where: { matches(name, $0, location) }) {
                    relation = .container
                } else if siblings.contains(where: { matches(name, $0, location) }) {
                    relation = .sibling
                } else {
                    continue
                }
                let template = LocationPreference(
                    constraint: location.id, resource: name, relation: relation, node: "",
                    score: score ?? .zero,
                    role: location.role)
                result += preferences(of: location, template, at: now)
            }
        }
        return result
    }

    /// The sum of what applies for a node, with Pacemaker's arithmetic; what cannot be told is left out.
    public func locationScore(for resource: String, on node: String, at now: Date? = nil) -> Score {
        locationScores(for: resource, at: now)
            .filter {
                $0.node.isSameNode(as: node) && $0.applies == true && $0.role != "Master"
                    && $0.role != "Promoted"
            }
            .reduce(Score.zero) { $0 + $1.score }
    }

    private func preferences(
        of location: LocationConstraint, _ template: LocationPreference, at now: Date?
    ) -> [LocationPreference] {
        if let node = location.node {
            var preference = template
            preference.node = node
            preference.applies = true
            return [preference]
        }
        return location.rules.flatMap { rule in
            nodes.compactMap { node -> LocationPreference? in
                let holds = holds(rule, on: node, at: now, depth: 0)
                // Not for this node, whatever the time.
                if holds == false, self.holds(rule, on: node, at: nil, depth: 0) == false { return nil }
                var preference = template
                preference.node = node.name
                preference.role = rule.role ?? location.role
                preference.expires = rule.end(depth: 0)
                preference.applies = holds
                if let attribute = rule.scoreAttribute {
                    preference.score = node.attributes[attribute].flatMap { Score($0) } ?? .zero
                } else {
                    preference.score = rule.score ?? .zero
                }
                return preference
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
    fileprivate var named: [(String, Score?)] {
        if let resource { return [(resource, score)] }
        if let resourcePattern { return [(resourcePattern, score)] }
        return sets.flatMap { set in set.resources.map { ($0, set.score ?? score) } }
    }
}

extension ClusterConfiguration.Rule {
    /// The end that the first date expression gives.
    fileprivate func end(depth: Int) -> String? {
        guard depth < ParsingLimits.depth else { return nil }
        for expression in expressions {
            switch expression {
            case .date(let date): if let end = date.end { return end }
            case .rule(let rule): if let end = rule.end(depth: depth + 1) { return end }
            case .attribute, .other: continue
            }
        }
        return nil
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
        let order: Int
        if type == "integer" || type == "number"
            || (type == nil && ["lt", "lte", "gt", "gte"].contains(operation))
        {
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
        var parts: [[UInt8]] = [[]]
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "."), index + 1 < text.count, text[index + 1] == UInt8(ascii: "*")
            {
                parts.append([])
                index += 2
            } else {
                parts[parts.count - 1].append(text[index])
                index += 1
            }
        }
        self.parts = parts
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
