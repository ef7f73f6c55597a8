import Foundation
import GraderCore
import Synchronization
import VirtualClass

/// One thing that the matrix tries: a fault or a variation, or two faults at once.
struct MatrixState: Sendable {
    /// One on top of the other.
    var scripts: [SituationScript]

    var name: String { scripts.map(\.name).sorted().joined(separator: "+") }
    var loses: [String] { scripts.count == 1 ? scripts[0].loses : Set(scripts.flatMap(\.loses)).sorted() }
    var isVariation: Bool { scripts.contains { $0.kind == .variation } }

    /// So many pairs of faults that start from the sheet's end state, drawn at random: the same seed draws the same
    /// pairs from the same catalogue.
    static func pairs(_ count: Int, seed: UInt64, of library: SituationLibrary) -> [MatrixState] {
        let faults = library.scripts.values.filter { $0.kind == .fault && $0.startsFrom == "solved" }
            .sorted { $0.name < $1.name }
        var generator = SplitMix64(state: seed)
        var drawn: [MatrixState] = []
        var names: Set<String> = []
        let most = faults.count * (faults.count - 1) / 2
        while drawn.count < min(count, most) {
            let two = [faults.randomElement(using: &generator), faults.randomElement(using: &generator)]
                .compactMap(\.self).sorted { $0.name < $1.name }
            guard two.count == 2, two[0].name != two[1].name else { continue }
            let pair = MatrixState(scripts: SituationScript.ordered(two[0], two[1]))
            if names.insert(pair.name).inserted { drawn.append(pair) }
        }
        return drawn
    }
}

/// Sebastiano Vigna's SplitMix64: small, and the same on every machine.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// One state of a pair, as it was graded.
struct MatrixRow: Sendable {
    var release: String
    var name: String
    /// Ids of the checks that the script says it loses.
    var expected: [String]
    /// Ids of the checks that were judged `notMet` or `partly`; for a variation also what is not met in another
    /// way, with the verdict behind a colon. A sentence where the state could not be graded.
    var found: [String] = []
    /// What could not be assessed, for information.
    var unassessed: [String] = []
    var seconds = 0

    var isAsExpected: Bool { expected.sorted() == found.sorted() }

    var line: String {
        let cells = [
            release, name, Self.cell(expected), Self.cell(found), isAsExpected ? "ok" : "DIFFERS",
            String(seconds), Self.cell(unassessed),
        ]
        return cells.map { $0.map { $0 == "\t" || $0.isNewline ? " " : String($0) }.joined() }
            .joined(separator: "\t")
    }

    var sentence: String {
        let verdict =
            isAsExpected ? "ok" : "DIFFERS expected \(Self.cell(expected)), found \(Self.cell(found))"
        return "\(release) \(name): \(verdict) (\(seconds) s)"
    }

    static func cell(_ ids: [String]) -> String { ids.isEmpty ? "-" : ids.joined(separator: ", ") }

}

extension MatrixRow {
    /// Nil for a line that was cut off while it was written.
    init?(line: Substring) {
        let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard cells.count == 7, let seconds = Int(cells[5]) else { return nil }
        func ids(_ cell: String) -> [String] {
            cell == "-" ? [] : cell.split(separator: ",").map { String($0.trimmingPrefix(" ")) }
        }
        self.init(
            release: cells[0], name: cells[1], expected: ids(cells[2]), found: ids(cells[3]),
            unassessed: ids(cells[6]), seconds: seconds)
    }
}

/// The results file: one line per state that was graded; a later line about the same state replaces an earlier.
final class MatrixTable: Sendable {
    private let file: String?
    private let release: String
    private let state: Mutex<[String: MatrixRow]>

    /// - Parameter file: nil for a table that is only shown.
    init(file: String?, release: String) throws {
        self.file = file
        self.release = release
        var rows: [String: MatrixRow] = [:]
        if let file, FileManager.default.fileExists(atPath: file) {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw LabError(
                    LocalizedText(
                        verbatim:
                            "\(file) cannot be read: check its permissions, or name another with --results."))
            }
            for line in text.split(separator: "\n") {
                if let row = MatrixRow(line: line), row.release == release { rows[row.name] = row }
            }
        }
        state = Mutex(rows)
    }

    var rows: [String: MatrixRow] { state.withLock { $0 } }

    func append(_ row: MatrixRow) throws {
        try state.withLock { rows in
            rows[row.name] = row
            guard let file else { return }
            if !FileManager.default.fileExists(atPath: file) {
                _ = FileManager.default.createFile(atPath: file, contents: nil)
            }
            guard let handle = FileHandle(forWritingAtPath: file) else {
                throw LabError(
                    LocalizedText(verbatim: "\(file) cannot be written: name another with --results."))
            }
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("\(row.line)\n".utf8))
            try handle.close()
        }
    }

    /// Says how it stands with these states; true where all of them were graded and are as expected.
    func report(_ names: [String], to print: (String) -> Void) -> Bool {
        let rows = self.rows
        let graded = names.compactMap { rows[$0] }
        let different = graded.filter { !$0.isAsExpected }
        print(
            "\(release): \(graded.count) of \(names.count) graded, \(graded.count - different.count) as expected, "
                + "\(different.count) different")
        for row in different {
            let expected = Set(row.expected)
            let found = Set(row.found)
            print(
                "  \(row.name)\n    lost, not expected: \(MatrixRow.cell(found.subtracting(expected).sorted()))\n"
                    + "    expected, not lost: \(MatrixRow.cell(expected.subtracting(found).sorted()))")
        }
        return different.isEmpty && graded.count == names.count
    }
}
