import Foundation
import GraderCore

/// A machine's boot and clock: the word for the boot (random(4)) in the first line, the seconds since 1970
/// (`date +%s.%N`) in the second.
public struct NodeStamp {
    public var bootID: String
    public var seconds: Double

    /// nil where the output is not of this form.
    public init?(_ output: Bytes) {
        let lines = TextLines(output.text, named: "the clock").lines
        guard lines.count >= 2, UUID(uuidString: String(lines[0])) != nil,
            let seconds = Double(lines[1].prefix(40)), seconds.isFinite
        else { return nil }
        bootID = String(lines[0])
        self.seconds = seconds
    }
}

extension DrillEvidence {
    /// The boot that a node was in, in a stage; nil where that was not seen.
    public func bootID(of node: MachineID, stage: DrillStage) -> String? {
        output("clock", on: node, stage: stage).flatMap { NodeStamp($0) }?.bootID
    }
}
