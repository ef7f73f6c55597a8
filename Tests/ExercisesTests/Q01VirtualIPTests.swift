import GraderCore
import Pacemaker
import Testing

@testable import Exercises

struct Q01VirtualIPTests {
    private static let configuration = [ClusterProbe.cib, ClusterProbe.crmShow]
    private let question = Activite2().question(QuestionID("Q1"))

    @Test func withoutThePrimitiveItAloneIsLost() throws {
        let judged = try RecordedEvidence.judged(RecordedEvidence.evidence("fresh"))
        for id in try #require(question).checks.map(\.id) {
            let expected = id == "Q1.primitive" ? Verdict.notMet : .blocked(by: "Q1.primitive")
            #expect(judged[id]?.verdict == expected, "\(id)")
            #expect(judged[id]?.found.en == "no primitive ocf:heartbeat:IPaddr2 in the configuration")
        }
    }

    @Test func withoutAConfigurationNothingIsSaid() throws {
        var evidence = try RecordedEvidence.evidence("solved")
        for probe in Self.configuration + [ClusterProbe.cibFile] { evidence = evidence.without(probe) }
        let judged = try RecordedEvidence.judged(evidence)
        for id in try #require(question).checks.map(\.id) {
            #expect(judged[id]?.verdict == .notAssessed(.noEvidence), "\(id)")
        }
    }

    /// One node says so and the other denies it.
    @Test func aPrimitiveThatANodeDeniesIsNamed() throws {
        let denied = try #require(
            try RecordedEvidence.evidence("fresh").complete(ClusterProbe.cib, on: .serv2)?.text)
        let evidence = try RecordedEvidence.evidence("after-q1")
            .settingOutput(denied, of: ClusterProbe.cib, on: .serv2)
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged["Q1.primitive"]?.verdict == .notMet)
        #expect(judged["Q1.primitive"]?.found.en.contains("The sources disagree") == true)
        #expect(judged["Q1.address"]?.verdict == .blocked(by: "Q1.primitive"))
    }

    @Test(arguments: [
        ("wrong-vip", ["Q1.address"]), ("wrong-netmask", ["Q1.netmask"]),
        // An interface that a node has not: the address does not come up there.
        ("nic-missing", ["Q1.interface", "Q1.running"]), ("monitor-30s", ["Q1.monitor-interval"]),
        ("start-timeout-missing", ["Q1.start-timeout"]), ("stop-timeout-wrong", ["Q1.stop-timeout"]),
        ("vip-static", ["Q1.not-static"]), ("vip-on-both", ["Q1.running"]), ("solved", []),
    ])
    func eachAttributeIsLostByItself(recording: String, checks: [String]) throws {
        let judged = try RecordedEvidence.judged(RecordedEvidence.evidence(recording))
        let lost = try #require(question).checks.map(\.id).filter { judged[$0]?.verdict == .notMet }
        // The label is advice.
        #expect(lost.map(\.rawValue).filter { $0 != "Q1.label" } == checks)
    }

    @Test func theLabelIsJudgedToo() throws {
        #expect(try RecordedEvidence.verdict("Q1.label", in: "no-label") == .notMet)
    }

    @Test(arguments: [("255.255.255.0", Verdict.met), ("24", .met), ("16", .notMet), ("x", .notMet)])
    func theMaskCountsAsWhatItComesTo(mask: String, verdict: Verdict) throws {
        let evidence = try RecordedEvidence.evidence("solved")
            .replacing(
                #"name="cidr_netmask" value="24""#, with: #"name="cidr_netmask" value="\#(mask)""#,
                in: [ClusterProbe.cib, ClusterProbe.cibFile]
            )
            .replacing("cidr_netmask=24", with: "cidr_netmask=\(mask)", in: [ClusterProbe.crmShow])
        #expect(try RecordedEvidence.verdict("Q1.netmask", in: evidence) == verdict)
    }

    /// To `ip` an altname is a name, to IPaddr2 none; what is behind a colon is a label.
    @Test(arguments: [("eth0", true), ("eth0:0", true), ("enp0s3x", false)])
    func anotherNameOfTheInterfaceIsNotTheAgents(nic: String, isRight: Bool) throws {
        let evidence = try RecordedEvidence.evidence("solved")
            .replacing(
                #""ifname":"eth0""#, with: #""ifname":"eth0","altnames":["enp0s3x"]"#,
                in: [ClusterProbe.addresses]
            )
            .replacing(
                #"name="nic" value="eth0""#, with: #"name="nic" value="\#(nic)""#,
                in: [ClusterProbe.cib, ClusterProbe.cibFile]
            )
            .replacing("nic=eth0", with: "nic=\(nic)", in: [ClusterProbe.crmShow])
        let interface = try #require(try RecordedEvidence.judged(evidence)["Q1.interface"])
        #expect(interface.verdict == (isRight ? .met : .notMet))
        #expect(interface.found.en.contains("another name (altname) of eth0") == !isRight)
    }

    /// `crm_simulate` (2.1.5 and 3.0): a template's monitor gives way to the primitive's own of the same role, whatever the
    /// intervals, and its start stays.
    @Test(arguments: [
        ("", false), (#"role="Started""#, false), (#"role="Unpromoted""#, false), (#"role="Stopped""#, true),
    ])
    func anOwnMonitorReplacesTheTemplates(role: String, isKept: Bool) throws {
        let opening = #"<primitive id="IPFailover" template="adresse">"#
        let own =
            #"<operations><op name="monitor" interval="60s" \#(role) id="IPFailover-monitor-60s"/></operations>"#
        let evidence = try RecordedEvidence.evidence("from-a-template").without(ClusterProbe.crmShow)
            .replacing(opening, with: opening + own, in: [ClusterProbe.cib, ClusterProbe.cibFile])
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged["Q1.monitor-interval"]?.verdict == (isKept ? .met : .notMet))
        #expect(judged["Q1.start-timeout"]?.verdict == .met)
    }

    /// Pacemaker's transition graph (2.1.5 and 3.0) has 20 s for a start with an interval, or with a time-out in ISO 8601.
    @Test(arguments: [
        (#"timeout="30s" interval="P0D""#, true), (#"timeout="30s" interval="soon""#, true),
        (#"timeout="30s" interval="10s""#, false), (#"timeout="PT30S" interval="0""#, false),
    ])
    func theDefaultAppliesWhereNoTimeoutIsTaken(attributes: String, isTaken: Bool) throws {
        let id = #" id="IPFailover-start-0""#
        let evidence = try RecordedEvidence.evidence("solved").without(ClusterProbe.crmShow)
            .replacing(
                #"timeout="30s" interval="0""# + id, with: attributes + id,
                in: [ClusterProbe.cib, ClusterProbe.cibFile])
        let start = try #require(try RecordedEvidence.judged(evidence)["Q1.start-timeout"])
        #expect(start.verdict == (isTaken ? .met : .notMet))
        #expect(start.found.en.contains("the default applies (20s)") == !isTaken)
    }

    /// Q1.running and Q2.one-node may each wait for the other; which does is said by what is seen.
    @Test func aStoppedAddressIsLostHereAndNotInQ2() throws {
        let judged = try RecordedEvidence.judged(RecordedEvidence.evidence("target-role-stopped"))
        #expect(judged["Q1.running"]?.verdict == .notMet)
        #expect(judged["Q2.one-node"]?.verdict == .blocked(by: "Q1.running"))
    }

    /// Of one cluster, which has not fallen apart: one of them does not say what is.
    @Test func nodesThatDisagreeAreBothNotBelieved() throws {
        let judged = try RecordedEvidence.judged(
            RecordedEvidence.evidence("lies/target-role-stopped.all"))
        #expect(judged["Q1.running"]?.verdict == .notAssessed(.contradiction))
        #expect(judged["Q2.one-node"]?.verdict == .notAssessed(.contradiction))
    }

    @Test func anAddressThatCannotBeReadIsTheAddressesToLose() throws {
        let address = try RecordedEvidence.evidence("solved").lab.vip
        let evidence = try RecordedEvidence.evidence("solved")
            .replacing(
                #"name="ip" value="\#(address)""#, with: #"name="ip" value="serv""#,
                in: [ClusterProbe.cib, ClusterProbe.cibFile]
            )
            .replacing("ip=\(address)", with: "ip=serv", in: [ClusterProbe.crmShow])
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged["Q1.primitive"]?.verdict == .met)
        #expect(judged["Q1.address"]?.verdict == .notMet)
        for id in ["Q1.running", "Q1.not-static", "Q2.agreement", "Q4.answers", "Q5.names"] as [CheckID] {
            #expect(judged[id]?.verdict == .blocked(by: "Q1.address"), "\(id)")
        }
    }

    /// A fence device, and an agent that only tells others of an address, have an `ip` as well.
    @Test(arguments: [
        ("stonith:fence_vbox", #"class="stonith" type="fence_vbox""#),
        ("ocf:heartbeat:dnsupdate", #"class="ocf" provider="heartbeat" type="dnsupdate""#),
    ])
    func whatOnlyNamesAnAddressIsNoVirtualIP(agent: String, asXML: String) throws {
        let evidence = try RecordedEvidence.evidence("after-q1")
            .replacing(
                #"class="ocf" provider="heartbeat" type="IPaddr2""#, with: asXML,
                in: [ClusterProbe.cib, ClusterProbe.cibFile]
            )
            .replacing("IPFailover IPaddr2", with: "IPFailover \(agent)", in: [ClusterProbe.crmShow])
        let judged = try RecordedEvidence.judged(evidence)
        for id in try #require(question).checks.map(\.id) {
            let expected = id == "Q1.primitive" ? Verdict.notMet : .blocked(by: "Q1.primitive")
            #expect(judged[id]?.verdict == expected, "\(id)")
        }
    }

    /// An address outside the lab's network is still the one that is meant.
    @Test func aFenceDeviceInTheLabsNetworkIsNotJudgedInItsPlace() throws {
        let recorded = try RecordedEvidence.evidence("vip-other-network")
        let device = """
            <primitive id="fence" class="stonith" type="fence_vbox"><instance_attributes id="fence-attributes">\
            <nvpair name="ip" value="172.16.2.1" id="fence-attributes-ip"/></instance_attributes></primitive>
            """
        let evidence =
            recorded
            .replacing(
                "<resources>", with: "<resources>" + device, in: [ClusterProbe.cib, ClusterProbe.cibFile]
            )
            .replacing(
                "primitive IPFailover",
                with: "primitive fence stonith:fence_vbox params ip=172.16.2.1\nprimitive IPFailover",
                in: [ClusterProbe.crmShow])
        #expect(recorded.lab.vip == "172.16.2.12")
        #expect(Findings(evidence).virtualIP.found?.id == "IPFailover")
        let (before, after) = try (RecordedEvidence.judged(recorded), RecordedEvidence.judged(evidence))
        for id in try #require(question).checks.map(\.id) {
            #expect(after[id]?.verdict == before[id]?.verdict, "\(id)")
        }
    }
}
