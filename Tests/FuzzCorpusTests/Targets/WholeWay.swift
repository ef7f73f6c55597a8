import Foundation
import GraderCore

@testable import ClassRun
@testable import Exercises
@testable import InputFiles
@testable import Pacemaker

extension FuzzTarget {
    /// From evidence to the pages: recorded evidence in which one observation is the fuzzer's. Three bytes choose the
    /// recording, the observation, and how the look at it ended; the rest is what it brought.
    static let wholeWay = FuzzTarget("whole-way", upTo: 16384) { bytes in
        guard bytes.count >= 3 else { return }
        let story = try EvidenceStory.all.get()[Int(bytes[0]) % EvidenceStory.names.count]
        let index = Int(bytes[1]) % story.evidence.observations.count
        guard let ending = StoryEnding(rawValue: bytes[2] % UInt8(StoryEnding.allCases.count)) else { return }
        try story.checkWith(Array(bytes.dropFirst(3)), at: index, ending)
    }
}

/// How a command ended whose output is the fuzzer's.
enum StoryEnding: UInt8, CaseIterable {
    case whole, complained, cutOff, timedOut, killed, unknown

    /// What is not whole is no evidence: it decides nothing.
    var isLoss: Bool { ![.whole, .complained].contains(self) }

    func result(_ text: [UInt8], of old: CommandResult) -> CommandResult {
        var result = old
        result.standardOutput = Bytes(text)
        switch self {
        case .whole: result.ending = .exited(0)
        case .complained:
            result.ending = .exited(1)
            (result.standardOutput, result.standardError) = ("", Bytes(text))
        case .cutOff: result.outputTruncated = true
        case .timedOut: result.ending = .timedOut
        case .killed: result.ending = .signalled("KILL")
        case .unknown: result.ending = .unknown
        }
        return result
    }
}

/// Recorded evidence, its exercise, and what it comes to as it is.
struct EvidenceStory: Sendable {
    var evidence: Evidence
    var grader: Grader
    var before: [CheckID: Verdict] = [:]

    static let names = ["solved", "bullseye/solved", "split-brain", "after-q5"]
    static let student = StudentIdentity(id: "etu1", names: ["Camille Dupont"])

    static let rubric = Result {
        try RubricFile.read(file: Repository.path("rubrics/activite-2.yaml"), exercise: Activite2())
    }
    static let grader = Result { Grader(exercise: Activite2(), rubric: try rubric.get(), version: "fuzz") }
    static let all = Result {
        try names.map { name in
            try EvidenceStory(
                Recording.read(Repository.path("Tests/ExercisesTests/Recorded/\(name)")), try grader.get())
        }
    }
    static let everyLook = Result {
        EvidenceLooks(
            evidence: try EvidenceStore.read(Repository.path("Tests/DeclaredTests/every-look/evidence.json")))
    }
    static let handInClass = Result {
        try Roster.read(file: Repository.path("Tests/Fixtures/hand-ins/class.yaml"), exercises: [Activite2()])
    }

    init(_ evidence: Evidence, _ grader: Grader) throws {
        (self.evidence, self.grader) = (evidence, grader)
        before = verdicts(try grade(evidence))
    }

    private func grade(_ evidence: Evidence) throws -> GradedResult {
        try grader.grade(evidence, className: "fuzz", student: Self.student, evidenceSHA256: "")
    }

    private func verdicts(_ result: GradedResult) -> [CheckID: Verdict] {
        let all = result.questions.flatMap { $0.checks.map(\.result) }.map { ($0.id, $0.verdict) }
        return Dictionary(all, uniquingKeysWith: { first, _ in first })
    }

    private func isOpen(_ verdict: Verdict) -> Bool {
        switch verdict {
        case .notAssessed, .notRequested: true
        default: false
        }
    }

    /// Scored twice it is the same, the pages are clean, the points within their bounds; and what is lost decides nothing.
    func checkWith(_ bytes: [UInt8], at index: Int, _ ending: StoryEnding) throws {
        var changed = evidence
        let isLoss = replace(&changed.observations[index].outcome, bytes, ending)
        let result = try grade(changed)
        try expect(try grade(changed) == result, "scored twice it is not the same")
        let stored = try EvidenceStore.decode(try StoredJSON.encode(changed), path: "")
        try expect(
            verdicts(try grade(stored)) == verdicts(result), "stored and scored again it is not the same")
        try PageRules.check(result)
        let total = result.questions.reduce(Points.zero) { $0 + $1.score.total }
        try expect(total == grader.rubric.total, "the total is not the rubric's")
        guard isLoss else { return }
        let after = verdicts(result)
        for (id, verdict) in after where verdict != before[id] && !isOpen(verdict) {
            if case .blocked(let by) = verdict, let other = after[by], isOpen(other) { continue }
            let what = evidence.observations[index].id
            throw FuzzFinding(
                description: "with \(what) lost, \(id) is \(verdict) and was \(before[id] as Any)")
        }
    }

    /// - Returns: whether the look has brought nothing that counts.
    private func replace(
        _ outcome: inout Observation.Outcome, _ bytes: [UInt8], _ ending: StoryEnding
    ) -> Bool {
        switch outcome {
        case .command(let old):
            outcome = .command(ending.result(bytes, of: old))
            return ending.isLoss
        case .http(var exchange):
            guard case .response(var response) = exchange.answer else { return false }
            // As it came over the wire: headers, an empty line, the body.
            let text = String(decoding: bytes, as: UTF8.self)
            if ending == .complained {
                let words = text.split(separator: "\n", maxSplits: 1).map(String.init)
                response.status = 302
                response.headers = [.init(name: "Location", value: words.first ?? "")]
            } else {
                response.body = Bytes(bytes)
                response.bodyTruncated = ending.isLoss
            }
            exchange.answer = .response(response)
            outcome = .http(exchange)
            return false
        case .neighbours:
            outcome = .neighbours(Bytes(bytes))
            return false
        case .port, .dns, .failed:
            outcome = .failed(
                TransportFailure(
                    .connectionLost, LocalizedText(verbatim: String(decoding: bytes, as: UTF8.self))))
            return true
        }
    }
}

/// Evidence of all that declared checks can look at.
struct EvidenceLooks: Sendable {
    var evidence: Evidence

    /// A point for each check.
    func result(of exercise: any Exercise) throws -> GradedResult {
        let questions = exercise.questionDefinitions.map { question in
            RubricQuestion(
                id: question.id, title: LocalizedText(verbatim: ""),
                checks: question.checks.map { RubricCheck(id: $0.id, points: Points(1)) },
                parameters: Parameters())
        }
        let rubric = Rubric(
            exercise: exercise.id, title: LocalizedText(verbatim: ""), total: Points(1), questions: questions)
        return try Grader(exercise: exercise, rubric: rubric, version: "fuzz").grade(
            evidence, className: "fuzz", student: EvidenceStory.student, evidenceSHA256: "")
    }
}
