import GraderCore
import LinuxFacts
@testable import Pacemaker
import Testing

/// `crm_mon` recorded from Pacemaker 2.0.5, 2.1.5 and 3.0.0, both forms of XML.
@Suite struct ParsingStatusTests {
    private func corpus(_ state: String) throws -> ClusterStatus {
        ClusterStatusReader.read(try ParsingFixture.bytes("corpus/crmsh-4.4.1/\(state).mon.xml"))
    }

    @Test func everyStateIsReadWithoutProblems() throws {
        let states = try ParsingFixture.names(in: "corpus/crmsh-4.4.1", ending: ".mon.xml")
        #expect(states.count == 25)
        for state in states {
            let status = try corpus(state)
            #expect(
                status.problems.isEmpty && status.nodes.count == 2 && status.resources.count == 5, "\(state)")
        }
    }

    @Test func base() throws {
        let status = try corpus("00-base")
        #expect(status.dc == "serv1" && status.hasQuorum == true)
        #expect(status.nodes.allSatisfy { $0.isOnline && !$0.isStandby })
        #expect(status.node("serv1")?.isDC == true && status.node("serv2")?.isDC == false)
        #expect(status.activeNodes(of: "IPFailover") == ["serv1"])
        #expect(status.activeNodes(of: "Web3").isEmpty)
        #expect(status.instances(of: "Web").map(\.group) == ["HA"])
        #expect(status.instances(of: "IPFailover").map(\.agent) == ["ocf:heartbeat:IPaddr2"])
        #expect(status.options["stonith-enabled"] == "false")
    }

    @Test func nodesInTrouble() throws {
        #expect(try corpus("05-standby").node("serv1")?.isStandby == true)
        #expect(try corpus("07-standby-transient").nodes.contains { $0.isStandby })
        #expect(try corpus("09-node-maintenance").node("serv1")?.isInMaintenance == true)
        #expect(try corpus("16-offline").nodes.contains { !$0.isOnline && !$0.isUnclean })
        #expect(try corpus("17-lost").node("serv1")?.isUnclean == true)
        #expect(try corpus("21-quorum-lost").hasQuorum == false)
    }

    @Test func resourcesInTrouble() throws {
        let failed = try corpus("19-failed-monitor")
        #expect(failed.failures.count == 1)
        #expect(failed.failures.first?.resource == "Web" && failed.failures.first?.interval == .seconds(15))
        #expect(failed.failures.first?.exitCode == 7 && failed.failures.first?.exitReason == nil)
        let counted = failed.history.filter { $0.failCount != .zero }
        #expect(counted.map(\.node) == ["serv1"] && counted.map(\.failCount) == [Score(1)])
        #expect(failed.instances(of: "Web").map(\.isFailed) == [true])
        let both = try corpus("20-both-active")
        #expect(both.resources.contains { Set($0.nodes) == ["serv1", "serv2"] })
        #expect(try corpus("11-unmanaged").instances(of: "Web").map(\.isManaged) == [false])
        #expect(try corpus("12-stopped").instances(of: "Web").map(\.targetRole) == ["Stopped"])
    }

    @Test(arguments: ["bullseye", "bookworm", "trixie"])
    func bothFormsSayTheSame(_ release: String) throws {
        for state in ["started", "failed", "failedstart"] {
            let new = ClusterStatusReader.read(try ParsingFixture.bytes("cib/\(release)/\(state).mon.xml"))
            let old = ClusterStatusReader.read(try ParsingFixture.bytes("cib/\(release)/\(state).asxml.xml"))
            #expect(new.problems.isEmpty && old.problems.isEmpty)
            #expect(new.nodes == old.nodes && new.resources == old.resources && new.history == old.history)
            #expect(new.failures.map(\.resource) == old.failures.map(\.resource))
            #expect(new.nodes.count == 2 && new.resources.count == 5)
        }
    }

    @Test(arguments: ["bullseye", "bookworm", "trixie"])
    func failedStart(_ release: String) throws {
        let status = ClusterStatusReader.read(try ParsingFixture.bytes("cib/\(release)/failedstart.mon.xml"))
        #expect(status.dc == nil && status.hasQuorum == nil)
        #expect(status.node("serv1")?.isStandby == true)
        #expect(status.history.map(\.failCount).contains(.infinity))
        #expect(status.failures.first?.task == "start")
    }

    @Test func notConnected() {
        let text = """
            <pacemaker-result api-version="2.25" request="crm_mon --output-as=xml">
              <status code="102" message="Not connected"><errors><error>crm_mon: not connected</error></errors></status>
            </pacemaker-result>
            """
        let status = ClusterStatusReader.read(Array(text.utf8))
        #expect(status.nodes.isEmpty && status.problems.first?.en.contains("Not connected") == true)
    }

    @Test func failureKeys() {
        #expect(ClusterStatus.Failure(operationKey: "my_ip_monitor_10000", node: "a").resource == "my_ip")
        #expect(ClusterStatus.Failure(operationKey: "ip_migrate_to_0", node: "a").resource == "ip")
        #expect(ClusterStatus.Failure(operationKey: "odd", node: "a").resource == "odd")
    }
}
