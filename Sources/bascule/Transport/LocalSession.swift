import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import InputFiles
import LinuxFacts
import NIOPosix
import NetworkProbes
import Subprocess

/// `check --local`: this machine is one of the student's, the others are not visited.
enum LocalAccess {
    /// - Parameter isHandedIn: what the network shows is told as what this machine reaches, which is what others will
    ///   read it as.
    /// - Throws: a sentence where this is not root, or this machine has neither node's address.
    static func access(
        to student: RosterStudent, group: MultiThreadedEventLoopGroup, isHandedIn: Bool = false
    ) async throws -> PairCollector.Access {
        guard geteuid() == 0 else {
            throw ValidationError(
                fr: "l'état du cluster ne se lit qu'en root : lancer check --local en root (su -, ou sudo)",
                en: "the cluster's state is root's to read: run check --local as root (su -, or sudo)")
        }
        let session = LocalSession(dialer: DirectDialer(eventLoopGroup: group))
        let printed = try await session.run(RemoteCommand(["ip", "-j", "addr", "show"], asRoot: false))
        let own = InterfaceAddresses.read(json: printed.standardOutput.raw)
        let here = student.lab.machines.first { role in
            student.lab.addresses[role].flatMap { IPAddress($0) }.map { own.holder(of: $0) != nil } ?? false
        }
        guard let here else {
            let id = student.identity.id
            let own = student.lab.addresses.values.sorted().joined(separator: ", ")
            let machines = alternatives(student.lab.machines.map(\.rawValue))
            throw ValidationError(
                fr:
                    "cette machine n'a aucune des adresses de \(id) (\(own)) : lancer check --local sur \(machines), ou sans --local d'ailleurs",
                en:
                    "this machine has neither node's address of \(id) (\(own)): run check --local on \(machines), or without --local from elsewhere"
            )
        }
        return PairCollector.Access(
            connect: { role throws(TransportFailure) in
                guard role == here else {
                    throw TransportFailure(
                        .outOfSight,
                        fr:
                            "\(student.identity.id)/\(role.rawValue) : check --local n'y va pas ; lancer check là-bas aussi, ou sans --local d'une troisième machine.",
                        en:
                            "\(student.identity.id)/\(role.rawValue): not visited by check --local; run check there too, or without --local from a third machine."
                    )
                }
                return session
            }, directProber: isHandedIn ? nil : Prober(dialer: session.dialer, datagramGroup: group),
            prober: { Prober(dialer: $0, datagramGroup: group) })
    }
}

/// `check --local`: commands run on this very machine, without SSH to itself. Bounded and environed as the SSH
/// transport does it.
struct LocalSession: NodeSession {
    let dialer: any StreamDialer
    var hostKey: String? { nil }

    func close() async {}

    /// One after the other: it is the student's own machine, and everything at once is a load that he would notice.
    func run(
        brief commands: [RemoteCommand]
    ) async -> [RemoteCommand: Result<CommandResult, TransportFailure>] {
        var results: [RemoteCommand: Result<CommandResult, TransportFailure>] = [:]
        for command in commands where results[command] == nil {
            do throws(TransportFailure) {
                let answer = try await run(command)
                results[command] = .success(answer)
            } catch {
                results[command] = .failure(error)
            }
        }
        return results
    }

    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        let clock = ContinuousClock()
        let start = clock.now
        let seconds = String(max(1, command.timeLimit.wholeSeconds))
        // `timeout` ends the whole process group; its own exit status 124 says that it had to (timeout(1)).
        let bounded = ["-k", "1", seconds] + command.arguments
        // Asked to end, it ends its command first; killed, it would leave it behind.
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
        do {
            let result = try await Subprocess.run(
                .path("/usr/bin/timeout"), arguments: Arguments(bounded),
                environment: .custom([
                    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin",
                    "LC_ALL": "C.UTF-8", "HOME": "/root",
                ]), platformOptions: options, input: .string(command.input.map { $0 + "\n" } ?? ""),
                output: .sequence, error: .sequence
            ) { execution in
                async let output = Self.collect(execution.standardOutput, limit: command.outputLimit)
                async let error = Self.collect(execution.standardError, limit: command.outputLimit)
                let printed = try await output
                let complained = try await error
                return (printed, complained)
            }
            let (output, error) = result.closureResult
            return CommandResult(
                answering: command.arguments, ending: Self.ending(result.terminationStatus),
                standardOutput: output.bytes, standardError: error.bytes, outputTruncated: output.isTruncated,
                errorTruncated: error.isTruncated, duration: clock.now - start)
        } catch {
            throw TransportFailure(
                .protocolError,
                fr:
                    "Cette machine : \(command.arguments.first ?? "?") n'a pas pu être lancé (\(String(describing: error))) ; vérifier que /usr/bin/timeout existe.",
                en:
                    "This machine: \(command.arguments.first ?? "?") could not be started (\(String(describing: error))); check that /usr/bin/timeout exists."
            )
        }
    }

    private static func collect(
        _ sequence: SubprocessOutputSequence, limit: Int
    ) async throws -> (bytes: Bytes, isTruncated: Bool) {
        var kept: [UInt8] = []
        var isTruncated = false
        for try await buffer in sequence {
            let room = limit - kept.count
            if buffer.count > room { isTruncated = true }
            buffer.withUnsafeBytes { kept.append(contentsOf: $0.prefix(max(0, room))) }
        }
        return (Bytes(kept), isTruncated)
    }

    private static func ending(_ status: TerminationStatus) -> CommandResult.Ending {
        switch status {
        case .exited(124): .timedOut
        case .exited(let code): .exited(Int(code))  // bounded: widened
        case .signaled(let signal): .signalled(String(signal))
        }
    }
}
