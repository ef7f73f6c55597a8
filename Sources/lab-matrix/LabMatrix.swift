import ArgumentParser
import Exercises
import Foundation
import GraderCore
import Synchronization
import VirtualClass

/// A maintainer's tool: holds the program as it ships against the exercise's catalogue of mistakes (`scripts/matrix`).
@main
struct LabMatrix: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab-matrix",
        abstract:
            "Grades every fault and variation on real machines and compares what each loses with its script.",
        discussion: """
            Each is put into a lab raised anew. A fault has to lose exactly the checks of its “# loses:” line, a \
            variation none, and a situation with such a line what is not done there yet. With --pairs two faults are put \
            into each lab: it has to lose what both lose, less what one of them blocks. One line per state is appended to \
            the results file, and a run that was cut off goes on behind it. Exit status: 0 all as expected, 1 some not, \
            2 the laboratory could not do it.
            """)

    @Option(help: "The program that raises the class and grades; by default the `bascule` beside this one.")
    var program = "\(OwnProgram.folder)/bascule"

    @Option(help: "Debian release: bookworm, bullseye or trixie.")
    var release = Release.bookworm

    @Option(help: "Labs side by side.")
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

    @Option(name: .customLong("class"), help: "The name of the class; by default matrix-RELEASE.")
    var className: String?

    @Option(help: "The exercise's id; its scripts are those of the folder exercises/ID here.")
    var exercise = Catalog.usual.id

    @Argument(help: "Only these faults, variations or situations.")
    var names: [String] = []

    func validate() throws {
        func require(_ isSo: Bool, _ sentence: String) throws {
            if !isSo { throw ValidationError(sentence) }
        }
        try require((1...60).contains(jobs), "--jobs takes a number from 1 to 60")
        if let pairs {
            try require(1...4000 ~= pairs, "--pairs takes a number from 1 to 4000")
            try require(names.isEmpty && !ci, "--pairs draws the faults itself")
        }
        try require(
            FileManager.default.isExecutableFile(atPath: program),
            "there is no program at \(program): build it with scripts/build, or name it with --program")
    }

    func run() async throws {
        let isAsExpected: Bool
        do {
            let recipe = Catalog(folders: ["exercises"]).exercise(exercise)?.virtualLab
            guard let recipe else {
                throw LabError(
                    LocalizedText(verbatim: "There is no exercise \(exercise) with a virtual lab."))
            }
            let lab = ExerciseLab(id: exercise, recipe: recipe, folder: "exercises/\(exercise)")
            let wanted = try chosen(lab.library())
            if let replay {
                isAsExpected = try await judgeAgain(wanted, recordings: replay)
            } else {
                isAsExpected = try await gradeWhatIsOpen(of: wanted)
            }
        } catch {
            // 1 says that something is not as expected.
            FileHandle.standardError.write(Data("lab-matrix: \(error)\n".utf8))
            throw ExitCode(2)
        }
        if !isAsExpected { throw ExitCode(1) }
    }

    /// One line of progress, at once.
    @Sendable private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }

    private func gradeWhatIsOpen(of wanted: [MatrixState]) async throws -> Bool {
        let table = try MatrixTable(file: results, release: release.rawValue)
        let open = wanted.filter { script in
            guard let row = table.rows[script.name] else { return true }
            return retry && !row.isAsExpected
        }
        Self.say(
            "\(release.rawValue): \(wanted.count) states, \(wanted.count - open.count) already in \(results)")
        if !open.isEmpty { try await grade(open, table) }
        return table.report(wanted.map(\.name), to: Self.say)
    }

    /// What is not recorded is passed over.
    private func judgeAgain(_ states: [MatrixState], recordings: String) async throws -> Bool {
        let table = try MatrixTable(file: nil, release: release.rawValue)
        let work = try WorkFolder()
        defer { work.remove() }
        let shipped = ShippedProgram(path: program, className: "replay", rubric: rubric)
        let judged = try await shipped.results(
            ofRecordings: recordings, states: states.map(\.name), exercise: exercise, work: work.path)
        for script in states {
            guard let result = judged[script.name] else { continue }
            try table.append(MatrixRow(release: release.rawValue, state: script, result: result))
        }
        return table.report(states.map(\.name).filter { table.rows[$0] != nil }, to: Self.say)
    }

    private func chosen(_ library: SituationLibrary) throws -> [MatrixState] {
        if let pairs { return MatrixState.pairs(pairs, seed: seed, of: library) }
        if !names.isEmpty {
            return try names.map { name in
                guard let script = library.scripts[name] else {
                    throw LabError(LocalizedText(verbatim: "There is no fault or variation “\(name)”."))
                }
                return MatrixState(scripts: [script])
            }
        }
        // A situation that says what is still missing there is held to it as a fault is.
        return library.scripts.values
            .filter { ($0.kind != .situation || !$0.loses.isEmpty) && (!ci || $0.isForCI) }
            .sorted { ($0.kind.rawValue, $0.name) < ($1.kind.rawValue, $1.name) }
            .map { MatrixState(scripts: [$0]) }
    }

    /// Raises a class of its own, has every pair take one state after the other, and removes it.
    private func grade(_ scripts: [MatrixState], _ table: MatrixTable) async throws {
        let shipped = ShippedProgram(
            path: program, className: className ?? "matrix-\(release.rawValue)", rubric: rubric)
        let count = min(jobs, scripts.count)
        let work = try WorkFolder()
        defer { work.remove() }
        try await shipped.lab(
            "up", "--release", release.rawValue, "--students", "\(count)", "--situation",
            ClassSpecification.off, "--exercise", exercise)
        let waiting = Mutex(scripts[...])
        var failure: (any Error)?
        do {
            let roster = try await shipped.roster()
            let run = MatrixRun(
                program: shipped, roster: roster, release: release.rawValue, work: work.path, record: record)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...count {
                    group.addTask { @Sendable in
                        while let script = waiting.withLock({ $0.popFirst() }) {
                            let row = await run.row(of: script, on: "etu\(number)")
                            try table.append(row)
                            Self.say(row.sentence)
                        }
                    }
                }
                try await group.waitForAll()
            }
        } catch { failure = error }
        try await shipped.lab("down")
        if let failure { throw failure }
    }
}

extension Release: ExpressibleByArgument {}

/// A temporary folder for the reports of one run of this tool.
struct WorkFolder {
    let path = FileManager.default.temporaryDirectory.appending(path: "lab-matrix-\(UUID().uuidString)")
        .path(percentEncoded: false)

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
