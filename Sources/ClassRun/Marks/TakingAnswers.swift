import Foundation
import GraderCore
import InputFiles
import Reports

/// What became of the files that were handed in.
public struct TakenAnswers: Sendable {
    /// By student, in the order of the class: the questions answered.
    public var students: [(id: String, questions: [QuestionID])] = []
    /// Sentences about what was not taken, and why.
    public var remarks: [LocalizedText] = []
}

extension ReportsFolder {
    /// Puts what was handed in where the class's answers lie, one file for each student, and brings the latest run's pages up
    /// to date. What lay there before of a student who hands in now becomes a version and is replaced, unless it
    /// cannot be read, or what comes could not be read again.
    /// - Throws: ``StoreFailure`` where the folder cannot be read, or the answers cannot be written.
    public func takeAnswers(
        _ handedIn: HandedIn, into className: String, read: DocumentText, theme: PageTheme? = nil,
        remark: @escaping @Sendable (LocalizedText) -> Void
    ) async throws -> TakenAnswers {
        // A renamed class would not have them.
        _ = try latestRun(of: className)?.place(remark: remark)
        var taken = TakenAnswers()
        taken.remarks = handedIn.remarks
        var texts: [String: String] = [:]
        var participants: [String: Set<Int>] = [:]
        for file in handedIn.files {
            let name = SafeText.label(file.name, limit: 120)
            guard let student = file.student else {
                taken.remarks.append(
                    LocalizedText(
                        fr:
                            "\(name) : à personne de la classe d'après son nom, ou à plusieurs ; voir --names.",
                        en: "\(name): by its name nobody's of the class, or several students'; see --names."))
                continue
            }
            if let participant = file.participant {
                participants[student, default: []].insert(participant)
            }
            do throws(DocumentText.Failure) {
                let text = try await read.read(file.path)
                texts[student] = texts[student].map { "\($0)\n\n\(text)" } ?? text
            } catch {
                taken.remarks.append(
                    LocalizedText(fr: "\(name) \(error.reason).", en: "\(name) \(error.reason)."))
            }
        }
        let students = try knownStudents(of: className)
        try withLock(on: className) {
            let folder = try answersFolder(of: className)
            try RunFolder.refuseLink(folder)
            try AtomicFile.makeFolders(folder)
            for identity in students {
                let student = identity.id
                let numbers = participants[student, default: []].sorted()
                // Everybody chooses what he is called on Moodle.
                guard numbers.count <= max(identity.names.count, 1) else {
                    taken.remarks.append(
                        LocalizedText(
                            fr:
                                "\(student) : rendu par plusieurs participants de Moodle ; rien n'a été pris : donner dans --names le numéro du bon (\(numbers.map(String.init).joined(separator: ", "))).",
                            en:
                                "\(student): handed in by several participants on Moodle; nothing was taken: say in --names the number of the right one (\(numbers.map(String.init).joined(separator: ", ")))."
                        ))
                    continue
                }
                if !numbers.isEmpty {
                    try AtomicFile.write(
                        numbers.map { "\($0)\n" }.joined(), to: "\(folder)/\(student).moodle")
                }
                guard let text = texts[student] else { continue }
                guard text.utf8.count <= WrittenAnswers.sizeLimit else {
                    let most = WrittenAnswers.sizeLimit >> 10
                    taken.remarks.append(
                        LocalizedText(
                            fr:
                                "\(student) : les fichiers contiennent ensemble plus de \(most) Kio de texte ; rien n'a été pris.",
                            en:
                                "\(student): the files hold more than \(most) KiB of text together; nothing was taken."
                        ))
                    continue
                }
                let answers = WrittenAnswers.parse(text)
                guard !answers.isEmpty else {
                    taken.remarks.append(
                        LocalizedText(
                            fr:
                                "\(student) : aucun titre comme « # Q2 » devant une réponse ; rien n'a été pris.",
                            en: "\(student): no heading such as “# Q2” before an answer; nothing was taken."))
                    continue
                }
                do {
                    try keepAnswers(of: student, in: className, replacedBy: text)
                } catch let failure as StoreFailure where failure.cause == .unusable {
                    taken.remarks.append(
                        LocalizedText(
                            fr: "\(student) : rien n'a été pris, pour ne pas remplacer \(failure.sentence)",
                            en: "\(student): nothing was taken, so as not to replace \(failure.sentence)"))
                    continue
                }
                try AtomicFile.write(text, to: "\(folder)/\(student).md")
                taken.students.append((student, answers.keys.sorted()))
            }
        }
        if let latest = try latestRun(of: className) {
            _ = try latest.place(theme: theme, remark: remark).writeAgain()
        }
        return taken
    }
}
