import Foundation

/// A machine's boot and clock, as the probe `clock` prints them: the word for the boot (random(4)) in the first line, the seconds since 1970
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
