/// Reads along until the server's identification string (RFC 4253, section 4.2) has come, so that what is not
/// SSH is told apart before libssh2 sees an endless stream of it.
struct BannerGate {
    enum Finding: Equatable {
        case needsMore
        /// `SSH-2.0-…` has come.
        case passed(String)
        /// The server says that it takes no more log-ins for now.
        case penalty(String)
        /// Not SSH, or not SSH 2; the first line of what came, cut and made printable.
        case notSSH(String)
    }

    /// RFC 4253 allows lines before the identification string; this many bytes of them are read.
    static let byteLimit = 8192

    private var seen: [UInt8] = []
    private var lineStart = 0
    /// Where the next piece begins: what is before was looked through.
    private var searched = 0
    /// Bytes of the last piece that belong to the identification string or to what stands before it.
    private(set) var taken = 0
    private(set) var finding = Finding.needsMore

    var hasSeenAnything: Bool { !seen.isEmpty }

    /// The first line, printable, for messages.
    var firstLine: String {
        let line = seen.prefix { $0 != 0x0A }.prefix(80)
        return Self.printable(line)
    }

    mutating func feed(_ bytes: UnsafeRawBufferPointer) -> Finding {
        guard finding == .needsMore else { return finding }
        let before = seen.count
        seen.append(contentsOf: bytes.prefix(Self.byteLimit - before))  // bounded: never more is kept
        defer { searched = seen.count }
        while let newline = seen[searched...].firstIndex(of: 0x0A) {
            let line = seen[lineStart..<newline]
            lineStart = newline + 1
            searched = lineStart
            taken = lineStart - before
            if let found = judge(line) {
                finding = found
                return found
            }
        }
        if seen.count >= Self.byteLimit { finding = .notSSH(firstLine) }
        return finding
    }

    /// The connection ended before an identification string; what came may be a line without its end.
    mutating func atEnd() -> Finding {
        guard finding == .needsMore, lineStart < seen.count else { return finding }
        if let found = judge(seen[lineStart...]) { finding = found }
        return finding
    }

    private func judge(_ line: ArraySlice<UInt8>) -> Finding? {
        let text = Self.printable(line.prefix(255))
        // Not longer than 255 bytes, its end included, and without NUL.
        if text.hasPrefix("SSH-"), line.count > 254 || line.contains(0) {
            return .notSSH(String(text.prefix(80)))
        }
        if text.hasPrefix("SSH-2.0-") || text.hasPrefix("SSH-1.99-") { return .passed(text) }
        if text.hasPrefix("SSH-") { return .notSSH(text) }
        // sshd.c of OpenSSH 8.x to 10.x writes these two and closes.
        if text.contains("Exceeded MaxStartups") || text.contains("Not allowed at this time") {
            return .penalty(text)
        }
        return nil
    }

    static func printable(_ bytes: some Sequence<UInt8>) -> String {
        String(
            decoding: bytes.compactMap { byte -> UInt8? in
                switch byte {
                case 0x20...0x7E: byte
                case 0x0D, 0x0A: nil
                default: UInt8(ascii: "?")
                }
            }, as: UTF8.self)
    }
}
