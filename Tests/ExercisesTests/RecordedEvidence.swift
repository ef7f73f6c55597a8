import ClassRun
import Foundation
import GraderCore
import Testing

@testable import Exercises

/// Evidence recorded from real pairs by `scripts/record` and `scripts/matrix`, a folder for each state (``Recording``);
/// those of bookworm lie in the folder itself, those of other releases in one of the release's name.
enum RecordedEvidence {
    private static let here = URL(filePath: #filePath).deletingLastPathComponent()
    static let repository = here.deletingLastPathComponent().deletingLastPathComponent()
    static let folder = here.appending(path: "Recorded")

    static let situations =
        [
            "fresh", "after-q1", "after-q2", "after-q3", "after-q4", "after-q5", "after-q6", "after-q7",
            "after-q8",
        ]
        + ["after-q9", "solved"]

    /// The names of the exercise's fault scripts.
    static let everyFault = scripts("faults")
    /// The faults and variations of which there is recorded evidence: `NAME`, or `RELEASE/NAME`.
    static let faults = recordings(of: everyFault)
    static let variations = recordings(of: scripts("variations"))

    /// Pairs of faults that were in one pair together: `one+other`.
    static let pairs = all.filter { $0.hasPrefix("pairs/") }.map { String($0.dropFirst("pairs/".count)) }

    /// Every recording there is.
    static let all: [String] =
        (FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))?.allObjects ?? [])
        .compactMap { $0 as? String }.filter { $0.hasSuffix(indexEnding) }
        .map { String($0.dropLast(indexEnding.count)) }.sorted()
    private static let indexEnding = "/recording.json"

    /// Every recording of a solved pair.
    static let solved = recordings(of: ["solved"])

    /// The names of an exercise folder's scripts: `faults`, `variations` or `situations`.
    static func scripts(_ kind: String) -> [String] {
        let folder = repository.appending(path: "exercises/activite-2/\(kind)").path(percentEncoded: false)
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".sh") }.map { String($0.dropLast(3)) }.sorted()
    }

    static func recordings(of names: [String]) -> [String] {
        ["", "bullseye/", "trixie/"].flatMap { release in names.map { release + $0 } }.filter(isRecorded)
    }

    private static func isRecorded(_ name: String) -> Bool {
        Recording.isOne(folder.appending(path: name).path(percentEncoded: false))
    }

    static func evidence(_ name: String) throws -> Evidence {
        try Recording.read(folder.appending(path: name).path(percentEncoded: false))
    }

    static let rubric: Result<Rubric, any Error> = Result {
        let file = repository.appending(path: "rubrics/activite-2.yaml").path(percentEncoded: false)
        return try RubricFile.read(file: file, exercise: Activite2())
    }

    /// All checks that Bascule judges, by id, the cluster's health included.
    static func judged(_ evidence: Evidence) throws -> [CheckID: CheckResult] {
        try judged(Findings(evidence))
    }

    static func judged(_ findings: Findings) throws -> [CheckID: CheckResult] {
        let scorer = Scorer(exercise: Activite2(), rubric: try rubric.get())
        let known = Set(Activite2().definitions.flatMap { $0.checks.map(\.id) })
        let results = try scorer.score(findings).flatMap(\.checks).map(\.result).filter {
            known.contains($0.id)
        }
        return Dictionary(uniqueKeysWithValues: results.map { ($0.id, $0) })
    }

    /// The checks that rest on a probe newer than the evidence, by their own declaration: not assessed, whatever a
    /// script says that is lost. So a check with a new probe asks for no recording to be made again.
    static func unasked(
        _ evidence: Evidence, of checks: [CheckDefinition] = Activite2().definitions.flatMap(\.checks)
    ) -> Set<CheckID> {
        Set(checks.filter { $0.unasked(in: evidence) != nil }.map(\.id))
    }

    /// The checks that a fault's script says it must lose, on every release.
    static func lostChecks(of fault: String) throws -> Set<CheckID> {
        let name = fault.split(separator: "/").last.map(String.init) ?? fault
        let script = repository.appending(path: "exercises/activite-2/faults/\(name).sh")
        let text = try String(contentsOf: script, encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("# loses:") })
        let ids = line.dropFirst("# loses:".count).split { $0 == "," || $0 == " " }
        return Set(ids.map { CheckID(String($0)) })
    }
}

extension Verdict {
    var isMet: Bool { self == .met }
    /// The student's own doing: points are lost here and not only in consequence.
    var isLost: Bool {
        switch self {
        case .notMet, .partly: true
        case .met, .blocked, .notAssessed, .notRequested: false
        }
    }
    var isDecidedAgainst: Bool {
        switch self {
        case .notMet, .partly, .blocked: true
        case .met, .notAssessed, .notRequested: false
        }
    }
    var isOpen: Bool {
        switch self {
        case .notAssessed, .notRequested: true
        case .met, .partly, .notMet, .blocked: false
        }
    }
}
