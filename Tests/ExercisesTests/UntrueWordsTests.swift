import ClassRun
import Foundation
import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// What *found* says is implied by the evidence: every number, address and name in it occurs there, and every sentence
/// that says that something is not there is looked up a second time, in another way.
struct UntrueWordsTests {
    /// Sentences of a found text. Where sources contradict one another each of them has said one.
    private static func sentences(_ text: String) -> [String] {
        text.split(separator: "; ").flatMap { part in
            String(part).split(separator: " The sources disagree: ").map { half in
                let said = half.ranges(of: " says: ").last.map { half[$0.upperBound...] } ?? half
                return String(said.trimmingPrefix("or, by a rule: "))
            }
        }
    }

    private static let denies =
        #"\b(no|none|not|nothing|nowhere|nobody|without|neither|never|missing|any|alike)\b"#

    @Test(arguments: RecordedEvidence.all)
    func everyAbsenceIsSeenASecondTime(_ recording: String) throws {
        let evidence = try RecordedEvidence.evidence(recording)
        let (raw, claims) = (RawEvidence(evidence), try AbsenceClaim.all())
        let denies = try Regex(Self.denies)
        for (id, result) in try RecordedEvidence.judged(evidence).sorted(by: {
            $0.key.rawValue < $1.key.rawValue
        }) {
            for sentence in Self.sentences(result.found.en) where sentence.contains(denies) {
                guard
                    let (claim, match) = claims.lazy.compactMap({ claim in
                        (try? claim.sentence.wholeMatch(in: sentence)).map { (claim, $0) }
                    }).first
                else {
                    // A machine's own words, quoted.
                    if raw.holds(sentence) { continue }
                    Issue.record("\(recording), \(id): nothing verifies “\(sentence)”")
                    continue
                }
                let named = match.output.dropFirst().map { $0.substring.map(String.init) ?? "" }
                #expect(
                    claim.isTrue(named, raw, result), "\(recording), \(id): “\(sentence)” is not so")
            }
        }
    }

    /// Numbers, addresses and names with a digit in them. Ours are the roster's and the rubric's, and times in another unit.
    @Test(arguments: RecordedEvidence.all)
    func everyNumberOccursInTheEvidence(_ recording: String) throws {
        let evidence = try RecordedEvidence.evidence(recording)
        let rubric = RecordedEvidence.repository.appending(path: "rubrics/activite-2.yaml")
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        encoder.dateEncodingStrategy = .iso8601
        let text = String(decoding: try encoder.encode(evidence), as: UTF8.self)
        let known = text + (try String(contentsOf: rubric, encoding: .utf8))
        let words = Set(known.split { !Self.isOfAWord($0) })
        for (id, result) in try RecordedEvidence.judged(evidence) {
            for word in result.found.en.split(whereSeparator: { !Self.isOfAWord($0) })
            where word.contains(where: \.isNumber) && !words.contains(word) {
                // `172.16.1.12:80` is an address and a port.
                let trimmed = word.trimmingCharacters(in: CharacterSet(charactersIn: ".:-"))
                    .replacing(/:\d+$/, with: "")
                if words.contains(trimmed[...]) || known.contains(trimmed) { continue }
                #expect(
                    Self.isDerived(trimmed, result, known),
                    "\(recording), \(id): \(word) of “\(result.found.en)”")
            }
        }
    }

    private static func isOfAWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || ".:-_".contains(character)
    }

    /// `Q1`, the sheet's agent; `1800s` of 30 min, and what was measured in a drill.
    private static func isDerived(_ word: String, _ result: CheckResult, _ known: String) -> Bool {
        if word.wholeMatch(of: /Q\d+|ocf:heartbeat:IPaddr2/) != nil || result.found.en.hasPrefix("Drill ") {
            return true
        }
        guard let seconds = word.wholeMatch(of: /(\d+)s/).flatMap({ Int($0.output.1) }) else { return false }
        let spellings = [
            "\(seconds * 1000)", "\(seconds / 60)min", "\(seconds / 60)m", "PT\(seconds)S",
            "PT\(seconds / 60)M",
        ]
        // Pacemaker's own default, where none is given.
        return spellings.contains { known.contains($0) }
            || (seconds == 20 && result.found.en.contains("default"))
    }
}
