import GraderCore

/// What stands between a machine's tools and who asks them, as ``AuditScript`` printed it. All of it is foreign text, and
/// true only as far as the tools are that it was read by.
public struct MachineAudit: Sendable, Equatable {
    /// A process of one of the names that were asked for.
    public struct Process: Sendable, Hashable {
        /// At most 15 bytes (proc(5), `comm`).
        public var name: String
        public var number: Int
        /// The file that it runs; empty where that was not told.
        public var program: String
        /// In hundredths of a second since the machine's kernel started.
        public var started: Int
        /// Whether it has a UDP socket open; nil where that was not seen.
        public var hasUDP: Bool?
    }

    /// A file and a line of it.
    public struct Line: Sendable, Hashable {
        public var file: String
        public var text: String
    }

    /// Files in `/usr/local` that stand before a package's tool in an ordinary `PATH`.
    public var overrides: [String] = []
    /// Tools in the packages' own folders that no package has brought.
    public var unpackaged: [String] = []
    /// Tools that the machine's owner had dpkg-divert(1) move aside.
    public var diverted: [String] = []
    /// Files that are not as their package brought them; no settings.
    public var altered: [String] = []
    /// Libraries that are loaded into every program (ld.so(8)).
    public var preloads: [String] = []
    /// What sshd and PAM run at a log-in.
    public var hooks: [Line] = []
    /// What shells run at their start that has to do with the tools.
    public var startUps: [Line] = []
    /// What is set for every log-in and changes what programs do.
    public var environment: [Line] = []
    public var processes: [Process] = []
    /// The IPv4 addresses that the kernel takes for its own, loopback's left out.
    public var localAddresses: [IPAddress] = []
    /// When the SSH session that looked began, in seconds since 1970 by the machine's clock; nil where none did, or where
    /// a container has a clock of its own.
    public var sessionStart: Double?
    /// Whether it was root who looked, and to the end: only then what is not there says something.
    public let isWhole: Bool
    /// Lines that others of the same script may have added.
    public let lines: [[Substring]]

    /// - Parameter text: as ``AuditScript`` prints it.
    public init(_ text: String) {
        lines = TextLines(text).lines.map { line in
            line.split(separator: "\t", maxSplits: 8, omittingEmptySubsequences: false).prefix(8).map(
                \.trimmed)
        }
        isWhole = lines.contains(["audit", "0", ""]) && lines.contains { $0.first == "end" }
        for line in lines where line.count > 1 {
            let (first, second) = (String(line[1]), line.count > 2 ? String(line[2]) : "")
            switch line[0] {
            case "override": overrides.append(first)
            case "unpackaged": unpackaged.append(first)
            case "diverted": diverted.append(first)
            case "altered": altered.append(first)
            case "preload": preloads.append(second)
            case "hook": hooks.append(Line(file: first, text: second))
            case "start": startUps.append(Line(file: first, text: second))
            case "environment": environment.append(Line(file: first, text: second))
            case "process":
                if let process = MachineAudit.process(line) { processes.append(process) }
            case "local":
                if let address = IPAddress(first), !first.hasPrefix("127.") { localAddresses.append(address) }
            case "session": sessionStart = MachineAudit.session(line)
            default: continue
            }
        }
    }

    private static func process(_ line: [Substring]) -> Process? {
        guard line.count > 5, let number = Int(line[2]), let started = Int(line[4]) else { return nil }
        let udp: Bool? = line[5] == "yes" ? true : line[5] == "no" ? false : nil
        return Process(
            name: String(line[1]), number: number, program: String(line[3]), started: started, hasUDP: udp)
    }

    /// Where the process and the clock of the machine go together: a container may be told its host's.
    private static func session(_ line: [Substring]) -> Double? {
        guard line.count > 3, let started = Double(line[1]), let up = Double(line[2]),
            let now = Double(line[3])
        else { return nil }
        let age = up - started / 100  // bounded: of fractions, which do not trap
        guard age >= 0, age < 86_400, now.isFinite else { return nil }
        return now - age
    }
}
