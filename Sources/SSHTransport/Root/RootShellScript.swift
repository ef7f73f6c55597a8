import Foundation
import GraderCore

/// The helper that runs as root on the node for as long as the log-in lasts, and the lines spoken with it. It runs
/// under any POSIX shell with coreutils and keeps nothing on disk. Outputs come back as lines of base64, each of less
/// than PIPE_BUF bytes (pipe(7)), so that commands that run side by side do not mix.
enum RootShellScript {
    /// What `sudo` is told to ask with.
    static let sudoPrompt = "bascule-password:"
    /// Printed by the log-in shell: what comes without it was not asked for by us.
    static let shellMark = "bascule-shell"
    /// Printed once root was had.
    static let rootMark = "bascule-root"
    /// Printed once the helper listens.
    static let readyMark = "bascule-ready"

    /// The one line the log-in shell runs; simple enough for any shell.
    static func commandLine(_ become: Become) -> String? {
        // Absolute paths and the C locale: no profile decides what runs here, and messages can be told apart.
        let inner = "'echo \(rootMark); exec /bin/sh'"
        let clean = "echo \(shellMark); exec /usr/bin/env LC_ALL=C.UTF-8 LANGUAGE=C"
        switch become {
        case .notNeeded: return nil
        case .su: return "\(clean) /bin/su root -c \(inner)"
        case .sudo(nil): return "\(clean) /usr/bin/sudo -n -u root /bin/sh -c \(inner)"
        case .sudo(_?): return "\(clean) /usr/bin/sudo -S -p \(sudoPrompt) -u root /bin/sh -c \(inner)"
        }
    }

    /// Lines to the helper: `R id bytes input command` (the input in base64, or `-`), `K process`. Lines from it: `id P process`, `id O base64`,
    /// `id E base64`, `id X status`, `id D`.
    static let script = """
        PATH=/usr/bin:/bin; export PATH; cd /
        exec 3>&1 >/dev/null 2>&1
        nl='
        '
        frame() { while IFS= read -r l; do echo "$1 $l"; done >&3; }
        pack() { { head -c "$2"; cat >/dev/null; } | base64 -w 3000 | frame "$1"; }
        job() {
          exec 5</dev/null
          [ "$3" = - ] || exec 5<\(RemoteScript.hereDocument(of: "\"$3\""))
          { {
            eval "exec $4" <&5 5<&- 2>&4 3>&- 4>&- &
            echo "$1 P $!" >&3
            wait $!
            echo "$1 X $?" >&3
          } | pack "$1 O" "$2"; } 4>&1 | pack "$1 E" "$2"
          echo "$1 D" >&3
        }
        echo \(readyMark) >&3
        while read -r op id bytes input line; do
          case $op in
            R) job "$id" "$bytes" "$input" "$line" & ;;
            K) kill -s TERM -- "-$id" || kill -s TERM "$id" ;;
          esac
        done

        """

    /// The line that starts a command; nil where it cannot be sent.
    static func request(id: Int, command: RemoteCommand) -> String? {
        guard let words = RemoteScript.invocation(of: command, home: "/root") else { return nil }
        // A line break can only be inside quotes. By byte: "\r\n" is one character.
        var line: [UInt8] = []
        for byte in words.utf8 {
            if byte == UInt8(ascii: "\n") { line += "'\"$nl\"'".utf8 } else { line.append(byte) }
        }
        let input = command.input.map(RemoteScript.encoded) ?? "-"
        return "R \(id) \(command.outputLimit + 1) \(input) \(String(decoding: line, as: UTF8.self))\n"
    }

    /// What a line from the helper says.
    enum Message: Equatable {
        case process(Int)
        case output([UInt8])
        case errorOutput([UInt8])
        case status(Int)
        case done
    }

    static func parse(_ line: some StringProtocol) -> (id: Int, message: Message)? {
        let words = line.split(separator: " ")
        guard words.count >= 2, let id = Int(words[0]) else { return nil }
        let argument = words.count > 2 ? words[2] : ""
        switch words[1] {
        case "P": return Int(argument).map { (id, .process($0)) }
        case "X": return Int(argument).map { (id, .status($0)) }
        case "D": return (id, .done)
        case "O": return bytes(argument).map { (id, .output($0)) }
        case "E": return bytes(argument).map { (id, .errorOutput($0)) }
        default: return nil
        }
    }

    private static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        Data(base64Encoded: String(text)).map(Array.init)
    }
}
