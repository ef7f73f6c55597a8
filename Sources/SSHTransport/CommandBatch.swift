import GraderCore

/// Several brief commands run one after the other through one channel, which costs the node many times what `uname`
/// itself does. A short cut only: what it brings no clean result for (a command hung, flooded, or broke the
/// connection) is to be run alone, with its own limits.
struct CommandBatch {
    /// For the whole batch; brief commands take milliseconds.
    static let timeLimit = Duration.seconds(5)

    /// Of all their outputs together, of each kind: what is longer is no brief command's.
    static let outputLimit = 512 << 10

    private let commands: [RemoteCommand]
    /// Follows each command's outputs. Made anew for each batch: no stored text can hold it.
    private let mark: String

    init(_ commands: [RemoteCommand], mark: String = String(UInt64.random(in: .min ... .max), radix: 16)) {
        self.commands = commands
        self.mark = mark
    }

    /// One command that runs them all; nil where one cannot be sent, or reads its input.
    var combined: RemoteCommand? {
        guard let first = commands.first, commands.allSatisfy({ $0.isSpeakable && $0.input == nil }) else {
            return nil
        }
        let runs = commands.enumerated().map { number, command in
            let words = ShellWord.line(command.arguments)
            let mark = mark(of: number)
            return """
                (exec 2>&3 3>&-; exec \(words)); s=$?
                printf '\\036\(mark) %s\\036' $s; printf '\\036\(mark)\\036' >&3
                """
        }
        let script = "exec 3>&2 2>/dev/null\n" + runs.joined(separator: "\n")
        return RemoteCommand(
            ["sh", "-c", script], asRoot: first.asRoot,
            timeLimit: commands.reduce(Self.timeLimit) { min($0, $1.timeLimit) },
            outputLimit: min(Self.outputLimit, commands.reduce(0) { $0 + $1.outputLimit + 64 }))
    }

    /// Each command's own: outputs that stand behind another's mark answer nothing.
    private func mark(of number: Int) -> String { "\(mark).\(number)" }

    /// The commands' results; those that are missing have to be run alone. Each has the duration of the whole batch.
    func results(from result: CommandResult) -> [RemoteCommand: CommandResult] {
        var output = result.standardOutput.raw[...]
        var errorOutput = result.standardError.raw[...]
        var results: [RemoteCommand: CommandResult] = [:]
        for (number, command) in commands.enumerated() {
            let mark = mark(of: number)
            guard let (printed, words) = Self.cut(&output, at: "\u{1E}\(mark) "),
                let status = Int(String(decoding: words, as: UTF8.self)),
                let (complained, _) = Self.cut(&errorOutput, at: "\u{1E}\(mark)")
            else { break }
            guard max(printed.count, complained.count) <= command.outputLimit else { continue }
            let ending = RemoteScript.signal(status: status).map(CommandResult.Ending.signalled)
            results[command] = CommandResult(
                answering: command.arguments, ending: ending ?? .exited(status),
                standardOutput: Bytes(Array(printed)), standardError: Bytes(Array(complained)),
                duration: result.duration)
        }
        return results
    }

    /// Takes off `bytes` what precedes the mark, and what stands between the mark and the separator that ends it.
    private static func cut(
        _ bytes: inout ArraySlice<UInt8>, at mark: String
    ) -> (before: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        let mark = Array(mark.utf8)
        var from = bytes.startIndex
        // The mark's first byte is in hardly any output: looking for it alone is many times quicker.
        while let start = bytes[from...].firstIndex(of: 0x1E) {
            if bytes[start...].starts(with: mark) {
                let behind = start + mark.count
                guard let end = bytes[behind...].firstIndex(of: 0x1E) else { return nil }
                defer { bytes = bytes[(end + 1)...] }
                return (bytes[..<start], bytes[behind..<end])
            }
            from = start + 1
        }
        return nil
    }
}
