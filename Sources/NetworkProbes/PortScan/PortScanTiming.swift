/// How fast and how patient a scan is. The names and the values not explained are those of nmap's `-T4` (*Timing and
/// Performance* in its manual).
public struct PortScanTiming: Sendable, Hashable {
    /// For an answer, as long as nothing is known of the way there.
    public var initialTimeout: Duration = .milliseconds(500)
    /// The same on an own link.
    public var initialLinkTimeout: Duration = .milliseconds(200)
    public var minimumTimeout: Duration = .milliseconds(100)
    public var maximumTimeout: Duration = .milliseconds(1250)
    /// A port is not called silent before its first try is this old, however near its host: a busy machine answers
    /// late, and one that sends an ICMP error a second only (Linux, icmp(7)) has sent the next by then. The sockets of
    /// earlier tries stay open meanwhile, so this costs time once and not for each port.
    public var patience: Duration = .milliseconds(1150)
    /// Tries for a port of a host on whose way something was seen to get lost; two elsewhere.
    public var mostTries = 7
    /// For a host that answers some tries only, as long as ever more ports are answered.
    public var limiterPatience: Duration = .seconds(20)
    /// For an answer to ARP on the own link, where only the kernel asks (twice in this time).
    public var kernelARPPatience: Duration = .milliseconds(1150)
    /// The same where ARP requests can be sent from here, three in this time.
    public var ownARPPatience: Duration = .milliseconds(550)
    /// Tries under way at once to one host, to begin with; grows with every answer, is halved by a loss.
    public var initialHostWindow = 48.0
    /// The same on an own link: there a firewall's silence is no congestion, and a port's two tries are over in a fifth
    /// of a second.
    public var initialLinkWindow = 300.0
    public var largestHostWindow = 300.0
    /// Tries under way at once.
    public var totalWindow = 2048
    /// Connections begun a second.
    public var mostPerSecond = 50_000

    public init() {}
}

/// The round-trip time to a host and how long to wait for it (RFC 6298, section 2, with nmap's bounds).
struct RoundTripEstimate: Sendable, Hashable {
    private(set) var smoothed: Duration?
    private var variance: Duration = .zero

    mutating func note(_ sample: Duration) {
        guard let smoothed else {
            self.smoothed = sample
            variance = sample / 2
            return
        }
        let difference = sample > smoothed ? sample - smoothed : smoothed - sample
        variance = variance * 3 / 4 + difference / 4
        self.smoothed = smoothed * 7 / 8 + sample / 8
    }

    /// Nil where nothing is known.
    func timeout(_ timing: PortScanTiming) -> Duration? {
        smoothed.map { max(timing.minimumTimeout, min($0 + variance * 4, timing.maximumTimeout)) }
    }
}
