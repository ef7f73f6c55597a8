import GraderCore

/// What Pacemaker's own log says has happened in the cluster: what the scheduler decided, in which circumstances,
/// and what became of it.
///
/// Written by Pacemaker 1.1.17 to 3.0 in the same words, in its own file, the journal and syslog; recorded in Debian's
/// 2.0.5, 2.1.5 and 3.0.0. One log has one clock, so that the order of its lines is the order of events; two logs are
/// read apart, of one node as of two. What a log does not hold proves nothing: logs rotate, and virtual machines go
/// back to snapshots.
public struct ClusterHistory: Sendable, Equatable {
    /// What the scheduler decided at one moment.
    public struct Transition: Sendable, Equatable {
        /// By the node's clock, `Nov 22 18:13:18`.
        public var time = ""
        /// By Greenwich's clock, since the year began.
        var seconds = 0
        /// Whether the log tells why: the journal and syslog have nothing below a notice.
        public var tellsCauses = true
        /// Nodes that were in standby while the permanent attribute was set, which is what `crm node standby` does;
        /// drills set the other, and nobody's point is to hang on a drill.
        public var standby: Set<String> = []
        /// Nodes that had asked to be shut down.
        public var shutdown: Set<String> = []
        /// Nodes that were lost without having been shut down, and not yet back.
        public var lost: Set<String> = []
        /// From a node to another; within `recoveries` too where a failure was the reason.
        public var moves: [Move] = []
        public var starts: [Placement] = []
        /// Restarted after a failure, on the same node or on another.
        public var recoveries: [Placement] = []
        /// What was seen to follow: resources that were started with success, by node.
        public var started: [Placement] = []
        public var stopped: [Placement] = []
        /// Starts that ended with an error.
        public var failed: [Placement] = []
    }

    /// A resource that goes from a node to another.
    public struct Move: Sendable, Hashable {
        public var resource: String
        public var from: String
        public var to: String
    }

    /// A resource on a node.
    public struct Placement: Sendable, Hashable {
        public var resource: String
        public var node: String
    }

    /// In the order of the log.
    public var transitions: [Transition] = []
    /// All starts that ended, whoever decided them.
    private(set) var starts: [Start] = []
    /// The nodes of those.
    private(set) var nodesOfStarts: Set<String> = []
    /// When the permanent standby attribute was set, which every node's own log has; in seconds as `LogStamp` counts.
    private(set) var standbySettings: [Int] = []
    /// When locations were made, in seconds as `LogStamp` counts; nil where the log does not tell of them.
    public var locationSettings: [Int]? = []
    /// Whether its oldest lines may be missing: what it does not show may have been all the same.
    var isCut = false
    /// When other nodes were seen to go, whatever the reason.
    private(set) var losses: [Loss] = []
    /// Where resources were seen, in the order of the log.
    private(set) var sightings: [Sighting] = []

    /// Whether a text is what a log holds: lines with a time, or none at all.
    static func isLog(_ text: String) -> Bool {
        text.isEmpty
            || TextLines(text).lines.contains { LogStamp($0) != nil }
    }

    /// Reads the lines of one log that matter; all others are passed over. Never fails.
    /// - Parameter drills: when drills were running; what happened then is passed over.
    public static func read(_ text: String, drills: DrillBrackets? = nil) -> ClusterHistory {
        read(TextLines(text).lines, drills: drills, zone: 0, inputs: nil)
    }

    /// - Parameters:
    ///   - zone: the node's, in seconds east of Greenwich.
    ///   - inputs: what the scheduler had before it, by the names in the log; nil of a log that tells causes itself.
    static func read(
        _ lines: [Substring], drills: DrillBrackets?, zone: Int, inputs: [String: SchedulerInput]?
    ) -> ClusterHistory {
        var reader = Reader(inputs: inputs)
        for line in lines {
            guard let stamp = LogStamp(line) else { continue }
            let seconds = stamp.universal(zone: zone)
            if !(drills?.contains(seconds: seconds) ?? false) { reader.read(line, stamp, seconds) }
        }
        return reader.history
    }

    private struct Reader {
        let inputs: [String: SchedulerInput]?
        var history = ClusterHistory()
        private var current = Transition()
        private var gone: Set<String> = []
        private var leaving: Set<String> = []
        private var isStandbySet = false
        private var places: [String: Sighting.Place] = [:]
        /// Whether this node's scheduler was heard since a node came: the one that decides weighs each that comes.
        private var isDeciding = false

        /// How many nodes are remembered as gone, each with every decision until it is back; a cluster has no more.
        private static let nodeLimit = 32

        init(inputs: [String: SchedulerInput]?) { self.inputs = inputs }

        mutating func read(_ line: Substring, _ stamp: LogStamp, _ seconds: Int) {
            let logged = LogLine(Substring(line.utf8.dropFirst(stamp.length)))
            let words = logged.words
            if let decision = logged.decision {
                take(decision, seconds)
            } else if line.holds("Calculated transition") {
                isDeciding = true
                current.time = stamp.text
                current.seconds = seconds
                current.lost = gone.subtracting(leaving)
                if let inputs {
                    // Names are used again and again.
                    let input = words.last.flatMap { $0.split(separator: "/").last }
                        .flatMap { inputs[String($0)] }.flatMap { abs($0.seconds - seconds) <= 2 ? $0 : nil }
                    current.tellsCauses = input != nil
                    current.standby = input?.standby ?? []
                }
                history.transitions.append(current)
                current = Transition()
            } else if line.holds("schedulerd") || line.holds("pengine") {
                // `Node serv1 is standby`, `serv1 is in standby mode`.
                guard let verb = words.lastIndex(of: "is"), verb > 0, verb + 1 < words.count else { return }
                let rest = words[(verb + 1)...].first { $0 != "in" } ?? ""
                if rest.hasPrefix("standby"), isStandbySet { current.standby.insert(String(words[verb - 1])) }
            } else if isOfTheCIBManager(words) {
                if line.holds("-standby") { attribute(line, seconds) }
                // `++ /cib/configuration/constraints:  <rsc_location id="cli-prefer-IPFailover" …/>`
                if line.holds("<rsc_location ") { history.locationSettings?.append(seconds) }
            } else {
                if let result = logged.result { take(result, stamp.text, seconds) }
                membership(words, seconds)
            }
        }

        /// `serv1 pacemaker-based     [165] (cib_perform_op)`; before 2.0 `[165] serv1        cib:     info:`. The
        /// controller names the attribute too, where a change interrupts it (`Transition 11 aborted by
        /// nodes-1-standby doing modify standby=on: …`), without the value in the words of a change.
        private func isOfTheCIBManager(_ words: [Substring]) -> Bool {
            words.dropFirst().prefix(2).contains { $0.hasPrefix("pacemaker-based") || $0 == "cib:" }
        }

        /// `Move IPFailover ( serv1 -> serv2 )`, `Recover serviceWeb ( serv1 )`, `Shutdown serv1`.
        private mutating func take(_ decision: LogLine.Decision, _ seconds: Int) {
            let subject = String(decision.subject)
            let nodes = decision.place.drop { !$0.hasPrefix("(") }.prefix { !$0.hasSuffix(")") || $0 == ")" }
                .map { $0.filter { $0 != "(" && $0 != ")" } }
                .filter { !$0.isEmpty && $0 != "->" && $0 != "Started" }
            switch decision.action {
            case "Shutdown":
                current.shutdown.insert(subject)
                leaving.insert(subject)
            case "Move", "Recover":
                if nodes.count == 2, decision.place.contains("->") {
                    current.moves.append(Move(resource: subject, from: nodes[0], to: nodes[1]))
                }
                guard let node = nodes.last else { return }
                if decision.action == "Recover" {
                    current.recoveries.append(Placement(resource: subject, node: node))
                }
                see(subject, .on(node), seconds)
            case "Start":
                guard let node = nodes.first else { return }
                current.starts.append(Placement(resource: subject, node: node))
                see(subject, .on(node), seconds)
            default: break
            }
        }

        private mutating func see(_ resource: String, _ place: Sighting.Place, _ seconds: Int) {
            places[resource] = place
            history.sightings.append(Sighting(resource: resource, place: place, seconds: seconds))
        }

        /// `++ … <nvpair id="nodes-1-standby" name="standby" value="on"/>`, `+ …nvpair[@id='nodes-1-standby']: @value=off`,
        /// `-- …`; the transient attribute's id is `status-1-standby`.
        private mutating func attribute(_ line: Substring, _ seconds: Int) {
            guard !line.holds("status-") else { return }
            isStandbySet =
                ["value=\"on\"", "value=\"true\"", "@value=on", "@value=true"].contains { line.holds($0) }
            if isStandbySet { history.standbySettings.append(seconds) }
        }

        private mutating func take(_ result: LogLine.Result, _ time: String, _ seconds: Int) {
            // Called off by Pacemaker itself: neither the one nor the other.
            guard result.isOK || result.outcome.first?.lowercased() != "cancelled" else { return }
            let placement = Placement(resource: String(result.resource), node: result.node)
            if result.operation == "start" {
                history.starts.append(
                    Start(
                        placement: placement, isOK: result.isOK, time: time, seconds: seconds))
                history.nodesOfStarts.insert(placement.node)
            }
            switch (result.operation, result.isOK, places[placement.resource]) {
            case ("start", true, _): see(placement.resource, .on(placement.node), seconds)
            // Decided to be elsewhere by then.
            case ("stop", true, .on(let node)) where node != placement.node: break
            case ("stop", true, _):
                see(placement.resource, .left(placement.node, isDecidedHere: isDeciding), seconds)
            default: break
            }
            guard let last = history.transitions.indices.last else { return }
            switch (result.operation, result.isOK) {
            case ("start", true): history.transitions[last].started.append(placement)
            case ("start", false): history.transitions[last].failed.append(placement)
            case ("stop", true): history.transitions[last].stopped.append(placement)
            default: break
            }
        }

        /// `Cluster node serv1 is now lost (was member)`, `… is now member (was lost)`; in the journal, and beside it
        /// in the file since 1.1.15, `Node serv1 state is now lost`.
        private mutating func membership(_ words: [Substring], _ seconds: Int) {
            guard let now = words.firstIndex(of: "now"), now >= 4, now + 1 < words.count,
                words[now - 1] == "is"
            else { return }
            let node: String
            if words[now - 3] == "node", words[now - 4] == "Cluster" {
                node = String(words[now - 2])
            } else if words[now - 2] == "state", words[now - 4] == "Node" {
                node = String(words[now - 3])
            } else {
                return
            }
            if words[now + 1] == "lost" {
                if gone.count < Self.nodeLimit { gone.insert(node) }
                history.losses.append(
                    Loss(
                        node: node, seconds: seconds, sightings: history.sightings.count,
                        transitions: history.transitions.count, isDecidedHere: isDeciding))
            } else if words[now + 1] == "member" {
                isDeciding = false
                gone.remove(node)
                leaving.remove(node)
            }
        }
    }
}
