/// Works a drill out from what was found of a pair: which node is active, what the resources are called, whether
/// the pair is in a state in which it may be perturbed. Pure.
public protocol DrillPlanner: Sendable {
    /// The drills there are, in the order in which they are run.
    var kinds: [DrillKind] { get }
    /// What a drill would do, or why it must not be begun.
    /// - Parameter evidence: with the common probes and `DrillProbe.facts` of both nodes.
    /// - Parameter userAgent: of the sampler's requests, with the drill's id.
    func plan(
        _ kind: DrillKind, evidence: Evidence, hooks: PowerHooks, userAgent: String
    ) -> Result<DrillPlan, DrillRefusal>
    /// What a drill came to, of its evidence. Pure.
    func account(of drill: DrillEvidence) -> DrillAccount
}

extension DrillRefusal: Error {}

/// Argument vectors of the roster's, run on the grader's own host, with `{student}` and `{node}` replaced.
public struct PowerHooks: Sendable, Hashable, Codable {
    public var powerOn: [String]?
    public var powerLoss: [String]?

    public init(powerOn: [String]? = nil, powerLoss: [String]? = nil) {
        self.powerOn = powerOn
        self.powerLoss = powerLoss
    }

    /// The vectors for one student's node.
    public func resolved(student: String, node: String) -> PowerHooks {
        func resolve(_ words: [String]?) -> [String]? {
            words?.map {
                // Ids are safe names: no braces, so that the order does not matter.
                $0.split(separator: "{student}", omittingEmptySubsequences: false).joined(separator: student)
                    .split(separator: "{node}", omittingEmptySubsequences: false).joined(separator: node)
            }
        }
        return PowerHooks(powerOn: resolve(powerOn), powerLoss: resolve(powerLoss))
    }
}

/// The names of the probes that only drills make.
public enum DrillProbe {
    /// Lines `key=value`: units' states, sums of configuration files, who is at work on the node.
    public static let facts = "drill-facts"
    /// The nodes' own log of the drill's time.
    public static let log = "log"
    /// The site's page at the virtual IP when the failover was over.
    public static let page = ProbeID("moved/page")
    /// Who holds the pair's drill lock; nothing where nobody does.
    public static let lock = "drill-lock"
}

extension Evidence {
    /// The `key=value` lines of `DrillProbe.facts`; empty where they could not be read.
    public func drillFacts(_ role: MachineID) -> [String: String] {
        guard let output = complete(DrillProbe.facts, on: role) else { return [:] }
        return DrillFacts.read(output)
    }
}

/// Reads `key=value` lines.
public enum DrillFacts {
    public static func read(_ output: Bytes) -> [String: String] {
        var facts: [String: String] = [:]
        for line in output.text.split(separator: "\n").prefix(200) {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { facts[String(parts[0])] = String(parts[1].prefix(400)) }
        }
        return facts
    }
}
