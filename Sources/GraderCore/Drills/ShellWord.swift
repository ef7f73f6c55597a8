/// Quoting for a POSIX shell (POSIX.1-2017, XCU 2.2.2).
public enum ShellWord {
    /// One word, whatever is in it; plain words stay as they are, so that a printed command can be read.
    public static func quoted(_ word: String) -> String {
        guard word.isEmpty || !word.utf8.allSatisfy(plain.contains) else { return word }
        // By byte: a combining mark behind a quote does not hide it from the shell.
        var quoted: [UInt8] = []
        for byte in word.utf8 {
            if byte == UInt8(ascii: "'") { quoted += "'\\''".utf8 } else { quoted.append(byte) }
        }
        return "'\(String(decoding: quoted, as: UTF8.self))'"
    }

    private static let plain = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/.-_:,".utf8)

    /// A command line a person can paste.
    public static func line(_ arguments: [String]) -> String {
        arguments.map(quoted).joined(separator: " ")
    }
}
