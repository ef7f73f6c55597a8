import GraderCore

/// The scan without its sockets and without a clock: says what to connect to next, hears what came of it, and what
/// time it is. All times are since the scan began.
struct PortScanMachine {
    /// One host to be scanned.
    struct Target: Equatable {
        var address: IPAddress
        /// Whether ARP tells that it is there: on a link of ours, and not ourselves.
        var isOnLink: Bool
        /// Whether the kernel's neighbour table had it before the scan, and nothing better is to be had.
        var wasKnown = false
    }

    /// One connection to be tried.
    struct Probe: Equatable {
        var id: Int
        var address: IPAddress
        var port: Int
    }

    struct UnderWay {
        var host: Int
        /// The port's place in the list.
        var port: Int
        var attempt: Int
        var sentAt: Duration
        var deadline: Duration
        /// Its time is up; it may still be answered.
        var isLate = false
    }

    let ports: [Int]
    let timing: PortScanTiming
    /// Stop asking a host as soon as it is known to be there.
    let discoveryOnly: Bool
    /// For hosts on our own links that nothing but ARP is heard of.
    let arpPatience: Duration
    /// Sockets open at once, those of late tries included.
    let socketLimit: Int

    var hosts: [PortScanHost]
    var underWay: [Int: UnderWay] = [:]
    var inTime = 0
    private var nextID = 0
    /// Hosts being asked, by their places in `hosts`; the others are done or have not begun.
    var active: [Int] = []
    private var nextHost = 0
    var turn = 0
    private var linkRoundTrip = RoundTripEstimate()
    private var credit = 0.0
    private var creditedAt: Duration = .zero

    /// Hosts asked at once: the kernel's neighbour table holds 1,024 by default (arp(7), gc_thresh3).
    static let hostLimit = 512

    init(
        hosts: [Target], ports: [Int], timing: PortScanTiming,
        discoveryOnly: Bool, arpPatience: Duration, socketLimit: Int
    ) {
        self.ports = ports
        self.timing = timing
        self.discoveryOnly = discoveryOnly
        self.arpPatience = arpPatience
        self.socketLimit = socketLimit
        self.hosts = hosts.map {
            PortScanHost(
                $0, portCount: ports.count,
                window: $0.isOnLink ? timing.initialLinkWindow : timing.initialHostWindow)
        }
        credit = Double(timing.mostPerSecond) / 100
        admit()
    }

    var isDone: Bool { active.isEmpty && nextHost == hosts.count }
    var hasRoom: Bool { inTime < timing.totalWindow && underWay.count < socketLimit }

    /// Hosts of which nothing is known yet, once asked.
    var unknownHosts: [Int] { active.filter { hosts[$0].reach == .unknown && hosts[$0].firstSentAt != nil } }

    /// How long nothing has come of a host.
    func silence(of host: Int, now: Duration) -> Duration { now - (hosts[host].firstSentAt ?? now) }

    /// The next connection to try; nil where it is time to listen.
    mutating func next(now: Duration) -> Probe? {
        guard hasRoom, takeCredit(now: now) else { return nil }
        for offset in 0..<active.count {
            let place = (turn + offset) % active.count
            let host = active[place]
            guard hosts[host].canSend(now: now, timing), let port = hosts[host].takePort() else { continue }
            turn = (place + 1) % active.count
            return send(host, port, now: now)
        }
        credit += 1
        return nil
    }

    mutating func send(_ host: Int, _ port: Int, now: Duration) -> Probe {
        let id = nextID
        nextID += 1
        var silent = hosts[host].silent[port] ?? PortScanHost.Silent(firstSentAt: now)
        silent.tries += 1
        silent.probes.append(id)
        hosts[host].silent[port] = silent
        hosts[host].firstSentAt = hosts[host].firstSentAt ?? now
        hosts[host].lastSentAt = now
        hosts[host].underWay += 1
        inTime += 1
        underWay[id] = UnderWay(
            host: host, port: port, attempt: silent.tries, sentAt: now, deadline: now + timeout(of: host))
        return Probe(id: id, address: hosts[host].address, port: ports[port])
    }

    func timeout(of host: Int) -> Duration {
        if let known = hosts[host].roundTrip.timeout(timing) { return known }
        guard hosts[host].isOnLink else { return timing.initialTimeout }
        return linkRoundTrip.timeout(timing) ?? timing.initialLinkTimeout
    }

    mutating func takeCredit(now: Duration) -> Bool {
        let earned = (now - creditedAt) / .seconds(1) * Double(timing.mostPerSecond)
        // No more than a fiftieth of a second's worth at once.
        credit = min(credit + earned, max(1, Double(timing.mostPerSecond) / 50))
        creditedAt = now
        guard credit >= 1 else { return false }
        credit -= 1
        return true
    }

    mutating func admit() {
        while active.count < Self.hostLimit, nextHost < hosts.count {
            active.append(nextHost)
            nextHost += 1
        }
    }

    /// What came of a connection. Returns the probes that need not be waited for any longer, this one included.
    mutating func answered(_ id: Int, _ reason: ScannedPort.Reason, now: Duration) -> [Int] {
        guard let probe = underWay[id] else { return [id] }
        let host = probe.host
        let roundTrip = now - probe.sentAt
        if reason == .synAck || reason == .refused {
            if !isUp(host) {
                hosts[host].reach = .up(reason == .synAck ? .synAck : .refused)
            }
            // After a second the kernel has sent a SYN of its own accord: which one was answered is unknown. And one
            // port that answers late must not slow down the others of a host known to be quick.
            let isTypical = !probe.isLate || hosts[host].roundTrip.smoothed == nil
            if isTypical, roundTrip < .seconds(1) {
                hosts[host].roundTrip.note(roundTrip)
                if hosts[host].isOnLink { linkRoundTrip.note(roundTrip) }
            }
            // An answer after more than a second is to the kernel's second SYN.
            if probe.attempt > 1 || roundTrip > .seconds(1) {
                hosts[host].noteLoss(answeredTry: probe.attempt, most: timing.mostTries, now: now)
            } else {
                hosts[host].widen(upTo: timing.largestHostWindow)
            }
        }
        return decide(host, probe.port, reason)
    }

    /// A connection that this machine could not begin just now (no descriptor or port left): tried again.
    mutating func postpone(_ id: Int) {
        guard let probe = underWay[id] else { return }
        forget(id)
        let host = probe.host
        if hosts[host].reach == .unknown, hosts[host].nextFresh == probe.port + 1 {
            // Nothing has been sent to it, so nothing follows from its silence.
            hosts[host].silent[probe.port] = nil
            hosts[host].nextFresh = probe.port
            if hosts[host].silent.isEmpty { hosts[host].firstSentAt = nil }
        } else {
            hosts[host].silent[probe.port]?.tries -= 1
            hosts[host].silent[probe.port]?.probes.removeAll { $0 == id }
            hosts[host].retries.append(probe.port)
        }
    }

    /// Something other than a port showed that a host is there. Returns the probes not to be waited for.
    mutating func found(
        _ host: Int, by evidence: ScannedHost.Evidence, macAddress: String?, roundTrip: Duration? = nil
    ) -> [Int] {
        if hosts[host].roundTrip.smoothed == nil, let roundTrip { hosts[host].roundTrip.note(roundTrip) }
        if hosts[host].macAddress == nil { hosts[host].macAddress = macAddress }
        guard !isUp(host), hosts[host].reach != .down else { return [] }
        hosts[host].reach = .up(evidence)
        return discoveryOnly ? finish(host, .silence) : []
    }

    func isUp(_ host: Int) -> Bool {
        if case .up = hosts[host].reach { true } else { false }
    }
}
