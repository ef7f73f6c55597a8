import Exercises
import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// The recorded hand-ins of a class (`Tests/Fixtures/hand-ins`).
enum HandInFixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/hand-ins").path(percentEncoded: false)
    /// A moment after they were made.
    static let now = Date(timeIntervalSince1970: 1_795_817_400)

    static func roster() throws -> Roster {
        try Roster.read(file: "\(folder)/class.yaml", exercises: [Activite2()])
    }

    static func student(_ id: String) throws -> RosterStudent { try #require(try roster()[id]) }

    /// The member of a zip as the program writes it: stored, behind its name.
    static func content(_ name: String) throws -> [UInt8] {
        let zip = Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name).zip")))
        let size = zip[18..<22].reversed().reduce(0) { $0 << 8 | Int($1) }
        let start = 30 + HandInFile.memberName.utf8.count
        return Array(zip[start..<start + size])
    }

    static func file(_ name: String) throws -> HandInFile { try HandInFile(sealed: content(name)) }

    /// Both machines' of a student.
    static func pair(_ student: String) throws -> [MachineID: HandInFile] {
        [.serv1: try file("\(student)-serv1"), .serv2: try file("\(student)-serv2")]
    }

    static func evidence(
        _ student: String, _ files: [MachineID: HandInFile], lab: LabValues? = nil
    ) throws -> Evidence {
        var whose = try self.student(student)
        if let lab { whose.lab = lab }
        return HandInEvidence(exercise: Activite2(), student: whose, files: files, importedAt: now)
            .assembled().evidence
    }

    static func graded(_ evidence: Evidence) throws -> GradedResult {
        let grader = Grader(
            exercise: Activite2(),
            rubric: try RubricFile.read(file: RecordedClass.rubric, exercise: Activite2()), version: "test")
        return try grader.grade(
            evidence, className: "handin", student: StudentIdentity(id: evidence.student, names: []),
            evidenceSHA256: "")
    }

    /// What a grader found of the same pair three seconds before.
    static func live(_ student: String) throws -> [CheckID: String] {
        let lines = try String(contentsOfFile: "\(folder)/live.tsv", encoding: .utf8).split(separator: "\n")
        return Dictionary(
            uniqueKeysWithValues: lines.map { $0.split(separator: "\t").map(String.init) }
                .filter { $0[0] == student }.map { (CheckID($0[1]), $0[2]) })
    }
}

extension Verdict {
    /// As `live.tsv` has it.
    var word: String {
        switch self {
        case .met: "met"
        case .partly: "partly"
        case .notMet: "notMet"
        case .blocked: "blocked"
        case .notAssessed: "notAssessed"
        case .notRequested: "notRequested"
        }
    }
}
