import GraderCore
import LinuxFacts
import Pacemaker
import Testing

/// CIBs recorded with `cibadmin -Q` of Pacemaker 2.0.5, 2.1.5 and 3.0.0; `crm_simulate` ran the clusters.
@Suite struct ParsingCIBTests {
    @Test func recordedStatesSayTheFacts() throws {
        var count = 0
        for release in ["bullseye", "bookworm", "trixie"] {
            for state in try ParsingFixture.names(in: "cib/\(release)", ending: ".cib.xml")
            where state.first?.isNumber == true {
                let base = CIBReader.read(try ParsingFixture.bytes("cib/\(release)/\(state).cib.xml"))
                let facts = try ParsingFixture.facts("corpus/crmsh-4.4.1/\(state).facts.json")
                #expect(base.configuration.facts == facts, "\(release) \(state)")
                #expect(base.problems.isEmpty && base.configuration.problems.isEmpty)
                count += 1
            }
        }
        #expect(count == 31)
    }

    @Test(arguments: ["bullseye", "bookworm", "trixie"])
    func statusSection(_ release: String) throws {
        let base = CIBReader.read(try ParsingFixture.bytes("cib/\(release)/failedstart.cib.xml"))
        #expect(base.problems.isEmpty)
        #expect(base.version.map { $0.adminEpoch == 0 && $0.epoch >= 2 } == true)
        let serv1 = try #require(base.nodeStates.first { $0.name == "serv1" })
        #expect(serv1.controllerOnline == true)
        #expect(serv1.transientStandby == true)
        let count = try #require(serv1.failCounts.first)
        #expect(count.resource == "Web" && count.count == .infinity)
        let failed = try #require(serv1.operations.first { $0.hasFailed })
        #expect(failed.resource == "Web" && failed.operation == "start" && failed.returnCode == 1)
        #expect(failed.node == "serv1")
        let serv2 = try #require(base.nodeStates.first { $0.name == "serv2" })
        #expect(serv2.transientStandby == nil && serv2.failCounts.isEmpty)
        let monitors = base.nodeStates.flatMap(\.operations).filter { $0.interval == .seconds(10) }
        #expect(!monitors.isEmpty && monitors.allSatisfy { $0.resource == "IPFailover" && $0.callID != nil })
    }

    @Test func failCountKeys() throws {
        let base = CIBReader.read(
            """
            <cib epoch="1"><configuration/><status><node_state id="1" uname="serv1"><transient_attributes id="1">
            <instance_attributes id="a"><nvpair id="b" name="fail-count-my_ip#monitor_10000" value="2"/>
            <nvpair id="c" name="fail-count-old" value="INFINITY"/>
            <nvpair id="d" name="last-failure-my_ip" value="1"/></instance_attributes></transient_attributes>
            </node_state></status></cib>
            """)
        let counts = try #require(base.nodeStates.first).failCounts
        #expect(counts.map(\.resource) == ["my_ip", "old"] && counts.map(\.count) == [Score(2), .infinity])
    }

    @Test func hostileDocuments() {
        #expect(CIBReader.read("").problems.count == 1)
        #expect(
            CIBReader.read("Could not connect to the CIB: Transport endpoint is not connected").problems.count
                == 1)
        #expect(CIBReader.read("<crm_mon/>").problems.count == 1)
        let bomb = "<!DOCTYPE cib [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><cib epoch=\"&b;\"/>"
        #expect(CIBReader.read(bomb).problems.first?.en.contains("document type") == true)
        let deep = "<cib epoch=\"1\">" + String(repeating: "<a>", count: 10_000)
        #expect(CIBReader.read(deep).problems.contains { $0.en.contains("deep") })
        let many = "<cib epoch=\"1\">" + String(repeating: "<a/>", count: 200_000) + "</cib>"
        #expect(CIBReader.read(many).problems.contains { $0.en.contains("elements") })
    }

    /// The XML parser by itself crashes on these.
    @Test func bytesThatAreNotText() {
        let bytes =
            Array("<cib epoch=\"1\"><configuration><nodes><node uname=\"".utf8) + [0xC4, 0x6E]
            + Array("\"/></nodes></configuration></cib>".utf8)
        #expect(CIBReader.read(bytes).configuration.nodes.map(\.name) == ["\u{FFFD}n"])
    }

    @Test func aTruncatedDocumentSaysSo() throws {
        let whole = try ParsingFixture.bytes("cib/bookworm/00-base.cib.xml")
        let half = CIBReader.read(Array(whole.prefix(whole.count / 2)))
        #expect(half.problems.contains { $0.en.contains("breaks off") })
        #expect(!half.configuration.primitives.isEmpty)
    }

    @Test func referencesAreResolved() {
        let text = """
            <cib epoch="7" num_updates="3" admin_epoch="1" have-quorum="1" dc-uuid="2"><configuration>
            <nodes><node id="1" uname="serv1" type="member"/></nodes><resources>
            <primitive id="a" class="ocf" provider="heartbeat" type="IPaddr2">
            <instance_attributes id="shared"><nvpair id="n1" name="nic" value="eth0"/></instance_attributes></primitive>
            <primitive id="b" class="ocf" provider="heartbeat" type="IPaddr2">
            <instance_attributes id-ref="shared"/><instance_attributes id="own"><nvpair id-ref="n1" name="other"/>
            <nvpair id="n2" name="nic" value="eth1"/></instance_attributes>
            <instance_attributes id-ref="nowhere"/></primitive>
            </resources></configuration></cib>
            """
        let base = CIBReader.read(text)
        #expect(base.version?.description == "1.7.3")
        #expect(base.configuration.primitive("b")?.params == ["nic": "eth0", "other": "eth0"])
        #expect(base.configuration.problems.count == 1)
        #expect(base.configuration.nodes.first?.type == nil)
    }
}
