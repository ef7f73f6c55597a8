import GraderCore

/// Listening sockets, as `ss -Hltnp` or `ss -Hlunp` says (`ss(8)`), or `netstat -ltnp` where there is no `ss`.
public struct ListeningSockets: Sendable, Equatable {
    public var sockets: [Socket] = []

    /// One socket.
    public struct Socket: Sendable, Hashable {
        /// Where it listens; unspecified (`0.0.0.0`, `::`) is every address.
        public var address: IPAddress
        public var port: Int
        /// `*`: every IPv4 address as well as every IPv6 one.
        public var isOfBothFamilies = false
        /// Who listens; empty where the command was not run as root.
        public var processes: [Process] = []
    }

    /// A process that has the socket open.
    public struct Process: Sendable, Hashable {
        /// As the kernel has it: at most 15 bytes; `apache2`, `nginx`, `httpd`.
        public var name: String
        public var pid: Int?
    }

    /// Reads either command's text, with or without its header; what is not understood is passed over. Never fails.
    public static func read(_ text: String) -> ListeningSockets {
        var result = ListeningSockets()
        for line in TextLines(text).lines {
            let words = line.blankSeparatedWords
            guard words.count > 3, var socket = Socket(words[3]) else { continue }
            switch words[0] {
            // Of UDP, which has no state, `ss -Hlunp` says UNCONN.
            case "LISTEN", "UNCONN":
                // Names may hold blanks, so the line is read, not its words.
                socket.processes = Process.list(in: line)
            // netstat cuts a long address off to make the port fit, and the rest may be an address too.
            case "tcp",
                "tcp6" where words[3].utf8.count < 23:
                socket.processes = Process.netstat(words.count > 6 ? words[6] : "-")
            default: continue
            }
            result.sockets.append(socket)
        }
        return result
    }
}

extension ListeningSockets.Socket {
    /// `0.0.0.0:22`, `[::]:22`, `*:80`, `127.0.0.53%lo:53`, `[fe80::1]%eth0:53`, `:::22`.
    fileprivate init?(_ text: Substring) {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
            let port = UInt16(text[text.utf8.index(after: colon)...])
        else { return nil }
        // The interface stands within the brackets in ss before 5.0, behind them since.
        var host = text[..<colon].prefix { $0 != "%" }
        if host.hasPrefix("[") { host = host.dropFirst() }
        if host.hasSuffix("]") { host = host.dropLast() }
        // `*` is IPv4 and IPv6 alike.
        guard let address = host == "*" ? IPAddress(.v6, 0) : IPAddress(parsing: host) else { return nil }
        self.init(address: address, port: Int(port), isOfBothFamilies: host == "*")  // bounded: widened
    }
}

extension ListeningSockets.Process {
    /// `users:(("apache2",pid=65,fd=4),("apache2",pid=64,fd=4))`; each process once.
    fileprivate static func list(in line: Substring) -> [Self] {
        var result: [Self] = []
        var known: Set<Self> = []
        // The even parts are within quotes.
        let parts = line.utf8.split(
            separator: UInt8(ascii: "\""), maxSplits: 400, omittingEmptySubsequences: false
        ).map { Substring($0) }
        for index in stride(from: 1, to: parts.count - 1, by: 2) where parts[index + 1].hasPrefix(",pid=") {
            let digits = parts[index + 1].utf8.dropFirst(5).prefix(while: \.isASCIIDigit)
            let process = Self(name: String(parts[index]), pid: Int(Substring(digits)))  // bounded: of a text
            if known.insert(process).inserted { result.append(process) }
        }
        return result
    }

    /// `65/apache2`, or `-` for those of others.
    fileprivate static func netstat(_ text: Substring) -> [Self] {
        let parts = text.split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else { return [] }
        return [
            // bounded: of a text
            Self(name: String(parts[1].hasSuffix(":") ? parts[1].dropLast() : parts[1]), pid: Int(parts[0]))
        ]
    }
}
