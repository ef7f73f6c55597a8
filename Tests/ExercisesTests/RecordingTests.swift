import Testing

/// Every script has its recording: a fault that nobody recorded loses whatever it likes.
struct RecordingTests {
    @Test(arguments: ["faults", "variations", "situations"])
    func everyScriptHasItsRecording(kind: String) {
        let scripts = RecordedEvidence.scripts(kind)
        #expect(!scripts.isEmpty)
        let recorded = Set(
            RecordedEvidence.recordings(of: scripts).compactMap { $0.split(separator: "/").last })
        let missing = scripts.filter { !recorded.contains($0[...]) }
        #expect(
            missing == [], "record them: bascule lab matrix --record DIR \(missing.joined(separator: " "))")
    }

    /// What no script of one pair makes: a pair that its student tried out, one whose address another pair has, one with
    /// a machine switched off.
    private static let byHand: Set<String> = ["tested", "vip-of-another-pair", "one-off"]

    /// And a recording without its script is of a state that nobody can make again.
    @Test func everyRecordingHasItsScript() {
        let scripts = Set(["faults", "variations", "situations"].flatMap(RecordedEvidence.scripts))
        let releases: Set<Substring> = ["bullseye", "trixie"]
        let orphans = RecordedEvidence.all.filter { name in
            let parts = name.split(separator: "/")
            guard parts.count == 1 || releases.contains(parts[0]) else { return false }
            return !scripts.union(Self.byHand).contains(parts.last.map(String.init) ?? "")
        }
        #expect(orphans == [])
    }
}
