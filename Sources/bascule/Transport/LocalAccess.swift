import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import LinuxFacts
import NIOPosix
import NetworkProbes

/// `check --local`: this machine is one of the student's, the others are not visited.
enum LocalAccess {
    /// - Throws: a sentence where this is not root, or this machine has neither node's address.
    static func access(
        to student: RosterStudent, group: MultiThreadedEventLoopGroup
    ) async throws -> PairCollector.Access {
        guard geteuid() == 0 else {
            throw ValidationError(
                TerminalLanguage.current == .french
                    ? "l'état du cluster ne se lit qu'en root : lancez check --local en root (su -, ou sudo)"
                    : "the cluster's state is root's to read: run check --local as root (su -, or sudo)")
        }
        let session = LocalSession(dialer: DirectDialer(eventLoopGroup: group))
        let printed = try await session.run(RemoteCommand(["ip", "-j", "addr", "show"], asRoot: false))
        let own = InterfaceAddresses.read(json: printed.standardOutput.raw)
        let here = student.lab.machines.first { role in
            student.lab.addresses[role].flatMap { IPAddress($0) }.map { own.holder(of: $0) != nil } ?? false
        }
        guard let here else {
            throw ValidationError(
                "this machine has neither node's address of \(student.identity.id) "
                    + "(\(student.lab.addresses.values.sorted().joined(separator: ", "))): "
                    + "run check --local on \(student.lab.machines.map(\.rawValue).joined(separator: " or ")), or without --local from elsewhere"
            )
        }
        return PairCollector.Access(
            connect: { role throws(TransportFailure) in
                guard role == here else {
                    throw TransportFailure(
                        .outOfSight,
                        "\(student.identity.id)/\(role.rawValue): not visited by check --local; "
                            + "run check there too, or without --local from a third machine.")
                }
                return session
            }, directProber: Prober(dialer: session.dialer, datagramGroup: group),
            prober: { Prober(dialer: $0) })
    }
}
