import Exercises
import Foundation
import GraderCore
import Synchronization
import TestSheets
import Testing

@testable import ClassRun

/// What a drill that was asked for leaves: snapshots on the hypervisor, and words of the hypervisor's in the evidence.
@Suite(.timeLimit(.minutes(2))) struct AskedDrillTests {
    private let recorded: RecordedClass
    private let hooks = Heard()
    /// A command of the teacher's own host.
    private static let secret = ["ssh", "-i", "/home/teacher/keys/hyper", "teacher@hyper"]

    init() throws {
        var recorded = try RecordedClass("etu1")
        recorded.roster.students[0].hooks = PowerHooks(snapshot: ["snap", "{node}", "{snapshot}"])
        self.recorded = recorded
    }

    /// Refused by what the nodes show after they were armed: nothing is perturbed, and all that comes before is done.
    /// - Parameter own: the addresses that the machines have.
    private func grader(own: Set<IPAddress> = []) -> ClassGrader {
        var sheet = TestSheet()
        sheet.drills = [
            AskedDrill(
                "one", [""], own: own, tell: { _ in },
                change: { plan in
                    plan.powerOn = Self.secret + ["on"]
                    plan.steps = [
                        DrillStep(
                            "power-loss", on: nil, Self.secret + ["off"], timeLimit: .seconds(60),
                            undo: ShellWord.line(Self.secret + ["on"])),
                        DrillStep(
                            "shutdown", on: .serv1, ["systemctl", "poweroff"], timeLimit: .seconds(20),
                            undo: ShellWord.line(Self.secret + ["on"])),
                    ]
                })
        ]
        let rubric = Rubric(exercise: sheet.id, title: sheet.title, total: .zero, questions: [])
        let access = PairCollector.Access(
            connect: { _ in QuietMachine() }, directProber: nil,
            prober: { _ in ReplayProber(sampleEvidence()) })
        let means = DrillMeans(
            sampler: NodeSampler(connection: PairConnection(access), node: .serv1),
            runHere: { words, _ in
                hooks.add(words.joined(separator: " "))
                return HookResult(.exited(hooks.failing.map(words.contains) == true ? 1 : 0))
            }, runIfWeDie: { _ in {} })
        return ClassGrader(
            recorded.roster, collector: PairCollector(exercise: sheet, collector: "test"),
            grader: Grader(exercise: sheet, rubric: rubric, version: "test"), reports: recorded.reports,
            transports: Transports(drills: means) { _ in { _ in access } })
    }

    private var journals: [DrillRecord] {
        DrillRecord.all(in: recorded.reports.journalFolder(of: "demo")).records
    }

    // MARK: snapshots

    /// Runs a lesson in which the student asks for the drill so many times.
    private func lesson(asking times: Int, mostBreak: Duration = .seconds(3600)) async throws {
        var plan = LessonPlan()
        plan.studentDrills = ["one"]
        plan.pause = .zero
        plan.mostBreak = mostBreak
        let lesson = try Lesson(grader(), plan: plan)
        let running = Task { await lesson.run() }
        for _ in 0..<times {
            #expect(await lesson.askDrill("one", on: "etu1", isMended: false) == .accepted)
            while await lesson.standing(of: "etu1")?.activity != .idle {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        running.cancel()
        await running.value
    }

    /// However often a student asks, and whoever ends the board meanwhile: one in a lesson, and all of its drills say which.
    @Test func aStudentsDrillsHaveOneSnapshotInALesson() async throws {
        try await lesson(asking: 2)
        try await lesson(asking: 1)
        let first = journals.compactMap(\.opening.snapshot)
        #expect(first.count == 3 && Set(first).count == 1)
        #expect(hooks.all.map { $0.prefix(10) } == ["snap serv1", "snap serv2"])
        #expect(hooks.all.allSatisfy { $0.hasSuffix(" \(first[0])") })
        // Another lesson, another state to go back to; in a second of its own, by which snapshots are named.
        try await Task.sleep(for: .milliseconds(1100))
        try await lesson(asking: 2, mostBreak: .zero)
        #expect(hooks.all.count == 4 && Set(journals.compactMap(\.opening.snapshot)).count == 2)
        #expect(journals.count == 5)
    }

    /// Where one machine's fails each time, no more of the other's are left behind.
    @Test func theMachineWhoseSnapshotFailedIsTriedFirst() async throws {
        hooks.failing = "serv2"
        try await lesson(asking: 2)
        try await lesson(asking: 1)
        #expect(journals.isEmpty)
        hooks.failing = nil
        try await lesson(asking: 2)
        let machines = hooks.all.map { $0.split(separator: " ")[1] }
        #expect(machines == ["serv1", "serv2", "serv2", "serv2", "serv2", "serv1"])
        let kept = journals.compactMap(\.opening.snapshot)
        #expect(kept.count == 2 && hooks.all.suffix(2).allSatisfy { $0.hasSuffix(" \(kept[0])") })
    }

    /// Each time that the teacher asks for drills is one to go back to.
    @Test func theTeachersDrillsHaveTheirOwn() async throws {
        let student = try #require(recorded.roster["etu1"])
        for _ in 0..<2 { _ = try await grader().check(student, drills: DrillRequest(["one"])) }
        #expect(hooks.all.count == 4)
    }

    // MARK: whose machines

    /// A port that is forwarded to a neighbour's machine leads to the neighbour's cluster.
    @Test func anotherStudentsMachinesAreNotPerturbed() async throws {
        let student = try #require(recorded.roster["etu1"])
        func drills(_ own: String) async throws -> (refusal: String, opened: Int) {
            let before = journals.count
            var grader = grader(own: Set([IPAddress(own)].compactMap(\.self)))
            var roster = recorded.roster
            var other = student
            other.identity.id = "etu2"
            other.lab.addresses = [.serv1: "172.16.99.10", .serv2: "172.16.99.11"]
            roster.students.append(other)
            grader = ClassGrader(
                roster, collector: grader.collector, grader: grader.grader, reports: recorded.reports,
                transports: grader.transports)
            let runner = try #require(grader.drillRunner(DrillRequest(["one"])))
            let access = try await grader.transports.open([student])(student)
            let drills = await runner.run(on: grader.pair(student, access)) { _ in }
            guard case .refused(let refusal)? = drills.first?.outcome else { return ("", 0) }
            return (refusal.sentence.en, journals.count - before)
        }
        let foreign = try await drills("172.16.99.11")
        #expect(foreign.refusal.contains("172.16.99.11, which is another student's machine's"))
        #expect(foreign.opened == 0)
        let own = try await drills(try #require(student.lab.addresses[.serv1]))
        #expect(!own.refusal.contains("another student's") && own.opened == 1)
    }

    // MARK: words of the teacher's host

    @Test func whichFileTheJournalIsIsTheTeachers() async throws {
        let grader = grader()
        let student = try #require(recorded.roster["etu1"])
        var runner = try #require(grader.drillRunner(DrillRequest(["one"])))
        runner.journalFolder = "/dev/null/journal"
        let access = try await grader.transports.open([student])(student)
        let remarks = Heard()
        let drills = await runner.run(on: grader.pair(student, access)) { event in
            if case .remark(_, let text) = event { remarks.add(text.en) }
        }
        guard case .refused(let refusal)? = drills.first?.outcome else {
            Issue.record("\(drills)")
            return
        }
        #expect(refusal.sentence == DrillEndings.noJournal)
        #expect(remarks.all.contains { $0.contains("/dev/null") })
    }

    @Test func evidenceHasNoWordsOfTheHypervisors() async throws {
        let grader = grader()
        let student = try #require(recorded.roster["etu1"])
        let runner = try #require(grader.drillRunner(DrillRequest(["one"])))
        let access = try await grader.transports.open([student])(student)
        let drills = await runner.run(on: grader.pair(student, access)) { _ in }
        let text = String(decoding: try StoredJSON.encode(drills), as: UTF8.self)
        #expect(!text.contains("hyper") && !text.contains("teacher"))
        let plan = try #require(drills.first?.plan)
        #expect(plan.steps.map(\.name) == ["power-loss", "shutdown"] && plan.powerOn == [])
        #expect(plan.steps.map(\.arguments) == [[], ["systemctl", "poweroff"]])
        // What gives back has them.
        let opening = try #require(journals.first?.opening)
        let on = Self.secret + ["on"]
        #expect(opening.plan.powerOn == on)
        #expect(opening.plan.steps.map(\.undo) == [ShellWord.line(on), ShellWord.line(on)])
    }

    /// Older evidence has them, is read as it is, and is handed out without them.
    @Test func aBundleHasNoneEither() async throws {
        let (recorded, run) = try RecordedClass.judged()
        _ = try await grader().check(
            try #require(self.recorded.roster["etu1"]), drills: DrillRequest(["one"]))
        var evidence = try run.evidence(of: "etu1")
        var drill = DrillEvidence(
            id: "d1", kind: "one", plan: try #require(journals.first?.opening.plan),
            startedAt: evidence.startedAt)
        drill.outcome = .performed
        evidence.drills = [drill]
        try run.write(evidence, student: "etu1")
        #expect(try run.evidence(of: "etu1").drills?.first?.plan?.powerOn == Self.secret + ["on"])

        let output = "\(recorded.reports.path)/bundle"
        try StudentBundle(reports: recorded.reports, className: "demo", student: "etu1").write(to: output)
        let file = "\(output)/\(run.name)/evidence.json"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(!text.contains("teacher@hyper") && !text.contains("/home/teacher"))
        let shown = try EvidenceStore.read(file)
        #expect(shown.drills?.first?.plan?.steps.map(\.name) == ["power-loss", "shutdown"])
        #expect(shown.observations.map(\.id) == evidence.observations.map(\.id))
        // And says so.
        #expect(try String(contentsOfFile: "\(output)/README.md", encoding: .utf8).contains("hypervis"))
    }
}

private final class Heard: Sendable {
    private let lines = Mutex<[String]>([])
    private let failed = Mutex<String?>(nil)
    /// Of which words a command fails.
    var failing: String? {
        get { failed.withLock { $0 } }
        set { failed.withLock { $0 = newValue } }
    }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

/// A machine that does what it is told and says nothing.
private struct QuietMachine: NodeSession {
    var hostKey: String? { nil }
    var dialer: any StreamDialer { NoDialer() }
    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        CommandResult(
            answering: command.arguments, ending: .exited(0), standardOutput: "", standardError: "",
            duration: .zero)
    }
    func close() async {}
}
