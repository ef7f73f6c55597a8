import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import Synchronization
import VirtualClass

struct LabMatrix: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix",
        abstract:
            "Grades every fault and variation on real pairs and compares what each loses with its script.",
        discussion: """
            Each is put into a pair raised anew. A fault has to lose exactly the checks of its “# loses:” line, a \
            variation none. With --pairs two faults are put into each pair: it has to lose what both lose, less what \
            one of them blocks. One line per state is appended to the results file, and a run that was cut off goes on \
            behind it. Exit status: 0 all as expected, 1 some not, 2 the laboratory could not do it.
            """)

    @Option(help: "Debian release: bookworm, bullseye or trixie.")
    var release = Release.bookworm

    @Option(help: "Pairs side by side.")
    var jobs = 3

    @Option(help: "The results file, tab-separated.")
    var results = "matrix.tsv"

    @Option(help: "Also keep each state's evidence in this folder, as a recording NAME.")
    var record: String?

    @Option(help: "Judge the evidence that --record kept in this folder again; raises nothing.")
    var replay: String?

    @Option(
        help: "The rubric; rubrics/<exercise>.yaml here, or the program's own, where none is given.")
    var rubric: String?

    @Flag(help: "Try again what was not as expected.")
    var retry = false

    @Flag(help: "Only what continuous integration tries.")
    var ci = false

    @Option(help: "Instead try so many pairs of faults, drawn at random.")
    var pairs: Int?

    @Option(help: "With --pairs: the same seed draws the same pairs.")
    var seed: UInt64 = 1

    @OptionGroup var options: LabOptions

    @Argument(help: "Only these faults, variations or situations.")
    var names: [String] = []

    func validate() throws {
        try require((1...60).contains(jobs), "--jobs takes a number from 1 to 60")
        if let pairs {
            try require(1...4000 ~= pairs, "--pairs takes a number from 1 to 4000")
            try require(names.isEmpty && !ci, "--pairs draws the faults itself")
        }
    }

    func run() async throws {
        let wanted = try chosen(options.places().exercise(nil).library())
        let isAsExpected =
            if let replay {
                try judgeAgain(wanted, recordings: replay)
            } else {
                try await gradeWhatIsOpen(of: wanted)
            }
        if !isAsExpected { throw Exit.notMet }
    }

    private func gradeWhatIsOpen(of wanted: [MatrixState]) async throws -> Bool {
        let table = try MatrixTable(file: results, release: release.rawValue)
        let open = wanted.filter { script in
            guard let row = table.rows[script.name] else { return true }
            return retry && !row.isAsExpected
        }
        printLabProgress(
            "\(release.rawValue): \(wanted.count) states, \(wanted.count - open.count) already in \(results)")
        if !open.isEmpty { try await grade(open, table) }
        return table.report(wanted.map(\.name), to: printLabProgress)
    }

    /// What is not recorded is passed over.
    private func judgeAgain(_ states: [MatrixState], recordings: String) throws -> Bool {
        let exercise = Catalog.usual
        let grader = Grader(
            exercise: exercise,
            rubric: try RubricFile.read(
                file: rubric ?? RunOptions.defaultRubric(exercise.id), exercise: exercise),
            version: basculeVersion)
        let table = try MatrixTable(file: nil, release: release.rawValue)
        for script in states {
            let recording = "\(recordings)/\(script.name)"
            // As evidence files, before they were folders.
            let file = [recording, "\(recording).json"].first(where: FileManager.default.fileExists(atPath:))
            guard let file else { continue }
            let result = try grader.grade(
                try EvidenceStore.read(file), className: "replay",
                student: StudentIdentity(id: script.name, names: []), evidenceSHA256: "")
            try table.append(MatrixRow(release: release.rawValue, state: script, result: result))
        }
        return table.report(states.map(\.name).filter { table.rows[$0] != nil }, to: printLabProgress)
    }

    private func chosen(_ library: SituationLibrary) throws -> [MatrixState] {
        if let pairs { return MatrixState.pairs(pairs, seed: seed, of: library) }
        if !names.isEmpty {
            return try names.map { name in
                guard let script = library.scripts[name] else {
                    throw LabError("There is no fault or variation “\(name)”.")
                }
                return MatrixState(scripts: [script])
            }
        }
        return library.scripts.values.filter { $0.kind != .situation && (!ci || $0.isForCI) }
            .sorted { ($0.kind.rawValue, $0.name) < ($1.kind.rawValue, $1.name) }
            .map { MatrixState(scripts: [$0]) }
    }

    /// Raises a class of its own, has every pair take one state after the other, and removes it.
    private func grade(_ scripts: [MatrixState], _ table: MatrixTable) async throws {
        let name = options.className == "demo" ? "matrix-\(release.rawValue)" : options.className
        let places = options.places()
        let students = (1...min(jobs, scripts.count)).map { VirtualStudent(number: $0, situation: "off") }
        let specification = try ClassSpecification(
            name: name, release: release, students: students, forwarded: false)
        let raised = try await VirtualClass.up(
            specification, places: places, rosterFolder: nil, progress: { _ in })
        let work = FileManager.default.temporaryDirectory.appending(path: "bascule-\(UUID().uuidString)")
        let waiting = Mutex(scripts[...])
        let run = MatrixRun(virtualClass: raised, rubric: rubric, work: work.path(), record: record)
        var failure: (any Error)?
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for student in students {
                    group.addTask { @Sendable in
                        while let script = waiting.withLock({ $0.popFirst() }) {
                            let row = await run.row(of: script, on: student.id)
                            try table.append(row)
                            printLabProgress(row.sentence)
                        }
                    }
                }
                try await group.waitForAll()
            }
        } catch { failure = error }
        try? FileManager.default.removeItem(at: work)
        try await VirtualClass.down(name, places: places)
        if let failure { throw failure }
    }
}
