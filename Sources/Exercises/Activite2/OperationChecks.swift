import GraderCore
import LinuxFacts
import Pacemaker

/// How a primitive's operations are judged, the same for the virtual IP (Q1) and for the web server (Q7).
extension CheckDefinition {
    /// A recurring monitor at one of the accepted intervals (Pacemaker Explained, "Resource Operations").
    func monitorInterval(_ findings: Findings, ofPrimitive id: String, accepted: [Duration]) -> CheckResult {
        let outcome = findings.fact(ofPrimitive: id) { configuration, primitive in
            let intervals = configuration.recurringMonitors(of: primitive).compactMap(\.interval)
            if intervals.isEmpty { return FactReading(false, Q1.noMonitor) }
            return FactReading(
                intervals.contains { accepted.contains($0) },
                LocalizedText(
                    verbatim: "op monitor interval="
                        + intervals.map(\.speltWithMinutes).joined(separator: ", ")))
        }
        return result(outcome, expected: Q1.expectedMonitor(accepted))
    }

    /// The time-out that applies to an operation, its own or a default's.
    func timeout(
        of operation: String, _ findings: Findings, ofPrimitive id: String, accepted: [Duration]
    ) -> CheckResult {
        let outcome = findings.fact(ofPrimitive: id) { configuration, primitive in
            let effective = configuration.effectiveTimeout(of: operation, primitive: primitive)
            let isOwn = primitive.ops.contains { $0.name == operation && $0.timeout != nil }
            return FactReading(
                accepted.contains(effective), Q1.foundTimeout(operation, effective, isOwn: isOwn))
        }
        return result(outcome, expected: Q1.expectedTimeout(operation, accepted))
    }
}
