import Foundation
import GraderCore

/// Answers that students have left on their own machines: files called as ``AnswerSheet`` says in root's home folder or
/// another's. Nothing else is read there, and nothing is written.
extension Transports {
    /// What lies on one machine.
    public struct LeftAnswers: Sendable {
        public var student: String
        public var node: MachineID
        /// By path on the machine.
        public var files: [String: [UInt8]] = [:]
        /// Sentences about what could not be read.
        public var remarks: [LocalizedText] = []
    }

    /// Of one file, in bytes, and of one machine, in files.
    static let leftFileLimit = 4 << 20
    static let mostLeftFiles = 4

    /// Reads what lies on every machine of the students, all side by side.
    /// - Parameter onEach: told of each machine as its answer comes.
    /// - Throws: where the log-ins cannot be prepared; a machine that cannot be read is a remark.
    public func leftAnswers(
        _ students: [RosterStudent], onEach: (LeftAnswers) -> Void = { _ in }
    ) async throws -> [LeftAnswers] {
        let ways = try await open(students)
        let machines = students.flatMap { student in student.lab.machines.map { (student, $0) } }
        let left = await machines.sideBySide(
            { student, node in
                var left = LeftAnswers(student: student.identity.id, node: node)
                do throws(TransportFailure) {
                    let session = try await ways(student).connect(node)
                    await left.read(session)
                    await session.close()
                } catch {
                    left.remark(error)
                }
                return left
            }, onEach: onEach)
        return left.sorted { ($0.student, $0.node) < ($1.student, $1.node) }
    }
}

extension Transports.LeftAnswers {
    fileprivate mutating func read(_ session: any NodeSession) async {
        let named = Array(AnswerSheet.names.flatMap { ["-o", "-iname", "\($0).*"] }.dropFirst())
        let search = RemoteCommand(
            ["find", "/root", "/home", "-xdev", "-maxdepth", "2", "-type", "f", "("] + named + [
                ")", "-print0",
            ],
            outputLimit: 1 << 16)
        // 1: one of the folders is missing.
        guard let found = await output(of: search, endings: [0, 1], "find", session) else { return }
        let paths = found.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }.sorted()
        let most = Transports.mostLeftFiles
        if paths.count > most {
            remark(
                fr: "\(paths.count) fichiers de réponses, dont les \(most) premiers sont lus",
                en: "\(paths.count) files of answers, of which the first \(most) are read")
        }
        for path in paths.prefix(most) {
            let reading = RemoteCommand(
                ["cat", "--", path], timeLimit: .seconds(20), outputLimit: Transports.leftFileLimit)
            files[path] = await output(of: reading, endings: [0], path, session)
        }
    }

    /// All of it; nil where it is not whole, and a remark says why.
    private mutating func output(
        of command: RemoteCommand, endings: Set<Int>, _ name: String, _ session: any NodeSession
    ) async -> [UInt8]? {
        do throws(TransportFailure) {
            let result = try await session.answer(to: command)
            guard case .exited(let status) = result.ending, endings.contains(status) else {
                let said = result.complaint
                remark(fr: "\(name) n'a pas été lu (\(said))", en: "\(name) was not read (\(said))")
                return nil
            }
            guard !result.outputTruncated else {
                remark(fr: "\(name) est trop grand", en: "\(name) is too large")
                return nil
            }
            return result.standardOutput.raw
        } catch {
            remark(error)
            return nil
        }
    }

    fileprivate mutating func remark(_ failure: TransportFailure) {
        let words = failure.kind.words
        let said = LocalizedText(
            fr: "\(student)/\(node.rawValue) : \(words.what).", en: "\(failure.sentence)")
        remarks.append(words.advice.map { LocalizedText(fr: "\(said) \($0)", en: "\(said)") } ?? said)
    }

    private mutating func remark(fr: LocalizedText.Wording, en: LocalizedText.Wording) {
        let said = LocalizedText(fr: fr, en: en)
        let who = "\(student)/\(node.rawValue)"
        remarks.append(LocalizedText(fr: "\(who) : \(said).", en: "\(who): \(said)."))
    }
}

extension HandedIn {
    /// What lay on the students' machines, as files of a folder: each student's under his id. The same file on several
    /// machines is one.
    /// - Throws: where they cannot be written.
    public static func write(_ left: [Transports.LeftAnswers], to folder: String) throws(StoreFailure) {
        for (student, places) in Dictionary(grouping: left, by: \.student) {
            var seen: Set<[UInt8]> = []
            for place in places {
                for (path, bytes) in place.files.sorted(by: { $0.key < $1.key })
                where seen.insert(bytes).inserted {
                    // The student chose the rest of the name.
                    let kind = (path as NSString).pathExtension.filter { $0.isASCII && $0.isLetter }.prefix(8)
                    try AtomicFile.makeFolders("\(folder)/\(student)")
                    try AtomicFile.write(
                        bytes, to: "\(folder)/\(student)/\(place.node.rawValue)-\(seen.count).\(kind)")
                }
            }
        }
    }
}
