import GraderCore

/// What follows from time passing, and how ports and hosts are decided.
extension PortScanMachine {
    /// To be called every hundredth of a second or so. Returns the probes that need not be waited for any longer.
    mutating func tick(now: Duration) -> [Int] {
        var over: [Int] = []
        for (id, probe) in underWay where !probe.isLate && probe.deadline <= now {
            expire(id, probe, now: now)
        }
        for host in active {
            if hosts[host].reach == .unknown { over += doubt(host, now: now) }
            for (port, silent) in hosts[host].silent {
                if let end = silent.givenUpAt, end <= now {
                    if hosts[host].goesOnAnswering(now: now, timing) {
                        over += tryOn(host, port, now: now)
                    } else {
                        over += decide(host, port, .silence)
                    }
                }
                if let again = silent.retryAt, again <= now { over += queue(host, port) }
            }
        }
        return over
    }

    mutating func expire(_ id: Int, _ probe: UnderWay, now: Duration) {
        let host = probe.host
        underWay[id]?.isLate = true
        inTime -= 1
        hosts[host].underWay -= 1
        guard var silent = hosts[host].silent[probe.port], silent.probes.last == id else { return }
        if silent.tries < hosts[host].triesForNow(now: now, timing) {
            // More time passes before each further try: a limiter of rates has let something through by then.
            let wait = timeout(of: host) * (1 << min(silent.tries - 1, 2))  // bounded: by two at most
            silent.retryAt = max(now, probe.sentAt + min(wait, timing.maximumTimeout))
        } else {
            silent.givenUpAt = max(now, silent.firstSentAt + timing.patience)
        }
        hosts[host].silent[probe.port] = silent
    }

    /// It is time for another try. Where sockets are short, those of the earlier tries make room, or nothing would go
    /// on: what holds a socket has to end by itself in time.
    mutating func queue(_ host: Int, _ port: Int) -> [Int] {
        hosts[host].silent[port]?.retryAt = nil
        hosts[host].retries.append(port)
        guard underWay.count * 4 >= socketLimit * 3, let over = hosts[host].silent[port]?.probes else {
            return []
        }
        for id in over { forget(id) }
        hosts[host].silent[port]?.probes = []
        return over
    }

    /// Asks once more a port that was to be called silent. Returns its old tries: new ones take their places.
    mutating func tryOn(_ host: Int, _ port: Int, now: Duration) -> [Int] {
        guard var silent = hosts[host].silent[port] else { return [] }
        let over = Array(silent.probes.dropLast())
        for id in over { forget(id) }
        silent.probes = silent.probes.suffix(1)
        silent.givenUpAt = nil
        silent.retryAt = now
        hosts[host].silent[port] = silent
        return over
    }

    /// A host of which nothing has been heard.
    mutating func doubt(_ host: Int, now: Duration) -> [Int] {
        guard let first = hosts[host].firstSentAt else { return [] }
        if hosts[host].isOnLink {
            guard now - first >= arpPatience else { return [] }
            // What the kernel knew before may be old; nothing new would have shown in its table.
            if hosts[host].wasKnown {
                hosts[host].reach = .assumed
                return []
            }
            hosts[host].reach = .down
            return finish(host, .unreachable)
        }
        guard now - first >= timing.initialTimeout else { return [] }
        hosts[host].reach = .assumed
        return []
    }

    mutating func decide(_ host: Int, _ port: Int, _ reason: ScannedPort.Reason) -> [Int] {
        let over = hosts[host].silent.removeValue(forKey: port)?.probes ?? []
        for id in over { forget(id) }
        _ = hosts[host].decide(port, reason)
        if discoveryOnly, isUp(host) { return over + finish(host, .silence) }
        if hosts[host].isDone { retire(host) }
        return over
    }

    /// Decides all that is undecided.
    mutating func finish(_ host: Int, _ reason: ScannedPort.Reason) -> [Int] {
        let over = hosts[host].silent.values.flatMap(\.probes)
        for id in over { forget(id) }
        hosts[host].silent = [:]
        for port in hosts[host].reasons.indices { _ = hosts[host].decide(port, reason) }
        retire(host)
        return over
    }

    mutating func forget(_ id: Int) {
        guard let probe = underWay.removeValue(forKey: id), !probe.isLate else { return }
        inTime -= 1
        hosts[probe.host].underWay -= 1
    }

    mutating func retire(_ host: Int) {
        guard let place = active.firstIndex(of: host) else { return }
        active.remove(at: place)
        if turn > place { turn -= 1 }
        if turn >= active.count { turn = 0 }
        admit()
    }
}
