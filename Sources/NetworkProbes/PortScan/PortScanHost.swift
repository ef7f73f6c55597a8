import GraderCore

/// One host of a scan: what is known of it, what is still to be asked, how fast it may be asked.
struct PortScanHost {
    enum Reach: Equatable {
        case unknown
        case up(ScannedHost.Evidence)
        case down
        /// Nothing has come, but nothing would tell whether it is there: asked as if it were.
        case assumed
    }

    /// A port that was asked and has not answered.
    struct Silent {
        var tries = 0
        var firstSentAt: Duration
        /// Of its tries, the oldest first; their sockets are open.
        var probes: [Int] = []
        /// When it is tried again, where its last try is late and another is to follow.
        var retryAt: Duration?
        /// Set when no further try is to be made: when the port is called silent.
        var givenUpAt: Duration?
    }

    let target: PortScanMachine.Target
    var reach = Reach.unknown
    var macAddress: String?
    var roundTrip = RoundTripEstimate()
    /// By the port's place in the list; nil: undecided.
    private(set) var reasons: [ScannedPort.Reason?]
    private(set) var undecided: Int
    var nextFresh = 0
    var retries: [Int] = []
    var silent: [Int: Silent] = [:]
    /// Tries that still may be answered in time.
    var underWay = 0
    var allowedTries = 2
    var window: Double
    private var threshold = 75.0
    private var answers = 0
    private var losses = 0
    /// When a later try was answered last where an earlier one was not.
    private var lastLossAt: Duration?
    /// Between two tries, once something got lost (nmap's scan delay).
    private var pace: Duration = .zero
    var firstSentAt: Duration?
    var lastSentAt: Duration = .zero

    init(_ target: PortScanMachine.Target, portCount: Int, window: Double) {
        self.target = target
        self.window = window
        reasons = Array(repeating: nil, count: portCount)
        undecided = portCount
    }

    var address: IPAddress { target.address }
    var isOnLink: Bool { target.isOnLink }
    var wasKnown: Bool { target.wasKnown }

    /// How often a silent port is tried: where few are silent, four tries take no longer than the patience that each
    /// of them gets anyway; where many are, two, unless something was seen to get lost.
    func triesForNow(now: Duration, _ timing: PortScanTiming) -> Int {
        if isOutOfPatience(now: now, timing) { return 2 }
        return silent.count <= 64 ? max(4, allowedTries) : allowedTries
    }

    /// Whether the host has had all the consideration it gets for answering some tries only: the rest of its ports are
    /// asked as if nothing had got lost, so that none can hold a scan up by answering now and then.
    private func isOutOfPatience(now: Duration, _ timing: PortScanTiming) -> Bool {
        firstSentAt.map { now - $0 >= timing.limiterPatience } ?? false
    }

    var isDone: Bool { undecided == 0 }

    /// The next port to ask, where one may be asked now.
    func canSend(now: Duration, _ timing: PortScanTiming) -> Bool {
        guard !isDone, nextFresh < reasons.count || !retries.isEmpty else { return false }
        // Until it is known to be there, two ports stand for all.
        if reach == .unknown { return nextFresh < min(2, reasons.count) }
        if isOutOfPatience(now: now, timing) {
            return Double(underWay) < max(window, timing.initialHostWindow)
        }
        return Double(underWay) < window && (pace == .zero || now - lastSentAt >= pace)
    }

    mutating func takePort() -> Int? {
        while !retries.isEmpty, reach != .unknown {
            let port = retries.removeFirst()
            if reasons[port] == nil { return port }
        }
        guard nextFresh < reasons.count else { return nil }
        nextFresh += 1
        return nextFresh - 1
    }

    /// - Returns: false where it was decided before.
    mutating func decide(_ port: Int, _ reason: ScannedPort.Reason) -> Bool {
        guard reasons[port] == nil else { return false }
        reasons[port] = reason
        undecided -= 1
        return true
    }

    /// An answer came in time: slow start up to the threshold, then one more per window (RFC 5681, section 3.1).
    mutating func widen(upTo limit: Double) {
        answers += 1
        window = min(limit, window + (window < threshold ? 1 : 1 / window))
    }

    /// Whether trying on is worth it: something limits the rate of answers (Linux sends one ICMP error a second to an
    /// address, icmp(7)), and they go on coming.
    func goesOnAnswering(now: Duration, _ timing: PortScanTiming) -> Bool {
        guard let lastLossAt, !isOutOfPatience(now: now, timing) else { return false }
        return now - lastLossAt < timing.patience * 3 / 2
    }

    /// A later try was answered where an earlier one was not: something drops. Ports that had been given up are asked
    /// again, as nmap does. Where that happens often, it drops because tries come too fast, and they slow down.
    mutating func noteLoss(answeredTry: Int, most: Int, now: Duration) {
        losses += 1
        lastLossAt = now
        if losses * 8 > answers {
            threshold = max(4, window / 2)
            window = threshold
            pace = min(.milliseconds(10), pace == .zero ? .milliseconds(1) : pace * 2)
        }
        let allowed = min(most, answeredTry + 2)
        guard allowed > allowedTries else { return }
        allowedTries = allowed
        for (port, state) in silent where state.givenUpAt != nil && state.tries < allowed {
            silent[port]?.givenUpAt = nil
            silent[port]?.retryAt = now
        }
    }
}
