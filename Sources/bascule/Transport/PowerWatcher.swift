import Foundation

/// Gives a node its power back if the grader dies while the node is off: nothing on a node that is off can do that.
/// A shell in a session of its own waits for a word or for the end of its input. The word is the grader's, whose
/// drill has switched the node on; the end comes with the grader's death, of whatever kind, and then the shell runs
/// the roster's `powerOn` itself: more than once, because a machine that is still on its way down says that it has
/// power, or takes none, and would stay off.
struct PowerWatcher: Sendable {
    private static let script = """
        pauses=$1
        shift
        IFS= read -r word && [ "$word" = over ] && exit 0
        for pause in $pauses; do
            sleep "$pause"
            "$@"
        done
        """

    /// Seconds before each attempt; the last is made when a shutdown has had its usual ninety.
    static let pauses = [0, 15, 30, 60]

    /// Of the shell; the kernel closes it when this process ends, however that comes.
    let input: FileHandle
    let processIdentifier: Int32

    /// - Parameter secrets: variables of the teacher's environment that the hook is not to have.
    /// - Returns: nil where no process can be started here: then the next run's first lines are the net.
    init?(
        powerOn words: [String], pauses: [Int] = PowerWatcher.pauses, without secrets: Set<String> = []
    ) {
        let shell = Process()
        let pipe = Pipe()
        // Not the terminal's session: Ctrl-C and a closed terminal are for the grader.
        shell.executableURL = URL(filePath: "/usr/bin/setsid")
        shell.arguments =
            [
                // What this program ignores its child would ignore too (signal(7), env(1)).
                "env", "--default-signal=PIPE,XFSZ", "sh", "-c", Self.script, "bascule-power-watcher",
                pauses.map { "\($0)" }.joined(separator: " "),
            ] + words
        shell.environment = ProcessInfo.processInfo.environment.filter { !secrets.contains($0.key) }
        shell.standardInput = pipe
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        do { try shell.run() } catch { return nil }
        input = pipe.fileHandleForWriting
        processIdentifier = shell.processIdentifier
    }

    /// The node has its power, or never lost it.
    func dismiss() {
        try? input.write(contentsOf: Data("over\n".utf8))
        try? input.close()
    }
}
