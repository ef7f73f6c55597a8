import GraderCore

/// What Pacemaker's scheduler answered to a `SchedulerQuestion` (`crm_simulate(8)`).
public struct SchedulerForecast: Sendable, Equatable {
    /// What happens to the cluster.
    public enum Event: String, Sendable, CaseIterable {
        case firstAway = "away-1"
        /// After it had been away and all had moved.
        case firstBack = "back-1"
        case secondAway = "away-2"
        case secondBack = "back-2"
        /// One resource has failed as often as it may.
        case fails
    }

    /// The nodes it was asked about; the first is the one that goes away in the cluster as it is.
    public private(set) var names: [String] = []
    private var statuses: [SchedulerQuestion.Subject: [Event: ClusterStatus]] = [:]

    /// - Parameter text: what `SchedulerQuestion.script` printed.
    /// - Returns: nil where it holds no answer at all.
    public init?(_ text: String) {
        var place: (subject: SchedulerQuestion.Subject, event: Event)?
        var isRevised = false
        var sections: [SchedulerQuestion.Subject: [Event: String]] = [:]
        for line in TextLines(text).lines {
            let words = line.split(separator: " ")
            if words.count == 4, words[0] == "#", words[1] == "nodes" {
                names = words[2...].map(String.init)
            } else if words.count == 3, words[0] == "#" {
                place = SchedulerQuestion.Subject(rawValue: String(words[1])).flatMap { subject in
                    Event(rawValue: String(words[2])).map { (subject, $0) }
                }
                isRevised = false
            } else if line.lowercased().hasPrefix("revised cluster status") {
                isRevised = true
            } else if let place, isRevised {
                sections[place.subject, default: [:]][place.event, default: ""] += line + "\n"
            }
        }
        for (subject, events) in sections {
            for (event, text) in events {
                let status = ClusterStatusReader.read(anyForm: Array(text.utf8))
                guard !status.nodes.isEmpty else { continue }
                statuses[subject, default: [:]][event] = status
            }
        }
        if statuses.isEmpty || names.isEmpty { return nil }
    }

    /// Whether constraints alone bring the resource to that node wherever it was; nil where the scheduler did not say.
    public func prefers(_ node: String, for resource: String) -> Bool? {
        let places = [Event.firstBack, .secondBack].map { nodes(of: resource, after: $0, .constraints) }
        // Where it runs on neither node something else than a node keeps it down.
        guard places.allSatisfy({ $0?.count == 1 }) else { return nil }
        return places.allSatisfy { $0?.isOnlyNode(node) == true }
    }

    /// Whether constraints alone let all these resources run on that node while the other is away; nil where the
    /// scheduler did not say, or they run on neither.
    public func mayRun(_ resources: [String], on node: String) -> Bool? {
        func run(_ event: Event, on name: String) -> Bool? {
            let places = resources.map { nodes(of: $0, after: event, .constraints) }
            return places.contains(nil) ? nil : places.allSatisfy { $0?.isOnlyNode(name) == true }
        }
        guard let first = names.first, let second = names.last,
            let onFirst = run(.secondAway, on: first), let onSecond = run(.firstAway, on: second),
            onFirst || onSecond
        else { return nil }
        return node.isSameNode(as: first) ? onFirst : node.isSameNode(as: second) ? onSecond : nil
    }

    /// The nodes on which a resource runs after that; nil where the scheduler did not say.
    public func nodes(
        of resource: String, after event: Event, _ subject: SchedulerQuestion.Subject
    ) -> [String]? {
        guard let status = statuses[subject]?[event],
            status.resources.contains(where: { $0.id == resource })
        else { return nil }
        return status.activeNodes(of: resource).sorted()
    }
}
