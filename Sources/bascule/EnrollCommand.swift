import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import NIOPosix

struct EnrollCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll",
        abstract: "Tries each log-in once and pins the host keys; says who is not ready.",
        discussion: "Exit status: 0 everybody can be logged in to; 2 somebody cannot; 65 the roster is wrong."
    )

    @Argument(help: "The roster (class.yaml).")
    var roster: String?

    @OptionGroup var setup: SetupOptions

    @Option(
        name: .customLong("replace"),
        help: "Forget this student's host keys first (rebuilt machines); may be given several times.")
    var replaced: [String] = []

    @Option(name: .customLong("student"), help: "Only this student; may be given several times.")
    var only: [String] = []

    @Option(name: .long, help: "Language of this program's own lines: fr or en (default: by LANG).")
    var lang: Language?

    func validate() throws {
        guard setup.isWanted || !setup.isGiven else {
            throw ValidationError("--identity-file, --user, --from and --until go with --print-setup")
        }
        guard setup.isWanted || roster != nil else { throw ValidationError("give a roster (class.yaml)") }
        guard !setup.isWanted || (replaced.isEmpty && only.isEmpty) else {
            throw ValidationError("--print-setup touches no machine: leave --replace and --student out")
        }
    }

    func run() async throws {
        let console = Console()
        let named = try Inputs.reading {
            try self.roster.map { try Roster.read(file: $0, exercises: Catalog.exercises) }
        }
        guard !setup.isWanted, let roster = named else {
            for page in try await setup.setups(named) {
                console.line(page.page(lang ?? TerminalLanguage.current))
            }
            return
        }
        let students = try roster.students(only.isEmpty ? replaced : only)
        let forgotten = try roster.students(replaced).filter { replaced.contains($0.identity.id) }
        let isFrench = (lang ?? TerminalLanguage.current) == .french
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let accesses = try await Inputs.reporting {
            try PairAccessFactory(students: roster.students, group: group)
        }
        for student in forgotten {
            let count = try await Inputs.reporting { try accesses.forgetHostKeys(of: student) }
            console.line(
                isFrench
                    ? "\(student.identity.id) : \(count) clé(s) d'hôte oubliée(s)."
                    : "\(student.identity.id): \(count) host key(s) forgotten.")
        }
        let nodes = students.flatMap { student in student.lab.machines.map { (student, $0) } }
        var failures = 0
        await withTaskGroup(of: (String, TransportFailure?).self) { tasks in
            for (student, role) in nodes {
                tasks.addTask { (await Self.attempt(accesses, student, role)) }
            }
            for await (who, failure) in tasks {
                if let failure {
                    failures += 1
                    console.line("✗ \(failure.message)")
                } else {
                    console.line(isFrench ? "✓ \(who) : prêt" : "✓ \(who): ready")
                }
            }
        }
        try await group.shutdownGracefully()
        if failures > 0 { throw Exit.notAssessed }
    }

    /// Logs in and becomes root once.
    private static func attempt(
        _ accesses: PairAccessFactory, _ student: RosterStudent, _ role: MachineID
    ) async -> (String, TransportFailure?) {
        let who = "\(student.identity.id)/\(role.rawValue)"
        do throws(TransportFailure) {
            await (try accesses.connect(student, role)).close()
            return (who, nil)
        } catch {
            return (who, error)
        }
    }
}
