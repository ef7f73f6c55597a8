import Foundation
import GraderCore
import Pacemaker
import Testing

@testable import Exercises

struct Q03PreferenceTests {
    private func verdict(_ evidence: Evidence, _ check: String) throws -> Verdict? {
        try RecordedEvidence.judged(evidence)[CheckID(check)]?.verdict
    }

    /// The state with another location constraint for the one that it has.
    private func located(_ state: String, _ constraint: String) throws -> Evidence {
        let evidence = try RecordedEvidence.evidence(state).without(ClusterProbe.crmShow)
        let cib = try #require(evidence.complete(ClusterProbe.cib, on: .serv1)?.text)
        let start = try #require(cib.range(of: "<rsc_location "))
        let end = try #require(cib.range(of: "/>", range: start.upperBound..<cib.endIndex))
        return evidence.replacing(
            String(cib[start.lowerBound..<end.upperBound]), with: constraint, in: [ClusterProbe.cib])
    }

    /// Pacemaker holds a pattern against what stands at the top only (`crm_simulate -s`: IPFailover has 0 on serv1 when it
    /// is in a group, 100 when it is not).
    @Test func aPatternDoesNotReachIntoAGroup() throws {
        func pattern(_ text: String) -> String {
            "<rsc_location id=\"l\" rsc-pattern=\"\(text)\" node=\"serv1\" score=\"100\"/>"
        }
        #expect(try verdict(located("after-q3", pattern("^IPFailover$")), "Q3.preference") == .met)
        #expect(try verdict(located("solved", pattern("^servweb$")), "Q3.preference") == .met)
        // On the primary all the same, by no constraint's doing.
        #expect(try verdict(located("solved", pattern("^IPFailover$")), "Q3.preference") == .partly(0.5))
        #expect(try verdict(located("solved", pattern("^serviceWeb$")), "Q3.preference") == .partly(0.5))
    }

    /// A preference for the role Stopped is the scheduler's to weigh, and nobody's where that was not asked.
    @Test func aPreferenceOfNoRunningResource() throws {
        for (role, expected) in [("Started", Verdict.met), ("Stopped", .notAssessed(.noEvidence))] {
            let location =
                #"<rsc_location id="l" rsc="IPFailover" role="\#(role)" node="serv1" score="100"/>"#
            let evidence = try located("after-q3", location).without(ClusterProbe.scheduler)
            #expect(try verdict(evidence, "Q3.preference") == expected, "\(role)")
        }
    }

    /// The state `rule-on-connectivity` without its preference, the scheduler not asked.
    private func connected() throws -> Evidence {
        try RecordedEvidence.evidence("rule-on-connectivity").without(ClusterProbe.scheduler)
            .replacing(
                #"<rsc_location id="cli-prefer-IPFailover" rsc="servweb" role="Started" node="serv1" score="INFINITY"/>"#,
                with: "", in: [ClusterProbe.cib, ClusterProbe.cibFile]
            )
            .replacing(
                "location cli-prefer-IPFailover servweb role=Started inf: serv1\n", with: "",
                in: [ClusterProbe.crmShow])
    }

    /// What crm prints has no attributes until the next reboot: whether the rule holds it cannot say, and takes nothing away.
    @Test func aRuleThatBarsNobodyIsNoPreference() throws {
        let judged = try RecordedEvidence.judged(connected())
        #expect(judged["Q3.preference"]?.verdict == .partly(0.5))
        #expect(judged["Q3.no-ban"]?.verdict == .met)
        #expect(judged["Q3.no-standby"]?.verdict == .met)
    }

    /// `rule pingd: defined pingd`: what both nodes have alike prefers neither.
    @Test(
        arguments: [(1000, 1000, .partly(0.5)), (2000, 1000, .met), (1000, 2000, .notMet)]
            as [(Int, Int, Verdict)])
    func aScoreThatBothHaveIsNoPreference(serv1: Int, serv2: Int, expected: Verdict) throws {
        let (cib, value) = ([ClusterProbe.cib, ClusterProbe.cibFile], #"-pingd" name="pingd" value=""#)
        let evidence = try connected()
            .replacing(
                #"score="-INFINITY" boolean-op="or""#, with: #"score-attribute="pingd" boolean-op="or""#,
                in: cib
            )
            .replacing(#"operation="not_defined""#, with: #"operation="defined""#, in: cib)
            .replacing("rule -inf: not_defined", with: "rule pingd: defined", in: [ClusterProbe.crmShow])
            .replacing("status-1\(value)1000", with: "status-1\(value)\(serv1)", in: cib)
            .replacing("status-2\(value)1000", with: "status-2\(value)\(serv2)", in: cib)
        #expect(try verdict(evidence, "Q3.preference") == expected)
    }

    /// Pacemaker writes its file a moment after a change: `crm node online` is not undone by an older one.
    @Test func anOlderFileConvictsNobody() throws {
        var evidence = try RecordedEvidence.evidence("solved")
        let index = try #require(
            evidence.observations.firstIndex { $0.id == ProbeID(.serv1, ClusterProbe.cib) })
        var file = evidence.observations[index]
        file.id = ProbeID(.serv1, ClusterProbe.cibFile)
        evidence.observations.append(file)
        let standby = #"name="standby" value="off""#
        let on = evidence.replacing(
            standby, with: standby.replacing("off", with: "on"), in: [ClusterProbe.cibFile])
        let older = on.replacing(#" epoch="14""#, with: #" epoch="13""#, in: [ClusterProbe.cibFile])
        #expect(older != on && on != evidence)
        #expect(try verdict(older, "Q3.no-standby") == .notAssessed(.contradiction))
        // Of the same age, it is a `cibadmin` that denies what is so.
        #expect(try verdict(on, "Q3.no-standby") == .notMet)
    }

    /// `crm_simulate` leaves the pair as it is where 150 is against twice 100: to the scheduler the stickiness of what is
    /// tied adds up, in a group or by a colocation.
    @Test(arguments: [
        (150, "INFINITY", true), (250, "INFINITY", false), (150, "100", false), (90, "100", true),
    ]) func aColocationAddsStickinessAsAGroupDoes(wanted: Int, tie: String, stays: Bool) throws {
        let grouped = try RecordedEvidence.evidence("stays-after-failover").without(ClusterProbe.crmShow)
        let cib = try #require(grouped.complete(ClusterProbe.cib, on: .serv1)?.text)
        let start = try #require(cib.range(of: "<group id=\"servweb\">"))
        let end = try #require(cib.range(of: "<primitive id=\"IPFailover\""))
        let configurations = [ClusterProbe.cib, ClusterProbe.cibFile]
        let location = "<rsc_location id=\"prefere-serv1\" rsc=\"servweb\" score=\"50\" node=\"serv1\"/>"
        let alone = location.replacing("servweb", with: "IPFailover").replacing("50", with: "\(wanted)")
        let colocation =
            "<rsc_colocation id=\"c\" score=\"\(tie)\" rsc=\"serviceWeb\" with-rsc=\"IPFailover\"/>"
        let opening = "<group id=\"servweb\" number_resources=\"2\" managed=\"true\" disabled=\"false\">"
        let evidence =
            grouped.replacing(
                String(cib[start.lowerBound..<end.lowerBound]), with: "", in: configurations
            )
            .replacing(location, with: alone + colocation, in: configurations)
            .replacing(opening, with: "", in: [ClusterProbe.status])
            .replacing("</group>", with: "", in: configurations + [ClusterProbe.status])
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged["Q3.preference"]?.verdict == .met)
        #expect(judged["Q3.on-primary"]?.verdict == (stays ? .met : .notMet))
        let found = try #require(judged["Q3.on-primary"]).found.en
        #expect(found.contains("resource-stickiness (\(tie == "100" ? 100 : 200))") == stays, "\(found)")
    }

    /// `rsc_defaults rule 0: date spec hours=0-23 resource-stickiness=100`: whether the rule holds is not known here, but where
    /// it would not keep the pair there either, that says nothing.
    @Test(arguments: [("100", .notAssessed(.noEvidence)), ("10", .notMet)] as [(String, Verdict)])
    func stickinessThatARuleGuardsMayKeepItAway(stickiness: String, expected: Verdict) throws {
        let cib = [ClusterProbe.cib, ClusterProbe.cibFile]
        let set = #"<meta_attributes id="rsc_defaults-options">"#
        let rule = """
            <rule score="0" id="rule"><date_expression operation="date_spec" id="rule-expression">\
            <date_spec hours="0-23" id="rule-date"/></date_expression></rule>
            """
        let given = #"name="resource-stickiness" value=""#
        let evidence = try RecordedEvidence.evidence("stays-after-failover").without(ClusterProbe.crmShow)
            .replacing(set, with: set + rule, in: cib)
            .replacing(given + "100", with: given + stickiness, in: cib)
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged["Q3.preference"]?.verdict == .met)
        #expect(judged["Q3.on-primary"]?.verdict == expected)
    }

    /// More resources than our reading weighs: only the scheduler tells the preference, and not by how much.
    @Test func aStayThatCannotBeWeighedIsOpen() throws {
        let many = (0..<50).map {
            #"<primitive id="d\#($0)" class="ocf" provider="heartbeat" type="Dummy"/>"#
        }.joined()
        var evidence = try RecordedEvidence.evidence("stays-after-failover").without(ClusterProbe.crmShow)
            .replacing(
                "</resources>", with: many + "</resources>", in: [ClusterProbe.cib, ClusterProbe.cibFile])
        evidence.observations += try RecordedEvidence.evidence("preference-of-the-web-server").observations
            .filter { $0.id == ProbeID(.serv2, ClusterProbe.scheduler) }
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged["Q3.preference"]?.verdict == .met)
        let onPrimary = try #require(judged["Q3.on-primary"])
        #expect(onPrimary.verdict == .notAssessed(.noEvidence))
        #expect(onPrimary.found.en.contains("resource-stickiness may keep it there"), "\(onPrimary.found.en)")
    }

    /// A state, mostly `preference-expired`, its lifetime over so many hours after it was looked at, by the grader's clock.
    /// - Parameter leads: hours by which serv1's and serv2's clocks are ahead of that; nil where one could not be read.
    private func lifetime(until end: Int, _ leads: [Int?], of state: Evidence? = nil) throws -> Evidence {
        var evidence = try (state ?? RecordedEvidence.evidence("preference-expired"))
            .without(ClusterProbe.scheduler).without(ClusterProbe.crmShow)
        let date = evidence.startedAt.addingTimeInterval(Double(end) * 3600)
            .formatted(Date.ISO8601FormatStyle(dateTimeSeparator: .space))
        evidence = evidence.replacing("2020-01-01 00:00:00Z", with: date, in: [ClusterProbe.cib])
        for (role, lead) in zip(MachineID.pair, leads) {
            let clock = try #require(evidence.complete(ClusterProbe.clock, on: role)).text.split(
                separator: "\n")
            let seconds = try #require(Double(clock[1])) + Double(lead ?? 0) * 3600
            evidence = evidence.settingOutput(
                lead == nil ? "" : "\(clock[0])\n\(seconds)\n", of: ClusterProbe.clock, on: role)
        }
        return evidence
    }

    /// `crm_resource --move --lifetime`: Pacemaker writes the end by a node's clock and waits for it by one, never by the
    /// grader's.
    @Test(
        arguments: [
            ([0, 0], 1, .met), ([0, 0], -1, .partly(0.5)), ([-5, -5], -4, .met), ([5, 5], 4, .partly(0.5)),
            ([-5, nil], -4, .met), ([nil, 5], 4, .partly(0.5)), ([nil, nil], 1, .met),
            ([0, -5], 1, .met), ([0, -5], -6, .partly(0.5)),
            ([0, -5], -4, .notAssessed(.noEvidence)), ([5, 0], 4, .notAssessed(.noEvidence)),
        ] as [([Int?], Int, Verdict)])
    func aLifetimeEndsByTheClustersClock(leads: [Int?], end: Int, expected: Verdict) throws {
        #expect(try verdict(lifetime(until: end, leads), "Q3.preference") == expected)
    }

    @Test(
        arguments: [
            ([-5, -5], -4, .notMet), ([5, 5], 4, .met), ([0, -5], -4, .notAssessed(.noEvidence)),
        ] as [([Int], Int, Verdict)])
    func soDoesABans(leads: [Int], end: Int, expected: Verdict) throws {
        let banned = try lifetime(until: end, leads)
            .replacing(
                #"cli-prefer-rule-IPFailover" score="INFINITY""#,
                with: #"cli-prefer-rule-IPFailover" score="-INFINITY""#, in: [ClusterProbe.cib]
            )
            .replacing(
                #"operation="eq" value="serv1""#, with: #"operation="eq" value="serv2""#,
                in: [ClusterProbe.cib]
            )
        #expect(try verdict(banned, "Q3.no-ban") == expected)
    }

    /// The state `ban-left-over`, its ban with a lifetime: where it may be over, what keeps the address away is not known.
    @Test(
        arguments: [
            ([0, 0], 1, .blocked(by: "Q3.no-ban")), ([0, 0], -1, .notMet),
            ([0, -5], -4, .notAssessed(.noEvidence)),
        ] as [([Int], Int, Verdict)])
    func aBanThatMayBeOverMayKeepItAway(leads: [Int], end: Int, expected: Verdict) throws {
        let expired = try RecordedEvidence.evidence("preference-expired")
        let cib = try #require(expired.complete(ClusterProbe.cib, on: .serv1)).text
        let start = try #require(cib.range(of: #"<rsc_location id="cli-prefer-IPFailover""#)).lowerBound
        let close = try #require(cib[start...].range(of: "</rsc_location>")).upperBound
        let ban = cib[start..<close].replacing("cli-prefer", with: "cli-ban")
            .replacing(#"score="INFINITY""#, with: #"score="-INFINITY""#)
        let banned = try RecordedEvidence.evidence("ban-left-over").replacing(
            #"<rsc_location id="cli-ban-servweb-on-serv1" rsc="servweb" role="Started" node="serv1" score="-INFINITY"/>"#,
            with: String(ban), in: [ClusterProbe.cib])
        #expect(try verdict(lifetime(until: end, leads, of: banned), "Q3.on-primary") == expected)
    }
}
