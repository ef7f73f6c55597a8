import GraderCore
import Testing

@testable import Exercises

/// The lab sheet's own states: a student who follows the sheet to the letter loses nothing.
struct SituationTests {
    private static let advice: Set<CheckID> = ["Q1.label"].map { CheckID($0) }.reduce(into: []) {
        $0.insert($1)
    }

    /// The folders of the recordings: bookworm's, bullseye's and trixie's.
    private static let releases = ["", "bullseye/", "trixie/"]

    @Test(arguments: releases)
    func theSolvedPairHasEverythingThatCanBeSeen(release: String) throws {
        let evidence = try RecordedEvidence.evidence("\(release)solved")
        let judged = try RecordedEvidence.judged(evidence)
        let unasked = RecordedEvidence.unasked(evidence)
        let notMet = judged.values.filter {
            if case .notRequested = $0.verdict { return false }
            return !$0.verdict.isMet && !unasked.contains($0.id)
        }
        #expect(notMet.map { "\($0.id): \($0.found.en)" }.sorted() == [])
        #expect(judged.values.filter(\.verdict.isMet).count >= 18)
    }

    @Test(arguments: releases)
    func theFreshPairHasNothing(release: String) throws {
        let evidence = try RecordedEvidence.evidence("\(release)fresh")
        let judged = try RecordedEvidence.judged(evidence)
        // The health under all questions is the sheet before this one's.
        let earned = judged.values.filter { $0.verdict.isMet && $0.id.question != .prerequisites }
        #expect(earned.map(\.id.rawValue).sorted() == [])
        let unasked = RecordedEvidence.unasked(evidence)
        let open = judged.values.filter {
            if case .notAssessed = $0.verdict { !unasked.contains($0.id) } else { false }
        }
        #expect(open.map(\.id.rawValue).sorted() == [])
    }

    /// What was earned after one question is still there after the next.
    @Test func nothingEarnedIsLostByGoingOn() throws {
        var earned: Set<CheckID> = []
        for situation in RecordedEvidence.situations.dropFirst() {
            let judged = try RecordedEvidence.judged(try RecordedEvidence.evidence(situation))
            let met = Set(judged.values.filter(\.verdict.isMet).map(\.id))
            #expect(earned.subtracting(met).map(\.rawValue).sorted() == [], "lost in \(situation)")
            earned.formUnion(met)
        }
    }

    /// After Q7 the sheet itself has the web server on the other node: the site is not lost by that.
    @Test(arguments: releases)
    func theSiteIsNotLostBetweenQ7AndQ9(release: String) throws {
        let judged = try RecordedEvidence.judged(try RecordedEvidence.evidence("\(release)after-q7"))
        for id in ["Q4.answers", "Q4.content", "Q4.this-pair"] {
            #expect(judged[CheckID(id)]?.verdict == .met, "\(id)")
        }
    }
}

/// Every fault loses exactly the checks that its script names.
struct FaultTests {
    @Test(arguments: RecordedEvidence.faults)
    func aFaultLosesExactlyItsChecks(fault: String) throws {
        let evidence = try RecordedEvidence.evidence(fault)
        let judged = try RecordedEvidence.judged(evidence)
        let lost = Set(judged.values.filter(\.verdict.isLost).map(\.id))
        let expected = try RecordedEvidence.lostChecks(of: fault).subtracting(
            RecordedEvidence.unasked(evidence))
        #expect(lost.map(\.rawValue).sorted() == expected.map(\.rawValue).sorted())
    }

    /// A misspelt id would be a check that nobody can lose.
    @Test func faultsNameChecksThatThereAre() throws {
        let known = Set(
            try RecordedEvidence.judged(RecordedEvidence.evidence("solved")).keys)
        for fault in RecordedEvidence.everyFault {
            let unknown = try RecordedEvidence.lostChecks(of: fault).subtracting(known)
            #expect(unknown.map(\.rawValue) == [], "\(fault)")
        }
    }

    @Test func thereAreFaultsToTry() { #expect(RecordedEvidence.everyFault.count >= 60) }
}

/// Two mistakes at once: what both lose, less what one of them blocks. Recorded by `scripts/matrix --pairs`.
struct PairOfFaultsTests {
    @Test(arguments: RecordedEvidence.pairs)
    func aPairLosesWhatBothLose(pair: String) throws {
        let evidence = try RecordedEvidence.evidence("pairs/\(pair)")
        let judged = try RecordedEvidence.judged(evidence)
        let lost = judged.values.filter(\.verdict.isLost).map(\.id.rawValue)
        let blocked = judged.values.filter {
            if case .blocked = $0.verdict { true } else { false }
        }.map(\.id)
        let both = try pair.split(separator: "+").map { try RecordedEvidence.lostChecks(of: String($0)) }
        let expected = both.reduce(into: Set<CheckID>()) { $0.formUnion($1) }
            .subtracting(blocked).subtracting(RecordedEvidence.unasked(evidence))
        #expect(lost.sorted() == expected.map(\.rawValue).sorted())
    }

    @Test func thereArePairsToTry() { #expect(RecordedEvidence.pairs.count >= 10) }
}

/// Another way of being right loses nothing.
struct VariationTests {
    private static let advice: Set<CheckID> = [CheckID("Q1.label")]

    @Test(arguments: RecordedEvidence.variations)
    func aVariationLosesNothing(variation: String) throws {
        let evidence = try RecordedEvidence.evidence(variation)
        let judged = try RecordedEvidence.judged(evidence)
        let spared = Self.advice.union(RecordedEvidence.unasked(evidence))
        let missed = judged.values.filter { result in
            if case .notRequested = result.verdict { return false }
            return !result.verdict.isMet && !spared.contains(result.id)
        }
        #expect(missed.map { "\($0.id): \($0.found.en)" }.sorted() == [])
    }
}
