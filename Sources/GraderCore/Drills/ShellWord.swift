/// Quoting for a POSIX shell (POSIX.1-2017, XCU 2.2.2).
public enum ShellWord {
    /// One word, whatever is in it; plain words stay as they are, so that a printed command can be read.
    public static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
                    UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: ","):
                    true
                default: false
                }
            }
        guard !isPlain else { return word }
        // By byte: a combining mark behind a quote does not hide it from the shell.
        var quoted: [UInt8] = []
        for byte in word.utf8 {
            if byte == UInt8(ascii: "'") { quoted += "'\\''".utf8 } else { quoted.append(byte) }
        }
        return "'\(String(decoding: quoted, as: UTF8.self))'"
    }

    /// A command line a person can paste.
    public static func line(_ arguments: [String]) -> String {
        arguments.map(quoted).joined(separator: " ")
    }
}
