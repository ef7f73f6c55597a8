import Foundation
import GraderCore
import Synchronization

/// Which TCP ports of many hosts are open, and which hosts are there: full connections, closed at once, nothing
/// sent, with nmap's verdicts (`nmap -sT`). A host is there when a port accepts or refuses, when it answers ARP, or
/// ICMP echo where that is permitted; one on an own link that does not answer ARP is down, its ports not asked in vain.
public struct PortScan: Sendable {
    public var addresses: [IPAddress]
    public var ports: [Int]
    public var timing: PortScanTiming
    /// Ask no more than it takes to know which hosts are there; `ports` are those tried to that end.
    public var discoveryOnly: Bool

    /// Verdicts kept at once; more are a mistake in the ports or the subnet.
    public static let verdictLimit = 1 << 24
    /// What discovery tries where no ports are given: as `nmap -sn` does, and ssh.
    public static let discoveryPorts = [22, 80, 443]

    /// - Throws: a sentence where there are more verdicts than ``verdictLimit``.
    public init(
        addresses: [IPAddress], ports: [Int], timing: PortScanTiming = PortScanTiming(),
        discoveryOnly: Bool = false
    ) throws(ScanTargets.Mistake) {
        guard addresses.count * ports.count <= Self.verdictLimit else {
            throw ScanTargets.Mistake(
                fr: """
                    \(addresses.count) adresses à \(ports.count) ports chacune, c'est trop en une fois : \
                    sonder une partie du sous-réseau, ou moins de ports.
                    """,
                en: """
                    \(addresses.count) addresses with \(ports.count) ports each are too many at once: scan \
                    part of the subnet, or fewer ports.
                    """)
        }
        self.addresses = addresses
        self.ports = ports
        self.timing = timing
        self.discoveryOnly = discoveryOnly
    }

    /// Scans. Cancelling the task ends the scan within some hundredths of a second, with the hosts that were done.
    /// - Parameter progress: called from the scan's own thread now and then, with the hosts done.
    public func run(
        progress: (@Sendable (_ hostsDone: Int) -> Void)? = nil
    ) async -> PortScanReport {
        let isCancelled = Atomic(false)
        // poll(2) blocks: a thread of its own, not one of Swift's few.
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let thread = Thread {
                    let loop = PortScanLoop(self)
                    continuation.resume(
                        returning: loop.run(
                            isCancelled: { isCancelled.load(ordering: .relaxed) }, progress: progress))
                }
                thread.name = "port scan"
                thread.start()
            }
        } onCancel: {
            isCancelled.store(true, ordering: .relaxed)
        }
    }
}
