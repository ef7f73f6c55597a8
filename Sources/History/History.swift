import Foundation
import GRDB
import GraderCore

/// Why the history cannot be read or written: one sentence that names the file.
public struct HistoryFailure: CommandFailure, Sendable, Hashable, CustomStringConvertible {
    public var sentence: LocalizedText
    public var cause: FailureCause = .unusable

    fileprivate init(
        fr: LocalizedText.Wording, en: LocalizedText.Wording, _ cause: FailureCause = .unusable
    ) {
        sentence = LocalizedText(fr: fr, en: en)
        self.cause = cause
    }

    public var description: String { message }
}

/// Every run's scores by student, question and check, in one SQLite file for each class.
/// What is deleted is overwritten (`PRAGMA secure_delete`, SQLite's documentation) and the file made anew, so that
/// nothing of a student stays in free pages.
public struct History: Sendable {
    private let queue: DatabaseQueue
    private let path: String

    /// Opens the file, or makes it, readable by its owner alone.
    /// - Throws: ``HistoryFailure`` where the file cannot be opened or made, is damaged, or a newer Bascule wrote it.
    public init(path: String) throws(HistoryFailure) {
        self.path = path
        // SQLite would make it readable by everybody that the umask lets in.
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let code = errno
            if [ENOSPC, EDQUOT].contains(code) {
                throw HistoryFailure(
                    fr:
                        "Le disque est plein (\(systemMessage(code))) : faire de la place, l'historique \(path) n'a pas pu être écrit.",
                    en:
                        "The disk is full (\(systemMessage(code))): make room, the history \(path) could not be written.",
                    .notWritten)
            }
            throw HistoryFailure(
                fr: "L'historique \(path) ne s'ouvre pas (\(systemMessage(code))) : vérifier le dossier.",
                en: "The history \(path) cannot be opened (\(systemMessage(code))): check the folder.",
                .notWritten)
        }
        var status = stat()
        let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        close(descriptor)
        do {
            // SQLite would blame the disk.
            guard isFile else {
                throw HistoryFailure(fr: "ce n'est pas un fichier ordinaire", en: "it is not a regular file")
            }
            var configuration = Configuration()
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA secure_delete = ON")
            }
            configuration.busyMode = .timeout(5)
            queue = try DatabaseQueue(path: path, configuration: configuration)
            // In a table's place a view that never ends would be read for ever.
            let foreign = try queue.read {
                try Row.fetchOne(
                    $0, sql: "SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index')")
            }
            guard foreign == nil else {
                throw HistoryFailure(
                    fr: "des vues ou des déclencheurs qui ne sont pas de Bascule",
                    en: "it has views or triggers that are none of Bascule's")
            }
            let migrator = HistorySchema.migrator
            if try queue.read({ try migrator.hasBeenSuperseded($0) }) {
                throw HistoryFailure(
                    fr: "il vient d'un Bascule plus récent", en: "a newer Bascule wrote it")
            }
            try migrator.migrate(queue)
        } catch {
            throw History.failure(path, error)
        }
    }

    /// Keeps a run; one of the same name is replaced.
    /// - Throws: ``HistoryFailure`` where the disk is full or another program has the file; then nothing has changed.
    public func record(_ run: PastRun) throws(HistoryFailure) {
        try using {
            try queue.write { database in
                try RunRow.deleteOne(database, key: run.name)
                try RunRow(
                    name: run.name, startedAt: run.startedAt.timeIntervalSince1970, exercise: run.exercise
                ).insert(database)
                // Prepared once: a class has thousands of rows.
                let insert = try database.makeStatement(sql: ScoreRow.insert)
                for (student, score) in run.scores.sorted(by: { $0.key < $1.key }) {
                    for row in rows(run.name, student, score) { try insert.execute(arguments: row.arguments) }
                }
            }
        }
    }

    /// All runs, or those that have this student: the oldest first.
    /// - Throws: ``HistoryFailure`` where the file is damaged, or another program has it.
    public func runs(of student: String? = nil) throws(HistoryFailure) -> [PastRun] {
        let (runs, rows) = try using {
            try queue.read { database in
                let rows = student.map { ScoreRow.filter(Column("student") == $0) } ?? ScoreRow.all()
                return (try RunRow.fetchAll(database), try rows.fetchAll(database))
            }
        }
        let scores = Dictionary(grouping: rows) { $0.run }
        return runs.compactMap { run in
            let own = scores[run.name] ?? []
            if student != nil, own.isEmpty { return nil }
            return PastRun(
                name: run.name, startedAt: Date(timeIntervalSince1970: run.startedAt), exercise: run.exercise,
                scores: Dictionary(grouping: own) { $0.student }.mapValues { PastScore(rows: $0) })
        }.sorted { ($0.startedAt, $0.name) < ($1.startedAt, $1.name) }
    }

    /// Takes runs away, and students out of all others, and leaves nothing of them in the file.
    /// - Throws: ``HistoryFailure`` where the disk is full or another program has the file.
    public func remove(runs names: [String], students: [String] = []) throws(HistoryFailure) {
        try using(isRemoving: true) {
            try queue.write { database in
                _ = try RunRow.deleteAll(database, keys: names)
                _ = try ScoreRow.filter(students.contains(Column("student"))).deleteAll(database)
            }
            // What was deleted is overwritten by now; without room for a smaller file it stays as large as it is.
            do { try queue.vacuum() } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL
            {}
        }
    }

    private func using<Value>(
        isRemoving: Bool = false, _ work: () throws -> Value
    ) throws(HistoryFailure) -> Value {
        do { return try work() } catch { throw History.failure(path, error, isRemoving: isRemoving) }
    }

    private func rows(_ run: String, _ student: String, _ score: PastScore) -> [ScoreRow] {
        func row(_ subject: String, _ tally: Tally, isDecided: Bool) -> ScoreRow {
            ScoreRow(
                run: run, student: student, subject: subject, earned: tally.earned.thousandths,
                decided: tally.decided.thousandths, total: tally.total.thousandths, isDecided: isDecided)
        }
        // In one order, so that the same runs make the same file.
        return [row("", score.total, isDecided: score.total.isComplete)]
            + score.questions.sorted { $0.key < $1.key }.map {
                row($0.key.rawValue, $0.value, isDecided: $0.value.isComplete)
            }
            + score.checks.sorted { $0.key.rawValue < $1.key.rawValue }.map { id, check in
                row(
                    id.rawValue, Tally(of: check.points, earned: check.earned), isDecided: check.earned != nil
                )
            }
    }

    /// Whether whoever started this program bounds the size of its files (getrlimit(2)).
    private static var isGrowthLimited: Bool {
        var limit = rlimit()
        #if os(Linux)
            let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        #else
            let resource = RLIMIT_FSIZE
        #endif
        // What stands for “none” is beyond any size.
        return getrlimit(resource, &limit) == 0 && limit.rlim_cur < 1 << 62
    }

    /// - Parameter isRemoving: then nobody wants the runs noted again.
    private static func failure(
        _ path: String, _ error: any Error, isRemoving: Bool = false
    ) -> HistoryFailure {
        let next =
            isRemoving
            ? LocalizedText(fr: "puis relancer `bascule purge`", en: "then `bascule purge` again")
            : LocalizedText(
                fr: "`bascule score` sur le relevé l'y note de nouveau",
                en: "`bascule score` on the run notes it again")
        // Without the SQL that was on its way.
        let reason =
            (error as? HistoryFailure)?.sentence
            ?? LocalizedText(
                verbatim: (error as? DatabaseError).map { $0.message ?? "\($0.resultCode)" } ?? "\(error)")
        switch (error as? DatabaseError)?.resultCode {
        case .SQLITE_FULL?:
            return HistoryFailure(
                fr: """
                    Le disque est plein (\(reason)) : faire de la place, l'historique \(path) n'a pas pu être écrit ; \
                    \(next).
                    """,
                en: """
                    The disk is full (\(reason)): make room, the history \(path) could not be written; \
                    \(next).
                    """, .notWritten)
        // SQLite does not say which: a file that may not grow is no full disk.
        case .SQLITE_IOERR? where isGrowthLimited:
            return HistoryFailure(
                fr: """
                    L'historique \(path) ne peut pas être écrit (\(reason)) : lever la limite de la taille des fichiers \
                    (ulimit -f), ou vérifier le disque ; \(next).
                    """,
                en: """
                    The history \(path) cannot be written (\(reason)): raise the limit on the size of files (ulimit -f), or \
                    check the disk; \(next).
                    """, .notWritten)
        case .SQLITE_IOERR?, .SQLITE_READONLY?, .SQLITE_CANTOPEN?, .SQLITE_PERM?:
            return HistoryFailure(
                fr: """
                    L'historique \(path) ne peut pas être écrit (\(reason)) : faire de la place sur le disque, ou voir à qui \
                    est le dossier ; \(next).
                    """,
                en: """
                    The history \(path) cannot be written (\(reason)): make room on the disk, or check whose the folder \
                    is; \(next).
                    """, .notWritten)
        case .SQLITE_BUSY?, .SQLITE_LOCKED?:
            return HistoryFailure(
                fr:
                    "L'historique \(path) est en train d'être écrit par un autre programme : attendre, puis recommencer.",
                en: "The history \(path) is being written by another program: wait for it, then try again.",
                .busy)
        default:
            return HistoryFailure(
                fr: """
                    L'historique \(path) est inutilisable (\(reason)) : le déplacer, puis lancer `bascule score` sur les \
                    relevés pour qu'il soit refait.
                    """,
                en: """
                    The history \(path) cannot be used (\(reason)): move it away and run `bascule score` on the runs to \
                    have it made again.
                    """)
        }
    }
}
