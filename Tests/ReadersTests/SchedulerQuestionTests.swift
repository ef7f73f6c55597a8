import GraderCore
import Pacemaker
import Testing

/// The CIBs that the scheduler is asked about.
struct SchedulerQuestionTests {
    static func cib(schema: String = "pacemaker-3.9") -> [UInt8] {
        Array(
            """
            <cib validate-with="\(schema)" epoch="1" num_updates="0" admin_epoch="0"><configuration><crm_config/>
            <nodes><node id="1" uname="serv1"><instance_attributes id="n1">
            <nvpair id="n1-w" name="weight" value="5"/></instance_attributes></node>
            <node id="2" uname="serv2"/></nodes>
            <resources><primitive id="ip" class="ocf" provider="heartbeat" type="IPaddr2"/></resources>
            <constraints><rsc_location id="a" rsc="ip" node="serv1" score="7"/>
            <rsc_location id="b" rsc="ip"><rule id="b-r" score-attribute="weight">
            <expression id="b-e" attribute="weight" operation="eq" value="5"/></rule></rsc_location></constraints>
            </configuration><status>
            <node_state id="1" uname="serv1"/><node_state id="2" uname="serv2"/></status></cib>
            """.utf8)
    }

    /// A score of one would weigh no more than the hair of stickiness; what rules compare stays as it is.
    @Test func scoresAreTenfoldWhereverTheyStand() throws {
        let question = try #require(
            SchedulerQuestion(Self.cib(), nodes: ["serv1", "serv2"], about: [.constraints]))
        #expect(question.text.contains("score=\"70\""))
        #expect(question.text.contains("score-attribute=\"weight-tenfold\""))
        #expect(question.text.contains("name=\"weight-tenfold\" value=\"50\""))
        #expect(question.text.contains("attribute=\"weight\" id=\"b-e\" operation=\"eq\" value=\"5\""))
    }

    /// The cluster validated it; what has to be made newer first is left to be.
    @Test(arguments: [
        ("pacemaker-3.9", "none"), ("pacemaker-4.0", "none"), ("pacemaker-1.2", "pacemaker-1.2"),
    ])
    func nothingIsValidatedOnceMore(_ schema: String, _ asked: String) throws {
        let question = try #require(
            SchedulerQuestion(Self.cib(schema: schema), nodes: ["serv1", "serv2"], about: [.asFound]))
        #expect(question.text.contains("validate-with=\"\(asked)\""))
    }
}
