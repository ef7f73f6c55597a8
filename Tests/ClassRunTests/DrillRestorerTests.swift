import Exercises
import Foundation
import GraderCore
import Synchronization
import TestSheets
import Testing

@testable import ClassRun

/// A node on which only what drills left can be asked for; everything else goes well and says nothing.
private struct LeftSession: NodeSession {
    let remains: String
    let isOff: Bool
    let ran: Ran
    /// What commands end with that are no shell's 0, by a word in them.
    var endings: [String: Int] = [:]
    var boot = ""
    /// How often the undo ends with "not yet" before it is done.
    var notYet = 0
    var hostKey: String? { nil }
    var dialer: any StreamDialer { NoDialer() }

    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        if isOff { throw TransportFailure(.unreachable, LocalizedText(verbatim: "switched off")) }
        ran.add(ShellWord.line(command.arguments))
        let said = [DrillProbes.leftovers: remains, DrillProbes.boot: boot][command] ?? ""
        let isNotYet =
            command.arguments.contains("now") && ran.all.count { $0.contains("undo now") } <= notYet
        let ending =
            isNotYet
            ? DrillScripts.notYetStatus
            : endings.first { command.arguments.contains($0.key) }?.value ?? 0
        return CommandResult(
            answering: command.arguments, ending: .exited(ending), standardOutput: Bytes(said),
            standardError: "",
            duration: .zero)
    }
    func close() async {}
}

private final class Ran: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

@Suite struct DrillRestorerTests {
    private func restore(
        _ remains: String, owner: String, primaryIsOff: Bool = false, endings: [String: Int] = [:],
        stages: [String] = [], notYet: Int = 0
    ) async throws -> (report: DrillRestorer.Report, here: [String], there: [String]) {
        let (here, there) = (Ran(), Ran())
        let access = PairCollector.Access(
            connect: {
                LeftSession(
                    remains: remains, isOff: primaryIsOff && $0 == .serv1, ran: there, endings: endings,
                    notYet: notYet)
            },
            directProber: nil, prober: { _ in fatalError("no drill is begun here") })
        let runner = DrillRunner(
            exercise: TestSheet(),
            request: DrillRequest(),
            means: DrillMeans(
                sampler: NodeSampler(connection: PairConnection(access), node: .serv1),
                runHere: { words, _ in
                    here.add(words.joined(separator: " "))
                    return HookResult(.exited(0))
                }, runIfWeDie: { _ in {} }),
            journalFolder: "", owner: DrillOwner.line(now: Date()), collector: "test")
        let folder = try TestFolder()
        let journal = try DrillJournal(folder: folder.path, drill: "d1")
        try journal.write(
            .opened(
                .init(
                    drill: "d1", student: "etu1", startedAt: Date(), plan: .shutdown, owner: owner, before: []
                )))
        try journal.write(.step(name: "shutdown", node: .serv1, command: "poweroff", undo: ""))
        for stage in stages { try journal.write(.stage(stage)) }
        let pair = DrillRunner.Pair(
            student: "etu1",
            lab: .pair([.serv1: "172.16.1.10", .serv2: "172.16.1.11"]),
            access: access, hooks: PowerHooks())
        var restorer = DrillRestorer(runner, pair)
        let report = await restorer.restore(DrillRecord.all(in: folder.path).records)
        return (report, here.all, there.all)
    }

    /// Another terminal's drill has just taken the node down: neither its power nor its lock is touched.
    @Test func aDrillUnderWayIsLeftAlone() async throws {
        let host = DrillOwner.line(now: Date()).split(separator: " ")[0]
        let result = try await restore(
            "", owner: "\(host) pid \(getppid()) since 2026-11-22T18:04:12Z", primaryIsOff: true)
        #expect(result.here.isEmpty)
        #expect(result.report.failures.contains { $0.en.contains("held by") })
        #expect(!result.there.contains { $0.contains("undo now") })
    }

    /// The node's own timer takes the undo away before `now`, or between that and `disarm`: it is given back, nothing is
    /// left to anybody's hand, and what the timer leaves is taken away.
    @Test(arguments: ["now", "disarm"])
    func aTimerThatIsQuickerIsNoFailure(_ command: String) async throws {
        let owner = "root@elsewhere/1 pid 5 since 2026-11-22T18:04:12Z"
        let result = try await restore(
            "lock=d1\nowner=\(owner)\ndrill=d1 armed -3\n", owner: owner,
            endings: [command: DrillScripts.goneStatus])
        #expect(result.report.failures.map { $0.en.contains("no drill shutdown to compare by") } == [true])
        let cleared = result.there.filter { $0.contains("rm -rf") && $0.contains("/var/lib/bascule/d1") }
        #expect(cleared.count == 2, "\(result.there)")
    }

    /// Killed in mid-shutdown: the node has just booted, its sshd answers and its cluster is not there yet.
    @Test func aClusterThatIsNotThereYetIsWaitedFor() async throws {
        let owner = "root@elsewhere/1 pid 5 since 2026-11-22T18:04:12Z"
        let result = try await restore(
            "lock=d1\nowner=\(owner)\ndrill=d1 armed -3\n", owner: owner, notYet: 1)
        #expect(!result.report.failures.contains { $0.en.contains("could not be given back yet") })
        #expect(result.there.contains { $0.contains("undo disarm") })
    }

    /// What a shell says that cannot fork, or finds no program, is no word of the undo's.
    @Test(arguments: [2, 127])
    func aShellThatCannotIsNoTimerThatHas(_ status: Int) async throws {
        let owner = "root@elsewhere/1 pid 5 since 2026-11-22T18:04:12Z"
        let result = try await restore(
            "lock=d1\nowner=\(owner)\ndrill=d1 armed -3\n", owner: owner, endings: ["now": status])
        #expect(result.report.failures.contains { $0.en.contains("could not be given back yet") })
        #expect(!result.there.contains { $0.contains("rm -rf") && $0.contains("/var/lib/bascule/d1") })
    }

    /// Told that it could not give back, and still alive (a board): nobody is at work any more.
    @Test func aDrillThatWasLeftIsAnybodysToRestore() async throws {
        let host = DrillOwner.line(now: Date()).split(separator: " ")[0]
        let owner = "\(host) pid \(getppid()) since 2026-11-22T18:04:12Z"
        let result = try await restore(
            "lock=d1\nowner=\(owner)\ndrill=d1 armed -3\n", owner: owner, stages: [DrillRecord.leftStage])
        #expect(!result.report.failures.contains { $0.en.contains("held by") })
        #expect(result.there.contains { $0.contains("undo now restore") })
    }

    /// A shutdown that is delayed comes after the undo: until it has come the machine is not back. So said Debian 12's
    /// systemd 252 while `systemd-inhibit --mode=delay` held `systemctl poweroff` up.
    @Test(arguments: ["stopping", "running\npending"])
    func aMachineOnItsWayDownIsNotBack(_ words: String) async throws {
        func isUp(_ said: String) async -> Bool {
            let ran = Ran()
            let access = PairCollector.Access(
                connect: { _ in LeftSession(remains: "", isOff: false, ran: ran, boot: said) },
                directProber: nil, prober: { _ in fatalError("no drill is begun here") })
            return await PairConnection(access).isUp(.serv1)
        }
        #expect(await isUp("6f3a\nrunning\n"))
        #expect(await isUp("6f3a\ndegraded\n"))
        #expect(await !isUp("6f3a\n\(words)\n"))
    }

    @Test func aLockAloneIsTakenAway() async throws {
        let owner = "root@elsewhere/1 pid 5 since 2026-11-22T18:04:12Z"
        let result = try await restore("lock=lost\nowner=\(owner)\n", owner: owner)
        // The exercise has no such drill: given back, and not compared in silence.
        #expect(result.report.failures.map { $0.en.contains("no drill shutdown to compare by") } == [true])
        #expect(result.there.contains { $0.contains("rm -rf lock") && $0.hasSuffix("lost") })
        #expect(result.report.found.contains { $0.en.contains("only its lock was left") })
    }
}
