import Foundation
import GraderCore
import Pacemaker

/// What our reading says of one cluster, and what the scheduler does with it.
struct Comparison {
    /// How often either said something.
    struct Tally: CustomStringConvertible {
        var clusters = 0
        var answered = 0
        var open = 0
        var unanswered = 0
        var disagreements = 0

        mutating func add(_ comparison: Comparison) {
            clusters += 1
            answered += comparison.answered
            open += comparison.open
            unanswered += comparison.unanswered
            disagreements += comparison.disagreements.isEmpty ? 0 : 1
        }

        var description: String {
            "\(clusters) clusters, \(answered) answers compared, \(open) left open by our reading, "
                + "\(unanswered) by the scheduler, "
                + "\(disagreements) clusters read otherwise"
        }
    }

    private let isWhole: Bool
    private(set) var disagreements: [String] = []
    /// Whether the scheduler said anything; it does not where the CIB is not valid.
    private var isAnswered = true
    private(set) var answered = 0
    private(set) var open = 0
    /// What the scheduler leaves open, such as where a resource runs that runs on neither node.
    private(set) var unanswered = 0

    /// - Parameter isWhole: whether ties and thresholds are compared too, which says less and takes twice the time.
    init(_ cluster: GeneratedCluster, isWhole: Bool, _ scheduler: Scheduler) throws {
        self.isWhole = isWhole
        let bytes = Array(cluster.cib(schema: scheduler.schema).utf8)
        let cib = CIBReader.read(bytes)
        guard let question = SchedulerQuestion(bytes, nodes: ["serv1", "serv2"], about: [.constraints]),
            let forecast = try scheduler.ask(question)
        else {
            disagreements.append("no answer")
            isAnswered = false
            return
        }
        compareStanding(of: cluster, cib.configuration, forecast)
        guard isWhole else { return }
        try compareTies(of: cluster, scheduler)
        try compareThreshold(of: cluster, scheduler)
    }

    private mutating func compareStanding(
        of cluster: GeneratedCluster, _ configuration: ClusterConfiguration, _ forecast: SchedulerForecast
    ) {
        let standing = configuration.standing(of: "A", at: Date())
        guard let first = forecast.mayRun(standing.tied, on: "serv1"),
            let second = forecast.mayRun(standing.tied, on: "serv2")
        else { return unanswered += 1 }
        compare("may run on serv1", standing.mayRun(on: "serv1"), first)
        compare("may run on serv2", standing.mayRun(on: "serv2"), second)
        if first, second {
            compare(
                "prefers serv1", standing.prefers("serv1", to: "serv2"),
                forecast.prefers("serv1", for: "A"))
            compare(
                "prefers serv2", standing.prefers("serv2", to: "serv1"),
                forecast.prefers("serv2", for: "A"))
        }
    }

    /// Whether two resources that are drawn apart stay together all the same.
    private mutating func compareTies(of cluster: GeneratedCluster, _ scheduler: Scheduler) throws {
        guard cluster.resources.contains("W") else { return }
        let drawn = Array(cluster.drawn(apartBy: 50_000).cib(schema: scheduler.schema).utf8)
        let ours = CIBReader.read(drawn).configuration.runTogether("A", "W")
        guard var theirs = try areTogether(drawn, scheduler) else { return }
        // What follows both draws them to one node; where bans part them it stays down itself.
        if theirs, !ours {
            let banned = Array(cluster.drawn(apartBy: nil).cib(schema: scheduler.schema).utf8)
            theirs = try areTogether(banned, scheduler) ?? theirs
        }
        compare("A and W together", ours, theirs)
    }

    private func areTogether(_ cib: [UInt8], _ scheduler: Scheduler) throws -> Bool? {
        guard let question = SchedulerQuestion(cib, nodes: ["serv1", "serv2"], about: [.constraints]),
            let forecast = try scheduler.ask(question),
            let address = forecast.nodes(of: "A", after: .firstBack, .constraints), address.count == 1,
            let web = forecast.nodes(of: "W", after: .firstBack, .constraints), web.count == 1
        else { return nil }
        return address == web
    }

    /// After how many failures the web server leaves its node.
    private mutating func compareThreshold(of cluster: GeneratedCluster, _ scheduler: Scheduler) throws {
        guard cluster.resources.contains("W") else { return }
        let bytes = Array(cluster.unconstrained.cib(schema: scheduler.schema, activeOn: 1).utf8)
        let threshold = CIBReader.read(bytes).configuration.migrationThreshold(of: "W")
        func leaves(after count: Int) throws -> Bool? {
            let failure = SchedulerQuestion.Failure(
                resource: "W", interval: .seconds(60), node: "serv1", count: count)
            guard
                let question = SchedulerQuestion(
                    bytes, nodes: ["serv1", "serv2"], failure: failure, about: [.failing])
            else { return nil }
            return try scheduler.ask(question)?.nodes(of: "W", after: .fails, .failing).map {
                $0 != ["serv1"]
            }
        }
        if let threshold {
            compare("W leaves at \(threshold)", true, try leaves(after: threshold))
            if threshold > 1 { compare("W stays below", false, try leaves(after: threshold - 1)) }
        } else {
            compare("W never leaves", false, try leaves(after: 1000))
        }
    }

    private mutating func compare(_ what: String, _ ours: Bool?, _ theirs: Bool?) {
        guard let theirs else { return unanswered += 1 }
        guard let ours else { return open += 1 }
        answered += 1
        if ours != theirs { disagreements.append("\(what): ours \(ours), the scheduler's \(theirs)") }
    }

    /// The cluster without whatever may be left out and both still disagree.
    func shrunk(
        _ cluster: GeneratedCluster, _ scheduler: Scheduler
    ) throws -> (GeneratedCluster, [String]) {
        var (smallest, remaining) = (cluster, disagreements)
        var hasShrunk = true
        while hasShrunk {
            hasShrunk = false
            for candidate in smallest.withoutOnePart {
                let comparison = try Comparison(candidate, isWhole: isWhole, scheduler)
                guard !comparison.disagreements.isEmpty, comparison.isAnswered == isAnswered else { continue }
                (smallest, remaining, hasShrunk) = (candidate, comparison.disagreements, true)
                break
            }
        }
        return (smallest, remaining)
    }
}

extension GeneratedCluster {
    /// Its ties alone, and each of the two drawn to a node of its own by that score, or banned from the other.
    fileprivate func drawn(apartBy score: Int?) -> GeneratedCluster {
        var cluster = self
        cluster.parts.removeAll { part in
            // What keeps others apart may leave one of the two no node but the other's.
            part.place == .option || part.place == .tag || part.xml.hasPrefix("<rsc_location")
                || part.xml.contains("score=\"-")
        }
        for (resource, node, other) in [("A", "serv1", "serv2"), ("W", "serv2", "serv1")] {
            let draw = score.map { "node=\"\(node)\" score=\"\($0)\"" }
            let ban = "node=\"\(other)\" score=\"-INFINITY\""
            let xml = "<rsc_location id=\"p\(resource)\" rsc=\"\(resource)\" \(draw ?? ban)/>"
            cluster.parts.append(Part(place: .constraint, xml: xml))
        }
        return cluster
    }

    /// Without constraints, and nothing that holds it where it is.
    fileprivate var unconstrained: GeneratedCluster {
        var cluster = GeneratedCluster(shape: shape)
        cluster.parts = parts.filter { $0.xml.contains("migration-threshold") }
        // What prefers nothing would be spread over the nodes.
        let stay = "<nvpair id=\"stay\" name=\"resource-stickiness\" value=\"1\"/>"
        cluster.parts.append(Part(place: .resourceDefault, xml: stay))
        return cluster
    }

    fileprivate var withoutOnePart: [GeneratedCluster] {
        var candidates: [GeneratedCluster] = parts.indices.map { index in
            var smaller = self
            smaller.parts.remove(at: index)
            return smaller
        }
        for attributes in [\GeneratedCluster.permanent, \GeneratedCluster.transient] {
            for (number, pairs) in self[keyPath: attributes].sorted(by: { $0.key < $1.key }) {
                candidates += pairs.indices.map { index in
                    var smaller = self
                    smaller[keyPath: attributes][number]?.remove(at: index)
                    return smaller
                }
            }
        }
        return candidates
    }
}
