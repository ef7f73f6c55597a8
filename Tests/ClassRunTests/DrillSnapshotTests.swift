import Foundation
import GraderCore
import Synchronization
import TestSheets
import Testing

@testable import ClassRun

/// Snapshots before drills, with machines, hypervisor and drills of the test's own.
@Suite struct DrillSnapshotTests {
    private let told = Told()

    private func runner(
        _ drills: [any Drill],
        hook: @escaping @Sendable ([String]) -> HookResult = { _ in HookResult(.exited(0)) }
    ) throws -> DrillRunner {
        var sheet = TestSheet()
        sheet.drills = drills
        var request = DrillRequest(Set(drills.map(\.kind)))
        // How slow the machine is that runs the tests is none of their business.
        request.restBound = .seconds(3600)
        let means = DrillMeans(
            sampler: NodeSampler(connection: PairConnection(access("")), node: .serv1),
            runHere: { words, _ in
                told.add("hook \(words.joined(separator: "|"))")
                return hook(words)
            }, runIfWeDie: { _ in {} })
        return DrillRunner(
            exercise: sheet, request: request, means: means, journalFolder: "", owner: "me", collector: "test"
        )
    }

    private func access(_ leftovers: String) -> PairCollector.Access {
        PairCollector.Access(
            connect: { _ in QuietSession(leftovers: leftovers) }, directProber: nil,
            prober: { _ in fatalError("nothing is asked of the service") })
    }

    private func pair(_ leftovers: String = "", snapshot: [String]? = ["snap", "{vm}", "{snapshot}"])
        -> DrillRunner.Pair
    {
        DrillRunner.Pair(
            student: "etu1", lab: .pair([.serv1: "172.16.1.10", .serv2: "172.16.1.11"]),
            access: access(leftovers),
            hooks: PowerHooks(snapshot: snapshot, vms: [.serv1: "un serv1", .serv2: "un serv2"]))
    }

    private func refusals(_ drills: [DrillEvidence]) -> [String] {
        drills.map {
            if case .refused(let refusal) = $0.outcome { refusal.sentence.en } else { "\($0.outcome)" }
        }
    }

    /// Each machine once, before any drill looks for itself; what those see then is their own.
    @Test func bothMachinesAreKeptOnceBeforeTheDrills() async throws {
        let drills = [
            AskedDrill("one", ["", "", "too late"], tell: told.add),
            AskedDrill("two", ["", "", "too late"], tell: told.add),
        ]
        let result = try await runner(drills).run(on: pair()) { _ in }
        let said = told.all.map { $0.replacing(/\d{8}T\d{6}Z/, with: "NOW") }
        #expect(
            said == [
                "plan one", "plan two", "hook snap|un serv1|bascule-drills-NOW",
                "hook snap|un serv2|bascule-drills-NOW", "plan one", "plan two", "plan one", "plan two",
            ])
        #expect(refusals(result) == ["too late", "too late"])
        #expect(result.allSatisfy { $0.snapshot?.hasPrefix("bascule-drills-") == true })
    }

    @Test func withoutTheSnapshotNoDrillIsBegun() async throws {
        let drills = [AskedDrill("one", [""], tell: told.add), AskedDrill("two", [""], tell: told.add)]
        let remarks = Told()
        let failing = try runner(drills) { words in
            words.contains("un serv2") ? HookResult(.exited(3), said: "secret host") : HookResult(.exited(0))
        }
        let result = await failing.run(on: pair()) { event in
            if case .remark(_, let text) = event { remarks.add(text.en) }
        }
        let sentence = "The snapshot of serv2 was not taken (exit status 3). No drill is begun."
        #expect(refusals(result) == [sentence, sentence])
        #expect(result.map(\.kind.rawValue) == ["one", "two"])
        // What the hook printed is the teacher's.
        #expect(remarks.all == ["The snapshot of serv2 was not taken (exit status 3: secret host)."])
        #expect(!told.all.dropFirst(4).contains { $0.hasPrefix("plan") })
    }

    /// A hook is a file of the teacher's.
    @Test func whatCannotBeStartedIsTheTeachers() async throws {
        let why = LocalizedText(verbatim: "Executable \"/home/teacher/bin/snap\" is not found")
        let remarks = Told()
        let failing = try runner([AskedDrill("one", [""], tell: told.add)]) { _ in
            HookResult(.notStarted(why))
        }
        let result = await failing.run(on: pair()) { event in
            if case .remark(_, let text) = event { remarks.add(text.en) }
        }
        #expect(
            refusals(result) == [
                "The snapshot of serv1 was not taken (could not be started). No drill is begun."
            ])
        #expect(
            remarks.all == [
                "The snapshot of serv1 was not taken (could not be started: \(why.en))."
            ])
    }

    /// A lesson's snapshot may be an hour older than the drill.
    @Test func howOldASnapshotIsIsSaid() {
        let taken = Date(timeIntervalSince1970: 1_795_798_800)
        func said(after seconds: TimeInterval, _ name: String) -> String? {
            PairSnapshot.told(
                of: .init(
                    drill: "d1", student: "etu1", startedAt: taken.addingTimeInterval(seconds),
                    plan: .shutdown, owner: "me", before: [], snapshot: name))?.en
        }
        let name = PairSnapshot.name(.drills, at: taken)
        #expect(said(after: 2530, name) == "etu1: kept 42 min before drill d1 in snapshot \(name)")
        #expect(said(after: 65, name) == "etu1: kept 65 s before drill d1 in snapshot \(name)")
        #expect(said(after: 0, "another") == "etu1: kept before drill d1 in snapshot another")
    }

    /// Nobody's machines stand still for nothing.
    @Test func aPairThatCannotBeDrilledIsNotKept() async throws {
        let drills = [
            AskedDrill("one", ["no address"], tell: told.add), AskedDrill("two", ["no web"], tell: told.add),
        ]
        let result = try await runner(drills).run(on: pair()) { _ in }
        #expect(refusals(result) == ["no address", "no web"])
        #expect(!told.all.contains { $0.hasPrefix("hook") })
    }

    @Test func anotherGradersDrillIsNotDisturbed() async throws {
        let held = pair("lock=x\nowner=somebody\ndrill=x armed 20\n")
        let result = try await runner([AskedDrill("one", [""], tell: told.add)]).run(on: held) { _ in }
        #expect(refusals(result).first?.contains("already held") == true)
        #expect(told.all == [])
    }

    /// A machine that stood still has cost its cluster a failover: that is waited for.
    @Test func thePairComesToRestFirst() async throws {
        let drill = AskedDrill("one", ["", "acting", "", "seen"], tell: told.add)
        let result = try await runner([drill]).run(on: pair()) { _ in }
        #expect(refusals(result) == ["seen"])
        #expect(told.all.filter { $0 == "plan one" }.count == 4)
    }

    @Test func withoutSuchAHookThereIsNone() async throws {
        let result = try await runner([AskedDrill("one", ["no"], tell: told.add)]).run(
            on: pair(snapshot: nil)
        ) { _ in }
        #expect(refusals(result) == ["no"] && result[0].snapshot == nil)
        #expect(told.all == ["plan one"])
    }

    @Test func aRehearsalShowsTheCommands() async throws {
        let lines = try await runner([AskedDrill("one", ["no"], tell: told.add)]).rehearse(on: pair())
        #expect(lines[1].hasPrefix("here: snap 'un serv1' bascule-drills-"))
        #expect(lines[2].hasPrefix("here: snap 'un serv2' bascule-drills-"))
        #expect(!told.all.contains { $0.hasPrefix("hook") })
    }

    /// Proxmox VE wants the most: at most 40 of these.
    @Test func aNameIsOneForEveryHypervisor() {
        let moment = Date(timeIntervalSince1970: 1_795_798_800)
        let name = PairSnapshot.name(.deadline, at: moment)
        #expect(name == "bascule-deadline-20261127T170000Z" && name.utf8.count <= 40)
        #expect(name.wholeMatch(of: /[a-zA-Z][a-zA-Z0-9_-]+/) != nil)
        #expect(PairSnapshot.name(.drills, at: moment) != name)
    }

    @Test func atTheDeadlineEachStudentIsTold() async throws {
        var recorded = try RecordedClass("etu1", "etu2", "etu3")
        for (index, hook) in [["snap", "{student}"], ["snap", "{student}"], nil].enumerated() {
            recorded.roster.students[index].hooks.snapshot = hook
        }
        let runner = try runner([]) { words in
            words.contains("etu2") ? HookResult(.timedOut, said: "locked") : HookResult(.exited(0))
        }
        let grader = ClassGrader(
            recorded.roster, collector: recorded.grader.collector, grader: nil, reports: recorded.reports,
            transports: Transports(drills: runner.means) { _ in { _ in .nobody } })
        let outcomes = await grader.snapshot(
            recorded.roster.students, at: Date(timeIntervalSince1970: 1_795_798_800))
        let failed = LocalizedText(
            fr: "L'instantané de serv1 n'a pas été pris (pas terminé à temps : locked).",
            en: "The snapshot of serv1 was not taken (not done in time: locked).")
        #expect(
            outcomes == [
                "etu1": .taken(name: "bascule-deadline-20261127T170000Z"), "etu2": .failed(reason: failed),
            ])
        #expect(told.all.sorted() == ["hook snap|etu1", "hook snap|etu1", "hook snap|etu2"])
    }
}

private final class Told: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

/// A node that says what drills left on it, and nothing else.
private struct QuietSession: NodeSession {
    let leftovers: String
    var hostKey: String? { nil }
    var dialer: any StreamDialer { NoDialer() }

    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        CommandResult(
            answering: command.arguments, ending: .exited(0),
            standardOutput: Bytes(command == DrillProbes.leftovers ? leftovers : ""), standardError: "",
            duration: .zero)
    }
    func close() async {}
}
