import GraderCore
import Pacemaker
import Testing

@testable import Exercises

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

    /// Neither is ever a master, and no node has a site: `crm_simulate` spreads them, and draws no arrow.
    @Test(arguments: [
        #" with-rsc-role="Master""#, #" rsc-role="Master""#, #" node-attribute="site""#,
    ]) func aTieWithoutEffectIsNone(attribute: String) throws {
        let evidence = try ungrouped(
            constraints: Self.colocation.replacing("/>", with: attribute + "/>"))
        #expect(try verdict(evidence, "Q9.together") == .notMet)
    }

    @Test func anOrderOfWhatNeverHappensIsNone() throws {
        let order = #"<rsc_order id="o" first="IPFailover" first-action="start" then="serviceWeb"/>"#
        #expect(try verdict(ungrouped(constraints: Self.colocation + order), "Q9.order") == .met)
        let promoted = order.replacing("first-action=\"start\"", with: "first-action=\"promote\"")
        #expect(try verdict(ungrouped(constraints: Self.colocation + promoted), "Q9.order") == .notMet)
    }

    /// `crm_simulate` obeys both, deprecated as they are.
    @Test func aGroupMayBeNone() throws {
        let meta = "<meta_attributes id=\"servweb-meta_attributes\">"
        func solved(without name: String) throws -> Evidence {
            try RecordedEvidence.evidence("solved").without(ClusterProbe.crmShow).replacing(
                meta, with: meta + "<nvpair id=\"a\" name=\"\(name)\" value=\"false\"/>",
                in: [ClusterProbe.cib])
        }
        let spread = try RecordedEvidence.judged(solved(without: "collocated"))
        #expect(spread["Q9.together"]?.verdict == .notMet)
        #expect(spread["Q9.together"]?.found.en.contains("group servweb with collocated=false") == true)
        #expect(spread["Q9.order"]?.verdict == .met)
        let unordered = try solved(without: "ordered")
        #expect(try verdict(unordered, "Q9.together") == .met)
        #expect(try verdict(unordered, "Q9.order") == .notMet)
    }

    /// The sheet's end state without its group, tied by way of a third resource.
    private func chained(_ constraints: String...) throws -> Evidence {
        try ungrouped(constraints: constraints.joined()).replacing(
            "</resources>",
            with: #"<primitive id="D" class="ocf" provider="pacemaker" type="Dummy"/></resources>"#,
            in: [ClusterProbe.cib])
    }

    private func with(_ id: String, _ one: String, _ other: String, score: String = "INFINITY") -> String {
        "<rsc_colocation id=\"\(id)\" score=\"\(score)\" rsc=\"\(one)\" with-rsc=\"\(other)\"/>"
    }

    private func order(_ id: String, _ one: String, _ other: String, kind: String = "Mandatory") -> String {
        "<rsc_order id=\"\(id)\" first=\"\(one)\" then=\"\(other)\" kind=\"\(kind)\"/>"
    }

    /// `crm_simulate` keeps both ends of such a chain together, and in order.
    @Test func aChainTiesItsEnds() throws {
        let orders = order("o1", "IPFailover", "D") + order("o2", "D", "serviceWeb")
        let evidence = try chained(
            with("c1", "D", "IPFailover"), with("c2", "serviceWeb", "D"), orders)
        #expect(try verdict(evidence, "Q9.together") == .met)
        #expect(try verdict(evidence, "Q9.order") == .met)
        // Both depend on the third.
        let fork = try chained(with("c1", "IPFailover", "D"), with("c2", "serviceWeb", "D"))
        #expect(try verdict(fork, "Q9.together") == .met)
        #expect(try verdict(fork, "Q9.order") == .notMet)
    }

    @Test func aChainIsAsStrongAsItsWeakestLink() throws {
        let weak = try chained(
            with("c1", "D", "IPFailover", score: "100"), with("c2", "serviceWeb", "D"),
            order("o1", "IPFailover", "D", kind: "Optional"), order("o2", "D", "serviceWeb"))
        #expect(try verdict(weak, "Q9.together") == .notMet)
        #expect(try verdict(weak, "Q9.order") == .blocked(by: CheckID("Q9.together")))
        // The third one follows both: it is what stays down where they are apart.
        let follower = try chained(with("c1", "D", "IPFailover"), with("c2", "D", "serviceWeb"))
        #expect(try verdict(follower, "Q9.together") == .notMet)
        // Kept apart whatever else is said.
        let apart = try chained(
            with("c1", "D", "IPFailover"), with("c2", "serviceWeb", "D"),
            with("c3", "serviceWeb", "IPFailover", score: "-INFINITY"))
        #expect(try verdict(apart, "Q9.together") == .notMet)
    }

    @Test func aCircleEnds() throws {
        let circle = try chained(
            with("c1", "D", "IPFailover"), with("c2", "IPFailover", "D"), order("o1", "D", "IPFailover"),
            order("o2", "IPFailover", "D"))
        #expect(try verdict(circle, "Q9.together") == .notMet)
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
