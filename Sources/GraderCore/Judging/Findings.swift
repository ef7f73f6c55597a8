/// One pair's evidence, parsed once for all questions.
public struct Findings: Sendable {
    public let evidence: Evidence

    public init(_ evidence: Evidence) {
        self.evidence = evidence
    }
}
