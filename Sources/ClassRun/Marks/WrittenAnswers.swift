import Foundation
import GraderCore
import InputFiles

/// What a student or team has handed in as text: `<reports>/<class>/answers/<id>.md` (or `.txt`), with a heading
/// before each answer:
///
///     # Q2
///     L'adresse est ici, parce que…
///
/// The answers are shown beside what was found, for the teacher who marks them; nothing is judged by them. The text
/// is the student's: bounded, and never a reason to stop a run.
public struct WrittenAnswers: Sendable, Hashable {
    /// As they were written, without the blank lines around them.
    public var answers: [QuestionID: String] = [:]
    /// What the teacher should know of the file, a sentence each.
    public var remarks: [LocalizedText] = []

    /// In bytes; more than anybody writes about ten questions.
    static let sizeLimit = 256 << 10

    /// Reads `<id>.md`, or `<id>.txt` where there is none. No file is no answer, and no remark.
    public static func read(folder: String, student: String) -> WrittenAnswers {
        guard let file = file(folder: folder, student: student) else { return WrittenAnswers() }
        let remark: LocalizedText
        switch bytes(of: file) {
        case .success(let bytes):
            let answers = parse(String(decoding: bytes, as: UTF8.self))
            if !answers.isEmpty || bytes.isEmpty { return WrittenAnswers(answers: answers) }
            remark = LocalizedText(
                fr:
                    "pas de titre comme « # Q2 », donc aucune réponse n'a été lue : en mettre un devant chacune.",
                en: "no heading such as “# Q2” in it, so no answer was read: put one before each.")
        case .failure(.tooLarge):
            remark = LocalizedText(
                fr:
                    "plus de \(sizeLimit >> 10) Kio, donc aucune réponse n'a été lue : raccourcir le fichier.",
                en: "more than \(sizeLimit >> 10) KiB, so no answer was read: shorten it.")
        case .failure(.notAFile):
            remark = LocalizedText(
                fr: "pas un fichier, donc aucune réponse n'a été lue.",
                en: "not a file, so no answer was read.")
        case .failure(.unreadable(let reason)):
            remark = LocalizedText(
                fr: "lecture impossible (\(reason)), donc aucune réponse n'a été lue.",
                en: "cannot be read (\(reason)), so no answer was read.")
        }
        return WrittenAnswers(
            remarks: [LocalizedText(fr: "\(file) : \(remark)", en: "\(file): \(remark)")])
    }

    /// Of a file that is no link: where one leads may be another student's.
    static func bytes(of file: String) -> Result<[UInt8], BoundedFile.Failure> {
        var status = stat()
        guard lstat(file, &status) != 0 || status.st_mode & S_IFMT != S_IFLNK else {
            return .failure(.unreadable(LocalizedText(fr: "lien symbolique", en: "a symbolic link")))
        }
        return BoundedFile.read(file, limit: sizeLimit)
    }

    static func file(folder: String, student: String) -> String? {
        guard SafeName.isValid(student) else { return nil }
        return ["md", "txt"].map { "\(folder)/\(student).\($0)" }
            .first { mayBeThere($0) }
    }

    /// Several answers to one question are one.
    static func parse(_ text: String) -> [QuestionID: String] {
        var answers: [QuestionID: String] = [:]
        var current: QuestionID?
        // Byte order marks: of the file, of one that was put behind another, of a copy that brought it into a line.
        var text = text
        text.unicodeScalars.removeAll { $0 == "\u{FEFF}" }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if isRemark(line) {
                continue
            } else if let (question, rest) = heading(line) {
                current = question
                if !rest.isEmpty { answers[question, default: ""] += rest + "\n" }
            } else if let current {
                answers[current, default: ""] += line + "\n"
            }
        }
        return answers.mapValues { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter {
            !$0.value.isEmpty
        }
    }

    /// What ``AnswerSheet`` says on a line of its own.
    static func isRemark(_ line: Substring) -> Bool {
        line.hasPrefix("<!--") && line.hasSuffix("-->")
    }

    /// `# Q2`, `## Question 2 :`, `Q2`, `Q2. Ici, car…`: any heading that begins with the word, the word alone on its line,
    /// or with a stop behind it. Read from the left in one go: it is a student's line.
    static func heading(_ line: Substring) -> (QuestionID, rest: String)? {
        var rest = line
        /// At most so many; fewer are left where there are fewer.
        func skip(atMost most: Int = .max, _ isMeant: (Character) -> Bool) -> Substring {
            let run = rest.prefix(most).prefix(while: isMeant)
            rest = rest[run.endIndex...]
            return run
        }
        _ = skip(atMost: 3, \.isWhitespace)
        let isMarked = !skip(atMost: 6) { $0 == "#" }.isEmpty
        if isMarked { _ = skip(\.isWhitespace) }
        let word = skip(\.isLetter).lowercased()
        if word == "question" { _ = skip(\.isWhitespace) }
        let number = skip(atMost: 3) { $0.isASCII && $0.isNumber }
        guard ["q", "question"].contains(word), (1...2).contains(number.utf8.count), number.first != "0"
        else {
            return nil
        }
        _ = skip(\.isWhitespace)
        let isStopped = !skip(atMost: 1, ".:)–-".contains).isEmpty && rest.first?.isWhitespace ?? true
        _ = skip(\.isWhitespace)
        while let last = rest.last, last.isWhitespace || last == "#" { rest.removeLast() }
        // “Q2 est plus difficile” within an answer is no heading.
        guard isMarked || isStopped || rest.isEmpty else { return nil }
        return (QuestionID("Q\(number)"), String(rest))
    }
}

extension ReportsFolder {
    /// Where the teacher puts what the students have handed in.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    func answersFolder(of className: String) throws(StoreFailure) -> String {
        "\(try folder(of: className))/answers"
    }

    /// Who a student, or each of a team, is in the assignment on Moodle that the answers came from; none where they came
    /// from elsewhere. `<id>.moodle` beside the answers holds the numbers, one on each line.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    public func moodleParticipants(of student: String, in className: String) throws(StoreFailure) -> [Int] {
        let file = "\(try answersFolder(of: className))/\(student).moodle"
        guard SafeName.isValid(student), case .success(let bytes) = BoundedFile.read(file, limit: 1 << 10)
        else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap {
            Int($0)
        }
    }

    /// What a student has handed in, as it is; nil where there is nothing or nothing that can be read.
    /// - Throws: ``StoreFailure`` where the class's name or the student's id cannot name a file.
    func answersFile(
        of className: String, student: String
    ) throws(StoreFailure) -> (name: String, bytes: [UInt8])? {
        guard let file = WrittenAnswers.file(folder: try answersFolder(of: className), student: student),
            case .success(let bytes) = WrittenAnswers.bytes(of: file)
        else { return nil }
        return (FilePath.name(of: file), bytes)
    }
}

extension GradedResult {
    /// With these answers, and no others.
    public func answering(_ written: WrittenAnswers) -> GradedResult {
        var result = self
        for index in result.questions.indices {
            result.questions[index].writtenAnswer = written.answers[result.questions[index].id]
        }
        return result
    }
}
