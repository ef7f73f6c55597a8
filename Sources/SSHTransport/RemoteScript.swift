import Foundation
import GraderCore

/// The text that a POSIX shell on the node gets on its standard input to run one command. A log-in shell may be bash,
/// dash, fish or csh, which quote differently; all of them run the one line `exec /bin/sh`.
enum RemoteScript {
    static let commandLine = "exec /bin/sh"
    /// The packages' own folders first: what stands in /usr/local answers where no package has the tool (one
    /// installed by hand), and never in a packaged tool's place.
    static let path = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin"

    /// Written to both outputs before the command begins: what comes before it is the log-in shell's (Debian's
    /// bash reads ~/.bashrc for sshd, and that may print) and is thrown away.
    static let beginMark = "\u{1E}bascule\u{1E}"
    /// Written to standard error after a command that ended with 0. libssh2 reports 0 also where the server
    /// closed the channel without a status; only with this mark 0 is believed.
    static let successMark = "\u{1E}bascule:0\u{1E}"

    /// - Parameter home: nil keeps the log-in's own.
    /// - Returns: nil where the command cannot be sent.
    static func script(for command: RemoteCommand) -> String? {
        guard let words = invocation(of: command, home: nil) else { return nil }
        // The shell's own remarks ("Killed") go nowhere. A command's death by signal is passed on as the
        // shell's own: 128 + n otherwise. The inner shell, because dash remarks where the command's own
        // redirections point.
        return """
            exec 3>&2 2>/dev/null
            exec 4</dev/null
            \(command.input.map { "exec 4<\(hereDocument(of: encoded($0)))" } ?? "")
            printf '\\036bascule\\036'; printf '\\036bascule\\036' >&3
            (exec 2>&3 3>&- <&4 4<&-; exec \(words)) && printf '\\036bascule:0\\036' >&3 && exit 0
            s=$?
            [ $s -gt 128 ] && [ $s -lt 160 ] && kill -$((s - 128)) $$
            exit $s

            """
    }

    /// `env -i … timeout -k 1 N argv`, quoted for a POSIX shell, on one line where no argument has line breaks. What is
    /// ours and not the student's to choose has an absolute path: `/usr/local` comes first in the other.
    static func invocation(of command: RemoteCommand, home: String?) -> String? {
        guard command.isSpeakable else { return nil }
        let homeWord = home.map(ShellWord.quoted) ?? "\"$HOME\""
        return
            "/usr/bin/env -i PATH=\(path) LC_ALL=C.UTF-8 HOME=\(homeWord) /usr/bin/timeout -k 1 \(seconds(command.timeLimit)) "
            + ShellWord.line(command.arguments)
    }

    /// A redirection from a shell word of base64: nothing of the text is ever the shell's to read.
    static func hereDocument(of word: String) -> String { "<E\n$(echo \(word) | /usr/bin/base64 -d)\nE" }

    static func encoded(_ input: String) -> String { Data(input.utf8).base64EncodedString() }

    /// For timeout(1), which takes fractions; 0 would mean no limit.
    private static func seconds(_ limit: Duration) -> String {
        let milliseconds = max(1, limit.wholeMilliseconds)
        let fraction = String(1000 + milliseconds % 1000).dropFirst()
        return "\(milliseconds / 1000).\(fraction)"
    }

    /// The signal a shell's status stands for: 128 + n (POSIX.1-2017, XCU 2.8.2); Linux's numbers on x86 and
    /// ARM (signal(7)).
    static func signal(status: Int) -> String? {
        let names = [
            1: "HUP", 2: "INT", 3: "QUIT", 4: "ILL", 5: "TRAP", 6: "ABRT", 7: "BUS", 8: "FPE", 9: "KILL",
            10: "USR1", 11: "SEGV", 12: "USR2", 13: "PIPE", 14: "ALRM", 15: "TERM", 24: "XCPU", 25: "XFSZ",
            31: "SYS",
        ]
        // What a server sends as a status may be any number at all.
        return names[status &- 128]  // bounded: a key
    }

    /// timeout(1) ends with 124 when time was up, and by SIGKILL when the command did not go then.
    static func ending(
        _ ending: CommandOperation.Ending, isMarked: Bool, duration: Duration, limit: Duration
    ) -> CommandResult.Ending {
        switch ending {
        case .status(124) where duration >= limit: .timedOut
        case .signal("KILL") where duration >= limit + .seconds(1): .timedOut
        case .status(0): isMarked ? .exited(0) : .unknown
        // wait(2) has eight bits: no process ended with another.
        case .status(let status): (1...255).contains(status) ? .exited(status) : .unknown
        case .signal(let name): .signalled(name)
        case .refused, .noChannel, .flooded: .unknown
        }
    }
}
