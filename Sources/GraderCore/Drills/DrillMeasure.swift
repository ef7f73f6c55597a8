/// What a client lived through in a drill, from its samples. Pure.
public struct DrillMeasure: Sendable {
    /// Outages that began after the perturbation and before the way back.
    public var failover: [ServiceOutage]
    /// Those of the way back.
    public var failback: [ServiceOutage]
    /// Those of the failover for the address alone, a refusal being an answer.
    public var addressFailover: [ServiceOutage]
    /// How late the attempts were.
    public var scheduleErrorP99: Duration?

    /// - Returns: nil where nothing was sampled or nothing perturbed.
    public init?(_ evidence: DrillEvidence) {
        guard let plan = evidence.plan, let trace = evidence.trace,
            let perturbing = evidence.time(.perturbing)
        else { return nil }
        // A node that reboots comes back when it likes: what follows the watching is the way back.
        let back = evidence.time(.watched) ?? evidence.time(.restoring) ?? .seconds(Int64.max / 4)
        func split(_ view: ServiceView) -> ([ServiceOutage], [ServiceOutage]) {
            let mayBeLate = trace.seenFrom?.clockUncertainty ?? .zero
            let all = OutageMeasurement(view).outages(in: trace).filter {
                $0.start.latest + mayBeLate >= perturbing
            }
            return (all.filter { $0.start.latest < back }, all.filter { $0.start.latest >= back })
        }
        (failover, failback) = split(plan.target.view)
        addressFailover = split(.address).0
        scheduleErrorP99 = trace.scheduleError?.p99
    }

    /// The whole time that a client was not served at the failover, gaps left out; nil where it did not end.
    public static func total(_ outages: [ServiceOutage]) -> Duration? {
        var sum = Duration.zero
        for outage in outages {
            guard let length = outage.length else { return nil }
            sum += length
        }
        return sum
    }
}
