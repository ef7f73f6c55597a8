import GRDB
import GraderCore

/// The database's tables. Students are there by their ids only, never by name.
enum HistorySchema {
    /// Migrations are only ever added, never changed: older databases have run the ones that are there.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.create(table: "run") { table in
                table.primaryKey("name", .text)
                table.column("startedAt", .double).notNull()
                table.column("exercise", .text).notNull()
            }
            // Points in thousandths. `subject` is a check's id, a question's, or empty for the whole.
            try database.create(table: "score") { table in
                table.column("run", .text).notNull().references("run", onDelete: .cascade)
                table.column("student", .text).notNull()
                table.column("subject", .text).notNull()
                table.column("earned", .integer).notNull()
                table.column("decided", .integer).notNull()
                table.column("total", .integer).notNull()
                // Of a check: whether it was decided (advice is worth nothing either way).
                table.column("isDecided", .boolean).notNull()
                table.primaryKey(["run", "student", "subject"])
            }
            try database.create(index: "scoreByStudent", on: "score", columns: ["student"])
        }
        return migrator
    }
}

struct RunRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "run"
    var name: String
    /// Seconds since 1970.
    var startedAt: Double
    var exercise: String
}

/// By hand, and by the columns' places: a class has thousands of rows, and `Codable` takes longer than SQLite.
struct ScoreRow: FetchableRecord, TableRecord {
    static let databaseTableName = "score"
    static let insert = """
        INSERT INTO score (run, student, subject, earned, decided, total, isDecided) VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    static var databaseSelection: [any SQLSelectable] {
        ["run", "student", "subject", "earned", "decided", "total", "isDecided"].map { Column($0) }
    }

    var run: String
    var student: String
    var subject: String
    var earned: Int
    var decided: Int
    var total: Int
    var isDecided: Bool

    var arguments: StatementArguments { [run, student, subject, earned, decided, total, isDecided] }
}

extension ScoreRow {
    init(row: Row) throws {
        self.init(
            run: try row.decode(atIndex: 0), student: try row.decode(atIndex: 1),
            subject: try row.decode(atIndex: 2), earned: try row.decode(atIndex: 3),
            decided: try row.decode(atIndex: 4), total: try row.decode(atIndex: 5),
            isDecided: try row.decode(atIndex: 6))
    }
}

extension PastScore {
    init(rows: [ScoreRow]) {
        self.init(total: Tally(), questions: [:], checks: [:])
        for row in rows {
            let tally = Tally(
                earned: Points(thousandths: row.earned), decided: Points(thousandths: row.decided),
                total: Points(thousandths: row.total))
            if row.subject.isEmpty {
                total = tally
            } else if case .check(let id) = MarkSubject(row.subject) {
                checks[id] = Check(points: tally.total, earned: row.isDecided ? tally.earned : nil)
            } else {
                questions[QuestionID(row.subject)] = tally
            }
        }
    }
}
