import GraderCore

@testable import NetworkProbes

/// A network without sockets, in a time of its own: a millisecond is a step.
struct SimulatedNetwork {
    /// What comes of the nth connection to a port of a host begun at some time: what and after how long; nil:
    /// silence.
    typealias Behaviour = (_ address: IPAddress, _ port: Int, _ attempt: Int, _ now: Duration) -> (
        reason: ScannedPort.Reason, after: Duration
    )?

    private(set) var machine: PortScanMachine
    private(set) var time: Duration = .zero
    /// When each connection was begun, by address and port.
    private(set) var begun: [String: [Duration]] = [:]
    /// Connections waited for at once, at most.
    private(set) var mostOpen = 0
    /// Answers to ARP: when they come.
    var arp: [IPAddress: Duration] = [:]

    init(
        _ targets: [PortScanMachine.Target], ports: [Int], timing: PortScanTiming = PortScanTiming(),
        discoveryOnly: Bool = false, socketLimit: Int = 4096
    ) {
        machine = PortScanMachine(
            hosts: targets, ports: ports, timing: timing, discoveryOnly: discoveryOnly,
            arpPatience: timing.ownARPPatience, socketLimit: socketLimit)
    }

    /// Scans until it is done; false where that takes longer than `limit`.
    mutating func run(limit: Duration = .seconds(60), _ behaviour: Behaviour) -> Bool {
        var open: Set<Int> = []
        var answers: [(at: Duration, id: Int, reason: ScannedPort.Reason)] = []
        while !machine.isDone {
            while let probe = machine.next(now: time) {
                let key = "\(probe.address) \(probe.port)"
                begun[key, default: []].append(time)
                open.insert(probe.id)
                let attempt = begun[key]?.count ?? 0
                if let answer = behaviour(probe.address, probe.port, attempt, time) {
                    answers.append((time + answer.after, probe.id, answer.reason))
                }
            }
            mostOpen = max(mostOpen, open.count)
            for answer in answers where answer.at <= time && open.contains(answer.id) {
                open.subtract(machine.answered(answer.id, answer.reason, now: time))
            }
            answers.removeAll { $0.at <= time }
            for (place, host) in machine.hosts.enumerated() {
                if let at = arp[host.address], at <= time, host.reach == .unknown {
                    open.subtract(machine.found(place, by: .arp, macAddress: "02:00:00:00:00:01"))
                }
            }
            if Int(time / .milliseconds(1)) % 10 == 0 { open.subtract(machine.tick(now: time)) }
            time += .milliseconds(1)
            if time > limit { return false }
        }
        // Everything that was begun was waited for or given up, once.
        return open.isEmpty
    }

    /// By port; the only host's.
    var reasons: [Int: ScannedPort.Reason] {
        Dictionary(
            zip(machine.ports, machine.hosts[0].reasons).compactMap { port, reason in
                reason.map { (port, $0) }
            },
            uniquingKeysWith: { first, _ in first })
    }
}
