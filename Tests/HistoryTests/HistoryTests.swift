import Foundation
import GRDB
import GraderCore
import History
import Testing

@Suite struct HistoryTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "history-\(UUID().uuidString)", directoryHint: .isDirectory)
    private var path: String { folder.path + "/history.sqlite" }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func run(_ number: Int, _ students: [String], earned: Double = 1) -> PastRun {
        let check = PastScore.Check(points: Points(2), earned: Points(earned))
        let score = PastScore(
            total: Tally(earned: Points(earned), decided: Points(2), total: Points(5)),
            questions: [
                QuestionID("Q1"): Tally(earned: Points(earned), decided: Points(2), total: Points(3))
            ],
            checks: [
                CheckID("Q1.a"): check, CheckID("Q1.b"): PastScore.Check(points: Points(1), earned: nil),
                CheckID("Q1.advice"): PastScore.Check(points: .zero, earned: .zero),
            ])
        return PastRun(
            name: "2026-11-0\(number)T080000Z",
            startedAt: Date(timeIntervalSince1970: 1_793_520_000 + Double(number)),
            exercise: "activite-2", scores: Dictionary(uniqueKeysWithValues: students.map { ($0, score) }))
    }

    @Test func whatIsKeptComesBackInTheOrderOfTime() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let history = try History(path: path)
        let runs = [run(1, ["a", "b"]), run(2, ["b"], earned: 1.125)]
        try history.record(runs[1])
        try history.record(runs[0])
        #expect(try history.runs() == runs)
        #expect(try history.runs(of: "a") == [run(1, ["a"])])
        #expect(try history.runs(of: "c").isEmpty)
        // Kept again, e.g. with the teacher's marks: replaced.
        try history.record(run(2, ["b"], earned: 2))
        #expect(try History(path: path).runs() == [runs[0], run(2, ["b"], earned: 2)])
    }

    @Test func onlyItsOwnerReadsIt() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try History(path: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func whatIsRemovedLeavesNoByte() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let history = try History(path: path)
        let gone = (0..<200).map { "gone-student-\($0)" }
        try history.record(run(1, gone))
        try history.record(run(2, ["staying-student"]))
        try history.record(run(3, ["staying-student", "gone-student-x"]))
        func bytes() throws -> Data {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().reduce(into: Data()) {
                $0.append(try Data(contentsOf: folder.appending(path: $1)))
            }
        }
        #expect(try bytes().range(of: Data("gone-student-7".utf8)) != nil)
        try history.remove(runs: ["2026-11-01T080000Z"], students: ["gone-student-x"])
        let left = try bytes()
        #expect(left.range(of: Data("gone-student".utf8)) == nil)
        #expect(left.range(of: Data("staying-student".utf8)) != nil)
        #expect(try history.runs() == [run(2, ["staying-student"]), run(3, ["staying-student"])])
    }

    @Test func aFileThatIsNoDatabaseIsASentence() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("this is no database, only a text of some length, and then some more".utf8)
            .write(to: URL(filePath: path))
        let failure = #expect(throws: HistoryFailure.self) { try History(path: path) }
        #expect(failure?.message.contains(path) == true)
        #expect(throws: HistoryFailure.self) { try History(path: "/nonexistent/history.sqlite") }
    }

    @Test func aDamagedRowIsASentence() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try History(path: path).record(run(1, ["etu1"]))
        try DatabaseQueue(path: path).write {
            try $0.execute(
                sql: """
                    CREATE TABLE plain AS SELECT * FROM score;
                    DROP TABLE score;
                    ALTER TABLE plain RENAME TO score;
                    UPDATE score SET earned = NULL;
                    """)
        }
        let failure = #expect(throws: HistoryFailure.self) { try History(path: path).runs() }
        #expect(failure?.message.contains(path) == true)
    }

    /// Whatever table it stands for.
    @Test(arguments: ["score", "run", "grdb_migrations"]) func anEndlessViewIsNotRead(name: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try History(path: path).record(run(1, ["etu1"]))
        try DatabaseQueue(path: path).write {
            try $0.execute(
                sql: """
                    ALTER TABLE \(name) RENAME TO old;
                    CREATE VIEW \(name) AS
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT old.* FROM n, old;
                    """)
        }
        let failure = #expect(throws: HistoryFailure.self) { try History(path: path) }
        #expect(failure?.sentence.en.contains("views or triggers") == true)
    }

    /// A database of a later Bascule's must not be written by this one.
    @Test func aNewerDatabaseIsRefused() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try History(path: path)
        try DatabaseQueue(path: path).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('2')")
        }
        #expect(throws: HistoryFailure.self) { try History(path: path) }
    }
}
