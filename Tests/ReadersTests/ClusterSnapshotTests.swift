import Testing

import GraderCore
@testable import LinuxFacts
@testable import Pacemaker

/// The comparison that decides whether a drill left something; documents of the shape that `cibadmin --query` prints,
/// cut down to what is compared.
@Suite struct ClusterSnapshotTests {
    private func cib(
        version: String = "epoch=\"14\" num_updates=\"32\" admin_epoch=\"0\" update-client=\"crmd\"",
        standby: String? = nil, property: String = "", score: String = "INFINITY", failCount: Int? = nil,
        lastResult: Int = 0
    ) -> Bytes {
        let attribute = standby.map { "<nvpair id=\"s\" name=\"standby\" value=\"\($0)\"/>" } ?? ""
        let failures = failCount.map {
            "<nvpair id=\"f\" name=\"fail-count-web#monitor_10000\" value=\"\($0)\"/>"
        }
        return Bytes(
            """
            <cib \(version) cib-last-written="now" have-quorum="1" dc-uuid="2"><configuration>
            <crm_config><cluster_property_set id="o">\(property)</cluster_property_set></crm_config>
            <nodes><node id="1" uname="serv1"/></nodes>
            <constraints><rsc_location id="l" rsc="g" node="serv1" score="\(score)"/></constraints>
            </configuration><status><node_state id="1" uname="serv1"><transient_attributes id="1">
            <instance_attributes id="i"><nvpair id="v" name="#feature-set" value="3.16.1"/>\(attribute)\(failures ?? "")
            </instance_attributes></transient_attributes><lrm id="1"><lrm_resources>
            <lrm_resource id="web" class="lsb" type="apache2"><lrm_rsc_op id="web_monitor_10000" operation="monitor"
            call-id="22" rc-code="\(lastResult)" op-status="0" interval="10000"/></lrm_resource></lrm_resources></lrm>
            </node_state></status></cib>
            """)
    }

    private func differences(_ before: Bytes?, _ after: Bytes?) -> [SnapshotDifference] {
        ClusterSnapshot(cib: before, facts: [:]).differences(to: ClusterSnapshot(cib: after, facts: [:]))
    }

    @Test func versionsAndPacemakersOwnPropertyAreNoDifference() {
        let later = cib(
            version: "epoch=\"19\" num_updates=\"1\" admin_epoch=\"0\" update-client=\"cibadmin\"",
            property: "<nvpair id=\"r\" name=\"last-lrm-refresh\" value=\"1\"/>")
        #expect(differences(cib(), later).isEmpty)
    }

    @Test func anAttributeLeftBehindIsFound() {
        #expect(
            differences(cib(), cib(standby: "on"))
                == [.init(what: "attribute serv1 standby", before: nil, after: "on")])
        #expect(
            differences(cib(standby: "on"), cib())
                == [.init(what: "attribute serv1 standby", before: "on", after: nil)])
    }

    @Test func aChangedConstraintIsShownBeforeAndAfter() {
        let found = differences(cib(), cib(score: "100"))
        #expect(found.map(\.what) == ["configuration", "configuration"])
        #expect(found[0].before?.contains("INFINITY") == true)
        #expect(found[1].after?.contains("100") == true)
    }

    @Test func failuresAreFoundByCountAndByHistory() {
        #expect(
            differences(cib(), cib(failCount: 1)).map(\.what) == [
                "attribute serv1 fail-count-web#monitor_10000"
            ])
        #expect(
            differences(cib(), cib(lastResult: 7))
                == [.init(what: "failure", before: nil, after: "serv1 web monitor")])
    }

    @Test func aPairThatCannotBeReadAnyMoreIsNotAsBefore() {
        #expect(!differences(cib(), nil).isEmpty)
    }

    @Test func factsAreComparedByName() {
        let before = ClusterSnapshot(cib: nil, facts: ["serv1 enabled.ssh": "enabled"])
        let after = ClusterSnapshot(cib: nil, facts: ["serv1 enabled.ssh": "disabled"])
        #expect(before.differences(to: after).map(\.what) == ["state serv1 enabled.ssh"])
        #expect(before.differences(to: before).isEmpty)
    }

    @Test func onlyNewFailuresAreTheDrills() {
        func difference(_ what: String, _ before: String?, _ after: String?) -> SnapshotDifference {
            SnapshotDifference(what: what, before: before, after: after)
        }
        #expect(difference("failure", nil, "serv1 serviceWeb stop").isFailure)
        #expect(difference("attribute serv1 fail-count-serviceWeb#stop_0", nil, "INFINITY").isFailure)
        #expect(!difference("failure", "serv1 serviceWeb stop", nil).isFailure)
        #expect(!difference("attribute serv1 standby", nil, "on").isFailure)
    }

    @Test func shellWordsSurviveAShell() {
        #expect(ShellWord.quoted("it's $(x)") == "'it'\\''s $(x)'")
        #expect(ShellWord.quoted("") == "''")
        // The shell knows no characters: a mark that combines with the quote leaves it one.
        let hidden = ShellWord.quoted("a'\u{301}; reboot").unicodeScalars
        #expect(hidden.elementsEqual("'a'\\''\u{301}; reboot'".unicodeScalars))
        #expect(ShellWord.line(["crm_attribute", "--node", "serv 1"]) == "crm_attribute --node 'serv 1'")
    }
}
