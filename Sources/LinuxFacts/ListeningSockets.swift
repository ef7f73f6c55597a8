import GraderCore

/// Listening TCP sockets, as `ss -Hltnp` says (`ss(8)`), or `netstat -ltnp` where there is no `ss`.
public struct ListeningSockets: Sendable, Equatable {
    public var sockets: [Socket] = []
    /// Sentences about what was read only in part.
    public var problems: [String] = []

    public init() {}

    /// One socket.
    public struct Socket: Sendable, Hashable {
        /// Where it listens; unspecified (`0.0.0.0`, `::`) is every address.
        public var address: IPAddress
        /// Printed as `*`: IPv4 and IPv6 alike. (`::` alone usually serves both too.)
        public var isDualStack: Bool
        /// The interface it is bound to, behind `%`.
        public var interface: String?
        public var port: Int
        /// Who listens; empty where the command was not run as root.
        public var processes: [Process]

        /// Whether a connection to that address and port arrives here. `::` counts for IPv4 too: Linux' default.
        public func accepts(_ destination: IPAddress, port: Int) -> Bool {
            guard port == self.port else { return false }
            if address.isUnspecified { return address.family == .v6 || destination.unmapped.isIPv4 }
            return address.unmapped == destination.unmapped
        }
    }

    /// A process that has the socket open.
    public struct Process: Sendable, Hashable {
        /// As the kernel has it: at most 15 bytes; `apache2`, `nginx`, `httpd`.
        public var name: String
        public var pid: Int?

        public init(name: String, pid: Int?) {
            self.name = name
            self.pid = pid
        }
    }

    /// The sockets that a connection to that address and port can arrive at.
    public func accepting(_ address: IPAddress, port: Int) -> [Socket] {
        sockets.filter { $0.accepts(address, port: port) }
    }

    /// Reads either command's text, with or without its header. Never fails.
    public static func read(_ text: String) -> ListeningSockets {
        var result = ListeningSockets()
        let source = TextLines(text, named: "the list of listening sockets")
        var problems = ProblemList()
        source.problems.forEach { problems.add($0) }
        for line in source.lines {
            let words = line.blankSeparatedWords
            guard let first = words.first else { continue }
            switch first {
            case "LISTEN":
                guard words.count > 3, var socket = Socket(words[3]) else {
                    problems.add("not understood in ss: \(line.excerpt)")
                    continue
                }
                // Names may hold blanks, so the line is read, not its words.
                socket.processes = Process.list(in: line)
                result.sockets.append(socket)
            case "tcp", "tcp6":
                guard words.count > 3, var socket = Socket(words[3]) else {
                    problems.add("not understood in netstat: \(line.excerpt)")
                    continue
                }
                // netstat cuts a long address off to make the port fit, and the rest may be an address too.
                guard first == "tcp" || words[3].utf8.count < 23 else {
                    problems.add("netstat shows only the beginning of an address: \(words[3].excerpt)")
                    continue
                }
                socket.processes = Process.netstat(words.count > 6 ? words[6] : "-")
                result.sockets.append(socket)
            case "State", "Proto", "Active", "Netid": continue
            default: problems.add("not understood in the list of listening sockets: \(line.excerpt)")
            }
        }
        result.problems = problems.all
        return result
    }
}

extension ListeningSockets.Socket {
    /// `0.0.0.0:22`, `[::]:22`, `*:80`, `127.0.0.53%lo:53`, `[fe80::1]%eth0:53`, `:::22`.
    fileprivate init?(_ text: Substring) {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
            let port = UInt16(text[text.utf8.index(after: colon)...])
        else { return nil }
        var host = text[..<colon]
        var interface: String?
        if let percent = host.utf8.lastIndex(of: UInt8(ascii: "%")) {
            // Within the brackets in ss before 5.0, behind them since.
            interface = String(host[host.utf8.index(after: percent)...].filter { $0 != "]" })
            host = host[..<percent]
        }
        if host.hasPrefix("[") { host = host.dropFirst() }
        if host.hasSuffix("]") { host = host.dropLast() }
        let isDualStack = host == "*"
        guard let address = isDualStack ? IPAddress(.v6, 0) : IPAddress(parsing: host) else { return nil }
        self.init(
            address: address, isDualStack: isDualStack, interface: interface, port: Int(port), processes: [])
    }
}

extension ListeningSockets.Process {
    /// `users:(("apache2",pid=65,fd=4),("apache2",pid=64,fd=4))`; each process once.
    fileprivate static func list(in line: Substring) -> [Self] {
        var result: [Self] = []
        // The even parts are within quotes.
        let parts = line.utf8.split(
            separator: UInt8(ascii: "\""), maxSplits: 400, omittingEmptySubsequences: false
        ).map { Substring($0) }
        for index in stride(from: 1, to: parts.count - 1, by: 2) where parts[index + 1].hasPrefix(",pid=") {
            let digits = parts[index + 1].utf8.dropFirst(5).prefix(while: \.isASCIIDigit)
            let process = Self(name: String(parts[index]), pid: Int(Substring(digits)))
            if !result.contains(process) { result.append(process) }
        }
        return result
    }

    /// `65/apache2`, or `-` for those of others.
    fileprivate static func netstat(_ text: Substring) -> [Self] {
        let parts = text.split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else { return [] }
        return [
            Self(name: String(parts[1].hasSuffix(":") ? parts[1].dropLast() : parts[1]), pid: Int(parts[0]))
        ]
    }
}
