import GraderCore
import Testing

@testable import NetworkProbes

@Suite struct PortScanMachineTests {
    private let host: PortScanMachine.Target
    private let routed: PortScanMachine.Target

    init() throws {
        host = PortScanMachine.Target(address: try #require(IPAddress("192.0.2.10")), isOnLink: true)
        routed = PortScanMachine.Target(address: try #require(IPAddress("198.51.100.10")), isOnLink: false)
    }

    private func neighbours(_ count: Int) -> [PortScanMachine.Target] {
        (0..<count).map {
            PortScanMachine.Target(
                address: IPAddress(.v4, host.address.number + UInt128($0)), isOnLink: true)
        }
    }

    @Test func answersAreVerdictsAndSilenceIsFilteredAfterThePatience() {
        var network = SimulatedNetwork([host], ports: [22, 80, 443, 8080])
        #expect(
            network.run { _, port, _, _ in
                switch port {
                case 22: (.synAck, .milliseconds(1))
                case 80: (.refused, .milliseconds(1))
                case 443: (.unreachable, .milliseconds(1))
                default: nil
                }
            })
        #expect(network.reasons == [22: .synAck, 80: .refused, 443: .unreachable, 8080: .silence])
        #expect(network.time >= PortScanTiming().patience)
        #expect(network.time < PortScanTiming().patience + .milliseconds(200))
        #expect(network.begun["192.0.2.10 22"]?.count == 1)
        // Silence is asked again, each time later.
        let tries = network.begun["192.0.2.10 8080"] ?? []
        #expect(tries.count == 4)
        let gaps = zip(tries.dropFirst(), tries).map { $0 - $1 }
        #expect(gaps == gaps.sorted())
    }

    @Test func aPortThatAnswersLateIsOpen() {
        var network = SimulatedNetwork([host], ports: [22, 8090])
        #expect(
            network.run { _, port, attempt, _ in
                (.synAck, .milliseconds(port == 22 ? 1 : 900))
            })
        #expect(network.reasons == [22: .synAck, 8090: .synAck])
        // The first try was answered: nothing was lost, and nothing slows down.
        #expect(network.time < .milliseconds(920))
    }

    @Test func aLostTryIsMadeAgain() {
        var network = SimulatedNetwork([host], ports: [22, 80, 443])
        #expect(
            network.run { _, port, attempt, _ in
                port == 80 && attempt < 3 ? nil : (.synAck, .milliseconds(1))
            })
        #expect(network.reasons == [22: .synAck, 80: .synAck, 443: .synAck])
        #expect(network.begun["192.0.2.10 80"]?.count == 3)
    }

    /// Twenty answers a second, five at once: no port is left out because its turn did not come.
    @Test func aLimiterOfRatesIsWaitedFor() {
        var network = SimulatedNetwork([host], ports: Array(8000..<8100))
        var tokens = 5.0
        var last: Duration = .zero
        #expect(
            network.run { _, _, _, now in
                tokens = min(5, tokens + (now - last) / .milliseconds(50))
                last = now
                guard tokens >= 1 else { return nil }
                tokens -= 1
                return (.refused, .milliseconds(1))
            })
        #expect(network.reasons.values.allSatisfy { $0 == .refused })
    }

    /// A host that answers one port a second for ever keeps nobody for ever.
    @Test func aLimiterIsNotWaitedForWithoutEnd() {
        var network = SimulatedNetwork([host], ports: Array(1...1000))
        var last: Duration = .seconds(-2)
        let isDone = network.run { _, _, _, now in
            guard now - last >= .seconds(1) else { return nil }
            last = now
            return (.refused, .milliseconds(1))
        }
        #expect(isDone)
        #expect(network.time < PortScanTiming().limiterPatience + .seconds(10))
        #expect(network.reasons.values.contains(.silence))
    }

    @Test func whoDoesNotAnswerARPIsDownAndNotAskedInVain() {
        var network = SimulatedNetwork(neighbours(254), ports: Array(1...1000))
        #expect(network.run { _, _, _, _ in nil })
        #expect(network.machine.hosts.allSatisfy { $0.reach == .down })
        #expect(network.begun.values.map(\.count).reduce(0, +) == 2 * 254)
        #expect(network.time < PortScanTiming().ownARPPatience + .milliseconds(50))
        #expect(network.reasons.count == 1000 && network.reasons.values.allSatisfy { $0 == .unreachable })
    }

    @Test func whoAnswersARPAloneIsUpAndAllFiltered() {
        var network = SimulatedNetwork([host], ports: Array(1...50))
        network.arp[host.address] = .milliseconds(3)
        #expect(network.run { _, _, _, _ in nil })
        #expect(network.machine.hosts[0].reach == .up(.arp))
        #expect(network.machine.hosts[0].macAddress == "02:00:00:00:00:01")
        #expect(network.reasons.count == 50 && network.reasons.values.allSatisfy { $0 == .silence })
    }

    @Test func whatTheKernelKnewBeforeIsNeitherUpNorDown() {
        var known = host
        known.wasKnown = true
        var network = SimulatedNetwork([known], ports: [22, 80])
        #expect(network.run { _, _, _, _ in nil })
        #expect(network.machine.hosts[0].reach == .assumed)
        #expect(network.reasons == [22: .silence, 80: .silence])
    }

    @Test func behindARouterEveryPortIsAsked() {
        var network = SimulatedNetwork([routed], ports: Array(1...20))
        #expect(network.run { _, port, _, _ in port == 17 ? (.synAck, .milliseconds(150)) : nil })
        #expect(network.machine.hosts[0].reach == .up(.synAck))
        #expect(network.reasons[17] == .synAck)
        #expect(network.reasons.values.count { $0 == .silence } == 19)
    }

    @Test func discoveryStopsAtTheFirstSign() {
        var network = SimulatedNetwork(neighbours(3), ports: [22, 80, 443], discoveryOnly: true)
        let second = network.machine.hosts[1].address
        let third = network.machine.hosts[2].address
        network.arp[third] = .milliseconds(100)
        #expect(
            network.run { address, port, _, _ in
                address == second && port == 80 ? (.refused, .milliseconds(2)) : nil
            })
        #expect(network.machine.hosts.map(\.reach) == [.down, .up(.refused), .up(.arp)])
    }

    @Test func ratesAndSocketsAreBounded() {
        var timing = PortScanTiming()
        timing.mostPerSecond = 100
        var slow = SimulatedNetwork([host], ports: Array(1...200), timing: timing)
        #expect(slow.run { _, _, _, _ in (.refused, .milliseconds(1)) })
        #expect(slow.time >= .milliseconds(1900))
        let times = slow.begun.values.flatMap { $0 }.sorted()
        for (index, time) in times.enumerated() where index >= 110 {
            #expect(time - times[index - 110] >= .seconds(1))
        }

        var few = SimulatedNetwork(neighbours(10), ports: Array(1...10), socketLimit: 20)
        for host in few.machine.hosts { few.arp[host.address] = .zero }
        #expect(few.run(limit: .seconds(600)) { _, _, _, _ in nil })
        #expect(few.mostOpen <= 20)
    }

    @Test func aConnectionThatCannotBeBegunNowIsBegunLater() {
        var machine = PortScanMachine(
            hosts: [host], ports: [22], timing: PortScanTiming(), discoveryOnly: false,
            arpPatience: .seconds(1), socketLimit: 10)
        guard let first = machine.next(now: .zero) else {
            Issue.record("nothing to do")
            return
        }
        machine.postpone(first.id)
        // Nobody was asked, so nobody is down for not answering.
        #expect(machine.tick(now: .seconds(2)) == [])
        let second = machine.next(now: .seconds(2))
        #expect(second?.port == 22)
        #expect(second?.id != first.id)
        #expect(machine.answered(second?.id ?? -1, .synAck, now: .seconds(2)) == [second?.id ?? -1])
        #expect(machine.isDone)
    }
}
