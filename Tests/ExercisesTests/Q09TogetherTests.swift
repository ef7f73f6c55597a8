import Exercises
import GraderCore
import Testing

struct Q09TogetherTests {
    private func verdict(_ evidence: Evidence, _ check: String) throws -> Verdict? {
        try RecordedEvidence.judged(evidence)[CheckID(check)]?.verdict
    }

    /// The sheet's end state without its group, and with constraints and `rsc_defaults` instead.
    private func ungrouped(constraints: String, defaults: String = "") throws -> Evidence {
        try RecordedEvidence.evidence("after-q8")
            .replacing("</constraints>", with: constraints + "</constraints>", in: [ClusterProbe.cib])
            .replacing(
                "</constraints>",
                with:
                    "</constraints><rsc_defaults><meta_attributes id=\"d\">\(defaults)</meta_attributes></rsc_defaults>",
                in: [ClusterProbe.cib]
            ).without(ClusterProbe.crmShow)
    }

    private static let colocation =
        #"<rsc_colocation id="c" rsc="serviceWeb" with-rsc="IPFailover" score="INFINITY"/>"#

    @Test func aColocationAndAnOrderCountLikeAGroup() throws {
        let evidence = try ungrouped(
            constraints: Self.colocation + #"<rsc_order id="o" first="IPFailover" then="serviceWeb"/>"#,
            defaults: #"<nvpair id="t" name="migration-threshold" value="5"/>"#)
        for check in ["Q9.together", "Q9.order", "Q9.migration-threshold"] {
            #expect(try verdict(evidence, check) == .met, "\(check)")
        }
        // The recording has them on different nodes: the configuration is not what runs.
        #expect(try verdict(evidence, "Q9.same-node") == .notMet)
    }

    @Test func aColocationWithoutOrderLosesTheOrder() throws {
        let evidence = try ungrouped(constraints: Self.colocation)
        #expect(try verdict(evidence, "Q9.together") == .met)
        #expect(try verdict(evidence, "Q9.order") == .notMet)
        #expect(try verdict(evidence, "Q9.migration-threshold") == .notMet)
    }

    @Test func aWishIsNoTie() throws {
        let evidence = try ungrouped(
            constraints: Self.colocation.replacing("INFINITY", with: "100"))
        #expect(try verdict(evidence, "Q9.together") == .notMet)
        #expect(try verdict(evidence, "Q9.order") == .blocked(by: CheckID("Q9.together")))
    }

    @Test func thresholdsAreNumbers() throws {
        let solved = try RecordedEvidence.evidence("solved").without(ClusterProbe.crmShow)
        let name = #"name="migration-threshold" value=""#
        for (value, isRight) in [("5", true), ("3", false), ("INFINITY", false), ("50", false)] {
            let evidence = solved.replacing(name + "5\"", with: name + value + "\"", in: [ClusterProbe.cib])
            #expect(try verdict(evidence, "Q9.migration-threshold") == (isRight ? .met : .notMet), "\(value)")
        }
    }
}
