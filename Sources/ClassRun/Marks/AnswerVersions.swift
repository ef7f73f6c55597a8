import Foundation
import GraderCore
import InputFiles

/// Answers written in a form: `<reports>/<class>/answers/<id>.md` as any other's, and in `answers/versions/<id>/` one file
/// for each time that they were saved, or that something else lay there before.
public struct AnswerVersion: Sendable, Hashable {
    public var savedAt: Date
    public var answers: [QuestionID: String]
}

extension ReportsFolder {
    /// Versions of one student's answers that are kept; the oldest go.
    static let mostAnswerVersions = 50

    /// Keeps a student's answers in the place of what lies there, which becomes a version where it is none yet. What the
    /// form does not ask for stays.
    /// - Returns: whether anything is other than before.
    /// - Throws: ``StoreFailure`` where they are too long or cannot be written, or what lies there cannot be read: nobody has
    ///   seen in the form what they would replace.
    @discardableResult
    public func saveAnswers(
        _ answers: [QuestionID: String], of student: String, in className: String, at now: Date = Date()
    ) throws -> Bool {
        let folder = try answersFolder(of: className)
        let versions = try versionsFolder(of: student, in: className)
        return try withLock(on: className, patience: .seconds(10)) {
            let written = WrittenAnswers.read(folder: folder, student: student)
            if let remark = written.remarks.first { throw StoreFailure(remark) }
            let old = written.answers
            var new = old
            for (question, text) in answers {
                let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
                new[question] = text.isEmpty ? nil : text
            }
            let text = WrittenAnswers.text(new)
            // As it will be read: a browser ends each line with CR and LF, and what was not touched is no version.
            guard WrittenAnswers.parse(text) != old else { return false }
            guard text.utf8.count <= WrittenAnswers.sizeLimit else {
                throw StoreFailure(
                    fr: """
                        Les réponses font ensemble plus de \(WrittenAnswers.sizeLimit >> 10) Kio : les raccourcir.
                        """,
                    en: """
                        The answers are longer than \(WrittenAnswers.sizeLimit >> 10) KiB together: shorten them.
                        """
                )
            }
            try keepAnswers(of: student, in: className, replacedBy: text, at: now)
            try add(Array(text.utf8), to: versions, savedAt: now)
            try AtomicFile.write(text, to: "\(folder)/\(student).md")
            return true
        }
    }

    /// Keeps what lies in the place of a student's answers as a version, byte for byte, unless it is the last one or the same
    /// again. For who holds the class's lock.
    /// - Throws: ``StoreFailure`` where it cannot be read or kept: then it has to stay where it is.
    func keepAnswers(
        of student: String, in className: String, replacedBy new: String, at now: Date = Date()
    ) throws {
        let folder = try answersFolder(of: className)
        guard let file = WrittenAnswers.file(folder: folder, student: student) else { return }
        guard case .success(let bytes) = WrittenAnswers.bytes(of: file) else {
            throw StoreFailure(WrittenAnswers.read(folder: folder, student: student).remarks.joined())
        }
        guard bytes != Array(new.utf8) else { return }
        let versions = try versionsFolder(of: student, in: className)
        var savedAt = now
        var status = stat()
        if lstat(file, &status) == 0 {
            savedAt = min(now, Date(timeIntervalSince1970: TimeInterval(status.st_mtim.tv_sec)))
        }
        if let last = try datedVersions(of: student, in: className).last {
            let kept = BoundedFile.read(last.file, limit: WrittenAnswers.sizeLimit)
            if case .success(bytes) = kept { return }
            // The oldest go: a file that was copied here with an old date is no old version.
            savedAt = min(now, max(savedAt, last.savedAt))
        }
        try add(bytes, to: versions, savedAt: savedAt)
    }

    private func add(_ bytes: [UInt8], to versions: String, savedAt: Date) throws {
        let all = FilePath.folder(of: versions)
        for place in [FilePath.folder(of: all), all, versions] { try RunFolder.refuseLink(place) }
        try AtomicFile.makeFolders(versions)
        let stamp = savedAt.formatted(Date.ISO8601FormatStyle(timeSeparator: .omitted))
        // After the last of this second: a number that has become free again would be an older version's.
        let last = Self.versionFiles(versions).last { $0.hasPrefix(stamp) }.map { Self.number($0) } ?? 0
        let name = "\(versions)/\(stamp)" + (last == 0 ? "" : "-\(last + 1)") + ".md"
        try AtomicFile.write(bytes, to: name)
        for old in Self.versionFiles(versions).dropLast(Self.mostAnswerVersions) {
            try? FileManager.default.removeItem(atPath: "\(versions)/\(old)")
        }
    }

    /// What a student has saved, the oldest first; the last is what counts, where nothing was handed in otherwise since.
    /// - Throws: ``StoreFailure`` where the class's name or the student's id cannot name a folder, or that is a link: it may
    ///   lead to another's.
    public func answerVersions(of student: String, in className: String) throws -> [AnswerVersion] {
        try datedVersions(of: student, in: className).compactMap { Self.version($0.file, $0.savedAt) }
    }

    /// When each version was saved, the oldest first, and what one of them says. Only that one is read: a page that lists
    /// them is fetched often.
    /// - Parameter number: 1 for the oldest.
    /// - Throws: as ``answerVersions(of:in:)`` does.
    public func answerVersion(
        _ number: Int?, of student: String, in className: String
    ) throws -> (dates: [Date], version: AnswerVersion?) {
        let all = try datedVersions(of: student, in: className)
        let asked = number.flatMap { number in
            all.enumerated().first { $0.offset + 1 == number }?.element
        }
        return (all.map(\.savedAt), asked.flatMap { Self.version($0.file, $0.savedAt) })
    }

    private func datedVersions(
        of student: String, in className: String
    ) throws -> [(file: String, savedAt: Date)] {
        let folder = try versionsFolder(of: student, in: className)
        try RunFolder.refuseLink(folder)
        return Self.versionFiles(folder).compactMap { name in
            RunFolder(path: "\(folder)/\(name.dropLast(3))").startByName.map { ("\(folder)/\(name)", $0) }
        }
    }

    /// Nil where it cannot be read.
    private static func version(_ file: String, _ savedAt: Date) -> AnswerVersion? {
        guard case .success(let bytes) = BoundedFile.read(file, limit: WrittenAnswers.sizeLimit) else {
            return nil
        }
        return AnswerVersion(
            savedAt: savedAt, answers: WrittenAnswers.parse(String(decoding: bytes, as: UTF8.self)))
    }

    /// Where a student's versions lie.
    func versionsFolder(of student: String, in className: String) throws(StoreFailure) -> String {
        guard SafeName.isValid(student) else {
            throw StoreFailure(
                fr: "L'étudiant \(quoted(student)) ne peut nommer un dossier : il y faut \(SafeName.rule).",
                en: "The student \(quoted(student)) cannot name a folder: use \(SafeName.rule).")
        }
        return "\(try answersFolder(of: className))/versions/\(student)"
    }

    /// Of those that were saved in one second: 1, and what stands behind the `-`.
    private static func number(_ name: String) -> Int {
        name.dropLast(3).split(separator: "Z", maxSplits: 1).dropFirst().first.flatMap { Int($0.dropFirst()) }
            ?? 1
    }

    /// Names, the oldest first.
    private static func versionFiles(_ folder: String) -> [String] {
        Sweep.names(in: folder).filter { $0.hasSuffix(".md") && !TemporaryName.isOne($0) }
            .sorted { RunFolder.order(String($0.dropLast(3))) < RunFolder.order(String($1.dropLast(3))) }
    }
}

extension WrittenAnswers {
    /// As ``parse(_:)`` reads it. A line of an answer that would be read as a heading or a remark is moved to the right,
    /// where it is none.
    static func text(_ answers: [QuestionID: String]) -> String {
        answers.sorted { $0.key < $1.key }.map { question, text in
            let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
                line in
                isRemark(line) || heading(line) != nil ? "    " + line : String(line)
            }
            return "# \(question)\n" + lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }
}
