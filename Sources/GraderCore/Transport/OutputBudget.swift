import Synchronization

/// How much one look at a pair may bring back in commands' outputs. What is small every command may have, whatever the
/// others print; what is larger shares the rest, and is cut off (`CommandResult.outputTruncated`) where nothing is left
/// of it: then nobody is judged by it.
public final class OutputBudget: Sendable {
    /// Of the look that this task is part of; nil: each command's own limit is all there is.
    @TaskLocal public static var current: OutputBudget?

    /// Bytes of each output that cost the look nothing; a lab's largest answer has a third of it.
    public static let small = 32 << 10
    /// Bytes of all that is larger, both machines together; a lab needs none, one with months of logs a half.
    public static let perLook = 4 << 20

    private let rest: Mutex<Int>

    public init(_ bytes: Int = OutputBudget.perLook) { rest = Mutex(bytes) }

    /// How many of an output's next bytes may be kept.
    /// - Parameter kept: bytes that it has already.
    public func draw(_ wanted: Int, after kept: Int) -> Int {
        let free = min(wanted, max(0, Self.small - kept))
        return rest.withLock { rest in
            let drawn = min(wanted - free, rest)
            rest -= drawn
            return free + drawn
        }
    }
}
