import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import NIOPosix
import NetworkProbes
import Reports

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Looks at one pair, read-only, and says in the terminal what is met and what is not.",
        discussion: """
            Exit status: 0 everything is met; 1 something is not; 2 something could not be assessed (2 beats 1); \
            65 the roster or the rubric is wrong; 130 interrupted.
            """)

    @Argument(help: "The roster (class.yaml).")
    var roster: String

    @Argument(help: "The student's id; not needed where the roster has only one.")
    var student: String?

    @OptionGroup var options: RunOptions
    @OptionGroup var drillOptions: DrillOptions

    @Flag(
        name: .long,
        help: "On one of the two nodes: look at this machine without SSH, and say what is not seen.")
    var local = false

    @Flag(name: .long, help: "Print the hints too, where the rubric shows them.")
    var hints = false

    @Option(name: .long, help: "Seconds after which the pair is given up.")
    var deadlineSeconds = 90

    func run() async throws {
        let console = Console()
        let roster = try Inputs.reading { try Roster.read(file: self.roster) }
        let student = try chosen(from: roster)
        let kinds = try drillOptions.kinds()
        if local, !kinds.isEmpty {
            throw ValidationError("--drills needs a third machine: a node cannot see its own failover")
        }
        let (exercise, rubric, asked) = try Inputs.reading { try options.exerciseAndRubric(roster.exercise) }
        for sentence in Drilling.openSentences(options.reports, roster.className, options.language) {
            console.line(sentence)
        }
        if drillOptions.isDryRun {
            try await DrillDryRun.print(
                kinds, [student], exercise: exercise, settings: drillOptions.settings, console: console)
            return
        }
        console.progress(options.language == .french ? "Lecture du binôme…" : "Looking at the pair…")
        let (result, wasInterrupted) = try await Inputs.reporting {
            try await Interruption.guarding {
                try await grade(
                    student, roster: roster, exercise: exercise, rubric: rubric, asked: asked, kinds: kinds,
                    console: console)
            }
        }
        console.endProgress()
        if options.json {
            console.line(try ResultJSON.text(result))
        } else {
            let lines = TerminalReport.lines(
                result, language: options.language, colour: console.hasColour, width: console.width,
                hints: hints)
            for line in lines { console.line(line) }
        }
        if wasInterrupted { throw Exit.interrupted }
        if result.hasUnassessed { throw Exit.notAssessed }
        if result.hasUnmet { throw Exit.notMet }
    }

    private func chosen(from roster: Roster) throws -> RosterStudent {
        if let student { return try roster.students([student])[0] }
        guard roster.students.count == 1, let only = roster.students.first else {
            throw ValidationError(
                "the roster has several students: say which of "
                    + roster.students.map(\.identity.id).joined(separator: ", "))
        }
        return only
    }

    private func grade(
        _ student: RosterStudent, roster: Roster, exercise: Exercise, rubric: Rubric,
        asked: Set<QuestionID>?, kinds: Set<DrillKind>, console: Console
    ) async throws -> GradedResult {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let accesses = local ? nil : try PairAccessFactory(students: [student], group: group)
            let access =
                if let accesses {
                    accesses.access(to: student)
                } else {
                    try await LocalAccess.access(to: student, group: group)
                }
            let runner = ClassRunner(
                collector: PairCollector(exercise: exercise, questions: asked, collector: basculeVersion),
                jobs: 1, pairDeadline: .seconds(deadlineSeconds))
            var evidence = await runner.collect(
                ClassRunner.Job(student: student.identity, lab: student.lab, access: access))
            if !kinds.isEmpty, let accesses {
                let language = options.language
                evidence.drills = await Drilling.runner(
                    exercise, settings: drillOptions.settings, reports: options.reports,
                    className: roster.className
                ).run(kinds, on: Drilling.pair(student, accesses)) { event in
                    if let line = Drilling.line(event, language: language) { console.line(line) }
                }
            }
            try await group.shutdownGracefully()
            return Grader(exercise: exercise, rubric: rubric, questions: asked, version: basculeVersion)
                .grade(
                    evidence, className: roster.className, student: student.identity,
                    evidenceSHA256: SHA256Digest.hexadecimal(of: try EvidenceJSON.encode(evidence)))
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }
}

/// `check --local`: this machine is one of the pair's nodes, the other is not visited.
enum LocalAccess {
    /// - Throws: a sentence where this machine has neither node's address.
    static func access(
        to student: RosterStudent, group: MultiThreadedEventLoopGroup
    ) async throws -> PairCollector.Access {
        let session = LocalSession(dialer: DirectDialer(eventLoopGroup: group))
        let printed = try await session.run(RemoteCommand(["ip", "-j", "addr", "show"], asRoot: false))
        let own = InterfaceAddresses.read(json: printed.standardOutput.raw)
        let here = NodeRole.allCases.first { role in
            student.lab.addresses[role].flatMap { IPAddress($0) }.map { own.holder(of: $0) != nil } ?? false
        }
        guard let here else {
            throw ValidationError(
                "this machine has neither node's address of \(student.identity.id) "
                    + "(\(student.lab.addresses.values.sorted().joined(separator: ", "))): "
                    + "run check --local on serv1 or serv2, or without --local from elsewhere")
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
            },
            directProber: Prober(dialer: session.dialer, datagramGroup: group),
            prober: { Prober(dialer: $0) })
    }
}
