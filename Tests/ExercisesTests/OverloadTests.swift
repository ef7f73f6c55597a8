import Exercises
import GraderCore
import Testing

/// What was lost because the grader itself was late is nobody's fault, and a report says so.
struct OverloadTests {
    private let failure = TransportFailure(
        .graderOverloaded, LocalizedText(verbatim: "etu1/serv1: nobody listened."))

    @Test func whatTheGraderMissedIsSaidToBeItsOwn() throws {
        let evidence = try RecordedEvidence.evidence("solved")
        let before = try RecordedEvidence.judged(evidence)
        var blamed: Set<ProbeID> = []
        for index in evidence.observations.indices {
            var poorer = evidence
            poorer.observations[index].outcome = .failed(failure)
            let id = evidence.observations[index].id
            for (check, result) in try RecordedEvidence.judged(poorer)
            where result.verdict != before[check]?.verdict {
                #expect(result.verdict != .notMet, "\(check) without \(id)")
                guard result.sources.contains(id), case .notAssessed(let reason) = result.verdict else {
                    continue
                }
                #expect(reason == .overloaded, "\(check) without \(id)")
                blamed.insert(id)
            }
        }
        #expect(blamed.count > 5)
    }

    /// An output that is cut off, wherever that is, costs nobody a point; where it leaves a check open, the page says so.
    @Test(arguments: [0, 1, 2]) func whatIsCutOffIsNoFault(thirds: Int) throws {
        let evidence = try RecordedEvidence.evidence("solved")
        let before = try RecordedEvidence.judged(evidence)
        var open: Set<ProbeID> = []
        for index in evidence.observations.indices {
            guard case .command(var result) = evidence.observations[index].outcome else { continue }
            let raw = result.standardOutput.raw
            result.standardOutput = Bytes(Array(raw.prefix(raw.count * thirds / 3)))
            result.outputTruncated = true
            var cut = evidence
            cut.observations[index].outcome = .command(result)
            let id = evidence.observations[index].id
            for (check, result) in try RecordedEvidence.judged(cut)
            where result.verdict != before[check]?.verdict {
                #expect(result.verdict != .notMet, "\(check) with \(id) cut off")
                guard result.sources.contains(id), result.verdict == .notAssessed(.noEvidence) else {
                    continue
                }
                #expect(result.found.en.contains("\(id) printed more than is read"), "\(check)")
                open.insert(id)
            }
        }
        #expect(open.count > 5)
    }

    @Test func aPairThatNobodyHeardIsNotOff() throws {
        var evidence = try RecordedEvidence.evidence("solved")
        evidence.unreachable = [.serv1: failure, .serv2: failure]
        evidence.observations = []
        for (check, result) in try RecordedEvidence.judged(evidence)
        where result.verdict != .notRequested(.teachersMark) {
            #expect(result.verdict == .notAssessed(.overloaded), "\(check)")
        }
    }
}
